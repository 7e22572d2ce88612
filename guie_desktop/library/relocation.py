"""Folders of the library that lie elsewhere now: their rows go along, unopened, inside the caller's transaction."""

import os
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    LargeBinary,
    and_,
    case,
    cast,
    delete,
    func,
    literal,
    select,
    type_coerce,
    update,
)

from guie_desktop.library.conditions import PRESENT, below
from guie_desktop.library.decisions import hand_over
from guie_desktop.library.identity import vacate
from guie_desktop.library.kept_folders import follow_folders
from guie_desktop.library.tables import PathBytes, folders, photos


def relocate(connection: Connection, moves: Mapping[int, Path]) -> int:
    """Let these folders, by id, lie at these paths, with all that is known below them; how many photos went along.

    Folders may exchange their places. One that comes to lie in another folder of the library becomes a part of it, one
    that comes to lie above others takes them in.
    """
    moved = connection.execute(select(func.count()).where(photos.c.folder_id.in_(moves), PRESENT)).scalar_one()
    places: dict[Path, Path] = {}
    for folder_id in moves:
        query = select(folders.c.path).where(folders.c.id == folder_id)
        before = connection.execute(query).scalar_one()
        places[before] = moves[folder_id]
        _carry(connection, before, _aside(folder_id))
        connection.execute(update(folders).where(folders.c.id == folder_id).values(path=_aside(folder_id)))
    for folder_id, path in moves.items():
        _make_way(connection, _aside(folder_id), path)
        _carry(connection, _aside(folder_id), path)
        _settle(connection, folder_id, path)
    follow_folders(connection, places)
    return int(moved)


def take_in(connection: Connection, folder_id: int, path: Path) -> None:
    """Let all that lies below the path belong to this folder; other folders there become a part of it."""
    connection.execute(update(photos).where(below(path)).values(folder_id=folder_id))
    others = connection.execute(select(folders.c.id, folders.c.path).where(folders.c.id != folder_id)).all()
    inside = [row.id for row in others if path in row.path.parents]
    connection.execute(delete(folders).where(folders.c.id.in_(inside)))


def _aside(folder_id: int) -> Path:
    """A place that no file can have, where rows wait until all have left theirs."""
    return Path(f"\0{folder_id}")


def _carry(connection: Connection, old: Path, new: Path) -> None:
    place = type_coerce(_carried(photos, old, new), PathBytes)
    connection.execute(update(photos).where(below(old)).values(directory=place))


def _carried(row: FromClause, old: Path, new: Path) -> ColumnElement[Any]:
    """The directory of a row below `old`, as it is below `new`."""
    before, after = (os.fsencode(path).rstrip(os.fsencode(os.sep)) for path in (old, new))
    rest = func.substr(type_coerce(row.c.directory, LargeBinary), len(before) + 1)
    # SQLite makes text of two blobs that are joined.
    joined = cast(literal(after, LargeBinary).op("||")(rest), LargeBinary)
    return case((row.c.directory == old, literal(os.fsencode(new), LargeBinary)), else_=joined)


def _make_way(connection: Connection, old: Path, new: Path) -> None:
    """Let rows that stand where others come to lie become one with these, or give way where they are of other pictures.

    The picture that is there now keeps the name; what the other one was stays known by its content.
    """
    coming, there = photos.alias("coming"), photos.alias("there")
    same_place = and_(there.c.directory == _carried(coming, old, new), there.c.name == coming.c.name)
    query = (
        select(coming.c.id, coming.c.content_hash, there).where(below(old, coming), same_place).order_by(coming.c.id)
    )
    for coming_id, content_hash, *columns in connection.execute(query).all():
        in_way = dict(zip(there.c.keys(), columns, strict=True))
        contents = {content_hash, in_way["content_hash"]} - {None}
        if len(contents) < 2:
            stays, goes = coming_id, in_way["id"]
            if content_hash is None and contents:
                stays, goes = goes, stays  # by its content it is known wherever it turns up
            hand_over(connection, goes, stays)
            connection.execute(delete(photos).where(photos.c.id == goes))
        else:
            is_there = in_way["missing_since"] is None and in_way["folder_id"] is not None
            _put_away(connection, coming_id if is_there else in_way["id"])


def _put_away(connection: Connection, photo_id: int) -> None:
    vacate(connection, [photo_id])
    connection.execute(update(photos).where(photos.c.id == photo_id).values(missing_since=time.time()))


def _settle(connection: Connection, folder_id: int, path: Path) -> None:
    others = connection.execute(select(folders.c.id, folders.c.path).where(folders.c.id != folder_id)).all()
    above = next((row.id for row in others if path.is_relative_to(row.path)), None)
    if above is None:
        connection.execute(update(folders).where(folders.c.id == folder_id).values(path=path, online=True, device=None))
        take_in(connection, folder_id, path)
    else:
        connection.execute(update(photos).where(below(path)).values(folder_id=above))
        connection.execute(delete(folders).where(folders.c.id == folder_id))
