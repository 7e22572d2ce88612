"""What a check of all files found, in sentences."""

from guie_desktop.messages import Checked


def check_summary(found: Checked) -> str:
    """One sentence on the whole check."""
    parts = [
        f"{len(found.changed):,} held something else than before and {_was(len(found.changed))} read again"
        if found.changed
        else "",
        f"{len(found.missing):,} {_was(len(found.missing))} missing" if found.missing else "",
        f"{found.untracked:,} {_was(found.untracked)} not in the library yet" if found.untracked else "",
    ]
    rest = [part for part in parts if part]
    photos = "1 photo" if found.checked == 1 else f"{found.checked:,} photos"
    return f"{photos} checked: {', '.join(rest) if rest else 'all are as they were'}."


def check_lines(found: Checked) -> list[str]:
    """Every file that was not as expected, one a line."""
    return [f"changed {path}" for path in found.changed] + [f"missing {path}" for path in found.missing]


def _was(count: int) -> str:
    return "was" if count == 1 else "were"
