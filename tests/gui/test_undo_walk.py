"""A random walk of deeds, undos and redos through a whole window: undoing all ends where it began.

What counts is what is stored and what lies on the disk: albums with every word that was said, searches, folders,
ratings and flags, shared libraries, what is left out, how folders are read, and the user's files with the trash.
"""

import itertools
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pytestqt.exceptions import TimeoutError as TookTooLong
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from guie_desktop.asking import Filter
from guie_desktop.disk.content import content_hash
from guie_desktop.domain import MOST_STARS, SavedSearch, SharedLibrary, Verdict
from guie_desktop.gui.conductor import Conductor
from guie_desktop.library.catalog import Catalog
from guie_desktop.library.choices import Choices
from guie_desktop.library.conditions import PRESENT
from guie_desktop.library.database import reading
from guie_desktop.library.kept_questions import question_text
from guie_desktop.library.searches import saved_searches
from guie_desktop.library.shared_libraries import SharedLibraries
from guie_desktop.library.tables import album_photos, albums, photos
from guie_desktop.messages import JobEnded
from guie_desktop.paths import LibraryPaths
from guie_desktop.question import Question
from guie_desktop.workspace.open_library import WritableLibrary
from tests.drawing import save_photos
from tests.running import index_folder

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the trash of other systems tells nothing")

WORKER_MS = 60_000
"""Less than elsewhere, as a walk waits as long for what does not come."""
NAMES = "Birds", "Cups", "Möwen", "birds"
FILE_NAMES = "Gull", "gull", "rings-000", "Möwe"
SMALLEST = 0, 2_000
PATTERNS = (), ("rings-*",), ("more/", "*_edited*")
State = dict[str, Any]


class Walker:
    """Does what the user may do, and says how things stand."""

    def __init__(self, conductor: Conductor, paths: LibraryPaths, root: Path, qtbot: QtBot) -> None:
        self.conductor, self.undo, self._qtbot = conductor, conductor.undo, qtbot
        self._paths, self._root = paths, root
        self._trash = Path(os.environ["XDG_DATA_HOME"]) / "Trash" / "files"
        self._contents = {content_hash(path.read_bytes()) for path in self._files(root)}
        self.deeds: tuple[Callable[[int, int], None], ...] = (
            self._decide,
            self._decide,
            self._make_album,
            self._rename_album,
            self._remove_album,
            self._add_folder,
            self._remove_folder,
            self._leave_out,
            self._read_so,
            self._watch,
            self._throw_away,
            self._throw_away_for_another,
            self._rate,
            self._flag,
            self._rename,
            self._move,
            self._save_search,
            self._rename_search,
            self._change_search,
            self._remove_search,
            self._rename_shared,
            self._forget_shared,
        )

    def step(self, kind: int, first: int, second: int) -> None:
        """One of the deeds, or undo or redo; the numbers choose what with."""
        if kind < len(self.deeds):
            self.deeds[kind](first, second)
            self.wait()
            return
        for _ in range(1 + first % 3):  # also faster than they are answered
            (self.undo.take_back if kind % 3 else self.undo.do_again)()
        if second % 2:
            self.wait()

    def undo_all(self) -> None:
        """As long as there is something."""
        self.wait()
        while self.undo.next_undo:
            self.undo.take_back()
            self.wait()

    def redo_all(self) -> None:
        """As long as there is something."""
        self.wait()
        while self.undo.next_redo:
            self.undo.do_again()
            self.wait()

    def wait(self) -> None:
        """Until what was asked for is answered."""
        self._qtbot.waitUntil(lambda: not self.undo.is_busy, timeout=WORKER_MS)

    def expect(self, state: State) -> None:
        """Wait until all jobs that a deed began have made it so."""
        found = self.settled()

        def is_so() -> bool:
            nonlocal found
            found = self.state()
            return found == state

        try:
            self._qtbot.waitUntil(is_so, timeout=WORKER_MS)
        except TookTooLong:
            difference = {part: (found[part], state[part]) for part in state if found[part] != state[part]}
            raise AssertionError(difference) from None

    def settled(self) -> State:
        """How things stand when no job changes them any more."""
        self.wait()
        ended: list[JobEnded] = []
        self.conductor.client.on(JobEnded, ended.append)
        self.conductor.browsing.rescan()
        self._qtbot.waitUntil(lambda: bool(ended), timeout=WORKER_MS)
        self._qtbot.waitUntil(lambda: not self._waiting(), timeout=WORKER_MS)
        return self.state()

    def state(self) -> State:
        """All that undo is to restore."""
        with closing(Catalog.open_read_only(self._paths.catalog)) as catalog, reading(catalog.database) as connection:
            words = (
                select(albums.c.name, photos.c.directory, photos.c.name.label("file"), album_photos.c.verdict)
                .join(album_photos, album_photos.c.album_id == albums.c.id)
                .join(photos, photos.c.id == album_photos.c.photo_id)
                .where(albums.c.removed_at.is_(None))
            )
            there = list(self._ids().values())
            choices = Choices(catalog)
            return {
                "albums": sorted(album.name for album in catalog.albums()),
                "words": {(row.name, row.directory / row.file): row.verdict for row in connection.execute(words)},
                "searches": sorted((search.name, search.question) for search in saved_searches(catalog)),
                "shared": sorted((one.name, one.address) for one in choices.shared),
                "folders": sorted((folder.path, folder.watched) for folder in catalog.folders()),
                "photos": set(self._ids()),
                "marks": {photo.path: (photo.rating, photo.flagged) for photo in catalog.photos(there).values()},
                "left out": choices.skipped,
                "read so": choices.reading,
                "files": {path: content_hash(path.read_bytes()) for path in self._files(self._root)},
                "trash": sorted(
                    {content_hash(path.read_bytes()) for path in self._files(self._trash)} & self._contents
                ),
            }

    def _ids(self) -> dict[Path, int]:
        there = select(photos.c.id, photos.c.directory, photos.c.name).where(PRESENT, photos.c.state == "ready")
        with closing(Catalog.open_read_only(self._paths.catalog)) as catalog, reading(catalog.database) as connection:
            return {row.directory / row.name: row.id for row in connection.execute(there)}

    def _waiting(self) -> bool:
        with closing(Catalog.open_read_only(self._paths.catalog)) as catalog, reading(catalog.database) as connection:
            new = select(photos.c.id).where(PRESENT, photos.c.state == "new")
            return connection.execute(new).first() is not None

    def _files(self, folder: Path) -> Iterator[Path]:
        return (path for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else iter(())

    # --- deeds

    def _photos(self, number: int, most: int = 3) -> tuple[int, ...]:
        ids = sorted(self._ids().values())
        return tuple(ids[number % len(ids) :][: 1 + number % most]) if ids else ()

    def _decide(self, first: int, second: int) -> None:
        verdicts: tuple[Verdict | None, ...] = "member", "not", None
        known, chosen = self.conductor.reader.albums(), self._photos(second)
        if known and chosen:
            album = known[first % len(known)]
            self.conductor.albums.verdicts.decide(album, chosen, verdicts[(first + second) % 3])

    def _make_album(self, first: int, second: int) -> None:
        self.conductor.albums.controller.create(NAMES[first % len(NAMES)], self._photos(second))

    def _rename_album(self, first: int, second: int) -> None:
        if known := self.conductor.reader.albums():
            self.conductor.albums.controller.rename(known[first % len(known)], NAMES[second % len(NAMES)])

    def _remove_album(self, first: int, _second: int) -> None:
        if known := self.conductor.reader.albums():
            self.conductor.albums.controller.remove(known[first % len(known)])

    def _add_folder(self, first: int, _second: int) -> None:
        folders = self._root / "one", self._root / "two", self._root
        self.conductor.browsing.add_folders((folders[first % 3],))

    def _remove_folder(self, first: int, _second: int) -> None:
        overview = self.conductor.browsing.overview
        if overview is not None and overview.folders:
            self.conductor.browsing.remove_folder(overview.folders[first % len(overview.folders)])

    def _leave_out(self, first: int, _second: int) -> None:
        self.conductor.screens.preferences.leave_out(PATTERNS[first % len(PATTERNS)])

    def _read_so(self, first: int, _second: int) -> None:
        choices = self.conductor.reader.reading_choices()
        chosen = replace(choices, videos=bool(first % 2), smallest=SMALLEST[first % len(SMALLEST)])
        self.conductor.screens.preferences.page.reading_chosen.emit(chosen)

    def _watch(self, first: int, second: int) -> None:
        overview = self.conductor.browsing.overview
        if overview is not None and overview.folders:
            self.conductor.screens.preferences.watch(overview.folders[first % len(overview.folders)], bool(second % 2))

    def _throw_away(self, first: int, second: int) -> None:
        found = self.conductor.reader.photos(self._photos(first + second, 2))
        there = [photo for photo in found.values() if photo.path.exists()]
        if there:
            self.conductor.actions.trashing.move(there)

    def _throw_away_for_another(self, first: int, second: int) -> None:
        """As a duplicate goes: the one that stays gets what was said of it."""
        goes, stays = self._photos(first, 1), self._photos(first + 1 + second % 3, 1)
        there = [photo for photo in self.conductor.reader.photos(goes).values() if photo.path.exists()]
        if there and goes != stays:
            self.conductor.actions.trashing.move(there, {goes[0]: stays[0]})

    def _rate(self, first: int, second: int) -> None:
        self.conductor.selection_bar.marks.rate(self._photos(second), first % (MOST_STARS + 1))

    def _flag(self, first: int, second: int) -> None:
        self.conductor.selection_bar.marks.flag(self._photos(second), bool(first % 2))

    def _rename(self, first: int, second: int) -> None:
        found = self.conductor.reader.photos(self._photos(second, 1))
        for photo in found.values():
            self.conductor.filing.moves.rename_to(photo, f"{FILE_NAMES[first % len(FILE_NAMES)]}{photo.path.suffix}")

    def _move(self, first: int, second: int) -> None:
        folders = self._root / "one", self._root / "two", self._root / "three"
        self.conductor.filing.moves.move_to(self._photos(second), folders[first % 3], add=bool(second % 2))

    def _save_search(self, first: int, second: int) -> None:
        self.conductor.saved.deeds.save(NAMES[first % len(NAMES)], _asking(second))

    def _rename_search(self, first: int, second: int) -> None:
        if known := self._searches():
            self.conductor.saved.deeds.rename(known[first % len(known)], NAMES[second % len(NAMES)])

    def _change_search(self, first: int, second: int) -> None:
        if known := self._searches():
            self.conductor.saved.deeds.replace(known[first % len(known)], _asking(second))

    def _remove_search(self, first: int, _second: int) -> None:
        if known := self._searches():
            self.conductor.saved.deeds.remove(known[first % len(known)])

    def _rename_shared(self, first: int, second: int) -> None:
        if known := self._shared():
            lines = self.conductor.window.sidebar.shared.list
            lines.renamed.emit(known[first % len(known)], NAMES[second % len(NAMES)])

    def _forget_shared(self, first: int, _second: int) -> None:
        if known := self._shared():
            self.conductor.window.sidebar.shared.list.remove_asked.emit(known[first % len(known)])

    def _shared(self) -> tuple[SharedLibrary, ...]:
        with closing(Catalog.open_read_only(self._paths.catalog)) as catalog:
            return SharedLibraries(Choices(catalog)).all()

    def _searches(self) -> tuple[SavedSearch, ...]:
        with closing(Catalog.open_read_only(self._paths.catalog)) as catalog:
            return saved_searches(catalog)


def _asking(number: int) -> str:
    """One of several questions that are nothing but a filter."""
    return question_text(Question(which=Filter(rating=number % (MOST_STARS + 1))))


class Begin(Protocol):
    def __call__(self, *, with_copy: bool) -> Walker: ...


@pytest.fixture
def begin(start: Callable[[LibraryPaths], Conductor], models_folder: Path, tmp_path: Path, qtbot: QtBot) -> Begin:
    """Makes a window on two folders and two albums, perhaps with a photo that lies in both; another for every walk."""
    numbers = itertools.count()

    def new(*, with_copy: bool) -> Walker:
        home = tmp_path / str(next(numbers))
        paths, root = LibraryPaths(home / "library"), home / "photos"
        paths.root.mkdir(parents=True)
        paths.networks.symlink_to(models_folder, target_is_directory=True)
        first, *_ = save_photos(root / "one", 4)
        save_photos(root / "two", 3, first=10)
        if with_copy:
            shutil.copy(first, root / "two" / "copy.jpg")
        index_folder(paths, root / "one", root / "two")
        with WritableLibrary(paths) as library:
            chosen = [int(photo) for photo in library.catalog.photo_ids()]
            assert len(chosen) == 7 + with_copy
            library.albums.create("Birds", chosen[:3])
            cups = library.albums.create("Cups", chosen[4:6])
            library.albums.decide(cups, chosen[1:3], "not")
            for name in ("Museum", "Shop"):
                SharedLibraries(library.choices).add(name, f"s3://photos/{name}")
        return Walker(start(paths), paths, root, qtbot)

    return new


def walk(walker: Walker, steps: list[tuple[int, int, int]]) -> None:
    """Go through the steps, back to the beginning, to the end, and back again."""
    begin = walker.settled()
    for step in steps:
        walker.step(*step)
    walker.redo_all()
    end = walker.settled()
    walker.undo_all()
    walker.expect(begin)
    walker.redo_all()
    walker.expect(end)
    walker.undo_all()
    walker.expect(begin)


numbers = st.integers(0, 30)
kinds = st.integers(0, 25)
SETTINGS: dict[str, Any] = {
    "suppress_health_check": list(HealthCheck),
    "phases": (Phase.explicit, Phase.generate),  # to shrink a walk would take hours
}


@given(st.lists(st.tuples(kinds, numbers, numbers), min_size=25, max_size=25), st.booleans())
@settings(max_examples=3, **SETTINGS)
def test_undoing_all_of_a_short_walk_ends_where_it_began(
    begin: Begin, steps: list[tuple[int, int, int]], with_copy: bool
) -> None:
    walk(begin(with_copy=with_copy), steps)


@pytest.mark.slow
@given(st.lists(st.tuples(kinds, numbers, numbers), min_size=200, max_size=200))
@settings(max_examples=3, **SETTINGS)
def test_undoing_all_of_a_walk_of_200_steps_ends_where_it_began(
    begin: Begin, steps: list[tuple[int, int, int]]
) -> None:
    walk(begin(with_copy=True), steps)
