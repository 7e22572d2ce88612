"""The page of settings: what it shows is what is kept, and a change takes effect and can be taken back."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QInputDialog, QWidget
from pytestqt.qtbot import QtBot

from guie_desktop.domain import ReadingChoices
from guie_desktop.gui.conductor import Conductor
from guie_desktop.gui.look.theme import DARK, LIGHT, Theme
from guie_desktop.gui.settings.page import SettingsPage
from guie_desktop.gui.settings.rows import ChoiceRow
from guie_desktop.messages import Failed, JobEnded, ReadFoldersSo, WatchFolder
from tests.gui.driving import UNDO, WORKER_MS
from tests.gui.pretending import Pretender

COMMA = Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier


def open_page(conductor: Conductor, qtbot: QtBot) -> SettingsPage:
    qtbot.keyClick(conductor.window, *COMMA)
    page = conductor.screens.preferences.page
    assert conductor.window.pages.currentWidget() is page
    return page


def choose(row: ChoiceRow, words: str) -> None:
    """As the list of the box does when a line of it is clicked."""
    position = row.box.findText(words)
    assert position >= 0
    row.box.setCurrentIndex(position)
    row.box.activated.emit(position)


def is_chosen(conductor: Conductor, wanted: ReadingChoices) -> bool:
    return conductor.reader.reading_choices() == wanted


def test_a_change_is_kept_takes_effect_by_a_scan_and_can_be_taken_back(conductor: Conductor, qtbot: QtBot) -> None:
    page = open_page(conductor, qtbot)
    assert page.raw.meaning.text().startswith("RAW and JPEG of the same name are shown as one photo")
    with qtbot.waitSignal(conductor.undo.told, timeout=WORKER_MS):
        ended: list[JobEnded] = []
        conductor.client.on(JobEnded, ended.append)
        choose(page.raw, "Two photos")
    assert conductor.reader.reading_choices() == ReadingChoices("both")
    assert page.raw.meaning.text().endswith("are shown as two photos.")
    qtbot.waitUntil(lambda: bool(ended), timeout=WORKER_MS)
    qtbot.keyClick(conductor.window, *UNDO)
    qtbot.waitUntil(lambda: conductor.reader.reading_choices() == ReadingChoices(), timeout=WORKER_MS)
    qtbot.waitUntil(lambda: page.raw.value == "one", timeout=WORKER_MS)
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert conductor.window.pages.currentWidget() is not page


def test_the_keyboard_reaches_and_changes_everything(conductor: Conductor, worker: Pretender, qtbot: QtBot) -> None:
    page = open_page(conductor, qtbot)
    reached: set[QWidget] = set()
    for _ in range(40):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        if (focused := QApplication.focusWidget()) is not None:
            reached.add(focused)
    (folder, *_) = page.folders.rows.values()
    boxes = {row.box for row in (page.raw, page.videos, page.poll, page.smallest, page.theme, page.language)}
    assert {page.leave_out, folder.watched, folder.remove_button, *boxes} <= reached
    for box, wanted in (
        (page.videos.box, ReadingChoices(videos=False)),
        (page.poll.box, ReadingChoices(poll="always", videos=False)),
    ):
        qtbot.keyClick(box, Qt.Key.Key_Down)
        qtbot.waitUntil(partial(is_chosen, conductor, wanted), timeout=WORKER_MS)
    assert worker.of(ReadFoldersSo)[-1].choices == ReadingChoices(poll="always", videos=False)


def test_what_is_refused_is_told_and_the_page_shows_what_is_kept(
    conductor: Conductor, worker: Pretender, qtbot: QtBot
) -> None:
    page = open_page(conductor, qtbot)
    worker.answers[ReadFoldersSo] = worker.answers[WatchFolder] = lambda _: Failed("The disk is full.", "Free some.")
    with qtbot.waitSignal(conductor.undo.refused, timeout=WORKER_MS):
        choose(page.videos, "Left out")
    assert page.videos.value is True
    assert page.videos.meaning.text().startswith("Videos are read")
    (folder, *_) = page.folders.rows.values()
    with qtbot.waitSignal(conductor.undo.refused, timeout=WORKER_MS):
        folder.watched.click()
    assert folder.watched.isChecked()


def test_what_is_left_out_by_name_is_told_and_reached_from_here(conductor: Conductor, qtbot: QtBot) -> None:
    page = open_page(conductor, qtbot)
    assert page.left_out.meaning.text().endswith("are always left out.")
    page.leave_out.click()
    dialog = conductor.window.findChild(QInputDialog)
    assert dialog is not None
    dialog.setTextValue("Exports/")
    with qtbot.waitSignal(conductor.undo.told, timeout=WORKER_MS):
        dialog.accept()
    assert page.left_out.meaning.text().endswith("Left out: Exports/")


def test_small_files_go_and_are_back_when_that_is_undone(conductor: Conductor, qtbot: QtBot) -> None:
    page = open_page(conductor, qtbot)
    photos = conductor.window.browsing.photos
    sizes = sorted(photo.bytes for photo in conductor.reader.photos(photos.ids).values())
    with qtbot.waitSignal(conductor.undo.told, timeout=WORKER_MS):
        page.reading_chosen.emit(ReadingChoices(smallest=sizes[2]))
    qtbot.waitUntil(lambda: photos.rowCount() == len([one for one in sizes if one >= sizes[2]]), timeout=WORKER_MS)
    assert page.smallest.value == sizes[2]
    assert "left out" in page.smallest.meaning.text()
    conductor.undo.take_back()
    qtbot.waitUntil(lambda: photos.rowCount() == len(sizes), timeout=WORKER_MS)


def test_a_folder_that_is_not_watched_is_so_until_that_is_undone(conductor: Conductor, qtbot: QtBot) -> None:
    page = open_page(conductor, qtbot)
    (row, *_) = page.folders.rows.values()
    assert row.watched.isChecked()
    with qtbot.waitSignal(conductor.undo.told, timeout=WORKER_MS) as told:
        qtbot.mouseClick(row.watched, Qt.MouseButton.LeftButton)
    assert told.args is not None
    assert told.args[0].endswith("is not watched.")
    assert [folder.watched for folder in conductor.reader.folders()].count(False) == 1
    qtbot.waitUntil(lambda: "F5" in row.standing.text(), timeout=WORKER_MS)
    conductor.undo.take_back()
    qtbot.waitUntil(row.watched.isChecked, timeout=WORKER_MS)
    assert all(folder.watched for folder in conductor.reader.folders())


def test_colours_change_at_once_and_are_remembered(conductor: Conductor, theme: Theme, qtbot: QtBot) -> None:
    page = open_page(conductor, qtbot)
    conductor.screens.preferences.theme_chosen.connect(theme.choose)
    choose(page.theme, "Dark")
    assert theme.colours is DARK
    assert conductor.settings().theme == "dark"
    choose(page.theme, "Light")
    assert theme.colours is LIGHT
    choose(page.theme, "Same as system")
    assert conductor.settings().theme == "system"


def test_another_language_takes_a_start_which_is_offered(conductor: Conductor, qtbot: QtBot) -> None:
    page = open_page(conductor, qtbot)
    assert not page.start_again.isVisible()
    choose(page.language, "English")
    assert page.start_again.isVisible()
    assert conductor.settings().language == "en"
    with qtbot.waitSignal(conductor.screens.preferences.start_again_asked):
        page.start_again_asked.emit()
    assert conductor.screens.starts_again
    choose(page.language, "Same as system")
    assert not page.start_again.isVisible()
