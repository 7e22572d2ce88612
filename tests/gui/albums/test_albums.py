"""Albums in the window: real widgets and events on a real library; the worker's part is played."""

from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QMenu, QMessageBox
from pytestqt.qtbot import QtBot

from guie_desktop.domain import ALL_PHOTOS, Album, Place
from guie_desktop.gui.albums.chooser import AlbumChooser
from guie_desktop.gui.conductor import Conductor
from guie_desktop.gui.desktop.file_names import readable_path
from guie_desktop.gui.photos.photo_mime import add_ids, files_as_mime, ids_in
from guie_desktop.messages import CreateAlbum, Decide, ImportAlbums, RemoveAlbum, RenameAlbum
from tests.gui.driving import (
    LEFT,
    WORKER_MS,
    activate,
    drop_on,
    go_to,
    ids,
    make_album,
    wait_for_albums,
)
from tests.gui.pretending import Pretender


def editor_of(conductor: Conductor) -> QLineEdit:
    editor = conductor.window.sidebar.albums.findChild(QLineEdit, "album_name")
    assert editor is not None
    return editor


def write_name(conductor: Conductor, qtbot: QtBot, name: str) -> None:
    editor = editor_of(conductor)
    qtbot.keyClicks(editor, name)
    qtbot.keyClick(editor, Qt.Key.Key_Return)


def line_centre(conductor: Conductor, row: int) -> QPoint:
    lines = conductor.window.sidebar.albums
    return lines.visualItemRect(lines.item(row)).center()


def test_an_album_is_made_named_and_browsed(conductor: Conductor, worker: Pretender, qtbot: QtBot) -> None:
    sidebar = conductor.window.sidebar
    sidebar.albums_heading.add_button.menu().actions()[0].trigger()
    write_name(conductor, qtbot, "  Red   cups ")
    wait_for_albums(conductor, qtbot, {"Red cups": 0})
    assert worker.of(CreateAlbum)[-1].name == "Red cups"
    qtbot.mouseClick(sidebar.albums.viewport(), LEFT, pos=line_centre(conductor, 0))
    window = conductor.window
    qtbot.waitUntil(lambda: window.notice.title.text() == "This album is empty", timeout=WORKER_MS)
    assert sidebar.folders.selectedItems() == []


def test_a_name_that_is_given_up_makes_nothing(conductor: Conductor, worker: Pretender, qtbot: QtBot) -> None:
    sidebar = conductor.window.sidebar
    sidebar.albums_heading.add_button.menu().actions()[0].trigger()
    assert sidebar.albums.count() == 1
    qtbot.keyClick(editor_of(conductor), Qt.Key.Key_Escape)
    assert sidebar.albums.count() == 0
    assert worker.of(CreateAlbum) == []


def test_a_name_is_known_however_it_is_written(conductor: Conductor, worker: Pretender, qtbot: QtBot) -> None:
    make_album(conductor, qtbot, "Café", ())
    go_to(conductor, "coffee 0.jpg")
    qtbot.keyClick(conductor.window.browsing.grid, Qt.Key.Key_A)
    chooser = conductor.window.findChild(AlbumChooser)
    assert chooser is not None
    chooser.field.setText(" CAFE\u0301")
    assert [chooser.list.item(row).text() for row in range(chooser.list.count())] == ["Café"]
    qtbot.keyClick(chooser.field, Qt.Key.Key_Return)
    wait_for_albums(conductor, qtbot, {"Café": 1})
    conductor.albums.controller.create("cafe\u0301", ids(conductor, "coffee 1.jpg"))
    wait_for_albums(conductor, qtbot, {"Café": 2})
    assert len(worker.of(CreateAlbum)) == 1


def test_the_name_that_is_offered_is_free(conductor: Conductor, worker: Pretender, qtbot: QtBot) -> None:
    make_album(conductor, qtbot, "new album", ())
    lines = conductor.window.sidebar.albums
    albums = {"new album": 0}
    for name in ("New album 2", "New album 3"):
        lines.ask_name()
        assert editor_of(conductor).text() == name
        qtbot.keyClick(editor_of(conductor), Qt.Key.Key_Return)
        albums[name] = 0
        wait_for_albums(conductor, qtbot, albums)


def test_photos_are_dropped_on_albums(
    conductor: Conductor, worker: Pretender, qtbot: QtBot, qapp: QApplication
) -> None:
    sidebar = conductor.window.sidebar
    cups = ids(conductor, "coffee 0.jpg", "coffee 1.jpg")
    drop_on(sidebar.albums_heading, qapp, cups, QPoint(20, 10))
    write_name(conductor, qtbot, "Cups")
    wait_for_albums(conductor, qtbot, {"Cups": 2})
    more = ids(conductor, "coffee 1.jpg", "coffee 2.jpg")
    drop_on(sidebar.albums.viewport(), qapp, more, line_centre(conductor, 0))
    wait_for_albums(conductor, qtbot, {"Cups": 3})
    assert worker.of(Decide)[-1].photos == more[1:]  # the other one was in it already
    said = conductor.window.status.tasks.label
    qtbot.waitUntil(lambda: said.text() == "1 photo added to “Cups”.", timeout=WORKER_MS)
    below = QPoint(20, sidebar.albums.viewport().height() - 4)
    drop_on(sidebar.albums.viewport(), qapp, ids(conductor, "rocket 0.jpg"), below)
    chosen: list[Place] = []
    sidebar.place_chosen.connect(chosen.append)
    write_name(conductor, qtbot, "Rockets")
    wait_for_albums(conductor, qtbot, {"Cups": 3, "Rockets": 1})
    assert chosen == []  # the user stays where he sorts


def test_a_drag_out_of_the_grid_brings_files_and_ids(conductor: Conductor) -> None:
    go_to(conductor, "coffee 0.jpg")
    mime = files_as_mime(conductor.selection.photos())
    assert ids_in(mime) == ()
    add_ids(mime, conductor.selection.ids())
    assert ids_in(mime) == ids(conductor, "coffee 0.jpg")
    assert [url.fileName() for url in mime.urls()] == ["coffee 0.jpg"]


def test_the_chosen_photo_is_put_into_an_album_by_key(conductor: Conductor, worker: Pretender, qtbot: QtBot) -> None:
    make_album(conductor, qtbot, "Cats", ())
    make_album(conductor, qtbot, "Coffee cups", ())
    go_to(conductor, "coffee 0.jpg")
    qtbot.keyClick(conductor.window.browsing.grid, Qt.Key.Key_A)
    chooser = conductor.window.findChild(AlbumChooser)
    assert chooser is not None
    assert chooser.list.count() == 2
    qtbot.keyClicks(chooser.field, "cup")
    assert [chooser.list.item(row).text() for row in range(2)] == ["Coffee cups", "New album “cup”"]
    qtbot.keyClick(chooser.field, Qt.Key.Key_Return)
    wait_for_albums(conductor, qtbot, {"Cats": 0, "Coffee cups": 1})
    activate(conductor, qtbot)
    qtbot.keyClick(conductor.window.browsing.grid, Qt.Key.Key_A)
    chooser = next(one for one in conductor.window.findChildren(AlbumChooser) if one.isVisible())
    assert chooser.list.item(0).text() == "Coffee cups"  # the one that was filled last
    qtbot.keyClicks(chooser.field, "Red")
    qtbot.keyClick(chooser.field, Qt.Key.Key_Down)
    qtbot.keyClick(chooser.field, Qt.Key.Key_Return)
    wait_for_albums(conductor, qtbot, {"Cats": 0, "Coffee cups": 1, "Red": 1})


def test_the_menu_puts_photos_into_albums_and_takes_them_out(
    conductor: Conductor, worker: Pretender, qtbot: QtBot
) -> None:
    window = conductor.window
    album = make_album(conductor, qtbot, "R & D", ids(conductor, "coffee 0.jpg", "coffee 1.jpg"))
    go_to(conductor, "rocket 0.jpg")
    menu = open_menu(conductor, qtbot)
    into = next(action for action in menu.actions() if action.text() == "Add to album").menu()
    assert isinstance(into, QMenu)
    next(action for action in into.actions() if action.text() == "R && D").trigger()
    menu.close()
    wait_for_albums(conductor, qtbot, {"R & D": 3})
    window.sidebar.go_to(window.sidebar.albums.value(0))
    qtbot.waitUntil(lambda: window.browsing.photos.rowCount() == 3, timeout=WORKER_MS)
    go_to(conductor, "rocket 0.jpg")
    menu = open_menu(conductor, qtbot)
    next(action for action in menu.actions() if action.text() == "Remove from “R && D”").trigger()
    menu.close()
    qtbot.waitUntil(lambda: window.browsing.photos.rowCount() == 2, timeout=WORKER_MS)
    assert worker.of(Decide)[-1].verdict is None
    qtbot.mouseClick(window.status.tasks.undo_button, LEFT)
    qtbot.waitUntil(lambda: window.browsing.photos.rowCount() == 3, timeout=WORKER_MS)
    assert conductor.albums.verdicts.of(album.id)[ids(conductor, "rocket 0.jpg")[0]] == "member"


def test_delete_takes_a_photo_out_of_the_album_and_leaves_the_file(
    conductor: Conductor, worker: Pretender, qtbot: QtBot
) -> None:
    window = conductor.window
    album = make_album(conductor, qtbot, "Cups", ids(conductor, "coffee 0.jpg", "coffee 1.jpg"))
    window.sidebar.go_to(window.sidebar.albums.value(0))
    qtbot.waitUntil(lambda: window.browsing.photos.rowCount() == 2, timeout=WORKER_MS)
    go_to(conductor, "coffee 1.jpg")
    qtbot.keyClick(window.browsing.grid, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: window.browsing.photos.rowCount() == 1, timeout=WORKER_MS)
    assert not window.findChildren(QMessageBox)
    qtbot.keyClick(window.browsing.grid, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.browsing.photos.rowCount() == 2, timeout=WORKER_MS)
    assert set(conductor.albums.verdicts.of(album.id).values()) == {"member"}

    qtbot.keyClick(window.browsing.grid, Qt.Key.Key_Return)
    qtbot.waitUntil(window.preview.isVisible)
    qtbot.keyClick(window.preview, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: window.browsing.photos.rowCount() == 1, timeout=WORKER_MS)
    qtbot.waitUntil(lambda: window.preview.photo == window.browsing.photo_at(0))  # it goes on to what is left
    qtbot.keyClick(window.preview, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: not window.preview.isVisible(), timeout=WORKER_MS)
    assert window.notice.title.text() == "This album is empty"

    window.sidebar.go_to(ALL_PHOTOS)
    qtbot.waitUntil(lambda: window.browsing.photos.rowCount() == 14, timeout=WORKER_MS)
    go_to(conductor, "coffee 1.jpg")
    qtbot.keyClick(window.browsing.grid, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: bool(window.findChildren(QMessageBox)), timeout=WORKER_MS)
    question = window.findChild(QMessageBox)
    assert question is not None
    assert "trash" in question.text()
    question.reject()


def open_menu(conductor: Conductor, qtbot: QtBot) -> QMenu:
    grid = conductor.window.browsing.grid
    grid.customContextMenuRequested.emit(grid.visualRect(grid.currentIndex()).center())
    return next(menu for menu in conductor.window.findChildren(QMenu) if menu.isVisible())


def test_an_album_is_renamed_in_place(conductor: Conductor, worker: Pretender, qtbot: QtBot) -> None:
    make_album(conductor, qtbot, "Cups", ())
    make_album(conductor, qtbot, "Mugs", ())
    lines = conductor.window.sidebar.albums
    qtbot.mouseClick(lines.viewport(), LEFT, pos=line_centre(conductor, 0))
    qtbot.mouseDClick(lines.viewport(), LEFT, pos=line_centre(conductor, 0))
    write_name(conductor, qtbot, "Beakers")
    wait_for_albums(conductor, qtbot, {"Beakers": 0, "Mugs": 0})
    lines.setFocus()
    qtbot.keyClick(lines, Qt.Key.Key_Return)
    write_name(conductor, qtbot, "Mugs")
    qtbot.waitUntil(conductor.window.banner.isVisible, timeout=WORKER_MS)
    assert [lines.item(row).text() for row in range(2)] == ["Beakers", "Mugs"]
    qtbot.keyClick(conductor.window.browsing.grid, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    wait_for_albums(conductor, qtbot, {"Cups": 0, "Mugs": 0})
    assert [command.name for command in worker.of(RenameAlbum)] == ["Beakers", "Mugs", "Cups"]


def test_news_wait_until_a_name_is_written(conductor: Conductor, worker: Pretender, qtbot: QtBot) -> None:
    lines = conductor.window.sidebar.albums
    conductor.window.sidebar.albums_heading.add_button.menu().actions()[0].trigger()
    lines.show_albums((Album(7, "From a job", 1, 0),))
    assert lines.count() == 1
    assert editor_of(conductor).isVisible()
    qtbot.keyClick(editor_of(conductor), Qt.Key.Key_Escape)
    assert [lines.item(row).text() for row in range(lines.count())] == ["From a job"]


def test_a_removed_album_comes_back(conductor: Conductor, worker: Pretender, qtbot: QtBot) -> None:
    window = conductor.window
    make_album(conductor, qtbot, "Cups", ids(conductor, "coffee 0.jpg", "coffee 1.jpg"))
    lines = window.sidebar.albums
    qtbot.mouseClick(lines.viewport(), LEFT, pos=line_centre(conductor, 0))
    qtbot.waitUntil(lambda: window.browsing.photos.rowCount() == 2, timeout=WORKER_MS)
    window.browsing.grid.go_to(0)
    lines.setFocus()
    qtbot.keyClick(lines, Qt.Key.Key_Delete)  # the album, and not the chosen photo
    wait_for_albums(conductor, qtbot, {})
    qtbot.waitUntil(lambda: window.browsing.photos.rowCount() == 14, timeout=WORKER_MS)
    qtbot.waitUntil(lambda: "removed" in window.status.tasks.label.text(), timeout=WORKER_MS)
    qtbot.mouseClick(window.status.tasks.undo_button, LEFT)
    wait_for_albums(conductor, qtbot, {"Cups": 2})
    assert [command.restore for command in worker.of(RemoveAlbum)] == [False, True]


def test_folders_become_albums(conductor: Conductor, worker: Pretender, qtbot: QtBot, tmp_path: object) -> None:
    lines = conductor.window.sidebar.albums
    lines.customContextMenuRequested.emit(QPoint(10, 10))
    menu = next(menu for menu in lines.findChildren(QMenu) if menu.isVisible())
    menu.actions()[-1].trigger()
    menu.close()
    dialog = conductor.window.findChild(QFileDialog)
    assert dialog is not None
    dialog.fileSelected.emit(str(tmp_path))
    dialog.reject()
    assert str(worker.of(ImportAlbums)[-1].folder) == str(tmp_path)
    label = conductor.window.status.tasks.label
    qtbot.waitUntil(lambda: "Albums are made of the folders" in label.text())


def test_albums_of_folders_are_undone_and_come_back(
    conductor: Conductor, worker: Pretender, qtbot: QtBot, photo_folder: Path
) -> None:
    undo, (coffee,) = conductor.undo, ids(conductor, "coffee 0.jpg")
    make_album(conductor, qtbot, "Family", (coffee,))
    conductor.window.sidebar.albums.import_asked.emit()
    dialog = conductor.window.findChild(QFileDialog)
    assert dialog is not None
    dialog.fileSelected.emit(str(photo_folder))
    dialog.reject()
    made = {"Family": len(list((photo_folder / "Family").iterdir())) - 1, "Holidays": 8}
    wait_for_albums(conductor, qtbot, made)
    where = readable_path(photo_folder)
    said = f"Undo: 1 album made and 1 album filled from the folders in {where}"
    qtbot.waitUntil(lambda: undo.next_undo == said, timeout=WORKER_MS)
    undo.take_back()
    wait_for_albums(conductor, qtbot, {"Family": 1})
    undo.do_again()
    wait_for_albums(conductor, qtbot, made)
    for _ in range(2):
        undo.take_back()
    wait_for_albums(conductor, qtbot, {"Family": 1})
    folders = conductor.window.sidebar.folders
    qtbot.waitUntil(lambda: folders.topLevelItemCount() == 3, timeout=WORKER_MS)  # with the line of all photos


def test_many_albums_leave_room_for_the_folders(conductor: Conductor, qtbot: QtBot) -> None:
    sidebar = conductor.window.sidebar
    overview = conductor.browsing.overview
    assert overview is not None
    albums = tuple(Album(number, f"Album {number:02}", number, 0) for number in range(80))
    sidebar.show_library(overview.folders, overview.counts, albums)
    qtbot.waitUntil(lambda: sidebar.albums.verticalScrollBar().maximum() > 0)
    assert sidebar.folders.height() >= 3 * 34
    conductor.window.resize(640, 464)
    qtbot.waitUntil(lambda: sidebar.height() <= 464)
    assert sidebar.albums.height() >= 68
