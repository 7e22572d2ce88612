"""A folder whose drive is away: it says so, its photos stay in sight, and it is found or forgotten."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMenu, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from guie_desktop.domain import Folder
from guie_desktop.gui.conductor import Conductor
from guie_desktop.gui.photos.checked_files import LEFT_ALONE
from guie_desktop.gui.preview.view import AWAY
from guie_desktop.paths import LibraryPaths
from tests.gui.driving import LEFT, WORKER_MS
from tests.running import index_folder

pytestmark = pytest.mark.slow


def folder_of(conductor: Conductor) -> Folder:
    assert conductor.browsing.overview is not None
    (folder,) = conductor.browsing.overview.folders
    return folder


@pytest.fixture
def drive(tmp_path: Path, photo_folder: Path, paths: LibraryPaths) -> Path:
    """A folder of photos that are in the library."""
    made = tmp_path / "drive"
    shutil.copytree(photo_folder / "Family", made)
    index_folder(paths, made)
    return made


@pytest.fixture
def unplugged(start: Callable[[LibraryPaths], Conductor], paths: LibraryPaths, drive: Path, qtbot: QtBot) -> Conductor:
    """A window that has noticed by itself that the drive went."""
    conductor = start(paths)
    drive.rename(drive.with_name("away"))
    qtbot.waitUntil(lambda: not folder_of(conductor).online, timeout=WORKER_MS)
    return conductor


def menu_of(conductor: Conductor) -> list[str]:
    folders = conductor.window.sidebar.folders
    folders.customContextMenuRequested.emit(folders.visualItemRect(folders.top_line(1)).center())
    menu = folders.findChild(QMenu)
    assert isinstance(menu, QMenu)
    texts = [action.text() for action in menu.actions() if action.text()]
    menu.close()
    return texts


def test_what_was_said_of_files_that_were_away_goes_when_they_are_back(
    unplugged: Conductor, drive: Path, qtbot: QtBot
) -> None:
    banner = unplugged.window.banner
    banner.tell("Not moved to the trash: a.jpg is not there any more.", LEFT_ALONE)
    drive.with_name("away").rename(drive)
    qtbot.waitUntil(lambda: folder_of(unplugged).online, timeout=WORKER_MS)
    qtbot.waitUntil(banner.isHidden, timeout=WORKER_MS)
    banner.tell("The disk is full.", "Free some space.")
    unplugged.browsing.came_back.emit()
    assert not banner.isHidden()


def test_an_offline_folder_says_so_and_its_photos_stay_in_sight(unplugged: Conductor, qtbot: QtBot) -> None:
    window = unplugged.window
    line = window.sidebar.folders.top_line(1)
    assert "not connected" in line.data(0, Qt.ItemDataRole.AccessibleTextRole)
    assert "stay in the library" in line.toolTip(0)
    qtbot.waitUntil(lambda: window.browsing.tile(0).picture is not None, timeout=WORKER_MS)
    assert window.browsing.tile(0).is_offline
    tooltip = window.browsing.photos.index(0).data(Qt.ItemDataRole.ToolTipRole)
    assert "Not connected" in tooltip
    unplugged.preview.open(window.browsing, 0)
    assert window.preview.area.failure == AWAY
    assert not window.preview.area.enlarges_small
    assert menu_of(unplugged)[:2] == ["Find…", "Forget…"]


def test_an_offline_folder_is_found_where_the_user_says(unplugged: Conductor, qtbot: QtBot, drive: Path) -> None:
    there = drive.with_name("away")
    before = folder_of(unplugged)
    unplugged.window.sidebar.folders.find_asked.emit(before)
    dialog = unplugged.window.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    dialog.fileSelected.emit(str(there))
    dialog.close()
    qtbot.waitUntil(lambda: folder_of(unplugged).path == there, timeout=WORKER_MS)
    after = folder_of(unplugged)
    assert (after.id, after.online, after.photos) == (before.id, True, before.photos)
    assert menu_of(unplugged)[0] == "Show in file manager"
    assert not unplugged.window.browsing.tile(0).is_offline


def test_a_drive_that_returns_is_noticed(unplugged: Conductor, qtbot: QtBot, drive: Path) -> None:
    drive.with_name("away").rename(drive)
    qtbot.waitUntil(lambda: folder_of(unplugged).online, timeout=WORKER_MS)


def test_an_offline_folder_is_forgotten_only_after_a_question(unplugged: Conductor, qtbot: QtBot) -> None:
    window = unplugged.window
    window.sidebar.folders.remove_asked.emit(folder_of(unplugged))
    box = window.findChild(QMessageBox)
    assert isinstance(box, QMessageBox)
    assert "not connected" in box.text()
    forget = next(button for button in box.findChildren(QPushButton) if "Forget" in button.text())
    qtbot.mouseClick(forget, LEFT)
    qtbot.waitUntil(lambda: window.sidebar.folders.topLevelItemCount() == 1, timeout=WORKER_MS)
