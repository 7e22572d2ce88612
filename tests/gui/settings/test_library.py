"""The section on the library: what it takes on the disk, and letting go of what is made again."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from guie_desktop.gui.conductor import Conductor
from guie_desktop.gui.settings.library_section import LibrarySection
from guie_desktop.language import size_text
from guie_desktop.library.disk_use import disk_use
from guie_desktop.messages import ClearPictures, Failed
from guie_desktop.paths import LibraryPaths
from tests.gui.driving import WORKER_MS
from tests.gui.pretending import Pretender


def open_section(conductor: Conductor, qtbot: QtBot) -> LibrarySection:
    qtbot.keyClick(conductor.window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    section = conductor.preferences.page.library
    qtbot.waitUntil(section.clear.isEnabled, timeout=WORKER_MS)
    return section


def press(conductor: Conductor, qtbot: QtBot, words: str) -> None:
    """A button of the question that is open."""
    box = conductor.window.findChild(QMessageBox)
    assert box is not None
    button = next(button for button in box.findChildren(QPushButton) if button.text() == words)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_small_pictures_are_cleared_and_made_again_when_they_are_seen(
    conductor: Conductor, library: LibraryPaths, qtbot: QtBot
) -> None:
    section = open_section(conductor, qtbot)
    assert section.pictures.meaning.text().startswith(size_text(disk_use(library).pictures))
    photos = conductor.reader.photos(conductor.window.browsing.photos.ids)
    contents = [photo.picture_hash for photo in photos.values()]
    assert any(conductor.reader.picture(content, 320) for content in contents)
    section.clear.click()
    with qtbot.waitSignal(conductor.undo.told, timeout=WORKER_MS):
        press(conductor, qtbot, "Clear")
    assert not any(conductor.reader.picture(content, 320) for content in contents)
    photo = next(iter(photos.values()))
    conductor.missing.make(photo, 320)
    qtbot.waitUntil(lambda: conductor.reader.picture(photo.picture_hash, 320) is not None, timeout=WORKER_MS)
    assert set(conductor.reader.photos(list(photos))) == set(photos)


def test_nothing_is_cleared_before_that_is_confirmed(conductor: Conductor, worker: Pretender, qtbot: QtBot) -> None:
    open_section(conductor, qtbot).clear.click()
    press(conductor, qtbot, "Cancel")
    assert not worker.of(ClearPictures)


def test_where_they_cannot_be_cleared_they_are_seen_as_before(
    conductor: Conductor, worker: Pretender, qtbot: QtBot
) -> None:
    section = open_section(conductor, qtbot)
    worker.answers[ClearPictures] = lambda _: Failed("Another program has the file.", "Close it.")
    photo = next(iter(conductor.reader.photos(conductor.window.browsing.photos.ids).values()))
    section.clear.click()
    with qtbot.waitSignal(conductor.reporter.failed, timeout=WORKER_MS):
        press(conductor, qtbot, "Clear")
    assert conductor.reader.picture(photo.picture_hash, 320) is not None
