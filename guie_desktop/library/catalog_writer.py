"""Writing the catalog: folders, what the scanner found, what the indexer read."""

import os
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, and_, delete, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from guie_desktop.arrays import Feature
from guie_desktop.disk.file_systems import folder_identity
from guie_desktop.disk.scan import Difference, KnownFile
from guie_desktop.disk.volumes import FolderHome
from guie_desktop.domain import Folder, RawBesideJpeg
from guie_desktop.errors import UnreadablePhoto, UserError
from guie_desktop.former import Former
from guie_desktop.library.conditions import OUTDATED, PRESENT, below, chunks, in_state
from guie_desktop.library.database import open_database, reading, translate_db_errors, writing
from guie_desktop.library.feature_store import FeatureStore
from guie_desktop.library.former import former_of_folder
from guie_desktop.library.identity import follow_contents, settle_contents
from guie_desktop.library.left_out import keep_left_out
from guie_desktop.library.migrations import migrate
from guie_desktop.library.photo_rows import (
    KnownContent,
    PendingPhoto,
    Reading,
    adopt_moved,
    apply_difference,
    known_content,
    known_contents,
    record_failure,
    record_readings,
    settle_rules,
)
from guie_desktop.library.raw_pairs import directories_with_raws, pair_raws
from guie_desktop.library.relocation import relocate, take_in
from guie_desktop.library.stand_ins import follow_copies
from guie_desktop.library.tables import folders, photos
from guie_desktop.library.unsettled import settle
from guie_desktop.library.waiting_photos import WaitingPhotos
from guie_desktop.library.word_table import keep_words
from guie_desktop.sentences import Sentence, as_stored

# What is wrong with a directory is kept as a failure of this name in it, which no photo can have.
_ITSELF = Path()


class CatalogWriter(WaitingPhotos):
    """The catalog, by its only writer; each call is one transaction."""

    @classmethod
    def open(cls, path: Path) -> "CatalogWriter":
        """Open or create the catalog and bring it to this version's schema (UserError where that fails)."""
        with translate_db_errors(path):
            database = open_database(path)
            migrate(database, path)
        keep_words(database)
        return cls(database, path)

    # --- folders ----------------------------------------------------------------------------------------------

    def add_folder(self, path: Path) -> Folder:
        """Add a folder, or find the one that already covers it; a folder above others takes them in."""
        if folder_identity(path) is None:
            raise UserError(
                Sentence("There is no folder {path}.", path=path), "Check the name, or plug in the drive that it is on."
            )
        if not os.access(path, os.R_OK | os.X_OK):
            raise UserError(
                Sentence("The folder {path} may not be read.", path=path), "Change its permissions and try again."
            )
        path = Path(os.path.realpath(path))
        with self._begin() as connection:
            covering = connection.execute(select(folders.c.id, folders.c.path)).all()
            above = next((row for row in covering if path == row.path or row.path in path.parents), None)
            if above is None:
                row_id = connection.execute(
                    insert(folders).values(path=path, added_at=time.time()).returning(folders.c.id)
                ).scalar_one()
                take_in(connection, row_id, path)
            else:
                row_id = above.id
        return next(folder for folder in self.folders() if folder.id == row_id)

    def remove_folder(self, folder_id: int) -> Former:
        """Forget a folder; its photos' rows stay, so that adding it again brings everything back.

        Returns what was so until now, for copies elsewhere stand for its photos in albums from here on.
        """
        with self._begin() as connection:
            former = former_of_folder(connection, folder_id)
            connection.execute(delete(folders).where(folders.c.id == folder_id))
            follow_copies(connection)
        return former

    def watch_folder(self, folder_id: int, watched: bool) -> None:
        """Notice at once what happens in a folder, or only where it is looked for."""
        with self._begin() as connection:
            connection.execute(update(folders).where(folders.c.id == folder_id).values(watched=watched))

    def relocate_folders(self, moves: Mapping[int, Path]) -> int:
        """Let folders, by id, lie at these paths from now on, with all that is known of them; how many photos moved."""
        if not moves:
            return 0
        with self._begin() as connection:
            return relocate(connection, moves)

    def set_online(self, folder_id: int, home: FolderHome | None) -> None:
        """Say that the folder can be reached, there, or (None) that it cannot."""
        values: dict[str, Any] = {"online": False}
        if home is not None:
            place = home.place
            values = {
                "online": True,
                "device": home.device,
                "volume": None if place is None else place.volume,
                "volume_path": None if place is None else place.path,
            }
        with self._begin() as connection:
            connection.execute(update(folders).where(folders.c.id == folder_id).values(values))

    # --- what the scanner found -------------------------------------------------------------------------------

    def known_files(self, directory: Path, *, retry: bool) -> dict[str, KnownFile]:
        """Name to row for the photos of one directory; `retry` also wants those read again that failed for good."""
        query = select(
            photos.c.id,
            photos.c.name,
            photos.c.bytes,
            photos.c.mtime_ns,
            photos.c.inode,
            photos.c.ctime_ns,
            photos.c.device,
            photos.c.state,
            photos.c.transient,
            photos.c.missing_since,
            photos.c.folder_id,
            photos.c.kind,
            photos.c.sidecar_ns,
        ).where(photos.c.directory == directory, photos.c.name != _ITSELF)
        return {
            str(row.name): KnownFile(
                row.id,
                row.bytes,
                row.mtime_ns,
                row.inode,
                row.ctime_ns,
                row.device,
                waits=row.state == "new",
                try_again=row.state == "failed" and (row.transient or retry),
                failed=row.state == "failed",
                missing=row.missing_since is not None or row.folder_id is None,
                vanished=row.missing_since is not None,
                kind=row.kind,
                sidecar_ns=row.sidecar_ns,
            )
            for row in self._rows(query)
        }

    def known_directories(self, folder: Path) -> set[Path]:
        """All directories at or below the folder that the catalog has present photos in."""
        query = select(photos.c.directory).where(below(folder), PRESENT).distinct()
        return set(self._scalars(query))

    def apply(self, folder_id: int, differences: Iterable[Difference]) -> None:
        """Record what a scan found; contents are read later."""
        with self._begin() as connection:
            for difference in differences:
                apply_difference(connection, folder_id, difference)

    def mark_missing_below(self, directory: Path) -> None:
        """Record that a directory and all below it are gone."""
        with self._begin() as connection:
            connection.execute(update(photos).where(below(directory), PRESENT).values(missing_since=time.time()))

    def vanished(self, since: float) -> list[tuple[Path, int]]:
        """Photos that have vanished since a time (seconds since the epoch) and are nowhere else, with their bytes."""
        gone = and_(photos.c.missing_since >= since, photos.c.name != _ITSELF)
        query = select(photos.c.directory, photos.c.name, photos.c.bytes).where(gone)
        return [(row.directory / row.name, row.bytes) for row in self._rows(query)]

    def adopt_moved(self) -> int:
        """Let rows whose file vanished follow it to where it turned up, unopened; how many did."""
        with self._begin() as connection:
            return adopt_moved(connection)

    def pair_raws(self, choice: RawBesideJpeg, directories: set[Path] | None = None) -> int:
        """Say of each RAW (in these directories) whether it goes along with a JPEG; how many came into view."""
        with self._begin() as connection:
            within = directories_with_raws(connection) if directories is None else directories
            return pair_raws(connection, within, choice)

    def keep_left_out(self, folder_id: int, counts: Mapping[str, int]) -> None:
        """Remember suffix to number of the files in a folder that look like pictures and are not read."""
        with self._begin() as connection:
            keep_left_out(connection, folder_id, counts)

    # --- what the indexer read --------------------------------------------------------------------------------

    def settle_rules(self) -> None:
        """Let photos that no corrected decode rule concerns count as read by the present one; others wait for it."""
        with self._begin() as connection:
            settle_rules(connection)

    def outdated_contents(self, hashes: Sequence[bytes]) -> set[bytes]:
        """Those of the content hashes whose photo, there or gone, was last read by an earlier rule that was wrong."""
        query = select(photos.c.content_hash).where(OUTDATED)
        return {key for part in chunks(hashes) for key in self._scalars(query.where(photos.c.content_hash.in_(part)))}

    def known_content(self, content_hash: bytes) -> KnownContent | None:
        """What is known of this content without decoding it; safe in any thread."""
        with reading(self.database) as connection:
            return known_content(connection, content_hash)

    def waiting_contents(self) -> dict[bytes, KnownContent]:
        """What is known of what changed photos held before, by content hash; it may turn up elsewhere."""
        with reading(self.database) as connection:
            return known_contents(connection, and_(in_state("new"), PRESENT))

    def record(self, readings: Sequence[Reading], vectors: Mapping[bytes, Feature], store: FeatureStore) -> list[int]:
        """Keep what was read and its features; whose places were taken by photos that had only moved."""
        with self._begin() as connection:
            store.keep_within(connection, vectors)
            return follow_contents(connection, record_readings(connection, readings))

    def record_failures(self, failures: Sequence[tuple[PendingPhoto, UnreadablePhoto]]) -> None:
        """Keep why photos could not be read; they are left alone until they change, unless it may pass."""
        with self._begin() as connection:
            for photo, error in failures:
                record_failure(connection, photo.id, error)
            follow_contents(connection, [photo.id for photo, _ in failures])

    def settle_contents(self) -> None:
        """Say that all that had changed was read, so that no more is to be learned of what went where."""
        with self._begin() as connection:
            settle_contents(connection)

    def record_trouble(self, folder_id: int, directory: Path, reason: str) -> None:
        """Keep why a directory, or some of what lies in it, could not be listed, until a scan finds that it can."""
        row = {
            "folder_id": folder_id,
            "bytes": 0,
            "mtime_ns": 0,
            "inode": 0,
            "state": "failed",
            "reason": as_stored(reason),
            "transient": True,
            "missing_since": None,
        }
        place = {"directory": directory, "name": _ITSELF}
        with self._begin() as connection:
            connection.execute(
                upsert(photos).values(place | row).on_conflict_do_update(index_elements=list(place), set_=row)
            )

    def troubled_directories(self) -> set[Path]:
        """All directories of which `record_trouble` told something that still holds."""
        return set(
            self._scalars(select(photos.c.directory).where(in_state("failed"), photos.c.name == _ITSELF, PRESENT))
        )

    def forget_trouble(self, directory: Path) -> None:
        """All in this directory could be listed."""
        with self._begin() as connection:
            connection.execute(delete(photos).where(photos.c.directory == directory, photos.c.name == _ITSELF))

    def settle(self, backbone: str) -> None:
        """Ask no more of photos of which nothing is left to be done, nor to be embedded by this backbone.

        Safe in any thread, several transactions.
        """
        settle(self.database, backbone)

    # --- for the doctor ---------------------------------------------------------------------------------------

    def content_hashes(self, *, after: int = 0, most: int | None = None) -> dict[bytes, int]:
        """Content hash to the id of a present photo that was read; of the next so many of them above an id."""
        query = select(photos.c.content_hash, photos.c.id).where(photos.c.id > after, PRESENT)
        ready = query.where(photos.c.state == "ready").order_by(photos.c.id).limit(most)
        return {row.content_hash: row.id for row in self._rows(ready)}

    def read_again(self, photo_ids: Sequence[int]) -> None:
        """Let these photos be read anew."""
        with self._begin() as connection:
            for part in chunks(photo_ids):
                connection.execute(update(photos).where(photos.c.id.in_(part)).values(state="new"))

    # --- inside -----------------------------------------------------------------------------------------------

    def _scalars(self, query: Any) -> Sequence[Any]:
        return [row[0] for row in self._rows(query)]

    def _begin(self) -> AbstractContextManager[Connection]:
        return writing(self.database)
