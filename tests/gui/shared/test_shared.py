"""A shared library in the real window: opened, browsed, searched, taken into albums, forgotten."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from guie_desktop.gui.albums.chooser import AlbumChooser
from guie_desktop.gui.conductor import Conductor
from guie_desktop.gui.shared.address_dialog import AddressDialog
from guie_desktop.gui.shared.page import SharedLibraryPage
from guie_desktop.paths import LibraryPaths
from guie_desktop.workspace.open_library import OpenLibrary
from tests.gui.driving import COPY, LEFT, NOTHING_HELD, go_to, names_found, wait_for_albums, wait_for_hits
from tests.shared_library.made_table import make_table

pytestmark = pytest.mark.slow

PHOTOS = 300
"""More than come at once."""


@pytest.fixture
def address(library: LibraryPaths, tmp_path: Path) -> str:
    """A shared library by the model of the window's own."""
    with OpenLibrary(library) as opened:
        dimension, key = opened.backbone.card.feature_dimension, opened.backbone.key
    return make_table(tmp_path / "museum.lance", PHOTOS, dimension=dimension, backbone=key).uri


def act(conductor: Conductor, name: str) -> None:
    next(action for action in conductor.window.actions() if action.text() == name).trigger()


@pytest.fixture
def page(address: str, conductor: Conductor, qtbot: QtBot) -> SharedLibraryPage:
    """The page, opened for the first time by its address."""
    act(conductor, "Open a shared library…")
    [dialog] = conductor.window.findChildren(AddressDialog)
    assert not dialog.accepting.isEnabled()
    dialog.field.setText(address)
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    page = conductor.screens.shared.screen.page
    qtbot.waitUntil(lambda: page.isVisible() and page.gallery.photos.rowCount() > 0)
    qtbot.waitUntil(lambda: lines(conductor) == ["museum"])
    return page


def lines(conductor: Conductor) -> list[str]:
    area = conductor.window.sidebar.shared
    return [area.list.item(row).text() for row in range(area.list.count())] if area.isVisible() else []


def things(page: SharedLibraryPage) -> set[str]:
    photos = map(page.gallery.photo_at, range(page.gallery.photos.rowCount()))
    return {photo.path.parent.name for photo in photos if photo is not None}


def test_its_photos_are_shown_with_their_pictures_and_more_come(
    conductor: Conductor, page: SharedLibraryPage, qtbot: QtBot
) -> None:
    assert page.heading.text() == "museum"
    assert page.summary.text() == "300 photos in the shared library"
    assert conductor.window.sidebar.shared.list.selectedItems()
    gallery = page.gallery

    def are_seen() -> bool:
        seen = [gallery.photos.photo(row) for row in gallery.grid.rows_in_view()]
        return bool(seen) and all(one is not None and gallery.loader.picture(one) is not None for one in seen)

    qtbot.waitUntil(are_seen)
    first = gallery.photos.rowCount()
    assert gallery.grid.headings.go_on
    gallery.grid.go_to(0)
    qtbot.keyClick(gallery.grid, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: gallery.photos.rowCount() == PHOTOS - 1 > first)  # one of them could not be read
    assert not gallery.grid.headings.go_on
    qtbot.waitUntil(are_seen)
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert not page.isVisible()
    assert not conductor.window.sidebar.shared.list.selectedItems()


def test_words_and_folders_and_dates_filter(page: SharedLibraryPage, qtbot: QtBot) -> None:
    page.words.setFocus()
    qtbot.keyClicks(page.words, "thing 2")
    qtbot.keyClick(page.words, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: things(page) == {"thing 2"})
    assert page.summary.text() == "50 photos pass"
    page.words.selectAll()
    qtbot.keyClicks(page.words, "/archive/thing 3")
    qtbot.keyClick(page.words, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: things(page) == {"thing 3"})
    page.words.selectAll()
    qtbot.keyClicks(page.words, "1999")
    qtbot.keyClick(page.words, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.summary.text() == "0 photos pass")


def test_look_alikes_are_found_there(page: SharedLibraryPage, qtbot: QtBot) -> None:
    page.gallery.grid.go_to(0)
    [wanted] = things_chosen(page)
    page.there.setFocus()
    qtbot.keyClick(page.there, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: "most like" in page.summary.text())
    assert page.window().focusWidget() is page.gallery.grid
    photo = page.gallery.photo_at(0)
    assert photo is not None
    assert photo.path.parent.name == wanted
    qtbot.mouseClick(page.everything, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "in the shared library" in page.summary.text())
    assert page.everything.isHidden()


def test_all_photos_are_shown_again_after_a_search_among_some(page: SharedLibraryPage, qtbot: QtBot) -> None:
    qtbot.keyClicks(page.words, "thing 2")
    qtbot.keyClick(page.words, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: things(page) == {"thing 2"})
    page.gallery.grid.go_to(0)
    qtbot.mouseClick(page.there, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "most like" in page.summary.text())
    assert things(page) == {"thing 2"}
    qtbot.mouseClick(page.everything, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "in the shared library" in page.summary.text())
    assert len(things(page)) > 1
    assert page.words.text() == ""


def things_chosen(page: SharedLibraryPage) -> set[str]:
    return {photo.path.parent.name for photo in page.gallery.chosen_photos()}


def test_a_file_is_dropped_to_be_looked_for(
    page: SharedLibraryPage, qtbot: QtBot, qapp: QApplication, photo_folder: Path
) -> None:
    file = next(photo_folder.rglob("coffee 1.jpg"))
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file))])
    middle = page.rect().center()
    qapp.sendEvent(page, QDragEnterEvent(middle, COPY, mime, LEFT, NOTHING_HELD))
    qapp.sendEvent(page, QDropEvent(QPointF(middle), COPY, mime, LEFT, NOTHING_HELD))
    qtbot.waitUntil(lambda: page.summary.text().endswith("most like coffee 1.jpg"))


def test_an_own_photo_is_looked_for_there(conductor: Conductor, page: SharedLibraryPage, qtbot: QtBot) -> None:
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    go_to(conductor, "coffee 1.jpg")
    act(conductor, "Look-alikes in a shared library")
    qtbot.waitUntil(lambda: page.isVisible() and page.summary.text().endswith("most like coffee 1.jpg"))


def test_its_photos_are_looked_for_in_the_own_library(
    conductor: Conductor, page: SharedLibraryPage, qtbot: QtBot
) -> None:
    page.gallery.grid.go_to(0)
    qtbot.waitUntil(page.here.isEnabled)
    qtbot.mouseClick(page.here, Qt.MouseButton.LeftButton)
    wait_for_hits(conductor, qtbot)
    assert len(names_found(conductor)) > 0
    assert not page.isVisible()


def test_chosen_photos_come_into_an_album_and_that_is_undone(
    conductor: Conductor, page: SharedLibraryPage, qtbot: QtBot
) -> None:
    assert not page.album.isEnabled()
    qtbot.keyClick(page.gallery.grid, Qt.Key.Key_Home)
    qtbot.keyClick(page.gallery.grid, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert len(page.chosen) == 2
    qtbot.mouseClick(page.album, Qt.MouseButton.LeftButton)
    [chooser] = conductor.window.findChildren(AlbumChooser)
    chooser.field.setText("From the museum")
    qtbot.keyClick(chooser.field, Qt.Key.Key_Return)
    wait_for_albums(conductor, qtbot, {"From the museum": 2})
    overview = conductor.browsing.overview
    assert overview is not None
    away = [folder for folder in overview.folders if not folder.online]
    assert [(folder.path.name, folder.photos) for folder in away] == [("museum.lance", 2)]
    conductor.undo.take_back()
    wait_for_albums(conductor, qtbot, {})


def test_own_photos_of_the_same_numbers_are_not_meant(
    conductor: Conductor, page: SharedLibraryPage, qtbot: QtBot
) -> None:
    page.gallery.grid.setFocus()
    page.gallery.grid.selectAll()
    known = conductor.reader.photos(page.chosen)
    assert known  # rows of the table count from 0, as ids of the catalog do
    with qtbot.waitSignal(conductor.reader.overview_read):
        conductor.reader.refresh_now()
    assert conductor.window.shown_gallery() is page.gallery
    assert (conductor.selection.count(), conductor.selection.ids(), conductor.selection.photos()) == (0, (), [])
    assert not conductor.window.selection_bar.isVisible()
    assert not conductor.actions.trash.isEnabled()


def test_an_original_that_is_away_is_told(conductor: Conductor, page: SharedLibraryPage, qtbot: QtBot) -> None:
    page.gallery.grid.go_to(0)
    qtbot.keyClick(page.gallery.grid, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "cannot be reached from here" in conductor.window.banner.title.text())


def test_one_is_renamed_forgotten_and_known_again(
    conductor: Conductor, page: SharedLibraryPage, qtbot: QtBot, address: str
) -> None:
    area = conductor.window.sidebar.shared.list
    area.renamed.emit(area.thing_of(address), "Museum of things")
    qtbot.waitUntil(lambda: lines(conductor) == ["Museum of things"])
    assert page.heading.text() == "Museum of things"
    area.remove_asked.emit(area.thing_of(address))
    qtbot.waitUntil(lambda: not lines(conductor))
    assert not page.isVisible()
    conductor.undo.take_back()
    qtbot.waitUntil(lambda: lines(conductor) == ["Museum of things"])
    conductor.undo.take_back()
    qtbot.waitUntil(lambda: lines(conductor) == ["museum"])


def test_what_is_no_shared_library_is_told(conductor: Conductor, tmp_path: Path, qtbot: QtBot) -> None:
    act(conductor, "Open a shared library…")
    [dialog] = conductor.window.findChildren(AddressDialog)
    dialog.field.setText(str(tmp_path))
    qtbot.mouseClick(dialog.accepting, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "no shared library" in conductor.window.banner.title.text())
    assert not conductor.screens.shared.screen.page.isVisible()
    assert lines(conductor) == []
