"""Bringing the catalog's idea of folders in line with the disk; no photo is opened."""

import contextlib
import time
from collections import Counter
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from guie_desktop.disk.disk_errors import folder_trouble, means_gone, names_trouble
from guie_desktop.disk.scan import Difference, Lister, Listing, compare, list_directory
from guie_desktop.disk.skipping import SkipRules
from guie_desktop.disk.volumes import Volumes
from guie_desktop.domain import Folder
from guie_desktop.jobs.pace import Pace
from guie_desktop.jobs.patient_disk import PATIENCE, PatientDisk
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


class _Unplugged(Exception):
    """The folder went away while it was scanned, and what seems to be missing in it is not."""


class Scanner:
    """One scan: compares listings with the catalog and records the differences, a step at a time."""

    def __init__(
        self,
        library: WritableLibrary,
        volumes: Volumes,
        tally: Tally,
        *,
        retry: bool = False,
        lister: Lister = list_directory,
        patience: float = PATIENCE,
    ) -> None:
        """`patience` is how long the disk may take for a directory, in seconds; other jobs need not wait for it."""
        self._library = library
        self._catalog = library.catalog
        self._tally = tally
        self._retry = retry
        self._troubled = self._catalog.troubled_directories()
        self._pace = Pace("scan")
        self._disk = PatientDisk(library.catalog, volumes, lister, self._pace, patience)
        self._changed: set[Path] = set()
        """Directories that differed from the catalog."""
        self._scans_all = False
        self._left_out: Counter[str] = Counter()
        """Suffixes of files that are not read, in the folder that is being scanned."""

    def scan_all(self, *, only_watched: bool = False) -> Generator[Progress, None, None]:
        """Every folder (that is watched), with all that lies below; those that lie elsewhere now are followed."""
        self._scans_all = True
        with contextlib.closing(self._disk):
            yield from self._follow_folders()
            for folder in self._catalog.folders():
                if only_watched and not folder.watched:
                    continue
                home = yield from self._disk.home_of(folder)
                self._catalog.set_online(folder.id, home)
                if home is None:
                    yield from self._tell_why_offline(folder)
                    continue
                with self._unless_unplugged(folder):
                    self._left_out.clear()
                    yield from self._scan_tree(folder, folder.path)
                    self._catalog.keep_left_out(folder.id, self._left_out)
        self._tally.moved += self._catalog.adopt_moved()
        self.pair_raws()

    def scan_directories(self, directories: set[Path]) -> Generator[Progress, None, None]:
        """Directories in which something happened, and what is new below them."""
        folders = self._catalog.folders()
        with contextlib.closing(self._disk):
            for directory in sorted(directories):
                folder = next((one for one in folders if one.path == directory or one.path in directory.parents), None)
                if folder is None:
                    continue
                home = yield from self._disk.home_of(folder)
                if home is None or home != self._catalog.home_of(folder.path):
                    self._catalog.set_online(folder.id, home)
                if home is None:
                    continue
                with self._unless_unplugged(folder):
                    yield from self._scan_one(folder, directory)
        self._tally.moved += self._catalog.adopt_moved()
        self.pair_raws()

    def pair_raws(self) -> int:
        """Say of the RAWs where something changed whether they go along with a JPEG; how many came into view."""
        changed = None if self._scans_all else self._changed
        return self._catalog.pair_raws(self._library.choices.raw_beside_jpeg, changed)

    def _scan_tree(self, folder: Folder, root: Path) -> Generator[Progress, None, None]:
        visited: set[Path] = set()
        unclear: set[Path] = set()
        yield from self._record(folder, self._listings(folder, root, visited, unclear))
        gone = self._catalog.known_directories(root) - visited
        yield from self._mark_missing(folder, (one for one in gone if unclear.isdisjoint((one, *one.parents))))

    def _scan_one(self, folder: Folder, directory: Path) -> Generator[Progress, None, None]:
        rules = self._library.skip_rules(folder.path)
        listing = yield from self._disk.listing(directory, rules)
        is_gone = listing.error is not None and means_gone(listing.error)
        if is_gone or rules.hides(directory, is_folder=True):
            yield from self._mark_missing(folder, [directory])
            return
        yield from self._record(folder, iter([listing]))
        if listing.error is not None:
            return
        below = {
            directory / known.relative_to(directory).parts[0]
            for known in self._catalog.known_directories(directory)
            if known != directory
        }
        yield from self._mark_missing(folder, below.difference(listing.subdirectories, _unclear_in(listing)))
        for new in sorted(set(listing.subdirectories) - below):
            yield from self._scan_tree(folder, new)

    def _listings(
        self, folder: Folder, root: Path, visited: set[Path], unclear: set[Path]
    ) -> Iterator[Listing | Progress]:
        """The listings of all that is there, and progress while one is waited for.

        What was visited, and of what nobody knows, is noted in the two sets.
        """
        rules, waiting = self._library.skip_rules(folder.path), [root]
        while waiting:
            listing = yield from self._disk.listing(waiting.pop(), rules)
            waiting.extend(reversed(listing.subdirectories))
            if listing.error is not None and means_gone(listing.error):
                continue
            visited.add(listing.directory)
            if listing.error is not None:
                unclear.add(listing.directory)
            unclear.update(_unclear_in(listing))
            yield listing
            if isinstance(listing.error, TimeoutError):
                yield from self._check_plugged_in(folder)

    def _record(self, folder: Folder, listings: Iterator[Listing | Progress]) -> Generator[Progress, None, None]:
        waiting: list[Difference] = []
        committed = time.monotonic()
        for listing in listings:
            if isinstance(listing, Progress):
                # What was found is written down before anybody else is heard, who may change what it was compared with.
                yield from self._apply(folder, waiting)
                waiting = []
                yield listing
                continue
            self._note_trouble(folder, listing)
            if listing.error is not None:
                continue
            difference = self._compared(listing)
            self._count(difference)
            self._pace.advance(len(listing.files))
            self._left_out.update(listing.left_out)
            if not difference.is_empty:
                waiting.append(difference)
                self._changed.add(listing.directory)
            if time.monotonic() - committed > _STEP:
                yield from self._apply(folder, waiting)
                waiting = []
                committed = time.monotonic()
                yield self._pace.progress(detail=str(listing.directory))
        yield from self._apply(folder, waiting)

    def _note_trouble(self, folder: Folder, listing: Listing) -> None:
        if listing.error is not None or listing.unclear:
            reason = folder_trouble(listing.error) if listing.error is not None else names_trouble(listing.unclear)
            self._catalog.record_trouble(folder.id, listing.directory, reason)
        elif listing.directory in self._troubled:
            self._catalog.forget_trouble(listing.directory)

    def _tell_why_offline(self, folder: Folder) -> Generator[Progress, None, None]:
        """A folder that is there and cannot be opened, or whose drive does not answer, is no drive that is away."""
        listing = yield from self._disk.listing(folder.path, self._library.skip_rules(folder.path))
        if listing.error is not None and means_gone(listing.error):
            self._catalog.forget_trouble(folder.path)
        else:
            self._note_trouble(folder, listing)

    def _apply(self, folder: Folder, differences: list[Difference]) -> Generator[Progress, None, None]:
        """Record what was found; each directory where files are missing is looked at once more, and recorded at once.

        What came back since it was listed, as from the trash, is not missing: were it only noted so, what was decided
        of it would go over to a copy.
        """
        sure = [difference for difference in differences if not difference.missing]
        if sure:
            self._catalog.apply(folder.id, sure)
        doubtful = [difference.directory for difference in differences if difference.missing]
        if doubtful:
            yield from self._check_plugged_in(folder)
        for directory in doubtful:
            listing, _ = yield from self._newly_listed(folder, directory)
            if listing.error is None:
                self._catalog.apply(folder.id, [self._compared(listing)])

    def _compared(self, listing: Listing) -> Difference:
        known = self._catalog.known_files(listing.directory, retry=self._retry)
        for name, _ in listing.unclear:
            known.pop(name, None)  # it stays as it is
        return compare(listing, known)

    def _newly_listed(self, folder: Folder, directory: Path) -> Generator[Progress, None, tuple[Listing, SkipRules]]:
        """A directory as it is now, by these rules; while it was listed no file came back, and the rules held."""
        checks = self._library.content_checks
        while True:
            rules, returns = self._library.skip_rules(folder.path), checks.returns
            listing = yield from self._disk.listing(directory, rules)
            if (rules, returns) == (self._library.skip_rules(folder.path), checks.returns):
                return listing, rules

    def _mark_missing(self, folder: Folder, directories: Iterable[Path]) -> Generator[Progress, None, None]:
        if gone := sorted(directories):
            yield from self._check_plugged_in(folder)
            marked: set[Path] = set()
            for directory in gone:
                if not marked.isdisjoint(directory.parents):
                    continue
                listing, rules = yield from self._newly_listed(folder, directory)
                is_gone = listing.error is not None and means_gone(listing.error)
                if is_gone or rules.hides(directory, is_folder=True):
                    self._catalog.mark_missing_below(directory)
                    marked.add(directory)

    def _check_plugged_in(self, folder: Folder) -> Generator[Progress, None, None]:
        home = yield from self._disk.home_of(folder)
        if home != self._catalog.home_of(folder.path):
            raise _Unplugged

    def _follow_folders(self) -> Generator[Progress, None, None]:
        moves = {}
        for folder in self._catalog.folders():
            elsewhere = yield from self._disk.elsewhere(folder)
            if elsewhere is not None:
                moves[folder.id] = elsewhere
        self._tally.moved += self._catalog.relocate_folders(moves)

    @contextlib.contextmanager
    def _unless_unplugged(self, folder: Folder) -> Iterator[None]:
        try:
            yield
        except _Unplugged:
            self._catalog.set_online(folder.id, None)

    def _count(self, difference: Difference) -> None:
        self._tally.unchanged += difference.unchanged
        self._tally.returned += len(difference.returned)
        self._tally.moved += len(difference.followed)


def _unclear_in(listing: Listing) -> set[Path]:
    return {listing.directory / name for name, _ in listing.unclear}
