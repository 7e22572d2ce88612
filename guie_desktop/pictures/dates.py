"""When a photo was taken, as far as its notes or its name say, and which of them said so."""

import contextlib
import re
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import chain
from typing import TYPE_CHECKING

from PIL import Image
from PIL.ExifTags import IFD, Base

if TYPE_CHECKING:
    from guie_desktop.domain import DateSource

_FIRST_PHOTOGRAPH = 1826
_START_OF_QUICKTIME = date(1904, 1, 1)
"""What a camera's clock that was never set counts from."""

_START_OF_UNIX = date(1970, 1, 1)
"""What a program writes into a video that knows no time."""

_TIME_ZONES = timedelta(days=1)
"""A clock may be ahead by as much as the world is wide."""

_NOON = "12:00:00"
"""Of a date without a time: the middle of its day, so that it stays that day in the neighbouring zones."""

# Each field of EXIF with its own offset from UTC and its own fraction of a second.
_EXIF: "tuple[tuple[DateSource, int, int, int], ...]" = (
    ("DateTimeOriginal", Base.DateTimeOriginal, Base.OffsetTimeOriginal, Base.SubsecTimeOriginal),
    ("DateTimeDigitized", Base.DateTimeDigitized, Base.OffsetTimeDigitized, Base.SubsecTimeDigitized),
    ("DateTime", Base.DateTime, Base.OffsetTime, Base.SubsecTime),
)
_XMP = tuple(
    # As an attribute, or as an element.
    re.compile(rb"\b%s\s*(?:=\s*[\"']|>)\s*([^\"'<]{4,40})" % name)
    for name in (rb"exif:DateTimeOriginal", rb"xmp:CreateDate", rb"photoshop:DateCreated")
)
_WRITTEN = re.compile(
    r"\s*(\d{4})[:\-/.](\d{1,2})[:\-/.](\d{1,2})"
    r"(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|[+-]\d{2}:?\d{2})?)?"
)
_IN_NAME = re.compile(
    # IMG_20190714_123456, PXL_..., Screenshot_2019-07-14-12-34-56, signal-2019-07-14-123456, 2019-07-14 12.34.56,
    # IMG20190714123456, IMG-20190714-WA0001, "WhatsApp Image 2019-07-14 at 12.34.56", "Bildschirmfoto 2019-07-14 um
    # 12.34.56", "Screen Shot 2019-07-14 at 1.34.56 PM", vlcsnap-2019-07-14-12h34m56s, "Photo 2019-07-14".
    r"(?<!\d)(?P<year>(?:18|19|20)\d\d)(?P<between>[-_.]?)(?P<month>\d\d)(?P=between)(?P<day>\d\d)"
    r"(?:(?:[-_ .T]|(?: [^\W\d_]{1,4}){1,2} |(?<=\d{8}))"
    r"(?P<hour>\d\d|(?<= )\d(?=\.))[-_.:h]?(?P<minute>\d\d)[-_.:m]?(?P<second>\d\d)"
    r"(?:(?P<thousandths>\d{3}))?(?!\d)(?:\s(?P<half>[AP])M\b)?|(?!\d))"
)
_COUNTED = re.compile(r"[A-Za-z_]*(?P<seconds>1\d{9})\d{3}(?!\d)")
"""FB_IMG_1563107696000, mmexport1563107696000: thousandths of a second since the epoch begin the name."""

DATED_BY_CONTENT: "frozenset[DateSource]" = frozenset(
    {"DateTimeOriginal", "DateTimeDigitized", "DateTime", "XMP", "PNG time", "video"}
)
"""What lies in the file itself, and is the same under any name."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A time in seconds since the epoch, and what said it."""

    at: float
    source: "DateSource"


def taken_at(image: Image.Image, name: str, png_time: bytes = b"") -> Taken | None:
    """The first of the notes of an opened picture, and then of its file's name, that is a date; None where none is.

    `png_time` is the content of a PNG's tIME chunk. Whatever stands in the notes, nothing is raised.
    """
    return _first_that_is_one(chain(_in_notes(image, png_time), _in_name(name)))


def video_taken_at(notes: Iterable[str], name: str) -> Taken | None:
    """The same of a video: of what its container says in words, and then of its file's name."""
    return _first_that_is_one(chain(_in_words(notes), _in_name(name)))


def dated_by_name(name: str) -> Taken | None:
    """What the name of a file says alone; None where it says nothing."""
    return _first_that_is_one(_in_name(name))


def _first_that_is_one(found: "Iterable[tuple[DateSource, datetime | None]]") -> Taken | None:
    latest = time.time() + _TIME_ZONES.total_seconds()
    for source, moment in found:
        at = _seconds(moment)
        if at is not None and at <= latest:
            return Taken(at, source)
    return None


def _in_notes(image: Image.Image, png_time: bytes) -> "Iterator[tuple[DateSource, datetime | None]]":
    # What cameras and programs write into notes makes readers raise nearly anything; the next one may do better.
    with contextlib.suppress(Exception):
        yield from _of_exif(image)
    xmp = image.info.get("xmp", b"")
    for pattern in _XMP if isinstance(xmp, bytes) else ():
        if found := pattern.search(xmp):
            yield "XMP", _written(found[1].decode("ascii", "replace"))
    if len(png_time) == 7:
        year, *others = int.from_bytes(png_time[:2]), *png_time[2:]
        yield "PNG time", _moment(year, *others, zone="Z")


def _in_words(notes: Iterable[str]) -> "Iterator[tuple[DateSource, datetime | None]]":
    for moment in map(_written, notes):
        if moment is not None and moment.date() != _START_OF_UNIX:
            yield "video", moment


def _in_name(name: str) -> "Iterator[tuple[DateSource, datetime | None]]":
    for found in _IN_NAME.finditer(name):
        yield "file name", _named(name, found)
    if counted := _COUNTED.match(name):
        yield "file name", datetime.fromtimestamp(int(counted["seconds"]), UTC)


def _of_exif(image: Image.Image) -> "Iterator[tuple[DateSource, datetime | None]]":
    notes = image.getexif()
    camera = notes.get_ifd(IFD.Exif)
    for source, tag, offset_tag, fraction_tag in _EXIF:
        texts = [_text(camera.get(one, notes.get(one))) for one in (tag, offset_tag, fraction_tag)]
        moment = _written(texts[0], zone=texts[1], fraction=texts[2])
        yield source, moment


def _text(value: object) -> str:
    text = value.decode("ascii", "replace") if isinstance(value, bytes) else str(value)
    return text.strip("\0 ")


def _written(text: str, zone: str = "", fraction: str = "") -> datetime | None:
    found = _WRITTEN.match(text)
    if found is None:
        return None
    year, month, day, hour, minute, second, own_fraction, own_zone = found.groups()
    if hour is None:
        hour, minute, second = _NOON.split(":")
    numbers = (int(number or 0) for number in (year, month, day, hour, minute, second))
    return _moment(*numbers, fraction=own_fraction or fraction, zone=own_zone or zone)


def _named(name: str, found: re.Match[str]) -> datetime | None:
    time_of_day = (found["hour"], found["minute"], found["second"]) if found["hour"] else _NOON.split(":")
    hour, minute, second = map(int, time_of_day)
    if found["half"]:  # of the day
        hour = hour % 12 + (12 if found["half"] == "P" else 0)
    zone = "Z" if name.startswith("PXL_") else ""  # Pixel phones name photos by UTC
    day = (int(found[part]) for part in ("year", "month", "day"))
    return _moment(*day, hour, minute, second, fraction=found["thousandths"] or "", zone=zone)


def _moment(*numbers: int, fraction: str = "", zone: str = "") -> datetime | None:
    """None where the numbers are no date; without a zone, where the program runs is the best guess at the place."""
    year, month, day, hour, minute, second = numbers
    try:
        # A clock may tell of a leap second.
        local = datetime(year, month, day, hour, minute, min(second, 59))
    except ValueError:
        return None
    if fraction.isdecimal() and fraction.isascii():
        local = local.replace(microsecond=int(fraction[:6].ljust(6, "0")))
    if zone == "Z":
        return local.replace(tzinfo=UTC)
    try:
        return datetime.fromisoformat(f"{local.isoformat()}{zone}")
    except ValueError:
        return local


def _seconds(moment: datetime | None) -> float | None:
    if moment is None or moment.year < _FIRST_PHOTOGRAPH or moment.date() == _START_OF_QUICKTIME:
        return None
    try:
        return moment.timestamp()
    except (OverflowError, ValueError, OSError):
        return None
