"""What is said when a copy of the catalog was put back."""

from guie_desktop.language import ntr, tr
from guie_desktop.library.restoring import Restored


def restored_text(restored: Restored) -> list[str]:
    """What came back, what was saved besides, and where the damaged catalog lies: a sentence each."""
    lines = [tr("There was no copy, so the catalog was made anew.")]
    if restored.copy is not None:
        lines = [tr("The copy of {day} was put back.", day=restored.copy.day)]
    if restored.albums or restored.decisions:
        lines.append(
            tr(
                "Of what was not in it, {albums} and {decisions} could still be read, and are kept.",
                albums=ntr("{number} album", "{number} albums", restored.albums),
                decisions=ntr("{number} decision about photos", "{number} decisions about photos", restored.decisions),
            )
        )
    elif restored.was_damaged:
        lines.append(tr("What changed since then could not be read."))
    if restored.aside is not None:
        lines.append(tr("The catalog that was there before lies in {path}.", path=restored.aside))
    return lines
