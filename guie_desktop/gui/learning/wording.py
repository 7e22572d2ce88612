"""What the window says of learning: before it, of its outcome, and of the heads that came of it."""

from collections.abc import Sequence

from guie_desktop.domain import ALBUMS_TO_LEARN, GENERAL_HEAD, PHOTOS_TO_LEARN, Album
from guie_desktop.gui.look.wording import counted, duration_text, moment_text, percent_text
from guie_desktop.learned import HeadState, LearningReport, Quality

OF_FIVE = (
    "Photos were held out of learning. For each of them: of its five nearest photos, how many belong to the same album "
    "(mMP@5)."
)
_ALL = 0.99
"""From here on a test comes out as well as it can."""
_RISING = 0.01
"""Gain from one point of the learning curve to the next that is worth more sorting."""


def missing_text(albums: Sequence[Album]) -> str:
    """What must be there before albums can be learned; empty where nothing is missing."""
    lacking = ALBUMS_TO_LEARN - sum(album.photos >= PHOTOS_TO_LEARN for album in albums)
    if lacking <= 0:
        return ""
    begun = sorted((album for album in albums if 0 < album.photos < PHOTOS_TO_LEARN), key=lambda album: -album.photos)
    if lacking == 1 and begun:
        return f"“{begun[0].name}” needs {counted(PHOTOS_TO_LEARN - begun[0].photos, 'more photo')}."
    if lacking == 1:
        return f"Needs one more album with {PHOTOS_TO_LEARN} photos."
    return f"Needs {ALBUMS_TO_LEARN} albums with {PHOTOS_TO_LEARN} photos each."


def headline(report: LearningReport) -> str:
    """The outcome in a sentence."""
    if report.accepted:
        return "Search finds more of what you mean."
    if report.before is None or report.after is None:
        return "Nothing was changed."
    if report.after.mmp5 > report.before.mmp5:
        return "It was not clearly better, so search stays as it was."
    return "It was no better, so search stays as it was."


def training_summary(report: LearningReport) -> str:
    """What was learned from, and how long it took."""
    learned = f"{counted(report.albums, 'album')}, {counted(report.photos, 'photo')}"
    return f"Learned from {learned} in {duration_text(report.seconds)}"


def change(before: float | None, after: float | None) -> str:
    """From so much to so much."""
    if before is None or after is None:
        return "—"
    return f"{round(before * 100)} → {percent_text(after)}"


def sure_text(before: Quality, after: Quality) -> str:
    """How exact the test is."""
    was, is_now = (f"{round(one.low * 100)} to {round(one.high * 100)} %" for one in (before, after))
    return f"95 % sure: {is_now}, before {was}"


def confusion_text(album: str, other: str) -> str:
    """Two albums that are taken for one another."""
    return f"“{album}” taken for “{other}”"


def curve_text(curve: Sequence[tuple[int, float]]) -> str:
    """Whether more photos would help."""
    if len(curve) < 2:
        return ""
    if curve[-1][1] >= _ALL:
        return "Nearly all photos are found already: more of the same albums would change little."
    if curve[-1][1] - curve[-2][1] >= _RISING:
        return "It was still rising at the end: more sorted photos would help."
    return "It has levelled off: more photos of the same albums would help little."


def head_facts(head: HeadState) -> str:
    """Where a head comes from, and what its test said."""
    if head.id == GENERAL_HEAD:
        return "What looks alike to anyone. It knows nothing of your albums, and is always there."
    parts = [f"{'Imported' if head.imported else 'Learned'} on {moment_text(head.made_at)}"]
    if head.albums:
        parts.append(f"{counted(head.albums, 'album')}, {counted(head.photos, 'photo')}")
    if head.before is not None and head.after is not None:
        parts.append(f"{change(head.before.mmp5, head.after.mmp5)} of the five nearest are in the same album")
    return " · ".join(parts)
