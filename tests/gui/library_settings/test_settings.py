"""The page of a library's settings: what it shows is what is kept, and a change takes effect and can be taken back."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QInputDialog, QPushButton
from pytestqt.qtbot import QtBot

from guie_desktop.domain import ReadingChoices
from guie_desktop.gui.conductor import Conductor
from guie_desktop.gui.library_settings.page import ChoiceRow, LibrarySettingsPage
from guie_desktop.messages import Failed, JobEnded, ReadFoldersSo
from tests.gui.driving import UNDO, WORKER_MS
from tests.gui.pretending import Pretender

COMMA = Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier


def open_page(conductor: Conductor, qtbot: QtBot) -> LibrarySettingsPage:
    qtbot.keyClick(conductor.window, *COMMA)
    page = conductor.library_settings.page
    assert conductor.window.pages.currentWidget() is page
    return page


def button(row: ChoiceRow, text: str) -> QPushButton:
    return next(one for one in row.findChildren(QPushButton) if one.text() == text)


def words(page: LibrarySettingsPage) -> list[str]:
    return [row.meaning.text() for row in (*page.choice_rows, page.left_out)]


def is_chosen(conductor: Conductor, wanted: ReadingChoices) -> bool:
    return conductor.reader.reading_choices() == wanted


def test_a_change_is_kept_takes_effect_by_a_scan_and_can_be_taken_back(conductor: Conductor, qtbot: QtBot) -> None:
    page = open_page(conductor, qtbot)
    assert words(page)[0].startswith("A RAW and the JPEG of its name are shown as one photo")
    with qtbot.waitSignal(conductor.undo.told, timeout=WORKER_MS):
        ended: list[JobEnded] = []
        conductor.client.on(JobEnded, ended.append)
        qtbot.mouseClick(button(page.raw, "Two photos"), Qt.MouseButton.LeftButton)
    assert conductor.reader.reading_choices() == ReadingChoices("both")
    assert words(page)[0].endswith("are shown as two photos.")
    qtbot.waitUntil(lambda: bool(ended), timeout=WORKER_MS)
    qtbot.keyClick(conductor.window, *UNDO)
    qtbot.waitUntil(lambda: conductor.reader.reading_choices() == ReadingChoices(), timeout=WORKER_MS)
    qtbot.waitUntil(lambda: page.raw.segments.value == "one", timeout=WORKER_MS)
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert conductor.window.pages.currentWidget() is not page


def test_the_keyboard_reaches_and_changes_each_choice(conductor: Conductor, worker: Pretender, qtbot: QtBot) -> None:
    page = open_page(conductor, qtbot)
    reached = set()
    for _ in range(30):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        if (focused := QApplication.focusWidget()) is not None:
            reached.add(focused)
    assert page.leave_out in reached
    for row, sideways, wanted in (
        (page.videos, Qt.Key.Key_Right, ReadingChoices(videos=False)),
        (page.poll, Qt.Key.Key_Right, ReadingChoices(poll="always", videos=False)),
    ):
        chosen = next(one for one in reached if row.isAncestorOf(one))
        chosen.setFocus()
        qtbot.keyClick(chosen, sideways)
        qtbot.waitUntil(partial(is_chosen, conductor, wanted), timeout=WORKER_MS)
    assert worker.of(ReadFoldersSo)[-1].choices == ReadingChoices(poll="always", videos=False)


def test_what_is_refused_is_told_and_the_page_shows_what_is_kept(
    conductor: Conductor, worker: Pretender, qtbot: QtBot
) -> None:
    page = open_page(conductor, qtbot)
    worker.answers[ReadFoldersSo] = lambda _: Failed("The disk is full.", "Free some space.")
    with qtbot.waitSignal(conductor.undo.refused, timeout=WORKER_MS):
        qtbot.mouseClick(button(page.videos, "Left out"), Qt.MouseButton.LeftButton)
    assert page.videos.segments.value is True
    assert words(page)[1].startswith("Videos are read")


def test_what_is_left_out_by_name_is_told_and_reached_from_here(conductor: Conductor, qtbot: QtBot) -> None:
    page = open_page(conductor, qtbot)
    assert words(page)[-1] == "Nothing is left out."
    page.leave_out.click()
    dialog = conductor.window.findChild(QInputDialog)
    assert dialog is not None
    dialog.setTextValue("Exports/")
    with qtbot.waitSignal(conductor.undo.told, timeout=WORKER_MS):
        dialog.accept()
    assert words(page)[-1] == "Left out: Exports/"
