"""A filter taken apart: what it says of each thing, which is a chip, and in which words."""

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date, datetime, timedelta
from typing import Any

from guie_desktop.asking import EVERYTHING, FORMATS, Colour, Filter, Shape, Span
from guie_desktop.gui.desktop.file_names import readable
from guie_desktop.gui.look.wording import stars_text
from guie_desktop.language import date_text, decimal_text, month_text, tr, tr_noop, year_text

_SIZE = ("least_pixels", "most_pixels")
_ALBUMS = ("albums", "not_albums")
_MEGA = 1_000_000

KIND_WORDS: Mapping[str, str] = {
    "photo": tr_noop("Photos"),
    "raw": tr_noop("RAW photos"),
    "video": tr_noop("Videos"),
    "motion": tr_noop("Photos with a film"),
}
FORMAT_WORDS: Mapping[str, str] = {name: name.upper() for name in FORMATS} | {"photoshop": "Photoshop", "heif": "HEIC"}
"""Names that are the same in all languages."""
SHAPE_WORDS: Mapping[Shape, str] = {
    "landscape": tr_noop("Landscape"),
    "portrait": tr_noop("Portrait"),
    "square": tr_noop("Square"),
    "panorama": tr_noop("Panorama"),
}
COLOUR_WORDS: Mapping[Colour, str] = {
    "red": tr_noop("Red"),
    "orange": tr_noop("Orange"),
    "yellow": tr_noop("Yellow"),
    "green": tr_noop("Green"),
    "teal": tr_noop("Teal"),
    "blue": tr_noop("Blue"),
    "purple": tr_noop("Purple"),
    "pink": tr_noop("Pink"),
    "brown": tr_noop("Brown"),
    "white": tr_noop("White"),
    "grey": tr_noop("Grey"),
    "black": tr_noop("Black"),
}
SIZES: Mapping[str, Filter] = {
    tr_noop("Small, below 2 megapixels"): Filter(most_pixels=2 * _MEGA),
    tr_noop("Medium"): Filter(least_pixels=2 * _MEGA, most_pixels=8 * _MEGA),
    tr_noop("Large, 8 megapixels or more"): Filter(least_pixels=8 * _MEGA),
}
ONLINE_WORDS: Mapping[bool, str] = {
    True: tr_noop("On drives that are connected"),
    False: tr_noop("On drives that are away"),
}
WEEKDAY_WORDS = (
    *(tr_noop("Mondays"), tr_noop("Tuesdays"), tr_noop("Wednesdays"), tr_noop("Thursdays")),
    *(tr_noop("Fridays"), tr_noop("Saturdays"), tr_noop("Sundays")),
)
WEEKEND_WORDS = tr_noop("Weekends")
COPIES_HIDDEN_WORDS = tr_noop("Without duplicates")
UNSORTED_WORDS = tr_noop("In no album")
UNSEARCHABLE_WORDS = tr_noop("Not read for the search yet")
FLAGGED_WORDS = tr_noop("Flagged")


def saying(name: str, value: Any) -> Filter:
    """A filter that says one thing."""
    return replace(EVERYTHING, **{name: value})


def parts_of(which: Filter) -> tuple[Filter, ...]:
    """The filter as parts that each say one thing, in one order whatever came first."""
    parts: list[Filter] = []
    for field in fields(Filter):
        value = getattr(which, field.name)
        if value == field.default or (field.name == _SIZE[1] and which.least_pixels):
            continue
        if field.name in _ALBUMS:
            parts += [saying(field.name, (album,)) for album in value]
        elif field.name in _SIZE:
            parts.append(Filter(least_pixels=which.least_pixels, most_pixels=which.most_pixels))
        else:
            parts.append(saying(field.name, value))
    return tuple(parts)


def facet_of(part: Filter) -> object:
    """The thing that a part speaks of: two that speak of one thing cannot hold together."""
    names = [field.name for field in fields(Filter) if getattr(part, field.name) != field.default]
    if names[0] in _ALBUMS:
        return part.albums or part.not_albums
    return "size" if names[0] in _SIZE else names[0]


def words_of(part: Filter, albums: Mapping[int, str]) -> str:
    """What a part says, with the albums by their names."""
    if part.folder or part.albums or part.not_albums:
        return _where(part, albums)
    if part.taken:
        return " / ".join(map(span_words, part.taken))
    if part.weekdays == (5, 6):
        return tr(WEEKEND_WORDS)
    if part.weekdays:
        return " / ".join(tr(WEEKDAY_WORDS[day]) for day in part.weekdays)
    if part.kinds:
        return " / ".join(tr(KIND_WORDS[kind]) if kind in KIND_WORDS else _format(kind) for kind in part.kinds)
    if names := part.cameras or part.lenses or part.places:
        return " / ".join(names)
    if part.shapes or part.colours:
        of_these = (*(SHAPE_WORDS[one] for one in part.shapes), *(COLOUR_WORDS[one] for one in part.colours))
        return " / ".join(map(tr, of_these))
    if part.least_pixels or part.most_pixels:
        return next((tr(words) for words, size in SIZES.items() if size == part), _megapixels(part))
    if part.rating:
        return rating_words(part.rating)
    if part.online is not None:
        return tr(ONLINE_WORDS[part.online])
    if part.copies_hidden:
        return tr(COPIES_HIDDEN_WORDS)
    if part.unsorted:
        return tr(UNSORTED_WORDS)
    return tr(UNSEARCHABLE_WORDS) if part.unsearchable else tr(FLAGGED_WORDS)


def _where(part: Filter, albums: Mapping[int, str]) -> str:
    if part.folder is not None:
        return tr("In {folder}", folder=readable(part.folder.name or str(part.folder)))
    (album_id,) = part.albums or part.not_albums
    name = albums.get(album_id, "")
    return tr("In “{album}”", album=name) if part.albums else tr("Not in “{album}”", album=name)


def rating_words(stars: int) -> str:
    """So many stars at least."""
    return stars_text(stars) if stars == 5 else tr("{stars} or more", stars=stars_text(stars))


def span_words(span: Span) -> str:
    """The time in which photos were taken: a year, a month, a day, or from one day to another."""
    since, until = (None if moment is None else datetime.fromtimestamp(moment) for moment in span)
    first = None if since is None else since.date()
    last = None if until is None else (until - timedelta(seconds=1)).date()
    if first is None and last is None:
        return tr("At any time")
    if first is None:
        return tr("Until {day}", day=date_text(last)) if last is not None else ""
    if last is None:
        return tr("Since {day}", day=date_text(first))
    if first == last:
        return date_text(first)
    if first == date(first.year, 1, 1) and last == date(first.year, 12, 31):
        return year_text(first)
    if first.day == 1 and first.month == last.month and first.year == last.year and _is_last_of_month(last):
        return month_text(first)
    return tr("{first} to {last}", first=date_text(first), last=date_text(last))


def _is_last_of_month(day: date) -> bool:
    return (day + timedelta(days=1)).day == 1


def _format(kind: str) -> str:
    return FORMAT_WORDS.get(kind, kind.upper())


def _megapixels(part: Filter) -> str:
    least, most = (decimal_text(pixels / _MEGA, 1) for pixels in (part.least_pixels, part.most_pixels))
    if not part.most_pixels:
        return tr("{number} megapixels or more", number=least)
    if not part.least_pixels:
        return tr("{number} megapixels at most", number=most)
    return tr("{least} to {most} megapixels", least=least, most=most)
