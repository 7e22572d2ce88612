"""The whole window on a library, with a real worker process and real events."""

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from guie_desktop.domain import ALL_PHOTOS
from guie_desktop.errors import UserError
from guie_desktop.gui.conductor import Conductor
from guie_desktop.gui.desktop.file_names import path_of, url_of
from guie_desktop.gui.look.theme import Theme
from guie_desktop.gui.search.chip import Chip
from guie_desktop.messages import Search
from guie_desktop.paths import LibraryPaths
from tests.gui.driving import LEFT, WORKER_MS, drop, go_to, names_found, wait_for_hits
from tests.gui.library_photos import ODD_NAME
from tests.gui.pretending import Pretender


def test_photos_are_shown_newest_first(conductor: Conductor, photo_folder: Path) -> None:
    overview = conductor.browsing.overview
    assert overview is not None
    assert [folder.path.name for folder in overview.folders] == ["Family", "Holidays"]
    assert overview.counts.failed == 1
    assert conductor.window.pages.currentWidget() is conductor.window.browsing
    assert conductor.window.sidebar.failures_button.isVisible()


def test_find_similar_by_key_and_back_by_escape(conductor: Conductor, qtbot: QtBot) -> None:
    window = conductor.window
    row = go_to(conductor, "coffee 1.jpg")
    qtbot.keyClick(window.browsing.grid, Qt.Key.Key_S)
    wait_for_hits(conductor, qtbot)
    assert set(names_found(conductor)[:2]) == {"coffee 0.jpg", "coffee 2.jpg"}
    assert "alike" in window.search.results.text.text
    qtbot.keyClick(window.found.grid, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.pages.currentWidget() is window.browsing, timeout=WORKER_MS)
    assert window.browsing.chosen_rows() == [row]
    assert window.browsing.grid.hasFocus()


def test_the_search_before_comes_back(conductor: Conductor, qtbot: QtBot) -> None:
    window = conductor.window
    go_to(conductor, "coffee 1.jpg")
    qtbot.keyClick(window.browsing.grid, Qt.Key.Key_S)
    wait_for_hits(conductor, qtbot)
    go_to(conductor, "astronaut 1.jpg")
    qtbot.keyClick(window.found.grid, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: "astronaut" in names_found(conductor)[0], timeout=WORKER_MS)
    qtbot.keyClick(window.found.grid, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: "coffee" in names_found(conductor)[0], timeout=WORKER_MS)


def test_only_one_folder_is_searched(conductor: Conductor, qtbot: QtBot) -> None:
    panel = conductor.window.search.results
    go_to(conductor, "coffee 0.jpg")
    qtbot.keyClick(conductor.window.browsing.grid, Qt.Key.Key_S)
    wait_for_hits(conductor, qtbot)
    row = panel.scope.findText("Only in Holidays")
    panel.scope.setCurrentIndex(row)
    panel.scope.activated.emit(row)
    qtbot.waitUntil(lambda: len(names_found(conductor)) == 8, timeout=WORKER_MS)
    assert not any(name.endswith(" 0.jpg") for name in names_found(conductor))


def test_hits_can_be_put_in_order_of_time(conductor: Conductor, qtbot: QtBot) -> None:
    panel = conductor.window.search.results
    go_to(conductor, "coffee 0.jpg")
    qtbot.keyClick(conductor.window.browsing.grid, Qt.Key.Key_S)
    wait_for_hits(conductor, qtbot)
    by_likeness = names_found(conductor)
    panel.sort.setCurrentIndex(1)
    panel.sort.activated.emit(1)
    qtbot.waitUntil(lambda: names_found(conductor) != by_likeness, timeout=WORKER_MS)
    gallery = conductor.window.found
    split = gallery.photos.split
    assert split is not None
    photos = [gallery.photo_at(row) for row in range(split)]
    taken = [photo.taken for photo in photos if photo is not None]
    assert taken == sorted(taken, reverse=True)


def test_a_photo_from_outside_is_looked_for(
    conductor: Conductor, qtbot: QtBot, qapp: QApplication, photo_folder: Path, tmp_path: Path
) -> None:
    outside = Path(shutil.copy(photo_folder / "Holidays" / "rocket 1.jpg", tmp_path / "somewhere else.jpg"))
    mime = QMimeData()
    mime.setUrls([url_of(outside)])
    assert drop(conductor, qapp, mime) == "Drop to find look-alikes"
    wait_for_hits(conductor, qtbot)
    assert "rocket" in names_found(conductor)[0]
    chip = conductor.window.search.area.chips[0]
    qtbot.waitUntil(lambda: not chip.picture.pixmap().isNull(), timeout=WORKER_MS)


def test_a_second_photo_on_the_search_area_is_looked_for_as_well(
    conductor: Conductor, qtbot: QtBot, qapp: QApplication, photo_folder: Path
) -> None:
    window = conductor.window
    go_to(conductor, "coffee 0.jpg")
    qtbot.keyClick(window.browsing.grid, Qt.Key.Key_S)
    wait_for_hits(conductor, qtbot)
    mime = QMimeData()
    mime.setUrls([url_of(photo_folder / "Family" / "rocket 0.jpg")])
    drop(conductor, qapp, mime, window.search.frame.mapTo(window, window.search.frame.rect().center()))
    assert len(conductor.search.state.question.examples) == 2
    conductor.search.state.remove(conductor.search.state.question.examples[0])
    assert [example.path.name for example in conductor.search.state.question.examples] == ["rocket 0.jpg"]


def test_a_pasted_picture_is_looked_for(conductor: Conductor, qtbot: QtBot, photo_folder: Path) -> None:
    QGuiApplication.clipboard().setImage(QImage(str(photo_folder / "Family" / "coffee 0.jpg")))
    qtbot.keyClick(conductor.window.browsing.grid, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    wait_for_hits(conductor, qtbot)
    assert "coffee" in names_found(conductor)[0]


def test_a_pasted_picture_is_called_so(conductor: Conductor, qtbot: QtBot, photo_folder: Path) -> None:
    QGuiApplication.clipboard().setImage(QImage(str(photo_folder / "Family" / "coffee 0.jpg")))
    qtbot.keyClick(conductor.window.browsing.grid, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    wait_for_hits(conductor, qtbot)
    (chip,) = conductor.window.search.findChildren(Chip)
    assert chip.toolTip() == "Pasted picture"


def test_a_pasted_path_is_looked_for_and_a_folder_offered(
    conductor: Conductor, qtbot: QtBot, photo_folder: Path, tmp_path: Path
) -> None:
    window = conductor.window
    paste = Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier
    QGuiApplication.clipboard().setText(f'"{photo_folder / "Family" / "coffee 0.jpg"}"')
    qtbot.keyClick(window.browsing.grid, *paste)
    wait_for_hits(conductor, qtbot)
    assert "coffee" in names_found(conductor)[0]
    QGuiApplication.clipboard().setText(str(tmp_path / "gone.jpg"))
    qtbot.keyClick(window.found.grid, *paste)
    assert "There is no file" in window.banner.title.text()
    QGuiApplication.clipboard().setText(str(tmp_path))
    qtbot.keyClick(window.found.grid, *paste)
    box = next(box for box in window.findChildren(QMessageBox) if box.isVisible())
    assert "to the library?" in box.text()
    box.reject()


def test_a_link_is_not_followed(conductor: Conductor, qapp: QApplication) -> None:
    mime = QMimeData()
    mime.setHtml('<img src="https://example.org/cat.jpg">')
    mime.setData("text/uri-list", b"https://example.org/cat.jpg\r\n")
    drop(conductor, qapp, mime)
    assert conductor.window.banner.isVisible()
    assert "only a link" in conductor.window.banner.title.text()
    assert not conductor.search.state.is_on


def test_a_file_that_is_no_picture_is_told(
    conductor: Conductor, qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    text = tmp_path / "notes.jpg"
    text.write_text("not a picture")
    mime = QMimeData()
    mime.setUrls([url_of(text)])
    drop(conductor, qapp, mime)
    notice = conductor.window.notice
    qtbot.waitUntil(notice.isVisible, timeout=WORKER_MS)
    assert notice.title.text() == "This is not a picture that the program can read, whatever its name says."
    assert not conductor.window.banner.isVisible()


def test_the_preview_opens_walks_and_closes(conductor: Conductor, qtbot: QtBot) -> None:
    window = conductor.window
    row = go_to(conductor, "coffee 0.jpg")
    qtbot.keyClick(window.browsing.grid, Qt.Key.Key_Return)
    assert window.preview.isVisible()
    assert window.preview.name.text == "coffee 0.jpg"
    with qtbot.waitSignal(window.preview.step_asked):
        qtbot.keyClick(window.preview, Qt.Key.Key_Right)
    assert window.browsing.chosen_rows() == [row + 1]
    qtbot.keyClick(window.preview, Qt.Key.Key_Escape)
    assert not window.preview.isVisible()
    assert window.browsing.grid.hasFocus()


def test_a_part_of_a_photo_is_looked_for(conductor: Conductor, qtbot: QtBot) -> None:
    window = conductor.window
    go_to(conductor, "astronaut 0.jpg")
    qtbot.keyClick(window.browsing.grid, Qt.Key.Key_Return)
    area = window.preview.area
    picture = area.picture_rect()
    qtbot.keyClick(window.preview, Qt.Key.Key_P)
    qtbot.mousePress(area, LEFT, pos=picture.topLeft() + QPoint(10, 10))
    qtbot.mouseMove(area, picture.center())
    qtbot.mouseRelease(area, LEFT, pos=picture.center())
    assert area.part is not None
    assert area.part[2] == pytest.approx(0.5, abs=0.05)
    qtbot.keyClick(window.preview, Qt.Key.Key_S)
    assert conductor.search.state.question.region == area.part or not window.preview.isVisible()
    wait_for_hits(conductor, qtbot)
    assert conductor.search.state.question.region is not None


def test_what_could_not_be_read_is_listed(conductor: Conductor, qtbot: QtBot) -> None:
    window = conductor.window
    qtbot.mouseClick(window.sidebar.failures_button, LEFT)
    qtbot.waitUntil(lambda: len(conductor.screens.failures.page.model.failures) == 1, timeout=WORKER_MS)
    assert window.pages.currentWidget() is conductor.screens.failures.page
    conductor.screens.failures.page.copy_list()
    assert "broken.jpg\t" in QGuiApplication.clipboard().text()
    qtbot.keyClick(conductor.screens.failures.page, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.pages.currentWidget() is window.browsing, timeout=WORKER_MS)


@pytest.mark.skipif(sys.platform != "linux", reason="only there are names any bytes")
def test_a_copied_photo_keeps_a_name_that_is_not_text(conductor: Conductor, qtbot: QtBot, photo_folder: Path) -> None:
    go_to(conductor, os.fsdecode(ODD_NAME))
    qtbot.keyClick(conductor.window.browsing.grid, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    clipboard = QGuiApplication.clipboard()
    qtbot.waitUntil(lambda: clipboard.mimeData().hasImage(), timeout=WORKER_MS)
    assert path_of(clipboard.mimeData().urls()[0]) == photo_folder / "Family" / os.fsdecode(ODD_NAME)


def test_a_folder_of_the_library_is_browsed_alone(conductor: Conductor, qtbot: QtBot) -> None:
    window = conductor.window
    window.sidebar.folders.setCurrentItem(window.sidebar.folders.top_line(2))
    qtbot.waitUntil(lambda: window.browsing.photos.rowCount() == 8, timeout=WORKER_MS)
    window.sidebar.go_to(ALL_PHOTOS)
    qtbot.waitUntil(lambda: window.browsing.photos.rowCount() > 8, timeout=WORKER_MS)


def test_a_folder_is_removed_only_after_a_question(conductor: Conductor, qtbot: QtBot, photo_folder: Path) -> None:
    window = conductor.window
    assert conductor.browsing.overview is not None
    window.sidebar.folders.remove_asked.emit(conductor.browsing.overview.folders[0])
    box = window.findChild(QMessageBox)
    assert box is not None
    assert "not touched" in box.informativeText()
    remove = next(button for button in box.findChildren(QPushButton) if "Remove" in button.text())
    qtbot.mouseClick(remove, LEFT)
    qtbot.waitUntil(lambda: window.sidebar.folders.topLevelItemCount() == 2, timeout=WORKER_MS)
    assert (photo_folder / "Family" / "coffee 0.jpg").exists()
    conductor.undo.take_back()
    qtbot.waitUntil(lambda: window.sidebar.folders.topLevelItemCount() == 3, timeout=WORKER_MS)
    qtbot.waitUntil(window.status.tasks.redo_button.isVisible, timeout=WORKER_MS)
    conductor.undo.do_again()
    qtbot.waitUntil(lambda: window.sidebar.folders.topLevelItemCount() == 2, timeout=WORKER_MS)


def test_a_new_user_drops_a_folder(
    start: Callable[[LibraryPaths], Conductor],
    paths: LibraryPaths,
    qtbot: QtBot,
    qapp: QApplication,
    photo_folder: Path,
) -> None:
    conductor = start(paths)
    window = conductor.window
    assert window.pages.currentWidget() is window.welcome
    mime = QMimeData()
    mime.setUrls([url_of(photo_folder / "Holidays")])
    assert drop(conductor, qapp, mime) == "Drop to add this folder"
    qtbot.waitUntil(lambda: window.browsing.photos.rowCount() == 8, timeout=2 * WORKER_MS)
    qtbot.waitUntil(lambda: window.pages.currentWidget() is window.browsing, timeout=WORKER_MS)


def test_lost_pictures_are_made_again(
    start: Callable[[LibraryPaths], Conductor], library: LibraryPaths, qtbot: QtBot
) -> None:
    library.thumbnails.unlink()
    conductor = start(library)
    gallery = conductor.window.browsing

    def shown() -> bool:
        photo = gallery.photo_at(0)
        return photo is not None and conductor.loader.picture(photo) is not None

    qtbot.waitUntil(shown, timeout=WORKER_MS)


def test_colours_follow_the_desktop(conductor: Conductor, theme: Theme, qapp: QApplication) -> None:
    before = conductor.window.palette().window().color()
    theme.use(Qt.ColorScheme.Dark)
    assert conductor.window.palette().window().color() != before
    assert conductor.window.palette().window().color() == QColor(theme.colours.window)
    theme.use(Qt.ColorScheme.Light)


def test_whatever_fails_reaches_the_user(conductor: Conductor, caplog: pytest.LogCaptureFixture) -> None:
    bug = ValueError("nobody thought of this")
    conductor.reporter.report(UserError("The disk is full.", "Free some space."))
    conductor.reporter.report(bug)
    assert conductor.window.banner.title.text() == "The disk is full."
    assert caplog.records[-1].exc_info is not None
    assert caplog.records[-1].exc_info[1] is bug
    conductor.client.refused.emit("It is of another model.", "Use that model.")
    assert conductor.window.banner.title.text() == "It is of another model."


def test_a_search_that_takes_long_says_so(conductor: Conductor, worker: Pretender, qtbot: QtBot) -> None:
    worker.hold(Search)
    go_to(conductor, "coffee 0.jpg")
    qtbot.keyClick(conductor.window.browsing.grid, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: conductor.window.search.results.text.text == "Searching…", timeout=WORKER_MS)


def test_what_is_chosen_can_be_acted_on_when_its_page_is_back(
    conductor: Conductor, qtbot: QtBot, photo_folder: Path
) -> None:
    window = conductor.window
    go_to(conductor, "coffee 0.jpg")
    window.sidebar.folders.setFocus()
    conductor.search.look_for_files([photo_folder / "Family" / "rocket 0.jpg"])
    wait_for_hits(conductor, qtbot)
    assert not conductor.actions.trash.isEnabled()  # no hit is chosen
    conductor.navigation.step_out()
    assert conductor.actions.trash.isEnabled()
    conductor.screens.failures.open()
    assert not conductor.actions.copy.isEnabled()  # the list of files has the key now


def test_a_drop_where_the_search_area_is_covered_begins_a_search(
    conductor: Conductor, qtbot: QtBot, qapp: QApplication, photo_folder: Path
) -> None:
    window = conductor.window
    go_to(conductor, "coffee 0.jpg")
    qtbot.keyClick(window.browsing.grid, Qt.Key.Key_S)
    wait_for_hits(conductor, qtbot)
    place = window.search.frame.mapTo(window, window.search.frame.rect().center())
    conductor.screens.failures.open()
    mime = QMimeData()
    mime.setUrls([url_of(photo_folder / "Family" / "rocket 0.jpg")])
    drop(conductor, qapp, mime, place)
    assert [example.path.name for example in conductor.search.state.question.examples] == ["rocket 0.jpg"]
    assert window.pages.currentWidget() is window.found
