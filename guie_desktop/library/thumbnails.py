"""Small pictures of photos, kept as JPEG by content hash and size; a cache that can be made again."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from sqlalchemy import (
    Column,
    ColumnElement,
    Engine,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    delete,
    func,
    literal_column,
    select,
)
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import DatabaseError

from guie_desktop.library.catalog import chunks
from guie_desktop.library.database import open_database, writing
from guie_desktop.library.small_pictures import THUMBNAIL

_PREVIEWS_KEPT = 200

_metadata = MetaData()
_thumbnails = Table(
    "thumbnails",
    _metadata,
    Column("content_hash", LargeBinary, nullable=False),
    Column("size", Integer, nullable=False),
    Column("jpeg", LargeBinary, nullable=False),
    PrimaryKeyConstraint("content_hash", "size"),
)
_rowid: ColumnElement[int] = literal_column("thumbnails.rowid")


class Thumbnails:
    """The file of small pictures; a damaged one is replaced by an empty one when it is opened for writing."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self.path = path
        self.database = open_database(path, read_only=read_only) if read_only else _open_or_replace(path)

    def close(self) -> None:
        """Let go of the file."""
        self.database.dispose()

    def get(self, content_hash: bytes, size: int = THUMBNAIL) -> bytes | None:
        """The JPEG, or None where it was not made; safe to call from several threads."""
        query = select(_thumbnails.c.jpeg).where(_thumbnails.c.content_hash == content_hash, _thumbnails.c.size == size)
        try:
            with self.database.connect() as connection:
                return connection.execute(query).scalar_one_or_none()
        except DatabaseError:
            return None  # a cache that cannot be read is an empty one; doctor says so

    def lacking(self, hashes: Sequence[bytes]) -> set[bytes]:
        """Those of the hashes that have no thumbnail."""
        present: set[bytes] = set()
        for part in chunks(hashes):
            query = select(_thumbnails.c.content_hash).where(
                _thumbnails.c.content_hash.in_(part), _thumbnails.c.size == THUMBNAIL
            )
            with self.database.connect() as connection:
                present.update(connection.execute(query).scalars())
        return set(hashes) - present

    def differing(self, jpegs: Mapping[bytes, bytes]) -> list[bytes]:
        """Those of the content hashes whose thumbnail is not this JPEG, or missing."""
        return [key for key, jpeg in jpegs.items() if self.get(key) != jpeg]

    def forget(self, hashes: Sequence[bytes]) -> None:
        """Remove the pictures of all sizes."""
        with writing(self.database) as connection:
            for part in chunks(hashes):
                connection.execute(delete(_thumbnails).where(_thumbnails.c.content_hash.in_(part)))

    def put(self, jpegs: Iterable[tuple[bytes, bytes]], size: int = THUMBNAIL) -> None:
        """Keep (content hash, JPEG) pairs; of the large pictures only the latest are kept."""
        rows = [{"content_hash": key, "size": size, "jpeg": jpeg} for key, jpeg in jpegs]
        if not rows:
            return
        with writing(self.database) as connection:
            connection.execute(insert(_thumbnails).on_conflict_do_nothing(), rows)
            if size > THUMBNAIL:
                latest = select(func.max(_rowid) - _PREVIEWS_KEPT).where(_thumbnails.c.size == size).scalar_subquery()
                connection.execute(delete(_thumbnails).where(_thumbnails.c.size == size, _rowid <= latest))


def _open_or_replace(path: Path) -> Engine:
    engine = open_database(path)
    try:
        _metadata.create_all(engine)
    except DatabaseError:
        engine.dispose()
        for part in (path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")):
            part.unlink(missing_ok=True)
        engine = open_database(path)
        _metadata.create_all(engine)
    return engine
