"""What a check of all files found, in sentences."""

from guie_desktop.language import ntr, tr
from guie_desktop.messages import Checked


def check_summary(found: Checked) -> str:
    """One sentence on the whole check."""
    parts = []
    if changed := len(found.changed):
        parts.append(
            ntr(
                "{number} held something else than before and was read again",
                "{number} held something else than before and were read again",
                changed,
            )
        )
    if missing := len(found.missing):
        parts.append(ntr("{number} was missing", "{number} were missing", missing))
    if found.untracked:
        parts.append(
            ntr("{number} was not in the library yet", "{number} were not in the library yet", found.untracked)
        )
    return ntr(
        "{number} photo checked: {outcome}.",
        "{number} photos checked: {outcome}.",
        found.checked,
        outcome=", ".join(parts) or tr("all are as they were"),
    )


def check_lines(found: Checked) -> list[str]:
    """Every file that was not as expected, one a line."""
    changed = [tr("changed {path}", path=path) for path in found.changed]
    return changed + [tr("missing {path}", path=path) for path in found.missing]
