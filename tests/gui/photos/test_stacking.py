"""Duplicates in stacks: one tile for each, opened and closed in place, in what is browsed and in what was found."""

import sqlite3
from contextlib import closing

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from guie_desktop.gui.conductor import Conductor
from guie_desktop.gui.photos.gallery import Gallery
from guie_desktop.paths import LibraryPaths
from tests.gui.conftest import Start
from tests.gui.driving import LEFT, NOTHING_HELD, WORKER_MS, go_to, names_found, wait_for_hits

COFFEES = {"coffee 0.jpg", "coffee 1.jpg", "coffee 2.jpg"}
"""To be of one stack, as if a search for duplicates had found them."""


@pytest.fixture
def stacked(start: Start, library: LibraryPaths, qtbot: QtBot) -> Conductor:
    with closing(sqlite3.connect(library.catalog)) as catalog:
        catalog.executemany(
            "INSERT INTO duplicate_groups VALUES (1, (SELECT content_hash FROM photos WHERE name = ?), 'same', ?, 1.0)",
            [(b"coffee 1.jpg", 0), (b"coffee 0.jpg", 1), (b"coffee 2.jpg", 2)],
        )
        catalog.commit()
    return start(library)


def names(gallery: Gallery) -> list[str]:
    photos = [gallery.photo_at(row) for row in range(gallery.photos.rowCount())]
    return [photo.path.name for photo in photos if photo is not None]


def coffees(gallery: Gallery) -> set[str]:
    return COFFEES & set(names(gallery))


def press_number(conductor: Conductor, qtbot: QtBot, row: int) -> None:
    """On the tile, where its stack's size stands."""
    grid = conductor.window.shown_gallery().grid
    picture = grid.geometry_now.picture_rect(row).translated(0, -grid.verticalOffset())
    area = grid._painter.stack_area(row, picture, grid, has_caption=bool(grid.geometry_now.caption))
    assert picture.contains(area)
    qtbot.mouseClick(grid.viewport(), LEFT, NOTHING_HELD, area.center())


def test_a_stack_is_one_tile_and_is_opened_and_closed_in_place(stacked: Conductor, qtbot: QtBot) -> None:
    browsing = stacked.window.browsing
    everything = names(browsing)
    stacked.stacking.folds.trigger()
    qtbot.waitUntil(lambda: coffees(browsing) == {"coffee 1.jpg"}, timeout=WORKER_MS)  # the best of them
    row = go_to(stacked, "coffee 1.jpg")
    assert browsing.tile(row).stack == 3
    assert "Stack of 3 photos" in str(
        browsing.photos.data(browsing.photos.index(row), Qt.ItemDataRole.AccessibleTextRole)
    )
    press_number(stacked, qtbot, row)
    qtbot.waitUntil(lambda: coffees(browsing) == COFFEES, timeout=WORKER_MS)
    go_to(stacked, "coffee 0.jpg")
    qtbot.keyClick(browsing.grid, Qt.Key.Key_U)
    qtbot.waitUntil(lambda: coffees(browsing) == {"coffee 1.jpg"}, timeout=WORKER_MS)
    stacked.stacking.folds.trigger()
    qtbot.waitUntil(lambda: names(browsing) == everything, timeout=WORKER_MS)
    assert not browsing.photos.stack_sizes


def test_copies_of_a_content_are_a_stack_though_none_were_looked_for(
    start: Start, library: LibraryPaths, qtbot: QtBot
) -> None:
    conductor = start(library)
    browsing = conductor.window.browsing
    before = names(browsing)
    conductor.stacking.folds.trigger()
    qtbot.waitUntil(lambda: len(names(browsing)) < len(before), timeout=WORKER_MS)
    assert len({"rocket 0.jpg", "line\nbreak.jpg"} & set(names(browsing))) == 1
    assert coffees(browsing) == COFFEES


def test_it_is_so_again_when_the_program_starts(start: Start, library: LibraryPaths, qtbot: QtBot) -> None:
    first = start(library)
    everything = names(first.window.browsing)
    first.stacking.folds.trigger()
    remembered = first.settings()
    first.close()
    second = start(library, remembered)
    qtbot.waitUntil(lambda: 0 < len(names(second.window.browsing)) < len(everything), timeout=WORKER_MS)
    assert second.stacking.folds.isChecked()


def test_hits_are_folded_as_they_are_ranked(stacked: Conductor, qtbot: QtBot) -> None:
    window = stacked.window
    stacked.stacking.folds.trigger()
    qtbot.waitUntil(lambda: coffees(window.browsing) == {"coffee 1.jpg"}, timeout=WORKER_MS)
    go_to(stacked, "rocket 1.jpg")
    qtbot.keyClick(window.browsing.grid, Qt.Key.Key_S)
    wait_for_hits(stacked, qtbot)
    assert len(COFFEES & set(names_found(stacked))) == 1
    (shown,) = COFFEES & set(names_found(stacked))
    row = go_to(stacked, shown)
    press_number(stacked, qtbot, row)
    qtbot.waitUntil(lambda: set(names_found(stacked)) >= COFFEES, timeout=WORKER_MS)
    stacked.stacking.folds.trigger()
    qtbot.waitUntil(lambda: not window.found.photos.stack_sizes, timeout=WORKER_MS)
    assert set(names_found(stacked)) >= COFFEES
