"""Bringing a library up to date with the disk: scan and show what is new; then embed it, and complete the index."""

import time
from collections.abc import Callable, Generator, Set
from dataclasses import replace
from pathlib import Path

from guie_desktop.disk.skipping import SkipRules
from guie_desktop.disk.volumes import mounted_volumes
from guie_desktop.domain import IndexReport
from guie_desktop.jobs.background import in_background
from guie_desktop.jobs.checking import confirm_contents
from guie_desktop.jobs.colouring import find_missing_colours
from guie_desktop.jobs.first_sight import FirstSight
from guie_desktop.jobs.noting import read_missing_notes
from guie_desktop.jobs.pace import Pace
from guie_desktop.jobs.reading import PhotoReader
from guie_desktop.jobs.refitting import fill, recognise, refresh_general_head
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
    """Scan all folders, or just these directories, show what is new or changed, and embed all that is not yet.

    The arguments are those of `show_photos`. Each yield is a safe place to stop; a later run goes on from there.
    """
    shown = yield from show_photos(library, directories=directories, retry=retry, moved=moved, confirm_for=confirm_for)
    return together(shown, (yield from embed_photos(library)))


def show_photos(
    library: WritableLibrary,
    *,
    directories: set[Path] | None = None,
    retry: bool = False,
    moved: int = 0,
    confirm_for: float | None = None,
    within: Set[Path] | None = None,
    gives_way: Callable[[], bool] = lambda: False,
    only_watched: bool = False,
) -> IndexJob:
    """Scan all folders, or just these directories, and read what is new or changed, so that it can be seen.

    `retry` also reads again what could not be read; `moved` photos were followed with their folders just before, and
    are reported too. `confirm_for` bounds the seconds in which photos are confirmed that were followed unopened.
    `within` has only photos of these directories read, and where `gives_way` says so, the rest is left to the next run.
    `only_watched` scans those folders alone of which the user wants to be told what happens.
    """
    started, started_at = time.monotonic(), time.time()
    tally = Tally(moved=moved)
    scanner = Scanner(library, mounted_volumes(), tally, retry=retry)
    yield from (
        scanner.scan_all(only_watched=only_watched) if directories is None else scanner.scan_directories(directories)
    )
    sight = FirstSight(library, tally, gives_way)
    yield from sight.show_all(within)
    if scanner.pair_raws():  # a JPEG could not be read, but the RAW beside it may be
        yield from sight.show_all(within)
    if not gives_way():
        mistaken = yield from _confirm(library, sight, confirm_for)
        tally.moved = max(0, tally.moved - mistaken)  # some may have been followed in an earlier run
    yield from in_background(library.albums.follow_copies, Pace("scan").progress)
    if (yield from _has_embedded_all(library)):  # else it is done when all is embedded
        yield from refresh_general_head(library.backbone, is_settled=True)
    if directories is None or tally.returned or tally.moved:
        yield from fill(library.backbone.space)
        yield from fill(library.backbone.parts)
    return _report(library, tally, time.monotonic() - started, missing=_missing_count(library, started_at))


def embed_photos(library: WritableLibrary) -> IndexJob:
    """Embed all that waits for it, fit the general head to what the library holds now; find colours and read notes."""
    started, tally = time.monotonic(), Tally()
    reader = PhotoReader(library, library.backbone, tally)
    yield from reader.read_all()
    if library.catalog.pair_raws(library.choices.raw_beside_jpeg, reader.troubled):  # as after the first sight
        yield from reader.read_all()
    if not library.content_checks.unconfirmed_count():
        library.catalog.settle_contents()
    yield from in_background(library.albums.follow_copies, Pace("scan").progress)
    yield from refresh_general_head(library.backbone, is_settled=True)
    yield from recognise(library.backbone)
    yield from find_missing_colours(library)
    yield from read_missing_notes(library)
    yield from _has_embedded_all(library)
    return _report(library, tally, time.monotonic() - started)


def together(first: IndexReport, later: IndexReport) -> IndexReport:
    """What both runs did; how the library stands is as the later one says."""
    return replace(
        later,
        added=first.added + later.added,
        changed=first.changed + later.changed,
        moved=first.moved + later.moved,
        missing=first.missing + later.missing,
        unchanged=first.unchanged + later.unchanged,
        embedded=first.embedded + later.embedded,
        seconds=first.seconds + later.seconds,
    )


def _has_embedded_all(library: WritableLibrary) -> Generator[Progress, None, bool]:
    """Whether no photo waits to be embedded; then all of which nothing else is left is settled."""
    catalog, backbone = library.catalog, library.backbone.key

    def look() -> bool:
        if catalog.is_pending(backbone):
            return False
        catalog.settle(backbone)
        return True

    return (yield from in_background(look, Pace("scan").progress))


def _report(library: WritableLibrary, tally: Tally, seconds: float, *, missing: int = 0) -> IndexReport:
    return IndexReport(
        added=tally.added,
        changed=tally.changed,
        moved=tally.moved,
        missing=missing,
        unchanged=tally.unchanged,
        embedded=tally.embedded,
        failed=library.catalog.failures(),
        seconds=seconds,
        model=library.backbone.name,
        left_out=library.catalog.left_out(),
    )


def _missing_count(library: WritableLibrary, since: float) -> int:
    """How many photos have vanished, without those that are passed over since then: they are where they were."""
    rules = [library.skip_rules(folder.path) for folder in library.catalog.folders()]
    vanished = library.catalog.vanished(since)
    return sum(not any(_passes_over(one, path, size) for one in rules) for path, size in vanished)


def _passes_over(rules: SkipRules, path: Path, size: int) -> bool:
    is_skipped = rules.root in path.parents and rules.hides(path, is_folder=False)
    return is_skipped or rules.leaves_out(path.suffix.lower()) or size < rules.smallest


def _confirm(library: WritableLibrary, sight: FirstSight, seconds: float | None) -> Generator[Progress, None, int]:
    """Make sure of what was followed unopened, and read what turns out to be something else; how many had not moved."""
    outcome = yield from confirm_contents(library, seconds)
    if outcome.changed:
        yield from sight.show_all()
    if outcome.is_complete and not library.catalog.is_pending():
        library.catalog.settle_contents()
    return outcome.mistaken
