"""What the user had said until something was done: kept, and put back when that is undone."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, and_, delete, insert, or_, select, update

from guie_desktop.former import Decision, Former, KeptFolder
from guie_desktop.library.conditions import below, chunks
from guie_desktop.library.decisions import companions
from guie_desktop.library.stand_ins import follow_copies
from guie_desktop.library.tables import album_photos, albums, folders, photos

_ALBUMS = select(albums.c.id).where(albums.c.removed_at.is_(None))


def former_of(connection: Connection, photo_ids: Sequence[int], *, with_folders: bool = False) -> Former:
    """What is decided now of these photos and of those to whom it may go over, and which folders there are."""
    everyone = {one for part in chunks(photo_ids) for one in companions(connection, part)}
    return _exactly(connection, sorted(everyone), with_folders=with_folders)


def former_of_folder(connection: Connection, folder_id: int) -> Former:
    """The same of all photos of a folder of which anything is decided."""
    decided = select(album_photos.c.photo_id).distinct().join(photos, photos.c.id == album_photos.c.photo_id)
    ids = connection.execute(decided.where(photos.c.folder_id == folder_id)).scalars().all()
    return former_of(connection, ids, with_folders=True)


def put_back(connection: Connection, former: Former) -> Former:
    """Let it be so again; returns what was so until now. What has gone for good in between is left out.

    Copies that were found out in between keep their own words, as nothing is known of how these were.
    """
    until_now = _exactly(connection, former.photos, with_folders=former.folders is not None)
    if former.folders is not None:
        _put_back_folders(connection, former.folders)
        follow_copies(connection)
    for part in chunks(former.photos):
        connection.execute(delete(album_photos).where(_are_of(part)))
    there = _known(connection, photos.c.id, sorted({one.photo_id for one in former.decisions}))
    known = set(connection.execute(_ALBUMS).scalars())
    rows = [asdict(one) for one in former.decisions if one.photo_id in there and one.album_id in known]
    if rows:
        # A photo that stands for another one may have a word in an album already, by now.
        connection.execute(insert(album_photos).prefix_with("OR REPLACE"), rows)
    return until_now


def _exactly(connection: Connection, photo_ids: Sequence[int], *, with_folders: bool) -> Former:
    found = [
        Decision(row.album_id, row.photo_id, row.verdict, row.decided_at, row.said_of)
        for part in chunks(photo_ids)
        for row in connection.execute(select(album_photos).where(_are_of(part)))
    ]
    return Former(tuple(photo_ids), tuple(found), _folders(connection) if with_folders else None)


def _are_of(photo_ids: Sequence[int]) -> ColumnElement[bool]:
    """The condition that words were said of these photos, whoever has them while these are gone.

    What was said of an album that is removed is left alone: it is there again when that is.
    """
    said_of = album_photos.c.said_of
    of_photos = or_(said_of.in_(photo_ids), and_(said_of.is_(None), album_photos.c.photo_id.in_(photo_ids)))
    return and_(of_photos, album_photos.c.album_id.in_(_ALBUMS))


def _put_back_folders(connection: Connection, wanted: Sequence[KeptFolder]) -> None:
    there = {folder.id: folder for folder in _folders(connection)}
    connection.execute(delete(folders).where(folders.c.id.in_(there.keys() - {folder.id for folder in wanted})))
    for folder in wanted:
        if folder.id not in there:
            connection.execute(insert(folders).values(_row_of(folder)))
            connection.execute(update(photos).where(below(folder.path)).values(folder_id=folder.id))
        elif folder.watched != there[folder.id].watched:
            connection.execute(update(folders).where(folders.c.id == folder.id).values(watched=folder.watched))


def _folders(connection: Connection) -> tuple[KeptFolder, ...]:
    return tuple(KeptFolder(**row) for row in connection.execute(select(folders)).mappings())


def _row_of(folder: KeptFolder) -> dict[str, Any]:
    return {
        "id": folder.id,
        "path": folder.path,
        "online": folder.online,
        "device": folder.device,
        "added_at": folder.added_at,
        "volume": folder.volume,
        "volume_path": folder.volume_path,
        "watched": folder.watched,
    }


def _known(connection: Connection, column: Column[Any], ids: Sequence[int]) -> set[int]:
    return {
        known for part in chunks(ids) for known in connection.execute(select(column).where(column.in_(part))).scalars()
    }
