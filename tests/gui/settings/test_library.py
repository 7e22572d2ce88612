"""The section on the library: what it takes on the disk, whether it is whole, and letting go of what is made again."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtWidgets import QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from guie_desktop.gui.conductor import Conductor
from guie_desktop.gui.settings.library_section import LibrarySection
from guie_desktop.language import size_text
from guie_desktop.library.disk_use import disk_use
from guie_desktop.messages import Cancelled, ClearPictures, Event, Examined, ExamineLibrary, Failed, Problem
from guie_desktop.paths import LibraryPaths
from guie_desktop.sentences import Sentence
from tests.gui.driving import WORKER_MS
from tests.gui.pretending import Pretender


def open_section(conductor: Conductor, qtbot: QtBot) -> LibrarySection:
    qtbot.keyClick(conductor.window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    section = conductor.screens.preferences.page.library
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
    assert conductor.undo.next_undo == "How to undo: The thumbnails were cleared"
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


def test_a_whole_library_is_said_to_be_so(conductor: Conductor, qtbot: QtBot) -> None:
    section = open_section(conductor, qtbot)
    section.check.click()
    assert not section.check.isEnabled()
    qtbot.waitUntil(section.check.isEnabled, timeout=WORKER_MS)
    assert section.state.meaning.text() == "Everything is as it should be."
    assert not section.repair.isVisible()


def test_the_check_stays_where_it_is_in_view_and_keeps_the_keyboard(conductor: Conductor, qtbot: QtBot) -> None:
    conductor.window.resize(900, 500)  # before there is a page that it would lay out anew
    qtbot.waitUntil(lambda: conductor.window.size() == QSize(900, 500), timeout=WORKER_MS)
    section, bar = open_section(conductor, qtbot), conductor.screens.preferences.page.area.verticalScrollBar()
    area, content = conductor.screens.preferences.page.area, conductor.screens.preferences.page.area.widget()
    assert content is not None
    qtbot.waitUntil(lambda: 0 < bar.maximum() == content.height() - area.viewport().height(), timeout=WORKER_MS)
    bar.setValue(bar.maximum())
    seen = place(section.check, conductor)
    qtbot.mouseClick(section.check, Qt.MouseButton.LeftButton)
    assert place(section.check, conductor) == seen

    def wait_until(holds: Callable[[], bool]) -> None:
        """Until that, and the button is where it was: a layout settles in several steps."""
        qtbot.waitUntil(lambda: holds() and place(section.check, conductor) == seen, timeout=WORKER_MS)

    wait_until(section.check.isEnabled)
    assert section.check.hasFocus()
    words, height = section.models.meaning.text(), section.models.height()
    section.models.explain(f"{words}\nMore\nis known.")
    wait_until(lambda: section.models.height() > height)
    section.models.explain(words)
    wait_until(lambda: section.models.height() == height)
    bar.setValue(0)  # what is out of view holds nothing
    section.models.explain(f"{words}\nMore\nis known.")
    qtbot.waitUntil(lambda: section.models.height() > height, timeout=WORKER_MS)
    assert bar.value() == 0


def place(button: QPushButton, conductor: Conductor) -> int:
    """How far down the user sees it."""
    return button.mapTo(conductor.window, QPoint()).y()


def test_what_is_wrong_is_told_and_repaired_where_it_can_be(
    conductor: Conductor, worker: Pretender, qtbot: QtBot
) -> None:
    section = open_section(conductor, qtbot)
    lacking = Problem(Sentence("Photos without a thumbnail: {number}.", number=1204), repaired=False)
    lost = Problem(Sentence("The general ranking is damaged."), repaired=False, can_be_repaired=False)
    worker.answers[ExamineLibrary] = lambda asked: Examined((replace(lacking, repaired=asked.repair), lost))
    section.check.click()
    qtbot.waitUntil(section.repair.isVisible, timeout=WORKER_MS)
    assert section.state.meaning.text() == "Photos without a thumbnail: 1,204.\nThe general ranking is damaged."
    section.repair.click()
    qtbot.waitUntil(lambda: not section.repair.isVisible(), timeout=WORKER_MS)
    assert section.state.meaning.text().splitlines()[0] == "Photos without a thumbnail: 1,204. Repaired."
    assert worker.of(ExamineLibrary) == [ExamineLibrary(), ExamineLibrary(repair=True)]


def test_a_check_that_fails_or_is_cancelled_says_so_where_it_was_asked_for(
    conductor: Conductor, worker: Pretender, qtbot: QtBot
) -> None:
    section = open_section(conductor, qtbot)
    answers: Iterator[Event] = iter((Failed("The disk is gone.", "Plug it in."), Cancelled()))
    worker.answers[ExamineLibrary] = lambda _: next(answers)
    for told in ("Plug it in.", "cancelled."):
        section.check.click()
        qtbot.waitUntil(section.check.isEnabled, timeout=WORKER_MS)
        assert section.state.meaning.text().endswith(told)
