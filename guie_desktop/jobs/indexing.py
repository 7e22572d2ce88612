"""Bringing a library up to date with the disk: scan, read what is new, fit the head, complete the index."""

import time
from collections.abc import Generator
from pathlib import Path

from guie_desktop.disk.skipping import SkipRules
from guie_desktop.disk.volumes import mounted_volumes
from guie_desktop.domain import IndexReport
from guie_desktop.jobs.checking import confirm_contents
from guie_desktop.jobs.reading import PhotoReader
from guie_desktop.jobs.refitting import fill, refresh_general_head
from guie_desktop.jobs.scanning import Scanner, Tally
from guie_desktop.messages import Progress
from guie_desktop.workspace.open_library import WritableLibrary

IndexJob = Generator[Progress, None, IndexReport]


def index_library(
    library: WritableLibrary,
    *,
    directories: set[Path] | None = None,
    retry: bool = False,
    moved: int = 0,
    confirm_for: float | None = None,
) -> IndexJob:
    """Scan all folders, or just these directories, and read what is new or changed.

    `retry` also reads again what could not be read; `moved` photos were followed with their folders just before, and
    are reported too. `confirm_for` bounds the seconds in which photos are confirmed that were followed unopened. Each
    yield is a safe place to stop; a later run goes on from there.
    """
    started, started_at = time.monotonic(), time.time()
    tally = Tally(moved=moved)
    scanner = Scanner(library, mounted_volumes(), tally, retry=retry)
    yield from scanner.scan_all() if directories is None else scanner.scan_directories(directories)
    reader = PhotoReader(library, library.backbone, tally)
    yield from reader.read_all()
    if scanner.pair_raws():  # a JPEG could not be read, but the RAW beside it may be
        yield from reader.read_all()
    mistaken = yield from _confirm(library, reader, confirm_for)
    tally.moved = max(0, tally.moved - mistaken)  # some may have been followed in an earlier run
    library.albums.follow_copies()
    yield from refresh_general_head(library.backbone, is_settled=True)
    if directories is None or tally.returned or tally.moved:
        yield from fill(library.backbone.space)
    return IndexReport(
        added=tally.added,
        changed=tally.changed,
        moved=tally.moved,
        missing=_missing_count(library, started_at),
        unchanged=tally.unchanged,
        embedded=tally.embedded,
        failed=library.catalog.failures(),
        seconds=time.monotonic() - started,
        model=library.backbone.name,
        left_out=library.catalog.left_out(),
    )


def _missing_count(library: WritableLibrary, since: float) -> int:
    """How many photos have vanished, without those that are passed over since then: they are where they were."""
    rules = [library.skip_rules(folder.path) for folder in library.catalog.folders()]
    return sum(not any(_passes_over(one, path) for one in rules) for path in library.catalog.vanished(since))


def _passes_over(rules: SkipRules, path: Path) -> bool:
    is_skipped = rules.root in path.parents and rules.hides(path, is_folder=False)
    return is_skipped or rules.leaves_out(path.suffix.lower())


def _confirm(library: WritableLibrary, reader: PhotoReader, seconds: float | None) -> Generator[Progress, None, int]:
    """Make sure of what was followed unopened, and read what turns out to be something else; how many had not moved."""
    outcome = yield from confirm_contents(library, seconds)
    if outcome.changed:
        yield from reader.read_all()
    if outcome.is_complete:
        library.catalog.settle_contents()
    return outcome.mistaken
