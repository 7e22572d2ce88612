"""Numbers, times and shares in words, the same everywhere in the window."""

from guie_desktop.domain import DateSource, Photo, PhotoKind
from guie_desktop.language import moment_text
from guie_desktop.wording.moments import clock_text

KINDS: dict[PhotoKind, str] = {
    "raw": "RAW",
    "sidecar raw": "RAW, shown by the JPEG beside it",
    "motion": "Motion photo",
    "live": "Live photo, with its film beside it",
    "video": "Video",
}
CUT_OFF = "Cut off: the part that is there is shown"
CUT_OFF_MARK = "Cut off"
_DATED_BY: dict[DateSource, str] = {
    "file name": "by the file's name",
    "file time": "when the file was changed",
}
"""What else than the camera or a program says when a photo was taken."""
KIND_MARKS: dict[PhotoKind, str] = {
    "raw": "RAW",
    "sidecar raw": "RAW",
    "motion": "Motion",
    "live": "Live",
    "video": "Video",
}
"""The same where there is little room."""


def taken_text(photo: Photo) -> str:
    """When a photo was taken, and what says so where it is not the photo itself."""
    said_by = _DATED_BY.get(photo.taken_from) if photo.taken_from is not None else None
    return moment_text(photo.taken) if said_by is None else f"{moment_text(photo.taken)} ({said_by})"


def remarks(photo: Photo) -> list[str]:
    """What is unusual about a photo, and which picture of a video is shown."""
    said = [KINDS[photo.kind]] if photo.kind is not None else []
    if photo.seconds is not None:
        said = [f"Video of {clock_text(photo.seconds)}"]
    if photo.frame is not None:
        said[-1:] = [f"{said[-1]}, at {clock_text(photo.frame.moment / 1000)}"]
    return [*said, *([CUT_OFF] if photo.cut_off else [])]


def opinions(photo: Photo) -> list[str]:
    """What the user thinks of a photo."""
    return [*([stars_text(photo.rating)] if photo.rating else []), *(["Flagged"] if photo.flagged else [])]


def stars_text(rating: int) -> str:
    """A rating in words."""
    return counted(rating, "star") if rating else "No rating"


def marks(photo: Photo) -> list[str]:
    """The same where there is little room."""
    said = [KIND_MARKS[photo.kind]] if photo.kind is not None else []
    if photo.seconds is not None:
        at = "" if photo.frame is None else f"{clock_text(photo.frame.moment / 1000)} of "
        said = [f"▶ {at}{clock_text(photo.seconds)}"]
    return [*said, *([CUT_OFF_MARK] if photo.cut_off else [])]


def counted(number: int, noun: str) -> str:
    """A number with its noun: "1 photo", "1,204 photos"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def time_left(seconds: float) -> str:
    """A time to come, only as exact as it is known."""
    if seconds < 10:
        return "a few seconds"
    if seconds < 55:
        return f"about {round(seconds / 10) * 10} seconds"
    minutes = max(1, round(seconds / 60))
    if minutes < 60:
        return "about a minute" if minutes == 1 else f"about {minutes} minutes"
    hours, rest = divmod(minutes, 60)
    return f"about {hours} h {rest} min" if hours < 10 else f"about {hours} hours"


def duration_text(seconds: float) -> str:
    """A time that has passed."""
    if seconds < 90:
        return counted(max(1, round(seconds)), "second")
    return counted(round(seconds / 60), "minute")


def percent_text(share: float) -> str:
    """A share as it was counted."""
    return f"{round(share * 100)} %"


def probability_text(probability: float) -> str:
    """A share that was learned; nothing that was learned is certain."""
    rounded = round(probability * 100)
    if rounded >= 100:
        return "> 99 %"
    return f"{rounded} %" if rounded else "< 1 %"
