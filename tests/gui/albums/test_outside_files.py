"""Files of a file manager on an album: nothing is copied; the library's photos join, else the folder is offered."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from guie_desktop.domain import Album
from guie_desktop.gui.conductor import Conductor
from guie_desktop.gui.desktop.file_names import url_of
from tests.drawing import save_photos
from tests.gui.driving import COPY, LEFT, NOTHING_HELD, UNDO, WORKER_MS, activate, make_album, wait_for_albums


@pytest.fixture(autouse=True)
def album(conductor: Conductor, qtbot: QtBot) -> Album:
    return make_album(conductor, qtbot, "Gulls", ())


def drop_files(conductor: Conductor, qapp: QApplication, *paths: Path) -> bool:
    """Drop them on the only album; whether that took them."""
    albums = conductor.window.sidebar.albums
    mime = QMimeData()
    mime.setUrls([url_of(path) for path in paths])
    at: QPoint = albums.visualItemRect(albums.item(0)).center()
    for kind in (QDragEnterEvent, QDragMoveEvent):
        qapp.sendEvent(albums.viewport(), kind(at, COPY, mime, LEFT, NOTHING_HELD))
    event = QDropEvent(QPointF(at), COPY, mime, LEFT, NOTHING_HELD)
    qapp.sendEvent(albums.viewport(), event)
    return event.isAccepted() and event.dropAction() == Qt.DropAction.CopyAction


def question(conductor: Conductor, qtbot: QtBot) -> QMessageBox:
    boxes: list[QMessageBox] = []

    def there() -> bool:
        boxes[:] = [box for box in conductor.window.findChildren(QMessageBox) if box.isVisible()]
        return bool(boxes)

    qtbot.waitUntil(there, timeout=WORKER_MS)
    return boxes[0]


def test_photos_of_the_library_join_also_by_their_folder(
    conductor: Conductor, qtbot: QtBot, qapp: QApplication, photo_folder: Path
) -> None:
    assert drop_files(conductor, qapp, photo_folder / "Family" / "coffee 0.jpg")
    wait_for_albums(conductor, qtbot, {"Gulls": 1})
    assert drop_files(conductor, qapp, photo_folder / "Holidays")
    wait_for_albums(conductor, qtbot, {"Gulls": 9})
    qtbot.keyClick(conductor.window.browsing.grid, *UNDO)
    wait_for_albums(conductor, qtbot, {"Gulls": 1})


def test_of_others_the_folder_is_offered_and_then_just_these_join(
    conductor: Conductor, qtbot: QtBot, qapp: QApplication, tmp_path: Path, photo_folder: Path
) -> None:
    first, *_ = save_photos(tmp_path / "out", 3)
    (tmp_path / "out" / "notes.txt").write_text("no photo")
    drop_files(conductor, qapp, first, tmp_path / "out" / "notes.txt", photo_folder / "Family" / "coffee 0.jpg")
    box = question(conductor, qtbot)
    assert "out to the library" in box.text()
    assert "1 photo of the library joins" in box.informativeText()
    assert "1 file left out" in box.informativeText()
    qtbot.keyClick(box, Qt.Key.Key_Return)
    activate(conductor, qtbot)
    wait_for_albums(conductor, qtbot, {"Gulls": 2})
    qtbot.waitUntil(lambda: conductor.window.browsing.photos.rowCount() == 17, timeout=WORKER_MS)
    assert {path.name for path in (tmp_path / "out").iterdir()} >= {first.name, "notes.txt"}


def test_one_undo_takes_back_the_folder_and_what_joined_and_leaves_what_was_done_before(
    conductor: Conductor, qtbot: QtBot, qapp: QApplication, tmp_path: Path, photo_folder: Path
) -> None:
    drop_files(conductor, qapp, photo_folder / "Family" / "coffee 0.jpg")
    wait_for_albums(conductor, qtbot, {"Gulls": 1})
    first, *_ = save_photos(tmp_path / "out", 3)
    drop_files(conductor, qapp, first)
    qtbot.keyClick(question(conductor, qtbot), Qt.Key.Key_Return)
    activate(conductor, qtbot)
    wait_for_albums(conductor, qtbot, {"Gulls": 2})
    conductor.undo.take_back()
    wait_for_albums(conductor, qtbot, {"Gulls": 1})
    qtbot.waitUntil(lambda: len(conductor.reader.folders()) == 2, timeout=WORKER_MS)
    conductor.undo.do_again()
    wait_for_albums(conductor, qtbot, {"Gulls": 2})
    conductor.undo.take_back()
    wait_for_albums(conductor, qtbot, {"Gulls": 1})
    conductor.undo.take_back()
    wait_for_albums(conductor, qtbot, {"Gulls": 0})


def test_what_is_in_the_library_and_not_read_yet_joins_when_it_is(
    conductor: Conductor, qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    (tmp_path / "own").mkdir()
    conductor.browsing.add_folders((tmp_path / "own",))
    qtbot.waitUntil(lambda: len(conductor.reader.folders()) == 3, timeout=WORKER_MS)
    new = save_photos(tmp_path / "own", 2)
    drop_files(conductor, qapp, *new)
    wait_for_albums(conductor, qtbot, {"Gulls": 2})
    conductor.undo.take_back()
    wait_for_albums(conductor, qtbot, {"Gulls": 0})


def test_what_is_no_photo_is_told(conductor: Conductor, qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("no photo")
    drop_files(conductor, qapp, tmp_path / "notes.txt")
    qtbot.waitUntil(lambda: "1 file left out" in conductor.window.status.tasks.label.text(), timeout=WORKER_MS)
