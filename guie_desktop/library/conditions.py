"""Conditions on photos that many questions to the catalog share."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, and_, or_, select

from guie_desktop.domain import Place
from guie_desktop.library.tables import album_photos, features, photos

# SQLite takes 32,766 values in one statement.
CHUNK = 10_000

PRESENT = and_(photos.c.missing_since.is_(None), photos.c.folder_id.is_not(None))
VISIBLE = and_(PRESENT, photos.c.kind.is_distinct_from("sidecar raw"))
SHOWN = and_(VISIBLE, photos.c.content_hash.is_not(None))


def below(folder: Path, rows: FromClause = photos) -> ColumnElement[bool]:
    """The condition that a photo lies in this folder or deeper; `rows` may be an alias of the photos."""
    # Paths are compared byte by byte: whatever lies below "a" sorts after "a/" and before "a" + the sign after "/".
    stem = str(folder).rstrip(os.sep)
    return or_(
        rows.c.directory == folder,
        and_(rows.c.directory > folder / "\0", rows.c.directory < Path(stem + chr(ord(os.sep) + 1))),
    )


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
        conditions.append(photos.c.folder_id == place.folder_id)
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
