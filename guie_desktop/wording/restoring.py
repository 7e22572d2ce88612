"""What is said when a copy of the catalog was put back."""

from guie_desktop.library.restoring import Restored


def restored_text(restored: Restored) -> list[str]:
    """What came back, what was saved besides, and where the damaged catalog lies: a sentence each."""
    lines = (
        ["There was no copy, so the catalog was made anew."]
        if restored.copy is None
        else [f"The copy of {restored.copy.day_text} was put back."]
    )
    if restored.albums or restored.decisions:
        lines.append(
            f"Of what was not in it, {restored.albums} albums and {restored.decisions} decisions about photos could "
            "still be read, and are kept."
        )
    elif restored.was_damaged:
        lines.append("What changed since then could not be read.")
    if restored.aside is not None:
        lines.append(f"The catalog that was there before lies in {restored.aside}.")
    return lines
