"""The line at the bottom of the window: it offers what the worker can do."""

from dataclasses import replace

from pytestqt.qtbot import QtBot

from guie_desktop.gui.shell.task_line import TaskLine
from guie_desktop.messages import Progress


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
