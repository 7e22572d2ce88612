"""How the rows of photos change, inside the caller's transaction: found by a scan, read, or moved."""

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, bindparam, delete, insert, or_, select, update

from guie_desktop.library.catalog import PRESENT, chunks, exists_feature
from guie_desktop.library.decisions import hand_over
from guie_desktop.library.scan import Difference, FileOnDisk
from guie_desktop.library.tables import folders, photos


@dataclass(frozen=True, slots=True)
class PendingPhoto:
    """A photo that waits to be read; `was_read` tells a changed one from a new one."""

    id: int
    path: Path
    was_read: bool
    crashes: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What came out of reading a photo: its content, and the size and time of the upright picture."""

    photo: PendingPhoto
    content_hash: bytes
    width: int
    height: int
    taken: float | None


def apply_difference(connection: Connection, folder_id: int, difference: Difference) -> None:
    """Record what a scan found in one directory; contents are read later."""
    if difference.new:
        new = [
            {"folder_id": folder_id, "directory": difference.directory, "state": "new"} | _columns(found)
            for found in difference.new
        ]
        connection.execute(insert(photos), new)
    if difference.changed:
        changed = [
            {"row": row, "folder_id": folder_id, "state": "new", "missing_since": None, "crashes": 0} | _columns(found)
            for row, found in difference.changed
        ]
        connection.execute(update(photos).where(photos.c.id == bindparam("row")), changed)
    for part in chunks(difference.returned):
        back = {"missing_since": None, "folder_id": folder_id}
        connection.execute(update(photos).where(photos.c.id.in_(part)).values(back))
    for part in chunks(difference.missing):
        connection.execute(update(photos).where(photos.c.id.in_(part)).values(missing_since=time.time()))
    for part in chunks(difference.try_again):
        connection.execute(update(photos).where(photos.c.id.in_(part)).values(state="new", crashes=0))


def adopt_moved(connection: Connection) -> int:
    """Let rows whose file vanished follow it to where it turned up, unopened: same inode, size and time."""
    old, new = photos.alias("old"), photos.alias("new")
    query = select(old.c.id, new.c.id, new.c.folder_id, new.c.directory, new.c.name).where(
        old.c.missing_since.is_not(None),
        old.c.content_hash.is_not(None),
        old.c.state == "ready",
        new.c.state == "new",
        new.c.content_hash.is_(None),
        new.c.missing_since.is_(None),
        and_(new.c.inode == old.c.inode, new.c.bytes == old.c.bytes, new.c.mtime_ns == old.c.mtime_ns),
    )
    pairs = connection.execute(query).all()
    taken: set[int] = set()
    for old_id, new_id, folder_id, directory, name in pairs:
        if not taken.isdisjoint({old_id, new_id}):
            continue  # several candidates: the first one takes it
        taken.update((old_id, new_id))
        hand_over(connection, new_id, old_id)
        connection.execute(delete(photos).where(photos.c.id == new_id))
        place = {"folder_id": folder_id, "directory": directory, "name": name, "missing_since": None}
        connection.execute(update(photos).where(photos.c.id == old_id).values(place))
    return len(taken) // 2


def record_reading(connection: Connection, reading: Reading) -> bool:
    """Keep what was read of a photo; whether it turned out to be one that had only moved."""
    photo = reading.photo
    found = connection.execute(select(photos).where(photos.c.id == photo.id)).mappings().one_or_none()
    if found is None:
        return False
    taken = reading.taken if reading.taken is not None else found["mtime_ns"] / 1e9
    content = {
        "content_hash": reading.content_hash,
        "width": reading.width,
        "height": reading.height,
        "taken": taken,
        "state": "ready",
        "reason": None,
        "transient": False,
        "crashes": 0,
    }
    former = None
    if not photo.was_read:
        former = connection.execute(
            select(photos.c.id)
            .where(photos.c.content_hash == reading.content_hash, photos.c.missing_since.is_not(None))
            .limit(1)
        ).scalar_one_or_none()
    if former is None:
        connection.execute(update(photos).where(photos.c.id == photo.id).values(content))
        return False
    hand_over(connection, photo.id, former)
    connection.execute(delete(photos).where(photos.c.id == photo.id))
    place = {key: found[key] for key in ("folder_id", "directory", "name", "bytes", "mtime_ns", "inode")}
    connection.execute(update(photos).where(photos.c.id == former).values(content | place | {"missing_since": None}))
    return True


def waits_for(backbone_key: str) -> ColumnElement[bool]:
    """The condition that a photo is to be read: it is new, or this backbone has not seen it."""
    reachable = photos.c.folder_id.in_(select(folders.c.id).where(folders.c.online))
    unseen = and_(photos.c.state == "ready", ~exists_feature(backbone_key))
    return and_(PRESENT, reachable, or_(photos.c.state == "new", unseen))


def _columns(found: FileOnDisk) -> dict[str, Any]:
    return {"name": Path(found.name), "bytes": found.bytes, "mtime_ns": found.mtime_ns, "inode": found.inode}
