"""What is done with the chosen photos, above all that no other file than theirs goes to the trash."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QDrag, QGuiApplication
from PySide6.QtWidgets import QMessageBox, QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import insert

from guie_desktop.domain import Photo
from guie_desktop.gui.conductor import Conductor
from guie_desktop.gui.photos import actions
from guie_desktop.gui.photos.actions import trash_files
from guie_desktop.gui.photos.photo_mime import ids_in
from guie_desktop.gui.search import controller as search_controller
from guie_desktop.library.catalog_writer import CatalogWriter
from guie_desktop.library.database import writing
from guie_desktop.library.tables import photos
from guie_desktop.messages import Rescan
from guie_desktop.paths import LibraryPaths
from tests.drawing import save_photos
from tests.gui.driving import (
    LEFT,
    UNDO,
    WORKER_MS,
    activate,
    go_to,
    ids,
    make_album,
    names_found,
    shown_albums,
    wait_for_albums,
    wait_for_hits,
)
from tests.gui.pretending import Pretender


@pytest.fixture
def trash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in the place of the desktop's trash."""
    folder = tmp_path / "trash"
    folder.mkdir()
    monkeypatch.setattr(actions, "send2trash", lambda path: shutil.move(path, folder))
    return folder


@pytest.fixture
def own(conductor: Conductor, worker: Pretender, trash: Path, tmp_path: Path, qtbot: QtBot) -> list[Path]:
    """Three photos of the library that a test may throw away."""
    photos = save_photos(tmp_path / "own", 3)
    conductor.browsing.add_folders((tmp_path / "own",))
    qtbot.waitUntil(lambda: conductor.window.browsing.photos.rowCount() == 17, timeout=WORKER_MS)
    return photos


def throw_away(conductor: Conductor, qtbot: QtBot, before: Callable[[], object] = lambda: None) -> str:
    """Press Delete and Return; returns the question. Before it is answered something else may happen."""
    grid = conductor.window.browsing.grid
    qtbot.keyClick(grid, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: any(box.isVisible() for box in conductor.window.findChildren(QMessageBox)))
    box = next(box for box in conductor.window.findChildren(QMessageBox) if box.isVisible())
    before()
    question = str(box.text())
    qtbot.mouseClick(next(one for one in box.findChildren(QPushButton) if "trash" in one.text()), LEFT)
    activate(conductor, qtbot)
    return question


def test_undo_after_trashing_says_how_to_get_it_back_and_takes_back_nothing_older(
    conductor: Conductor, worker: Pretender, own: list[Path], trash: Path, qtbot: QtBot
) -> None:
    grid, said = conductor.window.browsing.grid, conductor.window.status.tasks
    make_album(conductor, qtbot, "Cups", ids(conductor, "coffee 0.jpg"))
    go_to(conductor, own[0].name)
    assert throw_away(conductor, qtbot) == f"Move “{own[0].name}” to the trash?"
    qtbot.waitUntil(lambda: said.label.text() == "1 photo moved to the trash.", timeout=WORKER_MS)
    assert not said.undo_button.isVisible()
    assert (trash / own[0].name).exists()
    qtbot.keyClick(grid, *UNDO)
    assert "from your desktop's trash" in said.label.text()
    assert "“Cups” was made" in said.label.text()  # which is what the button beside it takes back
    qtbot.waitUntil(lambda: conductor.window.browsing.photos.rowCount() == 16, timeout=WORKER_MS)
    assert shown_albums(conductor) == {"Cups": 1}
    assert "from your desktop's trash" in said.label.text()  # whatever the scan found meanwhile
    qtbot.mouseClick(said.undo_button, LEFT)
    wait_for_albums(conductor, qtbot, {})
    qtbot.keyClick(grid, *UNDO)
    assert said.label.text() == "There is nothing to undo."


def test_another_file_in_the_place_of_the_photo_is_not_trashed(
    conductor: Conductor, worker: Pretender, own: list[Path], trash: Path, qtbot: QtBot
) -> None:
    banner = conductor.window.banner
    go_to(conductor, own[0].name)
    throw_away(conductor, qtbot, before=lambda: own[0].write_bytes(b"a tax return"))
    qtbot.waitUntil(banner.isVisible, timeout=WORKER_MS)
    assert banner.title.text() == f"Not moved to the trash: {own[0].name} is not the photo that was indexed any more."
    assert own[0].read_bytes() == b"a tax return"
    assert worker.of(Rescan)
    assert not list(trash.iterdir())
    qtbot.keyClick(conductor.window.browsing.grid, *UNDO)
    assert conductor.window.status.tasks.label.text() == "There is nothing to undo."


@pytest.fixture
def many(library: LibraryPaths, start: Callable[[LibraryPaths], Conductor], tmp_path: Path, qtbot: QtBot) -> Conductor:
    """A window on 1,214 photos, of which 1,200 lie on a drive that is not connected."""
    catalog = CatalogWriter.open(library.catalog)
    away = tmp_path / "away"
    away.mkdir()
    folder, known = catalog.add_folder(away), catalog.photos(catalog.photo_ids())[catalog.photo_ids()[0]]
    row = {"folder_id": folder.id, "directory": away, "bytes": 1, "mtime_ns": 1, "inode": 1, "state": "ready"}
    row |= {"content_hash": known.content_hash, "width": 4, "height": 3, "taken": 1.0}
    with writing(catalog.database) as connection:
        connection.execute(insert(photos), [row | {"name": Path(f"{number}.jpg")} for number in range(1200)])
    catalog.close()
    away.rmdir()
    conductor = start(library)
    qtbot.waitUntil(lambda: conductor.window.browsing.photos.rowCount() == 1214, timeout=WORKER_MS)
    qtbot.keyClick(conductor.window.browsing.grid, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    return conductor


def test_all_chosen_photos_are_acted_on_or_none(many: Conductor, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    window, clipboard = many.window, QGuiApplication.clipboard()
    grid, control = window.browsing.grid, Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(grid, Qt.Key.Key_C, control | Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: len(clipboard.text().splitlines()) == 1214 + 1, timeout=WORKER_MS)  # one name is two lines
    qtbot.keyClick(grid, Qt.Key.Key_C, control)
    qtbot.waitUntil(lambda: len(clipboard.mimeData().urls()) == 1214, timeout=WORKER_MS)

    qtbot.keyClick(grid, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: bool(window.findChildren(QMessageBox)), timeout=WORKER_MS)
    question = window.findChild(QMessageBox)
    assert question is not None
    assert question.text() == "Move 1,214 photos to the trash?"
    question.reject()
    activate(many, qtbot)

    for key in (Qt.Key.Key_S, Qt.Key.Key_Return):
        qtbot.keyClick(grid, key, Qt.KeyboardModifier.NoModifier if key == Qt.Key.Key_S else control)
        assert window.banner.title.text() == "1,214 photos are too many to look for at once."
        window.banner.dismiss()
    assert not many.search.state.is_on

    dragged: list[QMimeData] = []
    monkeypatch.setattr(QDrag, "exec", lambda drag, _actions: dragged.append(drag.mimeData()))
    window.browsing.drag_asked.emit()
    assert len(ids_in(dragged[0])) == 1214
    assert not dragged[0].hasUrls()
    assert "use Copy" in window.status.tasks.label.text()


def test_a_search_that_is_full_takes_no_more(
    conductor: Conductor, worker: Pretender, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_controller, "MOST_EXAMPLES", 2)
    window = conductor.window
    go_to(conductor, "coffee 0.jpg")
    qtbot.keyClick(window.browsing.grid, Qt.Key.Key_S)
    wait_for_hits(conductor, qtbot)
    go_to(conductor, "coffee 1.jpg")
    qtbot.keyClick(window.found.grid, Qt.Key.Key_S, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: "coffee 1.jpg" not in names_found(conductor), timeout=WORKER_MS)
    assert not window.banner.isVisible()
    go_to(conductor, "coffee 2.jpg")
    qtbot.keyClick(window.found.grid, Qt.Key.Key_S, Qt.KeyboardModifier.ShiftModifier)
    assert window.banner.title.text() == "3 photos are too many to look for at once."
    assert len(conductor.search.state.question.examples) == 2


def as_indexed(path: Path) -> Photo:
    status = path.stat()
    return Photo(1, 1, path, bytes(16), 4, 3, status.st_size, status.st_mtime_ns, 0.0)


def test_what_is_as_it_was_goes_and_the_rest_is_told_together(trash: Path, tmp_path: Path) -> None:
    photos = [as_indexed(path) for path in save_photos(tmp_path / "photos", 7)]
    gone, older, larger = photos[1:6:2], photos[0], photos[6]
    for photo in gone:
        photo.path.unlink()
    os.utime(older.path, ns=(0, older.mtime_ns - 1000))
    larger.path.write_bytes(larger.path.read_bytes() + b"more")
    os.utime(larger.path, ns=(0, larger.mtime_ns))
    count, error = trash_files(photos)
    assert {path.name for path in trash.iterdir()} == {photos[2].path.name, photos[4].path.name}
    assert count == 2
    assert error is not None
    assert error.title == (
        f"Not moved to the trash: {older.path.name} is not the photo that was indexed any more; "
        f"{gone[0].path.name} is not there any more; {gone[1].path.name} is not there any more; and 2 others."
    )


def test_a_trash_that_refuses_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_path: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(actions, "send2trash", refuse)
    (path,) = save_photos(tmp_path, 1)
    count, error = trash_files([as_indexed(path)])
    assert (count, path.exists()) == (0, True)
    assert error is not None
    assert error.title == f"Not moved to the trash: {path.name} could not be moved (Permission denied)."
