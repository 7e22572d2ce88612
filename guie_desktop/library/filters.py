"""A filter as a condition on photos."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, Text, and_, cast, func, or_, select, true

from guie_desktop.asking import FORMATS, Filter, Shape, Span
from guie_desktop.library.better_copies import HAS_BETTER_COPY
from guie_desktop.library.colours import shows
from guie_desktop.library.conditions import below, members
from guie_desktop.library.photo_columns import marked
from guie_desktop.library.tables import album_photos, albums, colours, features, folders, notes, photos

_NEARLY_SQUARE = 1.05
"""How much longer the longer side may be."""
_PANORAMA = 2.0
"""From how much longer on it is one."""

_longer = func.max(photos.c.width, photos.c.height)
_shorter = func.min(photos.c.width, photos.c.height)
_SHAPES: Mapping[Shape, ColumnElement[bool]] = {
    "landscape": photos.c.width > photos.c.height * _NEARLY_SQUARE,
    "portrait": photos.c.height > photos.c.width * _NEARLY_SQUARE,
    "square": _longer <= _shorter * _NEARLY_SQUARE,
    "panorama": _longer >= _shorter * _PANORAMA,
}
_KINDS: Mapping[str, ColumnElement[bool]] = {
    "photo": or_(photos.c.kind.is_(None), photos.c.kind.in_(("motion", "live"))),
    "raw": photos.c.kind.in_(("raw", "sidecar raw")),
    "video": photos.c.kind == "video",
    "motion": photos.c.kind.in_(("motion", "live")),
}


def passes(which: Filter, *, one_by_one: bool = False) -> ColumnElement[bool]:
    """The condition that a photo passes the filter.

    `one_by_one` where few photos are known, of each of which it is asked; else it may begin with what an album holds.
    """
    return and_(true(), *_conditions(which, one_by_one=one_by_one))


def _conditions(which: Filter, *, one_by_one: bool) -> Iterator[ColumnElement[bool]]:
    if which.folder is not None:
        yield below(which.folder)
    for album_id in which.albums:
        held = members(album_id)
        # SQLite lists all of an album that it is given like the second.
        yield (held.where(album_photos.c.photo_id == photos.c.id).exists() if one_by_one else photos.c.id.in_(held))
    for album_id in which.not_albums:
        yield ~_sorted_into(album_photos.c.album_id == album_id)
    if which.unsorted:
        yield ~_sorted_into(albums.c.removed_at.is_(None))
    yield from _any(which.taken, _taken_in)
    if which.weekdays:
        day = cast(func.strftime("%w", photos.c.taken, "unixepoch", "localtime"), Integer)  # Sunday being 0
        yield day.in_([(number + 1) % 7 for number in which.weekdays])
    yield from _noted(which, one_by_one=one_by_one)
    yield from _any(which.kinds, _of_kind)
    yield from _any(which.shapes, lambda shape: and_(photos.c.width > 0, photos.c.height > 0, _SHAPES[shape]))
    yield from _coloured(which, one_by_one=one_by_one)
    yield from _of_the_file(which)
    if which.rating:
        yield marked("rating", which.rating, one_by_one=one_by_one)
    if which.flagged:
        yield marked("flag", 1, one_by_one=one_by_one)
    if which.copies_hidden:
        yield ~HAS_BETTER_COPY


def _noted(which: Filter, *, one_by_one: bool) -> Iterator[ColumnElement[bool]]:
    for column, names in ((notes.c.camera, which.cameras), (notes.c.lens, which.lenses), (notes.c.place, which.places)):
        if names:
            noted = select(notes.c.photo_id).where(column.in_(names))
            yield (noted.where(notes.c.photo_id == photos.c.id).exists() if one_by_one else photos.c.id.in_(noted))


def _coloured(which: Filter, *, one_by_one: bool) -> Iterator[ColumnElement[bool]]:
    if which.colours:
        of_it = select(colours.c.content_hash).where(or_(*map(shows, which.colours)))
        of_this = of_it.where(colours.c.content_hash == photos.c.content_hash)
        yield of_this.exists() if one_by_one else photos.c.content_hash.in_(of_it)


def _of_the_file(which: Filter) -> Iterator[ColumnElement[bool]]:
    if which.least_pixels:
        yield photos.c.width * photos.c.height >= which.least_pixels
    if which.most_pixels:
        yield photos.c.width * photos.c.height <= which.most_pixels
    if which.online is not None:
        yield photos.c.folder_id.in_(select(folders.c.id).where(folders.c.online == which.online))
    if which.unsearchable:
        of_any = features.alias("of_any")  # the question may be about features itself
        yield ~select(of_any.c.id).where(of_any.c.content_hash == photos.c.content_hash).exists()


def _any(wanted: tuple[Any, ...], condition: Callable[[Any], ColumnElement[bool]]) -> Iterator[ColumnElement[bool]]:
    if wanted:
        yield or_(*map(condition, wanted))


def _taken_in(span: Span) -> ColumnElement[bool]:
    since, until = span
    ends = [] if since is None else [photos.c.taken >= since]
    return and_(true(), *ends, *([] if until is None else [photos.c.taken < until]))


def _of_kind(kind: str) -> ColumnElement[bool]:
    if kind in _KINDS:
        return _KINDS[kind]
    name = func.lower(cast(photos.c.name, Text))
    return or_(*(name.endswith(f".{end}", autoescape=True) for end in FORMATS.get(kind, (kind,))))


def _sorted_into(which: ColumnElement[bool]) -> ColumnElement[bool]:
    """The condition that a photo, or a copy of it, is in one of these albums."""
    copy = photos.alias("copy")
    query: Select[Any] = (
        select(album_photos.c.photo_id)
        .join(copy, copy.c.id == album_photos.c.photo_id)
        .join(albums, albums.c.id == album_photos.c.album_id)
        .where(copy.c.content_hash == photos.c.content_hash, album_photos.c.verdict == "member", which)
    )
    return query.exists()
