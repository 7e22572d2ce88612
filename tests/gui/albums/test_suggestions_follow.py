"""Suggestions follow the album, however it was changed, and the library."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from guie_desktop.domain import Album
from guie_desktop.gui.conductor import Conductor
from guie_desktop.messages import Changed, Decide, Suggest
from tests.gui.albums.test_reviewing import suggest_in_turn
from tests.gui.driving import UNDO, WORKER_MS, browse, go_to, ids, make_album
from tests.gui.pretending import Pretender

CUPS = ("coffee 1.jpg", "rocket 0.jpg", "coffee 2.jpg", "chelsea 1.jpg", "chelsea 2.jpg")


@pytest.fixture
def named(conductor: Conductor) -> dict[str, int]:
    """All photos, by name."""
    names = (*CUPS, "coffee 0.jpg", "astronaut 0.jpg")
    return dict(zip(names, ids(conductor, *names), strict=True))


@pytest.fixture
def cups(conductor: Conductor, worker: Pretender, named: dict[str, int], qtbot: QtBot) -> Album:
    """An album of two cups, for which five photos are suggested; it is on screen."""
    suggest_in_turn(conductor, worker, ids(conductor, *CUPS))
    album = make_album(conductor, qtbot, "Cups", ids(conductor, "coffee 0.jpg", "astronaut 0.jpg"))
    browse(conductor, qtbot, album)
    wait_for_suggestions(conductor, qtbot, CUPS)
    return album


def suggested(conductor: Conductor) -> list[str]:
    strip = conductor.window.suggestions.strip
    photos = [strip.photo_at(row) for row in range(strip.photos.rowCount())] if strip.isVisible() else []
    return [photo.path.name for photo in photos if photo is not None]


def wait_for_suggestions(conductor: Conductor, qtbot: QtBot, names: tuple[str, ...]) -> None:
    qtbot.waitUntil(lambda: suggested(conductor) == list(names), timeout=WORKER_MS)


def test_what_changed_the_album_elsewhere_changes_what_is_suggested(
    conductor: Conductor, worker: Pretender, cups: Album, named: dict[str, int], qtbot: QtBot
) -> None:
    others = tuple(named[name] for name in ("chelsea 2.jpg", "rocket 0.jpg", "coffee 2.jpg"))
    conductor.window.suggestions.strip.grid.go_to(2)
    suggest_in_turn(conductor, worker, others)  # as another album would have it
    answered: list[Changed] = []
    conductor.client.ask(Decide(cups.id, (named["coffee 1.jpg"],), "member"), answered.append)  # as an import does
    qtbot.waitUntil(lambda: bool(answered), timeout=WORKER_MS)
    wait_for_suggestions(conductor, qtbot, ("chelsea 2.jpg", "rocket 0.jpg", "coffee 2.jpg"))
    strip = conductor.window.suggestions.strip
    assert strip.chosen_ids() == (named["coffee 2.jpg"],)  # what was asked of is asked of still


def test_what_was_taken_out_is_not_suggested_at_once(
    conductor: Conductor, worker: Pretender, cups: Album, named: dict[str, int], qtbot: QtBot
) -> None:
    grid = conductor.window.browsing.grid
    suggest_in_turn(conductor, worker, tuple(named[name] for name in ("astronaut 0.jpg", *CUPS)))
    go_to(conductor, "astronaut 0.jpg")
    asked = len(worker.of(Suggest))
    qtbot.keyClick(grid, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: conductor.window.browsing.photos.rowCount() == 1, timeout=WORKER_MS)
    conductor.albums.suggestions.start_again()
    qtbot.waitUntil(lambda: len(worker.of(Suggest)) > asked, timeout=WORKER_MS)
    wait_for_suggestions(conductor, qtbot, CUPS)
    qtbot.keyClick(grid, *UNDO)
    qtbot.waitUntil(lambda: conductor.window.browsing.photos.rowCount() == 2, timeout=WORKER_MS)
    assert "astronaut 0.jpg" not in suggested(conductor)


def test_what_was_put_into_the_trash_is_not_suggested(conductor: Conductor, cups: Album, named: dict[str, int]) -> None:
    conductor.reader.note_gone((named["rocket 0.jpg"], named["coffee 1.jpg"]))
    assert suggested(conductor) == ["coffee 2.jpg", "chelsea 1.jpg", "chelsea 2.jpg"]
