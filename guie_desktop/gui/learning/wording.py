"""What the window says of learning: before it, of its outcome, and of the heads that came of it."""

import re
from collections.abc import Sequence

from guie_desktop.domain import ALBUMS_TO_LEARN, FITTED_HEAD, GENERAL_HEAD, PHOTOS_TO_LEARN, Album
from guie_desktop.gui.look.wording import duration_text
from guie_desktop.language import moment_text, ntr, percent_text, tr, tr_noop
from guie_desktop.learned import HeadState, LabelIssue, LearningReport, Quality

OF_FIVE = tr_noop(
    "For the test, some photos were kept back from learning. For each of them: how many of its five nearest photos "
    "belong to the same album (mMP@5)."
)
_VERSION = re.compile(r"Version (\d+)(?:, from (.+))?")
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
        return ntr(
            "“{album}” needs {number} more photo.",
            "“{album}” needs {number} more photos.",
            PHOTOS_TO_LEARN - begun[0].photos,
            album=begun[0].name,
        )
    if lacking == 1:
        return tr("Needs one more album with {photos} photos.", photos=PHOTOS_TO_LEARN)
    return tr("Needs {albums} albums with {photos} photos each.", albums=ALBUMS_TO_LEARN, photos=PHOTOS_TO_LEARN)


def headline(report: LearningReport) -> str:
    """The outcome in a sentence."""
    if report.accepted:
        return tr("Search finds more of what you mean.")
    if report.before is None or report.after is None:
        return tr("Nothing was changed.")
    if report.after.mmp5 > report.before.mmp5:
        return tr("It was not clearly better, so search stays as it was.")
    return tr("It was no better, so search stays as it was.")


def training_summary(report: LearningReport) -> str:
    """What was learned from, and how long it took."""
    return tr(
        "Learned from {albums} with {photos} in {time}.",
        albums=_albums(report.albums),
        photos=_photos(report.photos),
        time=duration_text(report.seconds),
    )


def change(before: float | None, after: float | None) -> str:
    """From so much to so much."""
    if before is None or after is None:
        return "—"
    return tr("{before} → {after}", before=round(before * 100), after=percent_text(after))


def sure_text(before: Quality, after: Quality) -> str:
    """How exact the test is."""
    was, is_now = (
        tr("{low} to {high}", low=round(one.low * 100), high=percent_text(one.high)) for one in (before, after)
    )
    return tr("{share} confidence: {now}, before {before}", share=percent_text(0.95), now=is_now, before=was)


def confusion_text(album: str, other: str) -> str:
    """Two albums that are taken for one another."""
    return tr("“{album}” taken for “{other}”", album=album, other=other)


def doubt_text(doubt: LabelIssue) -> str:
    """Which album a photo is in, and in which it looks as if it belonged."""
    return tr("{album} → {other}?", album=doubt.album, other=doubt.other)


def version_text(title: str) -> str:
    """What a version of what was learned is called; the library keeps its name in English."""
    named = _VERSION.fullmatch(title)
    if named is None:
        return title
    number, file = int(named[1]), named[2]
    if file is None:
        return tr("Version {number}", number=number)
    return tr("Version {number}, from {file}", number=number, file=file)


def head_name(head: HeadState) -> str:
    """What a head is called in the list of all."""
    if head.id == GENERAL_HEAD:
        return tr("General ranking")
    if head.id == FITTED_HEAD:
        return tr("General ranking, fitted to this library")
    return version_text(head.title) if head.id > GENERAL_HEAD else tr("General ranking, from {file}", file=head.title)


def curve_text(curve: Sequence[tuple[int, float]]) -> str:
    """Whether more photos would help."""
    if len(curve) < 2:
        return ""
    if curve[-1][1] >= _ALL:
        return tr("Nearly all photos are found already: more of the same albums would change little.")
    if curve[-1][1] - curve[-2][1] >= _RISING:
        return tr("It was still rising at the end: more sorted photos would help.")
    return tr("It has levelled off: more photos of the same albums would help little.")


def head_facts(head: HeadState) -> str:
    """Where a head comes from, and what its test said."""
    if head.id == GENERAL_HEAD:
        return tr("What looks alike to anyone. It knows nothing of your albums, and is always there.")
    if head.id == FITTED_HEAD:
        return tr("Made from the photos here, without albums. It is always there.")
    moment = moment_text(head.made_at)
    if head.id < GENERAL_HEAD:
        parts = [tr("Imported on {moment}", moment=moment)]
        if head.photos:
            parts.append(
                tr("Trained with {kinds} kinds of things, {photos}", kinds=head.albums, photos=_photos(head.photos))
            )
        if head.before is not None and head.after is not None:
            moved = change(head.before.mmp5, head.after.mmp5)
            parts.append(tr("{change} of the five nearest photos here belong together", change=moved))
        return " · ".join(parts)
    parts = [tr("Imported on {moment}", moment=moment) if head.imported else tr("Learned on {moment}", moment=moment)]
    if head.albums:
        parts += [_albums(head.albums), _photos(head.photos)]
    if head.before is not None and head.after is not None:
        moved = change(head.before.mmp5, head.after.mmp5)
        parts.append(tr("{change} of the five nearest are in the same album", change=moved))
    return " · ".join(parts)


def _albums(number: int) -> str:
    return ntr("{number} album", "{number} albums", number)


def _photos(number: int) -> str:
    return ntr("{number} photo", "{number} photos", number)
