"""Reading the catalog: what folders, photos and failures the library holds."""

import os
from array import array
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Engine, LargeBinary, and_, func, select, type_coerce

from guie_desktop.asking import EVERYTHING, Filter
from guie_desktop.disk.volumes import FolderHome, VolumePlace
from guie_desktop.domain import ALL_PHOTOS, Album, Counts, Failure, Folder, Frame, Photo, Place, Showing, Verdict
from guie_desktop.errors import UserError
from guie_desktop.library.album_names import name_key
from guie_desktop.library.changed_photos import are_followed, changes_since
from guie_desktop.library.conditions import (
    PRESENT,
    SHOWN,
    VISIBLE,
    below,
    chunks,
    in_state,
    shown_in,
)
from guie_desktop.library.database import open_database, reading, translate_db_errors
from guie_desktop.library.filters import passes
from guie_desktop.library.followed_photos import MOST_FOLLOWED, FollowedPhotos, follow
from guie_desktop.library.kept_counts import counted_albums, counted_directories
from guie_desktop.library.left_out import read_left_out
from guie_desktop.library.migrations import check_version
from guie_desktop.library.ordered_photos import NEWEST_FIRST, NamedPhotos, Order, OrderedPhotos
from guie_desktop.library.photo_columns import PHOTO_COLUMNS, photo_of
from guie_desktop.library.photo_orders import named, read_in_order
from guie_desktop.library.photo_statements import FOLDERS_AWAY, PHOTOS_BY_ID, photos_that_show
from guie_desktop.library.tables import album_photos, albums, folders, frames, photos
from guie_desktop.library.unsettled import embedded_count
from guie_desktop.sentences import from_stored, tr_noop

_CUT_OFF = tr_noop(
    "The file is cut off; the part that is there is shown. Copy it again from where it came, or from a backup."
)


class Catalog:
    """Questions to the catalog; safe to use from several threads, each call is one short read."""

    def __init__(self, database: Engine, path: Path) -> None:
        self.database = database
        self.path = path

    @classmethod
    def open_read_only(cls, path: Path) -> "Catalog":
        """The catalog of an existing library; UserError where it is damaged or of a newer version."""
        with translate_db_errors(path):
            database = open_database(path, read_only=True)
            check_version(database, path)
        return cls(database, path)

    def close(self) -> None:
        """Let go of the file."""
        self.database.dispose()

    def folders(self) -> tuple[Folder, ...]:
        """All folders that the user added, by path."""
        counted = counted_directories.c
        sums = select(func.coalesce(func.sum(counted.shown), 0)).where(counted.folder_id == folders.c.id)
        count = sums.scalar_subquery()
        query = select(folders.c.id, folders.c.path, folders.c.online, count, folders.c.watched).order_by(
            folders.c.path
        )
        return tuple(Folder(*row) for row in self._rows(query))

    def folder(self, folder_id: int) -> Folder:
        """The folder; UserError where it is not in the library any more."""
        found = next((folder for folder in self.folders() if folder.id == folder_id), None)
        if found is None:
            raise UserError("This folder is no longer in the library.", "Choose another one.")
        return found

    def folders_away(self) -> frozenset[int]:
        """Ids of the folders that are not connected."""
        return frozenset(row[0] for row in self._rows(FOLDERS_AWAY))

    def home_of(self, path: Path) -> FolderHome:
        """Where the folder of this path was when it was last reached; unknown where the library has no such folder."""
        query = select(folders.c.device, folders.c.volume, folders.c.volume_path).where(folders.c.path == path)
        found = self._rows(query)
        if not found:
            return FolderHome(None, None)
        device, volume, place = found[0]
        return FolderHome(device, None if volume is None else VolumePlace(volume, place))

    def sample(self, folder_id: int, most: int) -> list[Photo]:
        """So many photos of a folder, spread over all of it; all where it has no more."""
        ids = self.photo_ids(folder_id)
        return list(self.photos(ids[:: max(1, len(ids) // most)][:most]).values())

    def counts(self) -> Counts:
        """Photos present, failed and not read yet."""
        counted = counted_directories.c
        numbers = (counted.readable, counted.failed, counted.cut_off, counted.unread)
        row = self._rows(select(*(func.coalesce(func.sum(number), 0) for number in numbers)))[0]
        return Counts(row[0], row[1], sum(self.left_out().values()), cut_off=row[2], unread=row[3])

    def embedded_count(self, backbone: str) -> int:
        """How many of the photos that can be shown this backbone has embedded."""
        with reading(self.database) as connection:
            return embedded_count(connection, backbone)

    def photo_ids(self, folder_id: int | None = None, album_id: int | None = None) -> "array[int]":
        """Ids of the photos that can be shown (in this folder, in this album), newest first."""
        return self.ordered(NEWEST_FIRST, Place(folder_id, album_id)).ids

    def ordered(self, order: Order, place: Place = ALL_PHOTOS, which: Filter = EVERYTHING) -> OrderedPhotos:
        """The photos that can be shown in this place and pass the filter."""
        with reading(self.database) as connection:
            return read_in_order(connection, (shown_in(place), passes(which)), order)

    def followed(
        self,
        order: Order,
        place: Place = ALL_PHOTOS,
        which: Filter = EVERYTHING,
        before: FollowedPhotos | None = None,
    ) -> FollowedPhotos:
        """The same, by what has changed since they were read `before`, in this order and by this filter."""
        conditions = and_(shown_in(place), passes(which))
        since = before.change if before is not None and are_followed(which) else None
        with reading(self.database) as connection:
            changes = changes_since(connection, since)
            if before is None or changes.photos is None or len(changes.photos) > MOST_FOLLOWED:
                return FollowedPhotos(read_in_order(connection, (conditions,), order), changes.number)
            photos, steps = follow(connection, before.photos, changes.photos, conditions, order)
            return FollowedPhotos(photos, changes.number, steps)

    def named(self, text: str, place: Place = ALL_PHOTOS, which: Filter = EVERYTHING) -> NamedPhotos:
        """Those of them that have this text in their names."""
        return named(self.database, and_(shown_in(place), passes(which)), text)

    def has_photos(self, which: Filter = EVERYTHING, *, more_than: int = 0) -> bool:
        """Whether more than so many photos that can be shown pass the filter."""
        found = select(photos.c.id).where(SHOWN, passes(which)).limit(more_than + 1).subquery()
        return int(self._rows(select(func.count()).select_from(found))[0][0]) > more_than

    def albums(self) -> tuple[Album, ...]:
        """All albums, by name."""
        return self._albums(albums.c.removed_at.is_(None))

    def album(self, album_id: int) -> Album:
        """The album; UserError where it is not there any more."""
        found = self._albums(and_(albums.c.id == album_id, albums.c.removed_at.is_(None)))
        if not found:
            raise UserError("This album is no longer there.", "Choose another one.")
        return found[0]

    def album_named(self, name: str) -> Album | None:
        """The album of this name, whatever its case."""
        return next((album for album in self.albums() if name_key(album.name) == name_key(name)), None)

    def _albums(self, which: ColumnElement[bool]) -> tuple[Album, ...]:
        counted = counted_albums.c

        def count(verdict: Verdict) -> Any:
            query = select(counted.shown).where(counted.album_id == albums.c.id, counted.verdict == verdict)
            return func.coalesce(query.scalar_subquery(), 0)

        query = select(albums.c.id, albums.c.name, count("member"), count("not")).where(which)
        found = [Album(row[0], row[1], row[2], row[3]) for row in self._rows(query)]
        return tuple(sorted(found, key=lambda album: (album.name.casefold(), album.id)))

    def verdicts(self, album_id: int) -> dict[int, Verdict]:
        """Photo id to what was decided of it, or of a copy of it, and this album."""
        decided, copy = photos.alias("decided"), photos.alias("copy")
        query = (
            select(func.coalesce(copy.c.id, decided.c.id).label("photo_id"), album_photos.c.verdict)
            .join(decided, decided.c.id == album_photos.c.photo_id)
            .join(copy, copy.c.content_hash == decided.c.content_hash, isouter=True)
            .where(album_photos.c.album_id == album_id)
            .order_by(copy.c.id == decided.c.id)  # what was said of the photo itself comes last, and counts
        )
        return {row.photo_id: row.verdict for row in self._rows(query)}

    def albums_of(self, ids: Sequence[int]) -> dict[int, tuple[int, ...]]:
        """Photo id to the albums that it or a copy of it is in; photos in none are left out."""
        found: dict[int, tuple[int, ...]] = {}
        copy = photos.alias("copy")
        for part in chunks(ids):
            query = (
                select(photos.c.id, album_photos.c.album_id)
                .join(copy, copy.c.content_hash == photos.c.content_hash)
                .join(album_photos, album_photos.c.photo_id == copy.c.id)
                .join(albums, albums.c.id == album_photos.c.album_id)
                .where(photos.c.id.in_(part), album_photos.c.verdict == "member", albums.c.removed_at.is_(None))
                .distinct()
                .order_by(album_photos.c.album_id)
            )
            for row in self._rows(query):
                found[row.id] = (*found.get(row.id, ()), row.album_id)
        return found

    def places(self, hashes: Sequence[bytes]) -> dict[bytes, list[Path]]:
        """Content hash to all present files that hold it."""
        found: dict[bytes, list[Path]] = {}
        for part in chunks(sorted(set(hashes))):
            query = (
                select(photos.c.content_hash, photos.c.directory, photos.c.name)
                .where(photos.c.content_hash.in_(part), PRESENT, photos.c.state == "ready")
                .order_by(photos.c.id)
            )
            for row in self._rows(query):
                found.setdefault(row.content_hash, []).append(row.directory / row.name)
        return found

    def photos(self, ids: Sequence[int]) -> dict[int, Photo]:
        """The photos with these ids; unknown ones are left out, missing ones are not."""
        found: dict[int, Photo] = {}
        for part in chunks(ids):
            found.update((row.id, photo_of(row)) for row in self._rows(PHOTOS_BY_ID, part))
        return found

    def photo_at(self, path: Path) -> Photo | None:
        """The photo at this path, if the library has it."""
        is_there = and_(photos.c.directory == path.parent, photos.c.name == Path(path.name), SHOWN)
        rows = self._rows(select(*PHOTO_COLUMNS).where(is_there, photos.c.state == "ready"))
        return photo_of(rows[0]) if rows else None

    def photos_by_directory(self, folder: Path) -> dict[Path, list[int]]:
        """Directory to the ids of the photos that lie in it, for all at or below this folder that have any."""
        # A path is made once per directory: making them is most of the time where there are many photos.
        query = (
            select(type_coerce(photos.c.directory, LargeBinary), photos.c.id)
            .where(below(folder), SHOWN, photos.c.state == "ready")
            .order_by(photos.c.directory, photos.c.name)
        )
        found: dict[bytes, list[int]] = {}
        for directory, photo_id in self._rows(query):
            found.setdefault(directory, []).append(photo_id)
        return {Path(os.fsdecode(directory)): ids for directory, ids in found.items()}

    def photos_showing(self, feature_ids: Sequence[int], which: Filter = EVERYTHING) -> dict[int, Showing]:
        """Feature id to the present photos that pass the filter and show what it is of."""
        found: dict[int, Showing] = {}
        for part in chunks(feature_ids):
            for *photo, feature_id, frame, moment in self._rows(photos_that_show(which), part):
                before = found[feature_id].photos if feature_id in found else ()
                shown = None if frame is None else Frame(frame, moment)
                found[feature_id] = Showing((*before, photo_of(photo)), shown)
        return found

    def frames_of(self, video: bytes) -> tuple[Frame, ...]:
        """The pictures that stand for the video with this content hash, by time; none of a photo."""
        query = select(frames.c.content_hash, frames.c.moment).where(frames.c.video == video).order_by(frames.c.moment)
        return tuple(Frame(row.content_hash, row.moment) for row in self._rows(query))

    def failures(self) -> tuple[Failure, ...]:
        """Files that could not be read, by path."""
        query = (
            select(photos.c.directory, photos.c.name, photos.c.reason)
            .where(VISIBLE, in_state("failed"))
            .order_by(photos.c.directory, photos.c.name)
        )
        return tuple(Failure(row.directory / row.name, from_stored(row.reason)) for row in self._rows(query))

    def cut_off(self) -> tuple[Failure, ...]:
        """Photos of which only a part is there, which is shown, by path."""
        query = (
            select(photos.c.directory, photos.c.name)
            .where(SHOWN, photos.c.cut_off, photos.c.state == "ready")
            .order_by(photos.c.directory, photos.c.name)
        )
        return tuple(Failure(row.directory / row.name, _CUT_OFF) for row in self._rows(query))

    def left_out(self) -> dict[str, int]:
        """Suffix to how many files of that kind the folders hold, which look like pictures and are not read."""
        with reading(self.database) as connection:
            return read_left_out(connection)

    def _rows(self, query: Any, ids: Sequence[int] = ()) -> Sequence[Any]:
        with reading(self.database) as connection:
            return connection.execute(query, {"ids": ids} if len(ids) else None).all()
