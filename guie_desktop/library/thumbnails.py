"""Small pictures of photos, kept as JPEG by content hash and size, and what is compared; caches made again."""

import logging
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from sqlalchemy import (
    Column,
    ColumnElement,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    bindparam,
    delete,
    func,
    literal_column,
    select,
)
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import DatabaseError

from guie_desktop.errors import UserError
from guie_desktop.library.cache_file import open_or_replace, replaced
from guie_desktop.library.conditions import chunks
from guie_desktop.library.database import open_database, reading, writing
from guie_desktop.pictures.picture_sizes import FIRST_SIGHT, THUMBNAIL

logger = logging.getLogger(__name__)

_PREVIEWS_KEPT = 200
_CLEARED = 1
"""What SQLite's user_version says of a file that was cleared."""

_metadata = MetaData()
_thumbnails = Table(
    "thumbnails",
    _metadata,
    Column("content_hash", LargeBinary, nullable=False),
    Column("size", Integer, nullable=False),
    Column("jpeg", LargeBinary, nullable=False),
    PrimaryKeyConstraint("content_hash", "size"),
)
# What photos are compared by, made of their small pictures; gone with them.
_squares = Table(
    "grey_squares",
    _metadata,
    Column("content_hash", LargeBinary, primary_key=True),
    Column("pixels", LargeBinary, nullable=False),
)
_rowid: ColumnElement[int] = literal_column("thumbnails.rowid")
# Made once: it is asked of each tile and of each photo that is read.
_JPEG = select(_thumbnails.c.jpeg).where(
    _thumbnails.c.content_hash == bindparam("content"), _thumbnails.c.size == bindparam("pixels")
)


class Thumbnails:
    """The file of small pictures; a damaged one is replaced by an empty one when it is opened for writing."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        """UserError where the file cannot be made."""
        self.path = path
        self._told = False
        """Whether the log has been told that pictures cannot be kept."""
        self.database = open_database(path, read_only=read_only) if read_only else open_or_replace(path, _metadata)

    def close(self) -> None:
        """Let go of the file."""
        self.database.dispose()

    def get(self, content_hash: bytes, size: int = THUMBNAIL) -> bytes | None:
        """The JPEG, or None where it was not made; safe to call from several threads."""
        try:
            with self.database.connect() as connection:
                jpeg = connection.execute(_JPEG, {"content": content_hash, "pixels": size}).scalar_one_or_none()
        except DatabaseError:
            return None  # a cache that cannot be read is an empty one; doctor says so
        return jpeg if isinstance(jpeg, bytes) else None

    def lacking(self, hashes: Sequence[bytes]) -> set[bytes]:
        """Those of the hashes that have no thumbnail; UserError where the file is damaged."""
        present: set[bytes] = set()
        for part in chunks(hashes):
            query = select(_thumbnails.c.content_hash).where(
                _thumbnails.c.content_hash.in_(part), _thumbnails.c.size == THUMBNAIL
            )
            with reading(self.database) as connection:
                present.update(connection.execute(query).scalars())
        return set(hashes) - present

    def many(self, hashes: Sequence[bytes]) -> dict[bytes, bytes]:
        """Content hash to JPEG, of those that have a thumbnail; UserError where the file is damaged."""
        found: dict[bytes, bytes] = {}
        for part in chunks(hashes):
            is_wanted = _thumbnails.c.content_hash.in_(part)
            query = select(_thumbnails.c.content_hash, _thumbnails.c.jpeg).where(
                is_wanted, _thumbnails.c.size == THUMBNAIL
            )
            with reading(self.database) as connection:
                found.update((row.content_hash, row.jpeg) for row in connection.execute(query))
        return found

    def squares(self, hashes: Sequence[bytes]) -> dict[bytes, bytes]:
        """Content hash to its grey square, of those that have one; UserError where the file is damaged."""
        found: dict[bytes, bytes] = {}
        for part in chunks(hashes):
            query = select(_squares.c.content_hash, _squares.c.pixels).where(_squares.c.content_hash.in_(part))
            with reading(self.database) as connection:
                found.update((row.content_hash, row.pixels) for row in connection.execute(query))
        return found

    def put_squares(self, squares: Mapping[bytes, bytes]) -> None:
        """Keep the grey squares of these contents; UserError where the disk does not take them."""
        rows = [{"content_hash": key, "pixels": pixels} for key, pixels in squares.items()]
        if rows:
            with writing(self.database) as connection:
                connection.execute(insert(_squares).on_conflict_do_nothing(), rows)

    def differing(self, jpegs: Mapping[bytes, bytes]) -> list[bytes]:
        """Those of the content hashes whose thumbnail is not this JPEG, or missing."""
        return [key for key, jpeg in jpegs.items() if self.get(key) != jpeg]

    def forget(self, hashes: Sequence[bytes]) -> None:
        """Remove the pictures of all sizes."""
        with writing(self.database) as connection:
            for part in chunks(hashes):
                for table in (_thumbnails, _squares):
                    connection.execute(delete(table).where(table.c.content_hash.in_(part)))

    def put(self, jpegs: Iterable[tuple[bytes, bytes]], size: int = THUMBNAIL) -> bool:
        """Keep (content hash, JPEG) pairs; of the large pictures only the latest are kept.

        False where the disk does not take them. They can be made again, so nothing else stops for them.
        """
        rows = [{"content_hash": key, "size": size, "jpeg": jpeg} for key, jpeg in jpegs]
        if not rows:
            return True
        try:
            with writing(self.database) as connection:
                connection.execute(insert(_thumbnails).on_conflict_do_nothing(), rows)
                if size == THUMBNAIL:
                    for part in chunks([row["content_hash"] for row in rows]):
                        is_poor = (_thumbnails.c.size == FIRST_SIGHT) & _thumbnails.c.content_hash.in_(part)
                        connection.execute(delete(_thumbnails).where(is_poor))
                if size > THUMBNAIL:
                    latest = select(func.max(_rowid) - _PREVIEWS_KEPT).where(_thumbnails.c.size == size)
                    old = _rowid <= latest.scalar_subquery()
                    connection.execute(delete(_thumbnails).where(_thumbnails.c.size == size, old))
        except UserError as error:
            if not self._told:
                logger.warning("thumbnails are not kept: %s", error)
            self._told = True
            return False
        return True

    def make_empty(self) -> None:
        """Begin anew, where the file is damaged."""
        self.database.dispose()
        self.database = replaced(self.path, _metadata)

    def clear(self) -> None:
        """Let go of all, since the user wants the room; OSError where another process has the file and keeps it."""
        self.make_empty()
        with writing(self.database) as connection:
            connection.exec_driver_sql(f"PRAGMA user_version={_CLEARED}")

    @property
    def was_cleared(self) -> bool:
        """Whether the user let go of them, so that what is lacking is only what was not seen since."""
        with reading(self.database) as connection:
            return bool(connection.exec_driver_sql("PRAGMA user_version").scalar_one() == _CLEARED)
