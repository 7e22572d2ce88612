"""What is done with the chosen photos, above all that no other file than theirs goes to the trash."""

import os
import shutil
import threading
from collections.abc import Callable
from functools import partial
from html import escape
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDrag, QGuiApplication
from PySide6.QtWidgets import QMenu, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot
from send2trash import send2trash
from sqlalchemy import insert

from guie_desktop.asking import Hit
from guie_desktop.gui.conductor import Conductor
from guie_desktop.gui.desktop.file_names import readable_path, url_of
from guie_desktop.gui.photos import actions
from guie_desktop.gui.photos import trash as trash_module
from guie_desktop.gui.photos.photo_mime import ids_in
from guie_desktop.gui.search import limits
from guie_desktop.gui.search.chip import FEW, GroupChip
from guie_desktop.gui.search.examples_dialog import ExamplesDialog
from guie_desktop.gui.shell.task_line import TaskLine
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
    wait_for_albums,
    wait_for_hits,
    wait_for_rest,
)
from tests.gui.pretending import Pretender


def is_told(said: TaskLine, sentence: str) -> bool:
    return said.label.text() == sentence


@pytest.fixture
def trash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in the place of the desktop's trash."""
    folder = tmp_path / "trash"
    folder.mkdir()
    monkeypatch.setattr(trash_module, "send2trash", lambda path: shutil.move(path, folder))
    return folder


@pytest.fixture
def own(conductor: Conductor, worker: Pretender, tmp_path: Path, qtbot: QtBot) -> list[Path]:
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


def test_a_photo_comes_back_from_the_trash_with_its_albums_and_goes_there_again(
    conductor: Conductor, worker: Pretender, own: list[Path], qtbot: QtBot
) -> None:
    grid, said = conductor.window.browsing.grid, conductor.window.status.tasks
    make_album(conductor, qtbot, "Cups", ids(conductor, own[0].name))
    (photo,) = ids(conductor, own[0].name)
    go_to(conductor, own[0].name)
    assert throw_away(conductor, qtbot) == f"Move “{own[0].name}” to the trash?"
    wait_for_albums(conductor, qtbot, {"Cups": 0})
    assert not own[0].exists()
    for told in ("1 photo moved to the trash.", "Done again: 1 photo moved to the trash."):
        qtbot.waitUntil(partial(is_told, said, told), timeout=WORKER_MS)
        assert said.undo_button.isVisible()
        qtbot.keyClick(grid, *UNDO)
        wait_for_albums(conductor, qtbot, {"Cups": 1})
        qtbot.waitUntil(partial(is_told, said, "Undone: 1 photo moved to the trash."), timeout=WORKER_MS)
        assert said.redo_button.isVisible()
        qtbot.waitUntil(lambda: conductor.window.browsing.photos.rowCount() == 17, timeout=WORKER_MS)
        assert ids(conductor, own[0].name) == (photo,)
        assert own[0].exists()
        qtbot.mouseClick(said.redo_button, LEFT)
        wait_for_albums(conductor, qtbot, {"Cups": 0})
        assert not own[0].exists()
    own[0].write_bytes(b"another file")
    qtbot.keyClick(grid, *UNDO)
    qtbot.waitUntil(conductor.window.banner.isVisible, timeout=WORKER_MS)
    assert "another file has its name now" in conductor.window.banner.title.text()
    assert said.label.text() == "Not undone: 1 photo moved to the trash."
    assert said.undo_button.isVisible()
    assert own[0].read_bytes() == b"another file"


def test_another_file_in_the_place_of_the_photo_is_not_trashed(
    conductor: Conductor, worker: Pretender, own: list[Path], trash: Path, qtbot: QtBot
) -> None:
    banner = conductor.window.banner
    go_to(conductor, own[0].name)
    was = own[0].stat()

    def put_another_there() -> None:
        own[0].write_bytes(b"a tax return".ljust(was.st_size))
        os.utime(own[0], ns=(was.st_atime_ns, was.st_mtime_ns))

    throw_away(conductor, qtbot, before=put_another_there)
    qtbot.waitUntil(banner.isVisible, timeout=WORKER_MS)
    assert (
        banner.title.text() == f"Not moved to the trash: {own[0].name} is no longer the photo that the library shows."
    )
    assert own[0].read_bytes().startswith(b"a tax return")
    assert worker.of(Rescan)
    assert not list(trash.iterdir())
    assert "was added to the library" in conductor.undo.next_undo


def test_undo_stops_what_is_not_in_the_trash_yet_and_brings_back_what_is(
    conductor: Conductor, worker: Pretender, own: list[Path], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    grid, said = conductor.window.browsing.grid, conductor.window.status.tasks
    going: list[Path] = []
    held = threading.Event()

    def move(path: Path) -> None:
        going.append(path)
        assert len(going) == 1 or held.wait(WORKER_MS / 1000)
        send2trash(path)

    monkeypatch.setattr(trash_module, "send2trash", move)
    monkeypatch.setattr(actions, "TOLD_EVERY", 0.0)
    known = conductor.reader.photos(conductor.window.browsing.photos.ids).values()
    photos = {photo.path: photo for photo in known}
    conductor.actions.trashing.move([photos[path] for path in own])
    qtbot.waitUntil(lambda: said.label.text() == "Moving to the trash: 1 of 3", timeout=WORKER_MS)
    assert said.undo_button.isVisible()
    qtbot.waitUntil(lambda: len(going) == 2, timeout=WORKER_MS)
    qtbot.keyClick(grid, *UNDO)
    held.set()
    qtbot.waitUntil(lambda: said.label.text() == "Undone: 2 photos moved to the trash.", timeout=WORKER_MS)
    assert going == own[:2]
    assert all(path.exists() for path in own)


@pytest.fixture
def many(library: LibraryPaths, start: Callable[[LibraryPaths], Conductor], tmp_path: Path, qtbot: QtBot) -> Conductor:
    """A window on 1,214 photos, of which 1,200 are links to one."""
    catalog = CatalogWriter.open(library.catalog)
    links = tmp_path / "links"
    links.mkdir()
    folder, known = catalog.add_folder(links), catalog.photos(catalog.photo_ids())[catalog.photo_ids()[0]]
    status = known.path.stat()
    row = {"folder_id": folder.id, "directory": links, "bytes": known.bytes, "mtime_ns": known.mtime_ns}
    row |= {"inode": status.st_ino, "state": "ready", "content_hash": known.content_hash, "width": 4, "height": 3}
    row |= {"taken": 1.0}
    for number in range(1200):
        (links / f"{number}.jpg").symlink_to(known.path)
    with writing(catalog.database) as connection:
        connection.execute(insert(photos), [row | {"name": Path(f"{number}.jpg")} for number in range(1200)])
    catalog.close()
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

    dragged: list[QMimeData] = []
    monkeypatch.setattr(QDrag, "exec", lambda drag, _actions: dragged.append(drag.mimeData()))
    window.browsing.drag_asked.emit()
    assert len(ids_in(dragged[0])) == 1214
    assert not dragged[0].hasUrls()
    assert "use Copy" in window.status.tasks.label.text()


def test_many_photos_are_looked_for_together_and_have_one_chip(many: Conductor, qtbot: QtBot) -> None:
    window = many.window
    qtbot.keyClick(window.browsing.grid, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(many.search.state.question.photos) == 1214, timeout=WORKER_MS)
    (chip,) = window.search.area.chips
    assert isinstance(chip, GroupChip)
    qtbot.waitUntil(lambda: chip.pictures == FEW, timeout=WORKER_MS)
    qtbot.waitUntil(lambda: many.search.answer is not None, timeout=WORKER_MS)
    qtbot.mouseClick(chip.open_button, LEFT)
    dialog = window.findChild(ExamplesDialog)
    assert dialog is not None
    assert dialog.heading.text() == "1,214 photos together are looked for"
    dialog.gallery.grid.go_to(0)
    out = dialog.gallery.chosen_ids()
    qtbot.keyClick(dialog.gallery.grid, Qt.Key.Key_Delete)
    assert dialog.heading.text() == "1,213 photos together are looked for"
    assert set(many.search.state.question.photos) == set(window.browsing.photos.ids) - set(out)
    dialog.accept()
    activate(many, qtbot)
    window.search.area.chips[0].removed.emit()
    assert not many.search.state.is_on


def test_what_is_not_the_photo_any_more_is_neither_copied_nor_opened_nor_dragged_out(
    conductor: Conductor, worker: Pretender, own: list[Path], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, clipboard, grid = conductor.window, QGuiApplication.clipboard(), conductor.window.browsing.grid
    opened: list[QUrl] = []
    dragged: list[list[QUrl]] = []
    monkeypatch.setattr(QDrag, "exec", lambda drag, _actions: dragged.append(drag.mimeData().urls()))

    def open_it(url: QUrl) -> bool:
        opened.append(url)
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", open_it)

    def is_done(path: Path) -> bool:
        return [url_of(path)] == clipboard.mimeData().urls() == opened[-1:]

    def do_all() -> None:
        qtbot.keyClick(grid, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
        qtbot.keyClick(grid, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
        window.browsing.drag_asked.emit()

    for path in own:
        go_to(conductor, path.name)
        do_all()
        qtbot.waitUntil(partial(is_done, path), timeout=WORKER_MS)
    assert opened == [url_of(path) for path in own]
    assert dragged == [[url_of(path)] for path in own]
    assert not worker.of(Rescan)

    worker.silence()  # a scan would give the photo its new content
    changed = own[2]
    changed.write_bytes(b"a tax return")
    rescans: list[None] = []
    conductor.actions.outdated.connect(lambda: rescans.append(None))
    told: list[str] = []
    conductor.reporter.failed.connect(lambda title, _remedy: told.append(title))
    do_all()
    qtbot.waitUntil(lambda: len(rescans) == 3, timeout=WORKER_MS)
    reason = f"{changed.name} is no longer the photo that the library shows."
    assert sorted(told) == [f"Not copied: {reason}", f"Not opened: {reason}"]
    assert window.status.tasks.label.text() == f"Not given to other programs: {reason}"
    assert len(opened) == 3
    assert dragged[3:] == [[]]
    assert clipboard.mimeData().urls() == [url_of(changed)]  # as it was copied before
    assert len(worker.of(Rescan)) == 3


def test_what_was_found_follows_the_library(
    conductor: Conductor, worker: Pretender, own: list[Path], qtbot: QtBot
) -> None:
    found = conductor.window.found
    copy = own[0].with_name("copy.jpg")
    shutil.copy(own[0], copy)
    conductor.browsing.rescan()
    qtbot.waitUntil(lambda: conductor.window.browsing.photos.rowCount() == 18, timeout=WORKER_MS)
    wait_for_rest(conductor, qtbot)
    go_to(conductor, own[1].name)
    qtbot.keyClick(conductor.window.browsing.grid, Qt.Key.Key_S)
    wait_for_hits(conductor, qtbot)
    before = names_found(conductor)
    (row,) = (row for row in range(len(before)) if own[0] in hit_in(conductor, row).places)
    assert found.tile(row).copies == "2 places"
    found.grid.go_to(row)
    own[0].unlink()
    conductor.browsing.rescan()
    qtbot.waitUntil(lambda: "copy.jpg" in names_found(conductor), timeout=WORKER_MS)
    assert hit_in(conductor, row).places == (copy,)
    assert found.tile(row).copies == ""
    assert len(names_found(conductor)) == len(before)
    assert found.grid.currentIndex().row() == row

    own[2].write_bytes(b"a tax return")
    conductor.browsing.rescan()
    qtbot.waitUntil(lambda: own[2].name not in names_found(conductor), timeout=WORKER_MS)
    assert len(names_found(conductor)) == len(before) - 1


def test_a_hit_in_several_places_shows_them_all(
    conductor: Conductor, worker: Pretender, own: list[Path], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, folder = conductor.window, own[0].parent
    for name in ("copy.jpg", "another & <b>.jpg"):
        shutil.copy(own[0], folder / name)
    conductor.browsing.rescan()
    qtbot.waitUntil(lambda: window.browsing.photos.rowCount() == 19, timeout=WORKER_MS)
    wait_for_rest(conductor, qtbot)
    go_to(conductor, own[1].name)
    qtbot.keyClick(window.browsing.grid, Qt.Key.Key_S)
    wait_for_hits(conductor, qtbot)
    found = window.found
    (row,) = (row for row in range(found.photos.rowCount()) if own[0] in hit_in(conductor, row).places)
    hit = hit_in(conductor, row)
    assert set(hit.places) == {own[0], folder / "copy.jpg", folder / "another & <b>.jpg"}
    assert found.tile(row).copies == "3 places"
    assert [found.tile(other).copies for other in range(3) if own[1] in hit_in(conductor, other).places] == []
    found.grid.go_to(row)
    tooltip = found.photos.data(found.photos.index(row), Qt.ItemDataRole.ToolTipRole)
    assert "The same photo in 3 places, also:" in tooltip
    assert all(escape(readable_path(place)) in tooltip for place in hit.places[1:])

    shown: list[Path] = []
    monkeypatch.setattr(actions, "reveal", lambda path, *_services: shown.append(path))
    conductor.actions.open_menu(QPoint(10, 10))
    menu = next(one for one in window.findChildren(QMenu) if one.title() == "Show other places")
    for action in menu.actions():
        action.trigger()
    assert shown == list(hit.places[1:])
    whole = menu.parentWidget()
    assert whole is not None
    whole.close()

    qtbot.keyClick(found.grid, Qt.Key.Key_Return)
    qtbot.waitUntil(window.preview.isVisible, timeout=WORKER_MS)
    assert "3 places, also " in window.preview.facts.text
    assert conductor.selection.places() == hit.places
    qtbot.keyClick(window.preview, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: bool(window.findChildren(QMessageBox)), timeout=WORKER_MS)
    question = window.findChild(QMessageBox)
    assert question is not None
    assert question.informativeText() == ("It stays in 2 other places. You can get it back from your desktop's trash.")
    question.reject()
    activate(conductor, qtbot)


def hit_in(conductor: Conductor, row: int) -> Hit:
    hit = conductor.window.found.photos.hit(row)
    assert hit is not None
    return hit


def test_a_search_that_is_full_takes_no_more(
    conductor: Conductor, worker: Pretender, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MOST_EXAMPLES", 2)
    monkeypatch.setattr(actions, "MOST_EXAMPLES", 2)
    window = conductor.window
    qtbot.keyClick(window.browsing.grid, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert conductor.actions.similar.text() == "Find similar (2 photos at most)"
    qtbot.keyClick(window.browsing.grid, Qt.Key.Key_S)
    assert "14 photos are too many" in window.banner.title.text()
    window.banner.dismiss()
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
