"""The line at the bottom of the window: it offers what the worker can do."""

from dataclasses import replace

from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot

from guie_desktop.gui.look.progress_wording import left_text
from guie_desktop.gui.shell.task_line import TaskLine
from guie_desktop.messages import LeftToDo, Progress


def test_pause_is_offered_where_it_holds_the_job(qtbot: QtBot) -> None:
    line = TaskLine()
    qtbot.addWidget(line)
    learning = Progress("learn", 10, 100, 0.0, None, paused=False, can_pause=False)
    line.show_progress(learning)
    assert not line.pause_button.isVisibleTo(line)
    assert line.cancel_button.isVisibleTo(line)
    line.show_progress(replace(learning, stage="photos", paused=True, can_pause=True))
    assert line.pause_button.isVisibleTo(line)
    assert line.pause_button.accessibleName() == "Resume"


def test_the_bar_never_moves_by_itself(qtbot: QtBot) -> None:
    line = TaskLine()
    qtbot.addWidget(line)
    line.show_progress(Progress("scan", 1234, 0))
    assert not line.bar.isVisibleTo(line)
    assert line.label.text() == "Looking for photos · 1,234"
    line.show_progress(Progress("photos", 64, 128))
    assert line.bar.isVisibleTo(line)
    assert line.bar.value() == line.bar.maximum() / 2


def test_what_was_cancelled_is_told_and_can_go_on_while_nothing_runs(qtbot: QtBot) -> None:
    line = TaskLine()
    qtbot.addWidget(line)
    line.set_idle_text("2,512 photos")
    line.set_left_text(left_text(LeftToDo(unread=128, unembedded=40)))
    assert line.label.text() == "2,512 photos · 128 photos are not read yet"
    with qtbot.waitSignal(line.go_on_asked):
        line.go_on_button.click()
    line.show_progress(Progress("photos", 1, 128))
    assert not line.go_on_button.isVisibleTo(line)
    line.job_ended()
    assert line.go_on_button.isVisibleTo(line)
    line.tell_done("1 photo added to “Cats”.", "undo")
    assert not line.go_on_button.isVisibleTo(line)
    line.end_message()
    line.set_left_text(left_text(LeftToDo()))
    assert line.label.text() == "2,512 photos"
    assert not line.go_on_button.isVisibleTo(line)


def test_the_controls_of_a_job_stay_in_place_when_a_message_comes_and_goes(qtbot: QtBot) -> None:
    line = TaskLine()
    qtbot.addWidget(line)
    line.resize(900, 38)
    line.show_progress(Progress("photos", 64, 128))
    line.show()

    def places() -> list[int]:
        QCoreApplication.sendPostedEvents(line, QEvent.Type.LayoutRequest)
        shown = line.bar, line.pause_button, line.cancel_button, line.label
        return [part.mapTo(line, part.rect().topLeft()).x() for part in shown]

    before = places()
    line.tell_done("1 photo added to “Cats”.", "undo")
    assert places() == before
    line.end_message()
    assert places() == before
