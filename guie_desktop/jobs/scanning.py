"""Bringing the catalog's idea of folders in line with the disk; no photo is opened."""

import time
from collections import Counter
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from pathlib import Path

from guie_desktop.domain import Folder
from guie_desktop.jobs.folder_places import find_folders, home_now
from guie_desktop.jobs.pace import Pace
from guie_desktop.library.scan import Difference, Listing, compare, list_directory, walk
from guie_desktop.library.volumes import Volumes
from guie_desktop.messages import Progress
from guie_desktop.workspace.open_library import WritableLibrary

_STEP = 0.04  # seconds between commits


@dataclass(slots=True)
class Tally:
    """What a run found; `returned` photos may have left the index while they were away."""

    added: int = 0
    changed: int = 0
    moved: int = 0
    returned: int = 0
    unchanged: int = 0
    embedded: int = 0


class Scanner:
    """One scan: compares listings with the catalog and records the differences, a step at a time."""

    def __init__(self, library: WritableLibrary, volumes: Volumes, tally: Tally, *, retry: bool = False) -> None:
        self._library = library
        self._volumes = volumes
        self._catalog = library.catalog
        self._tally = tally
        self._retry = retry
        self._pace = Pace("scan")
        self._changed: set[Path] = set()
        """Directories that differed from the catalog."""
        self._scans_all = False
        self._left_out: Counter[str] = Counter()
        """Suffixes of files that are not read, in the folder that is being scanned."""

    def scan_all(self) -> Generator[Progress, None, None]:
        """Every folder of the library, with all that lies below; those that lie elsewhere now are followed."""
        self._scans_all = True
        self._tally.moved += find_folders(self._catalog, self._volumes)
        for folder in self._catalog.folders():
            home = home_now(self._catalog, folder, self._volumes)
            self._catalog.set_online(folder.id, home)
            if home is not None:
                self._left_out.clear()
                yield from self._scan_tree(folder, folder.path)
                self._catalog.keep_left_out(folder.id, self._left_out)
        self._tally.moved += self._catalog.adopt_moved()
        self.pair_raws()

    def scan_directories(self, directories: set[Path]) -> Generator[Progress, None, None]:
        """Directories in which something happened, and what is new below them."""
        folders = self._catalog.folders()
        for directory in sorted(directories):
            folder = next((one for one in folders if one.path == directory or one.path in directory.parents), None)
            if folder is None:
                continue
            if home_now(self._catalog, folder, self._volumes) is None:
                self._catalog.set_online(folder.id, None)
                continue
            yield from self._scan_one(folder, directory)
        self._tally.moved += self._catalog.adopt_moved()
        self.pair_raws()

    def pair_raws(self) -> int:
        """Say of the RAWs where something changed whether they go along with a JPEG; how many came into view."""
        changed = None if self._scans_all else self._changed
        return self._catalog.pair_raws(self._library.choices.raw_beside_jpeg, changed)

    def _scan_tree(self, folder: Folder, root: Path) -> Generator[Progress, None, None]:
        visited: set[Path] = set()
        unreadable: set[Path] = set()
        yield from self._record(folder, self._listings(root, visited, unreadable))
        for directory in sorted(self._catalog.known_directories(root) - visited):
            if unreadable.isdisjoint(directory.parents):
                self._catalog.mark_missing_below(directory)

    def _scan_one(self, folder: Folder, directory: Path) -> Generator[Progress, None, None]:
        if not directory.is_dir():
            self._catalog.mark_missing_below(directory)
            return
        listing = list_directory(directory, self._is_skipped)
        yield from self._record(folder, iter([listing]))
        if listing.error is not None:
            return
        below = {
            directory / known.relative_to(directory).parts[0]
            for known in self._catalog.known_directories(directory)
            if known != directory
        }
        for gone in sorted(below - set(listing.subdirectories)):
            self._catalog.mark_missing_below(gone)
        for new in sorted(set(listing.subdirectories) - below):
            yield from self._scan_tree(folder, new)

    def _listings(self, root: Path, visited: set[Path], unreadable: set[Path]) -> Iterator[Listing]:
        for listing in walk(root, self._is_skipped):
            visited.add(listing.directory)
            if listing.error is not None:
                unreadable.add(listing.directory)
            yield listing

    def _record(self, folder: Folder, listings: Iterator[Listing]) -> Generator[Progress, None, None]:
        waiting: list[Difference] = []
        committed = time.monotonic()
        for listing in listings:
            if listing.error is not None:
                reason = f"The folder could not be opened: {listing.error.strerror}. Check its permissions."
                self._catalog.record_unreadable_directory(folder.id, listing.directory, reason)
                continue
            known = self._catalog.known_files(listing.directory, retry=self._retry)
            difference = compare(listing, known)
            self._count(difference)
            self._pace.advance(len(listing.files))
            self._left_out.update(listing.left_out)
            if not difference.is_empty:
                waiting.append(difference)
                self._changed.add(listing.directory)
            if time.monotonic() - committed > _STEP:
                self._catalog.apply(folder.id, waiting)
                waiting = []
                committed = time.monotonic()
                yield self._pace.progress(detail=str(listing.directory))
        self._catalog.apply(folder.id, waiting)

    def _count(self, difference: Difference) -> None:
        self._tally.unchanged += difference.unchanged
        self._tally.returned += len(difference.returned)

    def _is_skipped(self, directory: Path) -> bool:
        return directory == self._library.paths.root
