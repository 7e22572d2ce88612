"""Rows of photos whose files this program itself has moved or renamed, as the user asked: they go along at once."""

import os
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, and_, select, update

from guie_desktop.disk.file_numbers import identity, size_and_time
from guie_desktop.library.catalog import Catalog
from guie_desktop.library.database import writing
from guie_desktop.library.identity import CHANGE_ROW, vacate
from guie_desktop.library.tables import folders, photos


@dataclass(frozen=True, slots=True)
class MovedFile:
    """A file that is elsewhere now; `photo` is its row where that is known, and `status` what the disk says of it."""

    source: Path
    target: Path
    status: os.stat_result
    photo: int | None = None


def note_moved_files(catalog: Catalog, moved: Sequence[MovedFile]) -> None:
    """Let the rows be where the files are; one transaction. A file in no folder of the library counts as gone."""
    with writing(catalog.database) as connection:
        roots = connection.execute(select(folders.c.id, folders.c.path)).all()
        for one in moved:
            above = [root.id for root in roots if root.path in one.target.parents]
            _note(connection, one, above[0] if above else None)


def _note(connection: Connection, moved: MovedFile, folder_id: int | None) -> None:
    # What has come back from outside the library has its row still where it is now.
    row = moved.photo or _row_at(connection, moved.source) or _row_at(connection, moved.target)
    if row is None:
        return  # of no kind that is read
    if folder_id is None:
        connection.execute(CHANGE_ROW, {"row": row, "missing_since": time.time()})
        return
    other = _row_at(connection, moved.target)
    if other is not None and other != row:
        gone = and_(photos.c.id == other, photos.c.missing_since.is_(None))
        connection.execute(update(photos).where(gone).values(missing_since=time.time()))
        vacate(connection, [other])
    size, mtime_ns = size_and_time(moved.status)
    place = {"folder_id": folder_id, "directory": moved.target.parent, "name": Path(moved.target.name)}
    known_by = {"inode": identity(moved.status.st_ino), "device": identity(moved.status.st_dev)}
    times = {"bytes": size, "mtime_ns": mtime_ns, "ctime_ns": moved.status.st_ctime_ns, "missing_since": None}
    connection.execute(CHANGE_ROW, {"row": row} | place | known_by | times)


def _row_at(connection: Connection, path: Path) -> int | None:
    query = select(photos.c.id).where(photos.c.directory == path.parent, photos.c.name == Path(path.name))
    return connection.execute(query).scalar_one_or_none()
