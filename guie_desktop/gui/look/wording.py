"""Times, shares and what is to be said of a photo in words, the same everywhere in the window."""

from collections.abc import Mapping

from guie_desktop.asking import Likeness
from guie_desktop.domain import DateSource, Photo, PhotoKind
from guie_desktop.language import moment_text, ntr, percent_text, tr, tr_noop
from guie_desktop.noted import WordField
from guie_desktop.wording.moments import clock_text

_KINDS: Mapping[PhotoKind, str] = {
    "raw": tr_noop("RAW"),
    "sidecar raw": tr_noop("RAW, shown by the JPEG beside it"),
    "motion": tr_noop("Motion photo"),
    "live": tr_noop("Live photo, with its film beside it"),
    "video": tr_noop("Video"),
}
_KIND_MARKS: Mapping[PhotoKind, str] = {
    "raw": tr_noop("RAW"),
    "sidecar raw": tr_noop("RAW"),
    "motion": tr_noop("Motion"),
    "live": tr_noop("Live"),
    "video": tr_noop("Video"),
}
"""The same where there is little room."""
_DATED_BY: Mapping[DateSource, str] = {
    "file name": tr_noop("{moment} (by the file's name)"),
    "file time": tr_noop("{moment} (when the file was changed)"),
}
"""Where something else than the camera or a program says when a photo was taken."""


def taken_text(photo: Photo) -> str:
    """When a photo was taken, and what says so where it is not the photo itself."""
    said_by = _DATED_BY.get(photo.taken_from) if photo.taken_from is not None else None
    return moment_text(photo.taken) if said_by is None else tr(said_by, moment=moment_text(photo.taken))


def remarks(photo: Photo) -> list[str]:
    """What is unusual about a photo, and which picture of a video is shown."""
    said = [tr(_KINDS[photo.kind])] if photo.kind is not None else []
    if photo.seconds is not None:
        said = [tr("Video of {length}", length=clock_text(photo.seconds))]
    if photo.frame is not None:
        said[-1:] = [tr("{video}, at {moment}", video=said[-1], moment=clock_text(photo.frame.moment / 1000))]
    return [*said, *([tr("Cut off: the part that is there is shown")] if photo.cut_off else [])]


def opinions(photo: Photo) -> list[str]:
    """What the user thinks of a photo."""
    return [*([stars_text(photo.rating)] if photo.rating else []), *([tr("Flagged")] if photo.flagged else [])]


def stars_text(rating: int) -> str:
    """A rating in words."""
    return ntr("{number} star", "{number} stars", rating) if rating else tr("No rating")


def marks(photo: Photo) -> list[str]:
    """What is unusual about a photo where there is little room."""
    said = [tr(_KIND_MARKS[photo.kind])] if photo.kind is not None else []
    if photo.seconds is not None:
        length = clock_text(photo.seconds)
        if photo.frame is not None:
            length = tr("{moment} of {length}", moment=clock_text(photo.frame.moment / 1000), length=length)
        said = [f"▶ {length}"]
    return [*said, *([tr("Cut off")] if photo.cut_off else [])]


def duration_text(seconds: float) -> str:
    """A time that has passed."""
    if seconds < 90:
        return ntr("{number} second", "{number} seconds", max(1, round(seconds)))
    return ntr("{number} minute", "{number} minutes", round(seconds / 60))


FIELD_WORDS: Mapping[WordField, str] = {
    "name": tr_noop("Name"),
    "folders": tr_noop("Folder"),
    "albums": tr_noop("Album"),
    "camera": tr_noop("Camera"),
    "title": tr_noop("Title"),
    "description": tr_noop("Description"),
    "keywords": tr_noop("Keywords"),
    "people": tr_noop("People"),
    "place": tr_noop("Place"),
}
"""Where the words stand by which a photo was found."""
LIKENESS_WORDS: Mapping[Likeness, str] = {
    "same": tr_noop("Same picture"),
    "very": tr_noop("Very alike"),
    "alike": tr_noop("Alike"),
    "perhaps": tr_noop("Perhaps alike"),
}


_VERY_LIKELY, _LIKELY = 0.9, 0.5
"""The steps of likeness, for what words name."""


def recognised_words(probability: float) -> str:
    """How likely a photo shows what words name."""
    if probability >= _VERY_LIKELY:
        return tr("Very likely")
    return tr("Likely") if probability >= _LIKELY else tr("Perhaps")


def probability_text(probability: float) -> str:
    """A share that was learned; nothing that was learned is certain."""
    rounded = round(probability * 100)
    if rounded >= 100:
        return f"> {percent_text(0.99)}"
    return percent_text(probability) if rounded else f"< {percent_text(0.01)}"
