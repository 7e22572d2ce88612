"""Moving the library from the page of settings: asked, done with the worker out of the way, cancelled, refused."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from guie_desktop.disk.copying import copy_file
from guie_desktop.gui.conductor import Conductor
from guie_desktop.gui.settings.library_move import LibraryMove
from guie_desktop.library import new_place
from guie_desktop.paths import LibraryPaths, LibraryPlace, keep_place, library_paths, read_place
from tests.gui.conftest import Start
from tests.gui.driving import WORKER_MS


@pytest.fixture
def own(library: LibraryPaths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> LibraryPaths:
    """The user's own library, which the program finds by itself."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.delenv("GUIE_LIBRARY", raising=False)
    keep_place(LibraryPlace(library.root))
    return library_paths()


@pytest.fixture
def conductor(own: LibraryPaths, start: Start) -> Conductor:
    return start(own)


@pytest.fixture
def target(tmp_path: Path) -> Path:
    (tmp_path / "drive").mkdir()
    return tmp_path / "drive"


def move_of(conductor: Conductor) -> LibraryMove:
    return conductor.screens.preferences.library.move


def ask(conductor: Conductor, target: Path, qtbot: QtBot) -> None:
    """Choose the folder, and say yes."""
    qtbot.keyClick(conductor.window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    move_of(conductor).ask(target)
    qtbot.waitUntil(lambda: conductor.window.findChild(QMessageBox) is not None, timeout=WORKER_MS)
    box = conductor.window.findChild(QMessageBox)
    assert box is not None
    assert str(target) in box.text()
    move = next(button for button in box.findChildren(QPushButton) if button.text() == "Move")
    qtbot.mouseClick(move, Qt.MouseButton.LeftButton)


def test_it_is_moved_and_the_program_starts_again_with_it(
    conductor: Conductor, own: LibraryPaths, target: Path, qtbot: QtBot
) -> None:
    section = conductor.screens.preferences.page.library
    assert section.place.meaning.text() == str(own.root)
    with qtbot.waitSignal(conductor.screens.preferences.start_again_asked, timeout=WORKER_MS):
        ask(conductor, target, qtbot)
        assert move_of(conductor).progress is not None
    assert conductor.screens.starts_again
    assert read_place() == LibraryPlace(target)
    assert not own.root.exists()
    assert library_paths().catalog.exists()
    assert move_of(conductor).progress is None


def test_cancelled_all_is_as_before(
    conductor: Conductor, own: LibraryPaths, target: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped = move_of(conductor)._stopped

    def copy_once_cancelled(*parts: Any, **words: Any) -> bool:
        """However fast the disk is, not all is there by then."""
        assert stopped.wait(WORKER_MS / 1000)
        return copy_file(*parts, **words)

    monkeypatch.setattr(new_place, "copy_file", copy_once_cancelled)
    with qtbot.waitSignal(conductor.reader.opened, timeout=WORKER_MS):
        ask(conductor, target, qtbot)
        progress = move_of(conductor).progress
        assert progress is not None
        cancel = progress.findChild(QPushButton)
        assert cancel is not None
        qtbot.mouseClick(cancel, Qt.MouseButton.LeftButton)
    assert library_paths() == own
    assert not list(target.iterdir())
    assert conductor.reader.folders()
    assert not conductor.screens.starts_again


def test_a_folder_that_will_not_do_is_refused_before_anything_is_asked(
    conductor: Conductor, target: Path, qtbot: QtBot
) -> None:
    (target / "mine.txt").write_text("mine")
    with qtbot.waitSignal(conductor.reporter.failed, timeout=WORKER_MS) as failed:
        move_of(conductor).ask(target)
    assert failed.args is not None
    assert "is not empty" in failed.args[0]
    assert conductor.window.findChild(QMessageBox) is None


def test_where_it_fails_the_window_goes_on_and_says_why(
    conductor: Conductor, own: LibraryPaths, target: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_parts: object, **_words: object) -> bool:
        raise OSError(28, "No space left on device", str(target))

    monkeypatch.setattr("guie_desktop.library.new_place.copy_file", full)
    with (
        qtbot.waitSignal(conductor.reporter.failed, timeout=WORKER_MS),
        qtbot.waitSignal(conductor.reader.opened, timeout=WORKER_MS),
    ):
        ask(conductor, target, qtbot)
    assert library_paths() == own


def test_a_library_whose_folder_was_named_is_not_moved_from_here(
    start: Start, library: LibraryPaths, qtbot: QtBot
) -> None:
    conductor = start(library)
    qtbot.keyClick(conductor.window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    section = conductor.screens.preferences.page.library
    assert not section.move_button.isVisible()
    assert "named when the program was started" in section.place.meaning.text()
