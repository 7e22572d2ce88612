"""The columns of a photo's row that make a Photo."""

import os
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, LargeBinary, func, select, type_coerce

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
    # As bytes, since photos share directories, and to make paths takes longer than to read all the rest.
    type_coerce(photos.c.directory, LargeBinary).label("directory"),
    type_coerce(photos.c.name, LargeBinary).label("name"),
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


def photo_of(row: Sequence[Any]) -> Photo:
    """A row that begins with PHOTO_COLUMNS as a Photo; -1 stands for a folder that was removed."""
    # By their places: to ask a row for each by its name takes as long as all the rest.
    photo_id, folder_id, directory, name, content_hash, width, height, size, mtime_ns, taken, ctime_ns, *others = row
    unconfirmed, state, kind, cut_off, taken_from, seconds, rating, flag, *_ = others
    return Photo(
        id=photo_id,
        folder_id=folder_id if folder_id is not None else -1,
        path=_directory(directory) / os.fsdecode(name),
        content_hash=content_hash,
        width=width or 0,
        height=height or 0,
        bytes=size,
        mtime_ns=mtime_ns,
        taken=taken,
        ctime_ns=ctime_ns,
        # Of a photo that waits to be read again, size and times are known already, and the content is not.
        unconfirmed=unconfirmed or state != "ready",
        kind=kind,
        cut_off=cut_off,
        taken_from=taken_from,
        seconds=seconds,
        rating=rating,
        flagged=bool(flag),
    )


@lru_cache(maxsize=1024)
def _directory(stored: bytes) -> Path:
    return Path(os.fsdecode(stored))
