"""Conditions on photos that many questions to the catalog share."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import ColumnElement, FromClause, Select, and_, literal_column, or_, select

from guie_desktop.domain import Place
from guie_desktop.library.decode_rules import DECODE_RULE
from guie_desktop.library.tables import album_photos, colours, features, folders, notes, photos

# SQLite takes 32,766 values in one statement.
CHUNK = 10_000

PRESENT = and_(photos.c.missing_since.is_(None), photos.c.folder_id.is_not(None))
# Said by its own letters, as only so SQLite knows it again in the condition of the index.
VISIBLE = and_(PRESENT, photos.c.kind.is_distinct_from(literal_column("'sidecar raw'")))
SHOWN = and_(VISIBLE, photos.c.content_hash.is_not(None))

# The sign keeps SQLite from beginning with all photos of these folders, which mostly are all there are.
REACHABLE = literal_column("+photos.folder_id").in_(select(folders.c.id).where(folders.c.online))

OUTDATED = and_(
    photos.c.rule < DECODE_RULE,
    or_(photos.c.state == "ready", and_(photos.c.state == "failed", ~photos.c.transient)),
)
"""The condition that a photo was read, or could not be, by an earlier rule than the one that concerns it."""

NOTES_RULE = 1
"""Of `pictures.notes`; to be raised where it reads otherwise, so that what was read by an earlier one is read again."""

NOTES_ARE_OUTDATED = ~(
    select(notes.c.photo_id)
    .where(notes.c.photo_id == photos.c.id, notes.c.rule == NOTES_RULE)
    .where(notes.c.content_hash.is_not_distinct_from(photos.c.content_hash))
    .where(notes.c.sidecar_ns.is_not_distinct_from(photos.c.sidecar_ns))
    .exists()
)
"""The condition that a photo was not asked for its notes as it is now."""

COLOURS_ARE_UNKNOWN = ~select(colours.c.content_hash).where(colours.c.content_hash == photos.c.content_hash).exists()
"""The condition that nobody has looked which colours a photo shows."""


def below(folder: Path, rows: FromClause = photos) -> ColumnElement[bool]:
    """The condition that a photo lies in this folder or deeper; `rows` may be an alias of the photos."""
    # Paths are compared byte by byte: whatever lies below "a" sorts after "a/" and before "a" + the sign after "/".
    stem = str(folder).rstrip(os.sep)
    return or_(
        rows.c.directory == folder,
        and_(rows.c.directory > folder / "\0", rows.c.directory < Path(stem + chr(ord(os.sep) + 1))),
    )


def in_state(state: Literal["new", "failed"], rows: FromClause = photos) -> ColumnElement[bool]:
    """The condition that a photo is in this state; `rows` may be an alias of the photos."""
    # Said as the index says it, which has these states alone.
    return and_(rows.c.state == state, rows.c.state != literal_column("'ready'"))


def is_raw(rows: FromClause = photos) -> ColumnElement[bool]:
    """The condition that a photo is a RAW, shown or not; `rows` may be an alias of the photos."""
    # Said as the index says it, which has these alone.
    return rows.c.kind.in_((literal_column("'raw'"), literal_column("'sidecar raw'")))


def in_album(album_id: int) -> ColumnElement[bool]:
    """The condition that a photo is in this album."""
    return photos.c.id.in_(members(album_id))


def chunks(values: Sequence[Any], size: int = CHUNK) -> Iterator[Sequence[Any]]:
    """The values in runs that fit into one statement."""
    for start in range(0, len(values), size):
        yield values[start : start + size]


def shown_in(place: Place) -> ColumnElement[bool]:
    """The condition that a photo can be shown in this place."""
    conditions = [SHOWN]
    if place.folder_id is not None:
        # With the sign SQLite begins with the directory, where there is one.
        column = photos.c.folder_id if place.directory is None else literal_column("+photos.folder_id")
        conditions.append(column == place.folder_id)
    if place.album_id is not None:
        conditions.append(in_album(place.album_id))
    if place.directory is not None:
        conditions.append(below(place.directory) if place.deep else photos.c.directory == place.directory)
    return and_(*conditions)


def members(album_id: int) -> Select[Any]:
    """Ids of the photos that are in this album."""
    return select(album_photos.c.photo_id).where(
        album_photos.c.album_id == album_id, album_photos.c.verdict == "member"
    )


def exists_feature(backbone: str) -> ColumnElement[bool]:
    """The condition that a photo's content has a feature of this backbone."""
    of_content = features.c.content_hash == photos.c.content_hash
    return select(features.c.id).where(of_content, features.c.backbone == backbone).exists()
