"""The columns of a photo's row that make a Photo."""

from typing import Any

from sqlalchemy import ColumnElement, func, select

from guie_desktop.domain import MarkKind, Photo
from guie_desktop.library.tables import marks, photos


def mark_of(kind: MarkKind) -> ColumnElement[int]:
    """What was said of a photo, 0 where nothing was; to be selected, compared, and sorted by."""
    said = select(marks.c.value).where(marks.c.photo_id == photos.c.id, marks.c.kind == kind)
    return func.coalesce(said.scalar_subquery(), 0)


def marked(kind: MarkKind, least: int, *, one_by_one: bool) -> ColumnElement[bool]:
    """The condition that at least so much, more than 0, was said of a photo; `one_by_one` as for any filter."""
    said = select(marks.c.photo_id).where(marks.c.kind == kind, marks.c.value >= least)
    return said.where(marks.c.photo_id == photos.c.id).exists() if one_by_one else photos.c.id.in_(said)


PHOTO_COLUMNS = (
    photos.c.id,
    photos.c.folder_id,
    photos.c.directory,
    photos.c.name,
    photos.c.content_hash,
    photos.c.width,
    photos.c.height,
    photos.c.bytes,
    photos.c.mtime_ns,
    photos.c.taken,
    photos.c.ctime_ns,
    photos.c.unconfirmed,
    photos.c.state,
    photos.c.kind,
    photos.c.cut_off,
    photos.c.taken_from,
    photos.c.seconds,
    mark_of("rating").label("rating"),
    mark_of("flag").label("flag"),
)


def photo_of(row: Any) -> Photo:
    """A row of PHOTO_COLUMNS as a Photo; -1 stands for a folder that was removed."""
    return Photo(
        id=row.id,
        folder_id=row.folder_id if row.folder_id is not None else -1,
        path=row.directory / row.name,
        content_hash=row.content_hash,
        width=row.width or 0,
        height=row.height or 0,
        bytes=row.bytes,
        mtime_ns=row.mtime_ns,
        taken=row.taken,
        ctime_ns=row.ctime_ns,
        # Of a photo that waits to be read again, size and times are known already, and the content is not.
        unconfirmed=row.unconfirmed or row.state != "ready",
        kind=row.kind,
        cut_off=row.cut_off,
        taken_from=row.taken_from,
        seconds=row.seconds,
        rating=row.rating,
        flagged=bool(row.flag),
    )
