"""Every view as a picture, light and dark, to be looked at: GUIE_SHOTS names the folder that they go to."""

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from guie_desktop.domain import Answer, Counts, Folder
from guie_desktop.gui.conductor import Conductor
from guie_desktop.gui.error_dialog import BugDialog, bug_details
from guie_desktop.gui.theme import Theme
from guie_desktop.gui.views.shortcuts import ShortcutsDialog
from guie_desktop.messages import Progress
from guie_desktop.paths import LibraryPaths
from tests.gui.conftest import WORKER_MS, all_pictures_in
from tests.gui.test_window import go_to, wait_for_hits

pytestmark = pytest.mark.slow

SCHEMES = (Qt.ColorScheme.Light, Qt.ColorScheme.Dark)


@pytest.fixture
def shoot(theme: Theme, tmp_path: Path, qtbot: QtBot) -> Callable[[QWidget, str], None]:
    folder = Path(os.environ.get("GUIE_SHOTS", tmp_path / "shots"))
    folder.mkdir(parents=True, exist_ok=True)

    def take(widget: QWidget, name: str) -> None:
        for scheme in SCHEMES:
            theme.use(scheme)
            path = folder / f"{name}-{scheme.name.lower()}.png"
            assert widget.grab().save(str(path))
            assert path.stat().st_size > 2000
        theme.use(Qt.ColorScheme.Light)

    return take


Shoot = Callable[[QWidget, str], None]


def test_browsing(conductor: Conductor, shoot: Shoot, qtbot: QtBot) -> None:
    window = conductor.window
    go_to(conductor, "coffee 0.jpg")
    progress = Progress(0, "photos", 1234, 10_000, 18.4, 476.0, paused=False)
    window.tasks.show_progress(progress)
    shoot(window, "browsing")
    qtbot.keyClick(window.browsing.grid, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    window.tasks.show_progress(replace(progress, paused=True))
    shoot(window, "all-chosen-and-paused")


def test_small_window_and_large_tiles(conductor: Conductor, shoot: Shoot, qtbot: QtBot) -> None:
    window = conductor.window
    window.resize(640, 480)
    shoot(window, "small-window")
    window.browsing.grid.set_tile_size(480)
    qtbot.waitUntil(lambda: all_pictures_in(conductor), timeout=WORKER_MS)
    shoot(window, "large-tiles")


def test_hits(conductor: Conductor, shoot: Shoot, qtbot: QtBot) -> None:
    window = conductor.window
    go_to(conductor, "coffee 1.jpg")
    qtbot.keyClick(window.browsing.grid, Qt.Key.Key_S)
    wait_for_hits(conductor, qtbot)
    qtbot.waitUntil(lambda: all_pictures_in(conductor), timeout=WORKER_MS)
    answer = conductor.search.answer
    assert answer is not None
    hits = tuple(replace(hit, similar=hit.rank <= 5) for hit in answer.hits)
    conductor.search.searching.answered.emit(replace(answer, hits=hits))
    conductor.search.look_for_photos(
        [photo for row in (3, 4) if (photo := window.found.photo_at(row)) is not None], add=True
    )
    qtbot.waitUntil(lambda: all_pictures_in(conductor), timeout=WORKER_MS)
    conductor.search.searching.answered.emit(replace(answer, hits=hits))
    shoot(window, "hits")
    nothing = Answer(tuple(replace(hit, similar=False) for hit in hits), answer.model, answer.head, 0.02, True)
    conductor.search.searching.answered.emit(nothing)
    shoot(window, "nothing-similar")


def test_preview(conductor: Conductor, shoot: Shoot, qtbot: QtBot) -> None:
    window = conductor.window
    go_to(conductor, "astronaut 0.jpg")
    qtbot.keyClick(window.browsing.grid, Qt.Key.Key_Return)
    area = window.preview.area
    qtbot.waitUntil(lambda: area.has_large_picture, timeout=WORKER_MS)
    shoot(window, "preview")
    middle = area.picture_rect().center()
    qtbot.mousePress(area, Qt.MouseButton.LeftButton, pos=middle - QPoint(100, 200))
    qtbot.mouseMove(area, middle)
    qtbot.mouseRelease(area, Qt.MouseButton.LeftButton, pos=middle)
    shoot(window, "preview-part")
    area.show_failure("astronaut 0.jpg is not there. Connect its drive, or look for changes (F5).")
    shoot(window, "preview-failure")


def test_failures_and_messages(conductor: Conductor, shoot: Shoot, qtbot: QtBot) -> None:
    window = conductor.window
    conductor.open_failures()
    qtbot.waitUntil(lambda: bool(window.failures.model.failures), timeout=WORKER_MS)
    shoot(window, "failures")
    conductor.pages.close_aside()
    window.banner.tell(
        "The disk is full, so new photos cannot be added.", "Free some space, then choose Look for changes."
    )
    folders = (
        Folder(1, Path("/media/old drive/Photos"), online=False, photos=120_345),
        Folder(2, Path("/home/someone/Pictures/A folder with a rather long name"), online=True, photos=7),
    )
    window.sidebar.show_library(folders, Counts(120_352, 1_204), ())
    shoot(window, "message-and-offline-folder")
    window.overlay.announce("Drop to add this folder and to find look-alikes")
    shoot(window, "drop")


def test_dialogs(theme: Theme, shoot: Shoot, qtbot: QtBot) -> None:
    shortcuts = ShortcutsDialog()
    bug = BugDialog(bug_details(ValueError("an example")))
    for dialog, name in ((shortcuts, "shortcuts"), (bug, "bug")):
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        qtbot.addWidget(dialog)
        dialog.show()
        shoot(dialog, name)


def test_beginning(start: Callable[[LibraryPaths], Conductor], paths: LibraryPaths, shoot: Shoot) -> None:
    conductor = start(paths)
    window = conductor.window
    shoot(window, "welcome")
    window.notice.tell("Reading your photos…", "They appear here one after the other. You can already look around.")
    window.search.show()
    window.show_page(window.notice)
    shoot(window, "reading")
