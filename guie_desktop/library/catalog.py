"""Reading the catalogue: what folders, photos and failures the library holds."""

import os
from array import array
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Engine, and_, func, or_, select

from guie_desktop.domain import Counts, Failure, Folder, Photo
from guie_desktop.library.database import open_database, sentences
from guie_desktop.library.migrations import check_version
from guie_desktop.library.tables import features, folders, photos

# SQLite takes 32,766 values in one statement.
CHUNK = 10_000

PRESENT = and_(photos.c.missing_since.is_(None), photos.c.folder_id.is_not(None))
SHOWN = and_(PRESENT, photos.c.content_hash.is_not(None))


def below(folder: Path) -> ColumnElement[bool]:
    """The condition that a photo lies in this folder or deeper."""
    # Paths are compared byte by byte: whatever lies below "a" sorts after "a/" and before "a" + the sign after "/".
    stem = str(folder).rstrip(os.sep)
    return or_(
        photos.c.directory == folder,
        and_(photos.c.directory > folder / "\0", photos.c.directory < Path(stem + chr(ord(os.sep) + 1))),
    )


def chunks(values: Sequence[Any], size: int = CHUNK) -> Iterator[Sequence[Any]]:
    """The values in runs that fit into one statement."""
    for start in range(0, len(values), size):
        yield values[start : start + size]


class Catalog:
    """Questions to the catalogue; safe to use from several threads, each call is one short read."""

    def __init__(self, engine: Engine, path: Path) -> None:
        self.engine = engine
        self.path = path

    @classmethod
    def open_read_only(cls, path: Path) -> "Catalog":
        """The catalogue of an existing library; UserError where it is damaged or of a newer version."""
        with sentences(path):
            engine = open_database(path, read_only=True)
            check_version(engine, path)
        return cls(engine, path)

    def close(self) -> None:
        """Let go of the file."""
        self.engine.dispose()

    def folders(self) -> tuple[Folder, ...]:
        """All folders that the user added, by path."""
        count = select(func.count()).where(photos.c.folder_id == folders.c.id, SHOWN).scalar_subquery()
        query = select(folders.c.id, folders.c.path, folders.c.online, count).order_by(folders.c.path)
        return tuple(Folder(row[0], row[1], row[2], row[3]) for row in self._rows(query))

    def counts(self, backbone: str | None = None) -> Counts:
        """Photos present, embedded (by this backbone, or by any) and failed."""
        embedded = exists_feature(backbone)
        query = select(
            func.count().filter(photos.c.state != "failed"),
            func.count().filter(and_(photos.c.content_hash.is_not(None), embedded)),
            func.count().filter(photos.c.state == "failed"),
        ).where(PRESENT)
        photos_present, with_feature, failed = self._rows(query)[0]
        return Counts(photos_present, with_feature, failed)

    def photo_ids(self, folder_id: int | None = None) -> "array[int]":
        """Ids of the photos that can be shown, newest first."""
        query = select(photos.c.id).where(SHOWN).order_by(photos.c.taken.desc(), photos.c.id.desc())
        if folder_id is not None:
            query = query.where(photos.c.folder_id == folder_id)
        return array("q", (row[0] for row in self._rows(query)))

    def photos(self, ids: Sequence[int]) -> dict[int, Photo]:
        """The photos with these ids; unknown ones are left out, missing ones are not."""
        found: dict[int, Photo] = {}
        for part in chunks(ids):
            query = select(*PHOTO_COLUMNS).where(photos.c.id.in_(part), photos.c.content_hash.is_not(None))
            found.update((row.id, photo_of(row)) for row in self._rows(query))
        return found

    def photo_at(self, path: Path) -> Photo | None:
        """The photo at this path, if the library has it."""
        query = select(*PHOTO_COLUMNS).where(
            photos.c.directory == path.parent, photos.c.name == Path(path.name), SHOWN, photos.c.state == "ready"
        )
        rows = self._rows(query)
        return photo_of(rows[0]) if rows else None

    def photos_showing(self, feature_ids: Sequence[int], folder: Path | None = None) -> dict[int, list[Photo]]:
        """Feature id to the present photos with that content (several where there are copies), in this scope."""
        found: dict[int, list[Photo]] = {}
        for part in chunks(feature_ids):
            query = (
                select(features.c.id.label("feature_id"), *PHOTO_COLUMNS)
                .join(photos, photos.c.content_hash == features.c.content_hash)
                .where(features.c.id.in_(part), PRESENT)
                .order_by(photos.c.id)
            )
            if folder is not None:
                query = query.where(below(folder))
            for row in self._rows(query):
                found.setdefault(row.feature_id, []).append(photo_of(row))
        return found

    def failures(self) -> tuple[Failure, ...]:
        """Files that could not be read, by path."""
        query = (
            select(photos.c.directory, photos.c.name, photos.c.reason)
            .where(PRESENT, photos.c.state == "failed")
            .order_by(photos.c.directory, photos.c.name)
        )
        return tuple(Failure(row.directory / row.name, row.reason) for row in self._rows(query))

    def _rows(self, query: Any) -> Sequence[Any]:
        with sentences(self.path), self.engine.connect() as connection:
            return connection.execute(query).all()


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
)


def photo_of(row: Any) -> Photo:
    """A row of PHOTO_COLUMNS as a Photo; -1 stands for a folder that was removed."""
    return Photo(
        id=row.id,
        folder_id=row.folder_id if row.folder_id is not None else -1,
        path=row.directory / row.name,
        content_hash=row.content_hash,
        width=row.width,
        height=row.height,
        bytes=row.bytes,
        mtime_ns=row.mtime_ns,
        taken=row.taken,
    )


def is_unchanged(photo: Photo) -> bool:
    """Whether the file is as it was when it was read; one that cannot be reached counts as unchanged."""
    try:
        status = photo.path.stat()
    except OSError:
        return True  # unplugged: what is stored is all there is
    return (status.st_size, status.st_mtime_ns) == (photo.bytes, photo.mtime_ns)


def exists_feature(backbone: str | None = None) -> ColumnElement[bool]:
    """The condition that a photo's content has a feature, of this backbone or of any."""
    query = select(features.c.id).where(features.c.content_hash == photos.c.content_hash)
    if backbone is not None:
        query = query.where(features.c.backbone == backbone)
    return query.exists()
