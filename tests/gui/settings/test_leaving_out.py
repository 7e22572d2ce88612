"""What the user leaves out of the library, in the window."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QInputDialog, QPushButton
from pytestqt.qtbot import QtBot

from guie_desktop.gui.conductor import Conductor
from guie_desktop.messages import LeaveOut
from tests.gui.driving import WORKER_MS
from tests.gui.pretending import Pretender


def leave_out(conductor: Conductor, qtbot: QtBot, *lines: str) -> str:
    """Write these lines; returns what stood there."""
    folders = conductor.window.sidebar.folders
    folders.leave_out_asked.emit()
    dialog = conductor.window.findChild(QInputDialog)
    assert dialog is not None
    before = dialog.textValue()
    dialog.setTextValue("\n".join(lines))
    accept = next(button for button in dialog.findChildren(QPushButton) if button.text() == "Leave out")
    qtbot.mouseClick(accept, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: conductor.window.findChild(QInputDialog) is None, timeout=WORKER_MS)
    return before


def test_what_is_left_out_vanishes_and_is_back_when_that_is_undone(conductor: Conductor, qtbot: QtBot) -> None:
    photos = conductor.window.browsing.photos
    number = photos.rowCount()
    with qtbot.waitSignal(conductor.undo.told, timeout=WORKER_MS):
        assert leave_out(conductor, qtbot, "coffee*", "", "  ") == ""
    qtbot.waitUntil(lambda: 0 < photos.rowCount() < number, timeout=WORKER_MS)
    conductor.undo.take_back()
    qtbot.waitUntil(lambda: photos.rowCount() == number, timeout=WORKER_MS)
    assert conductor.window.browsing.grid.model().rowCount() == number


def test_the_lines_that_there_are_are_shown_and_senseless_ones_are_refused(
    conductor: Conductor, worker: Pretender, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(conductor.undo.told, timeout=WORKER_MS):
        leave_out(conductor, qtbot, "Exports/", "*.tif")
    with qtbot.waitSignal(conductor.undo.refused, timeout=WORKER_MS) as refused:
        assert leave_out(conductor, qtbot, "/") == "*.tif\nExports/"
    assert refused.args is not None
    assert "no pattern" in refused.args[0]
    assert worker.of(LeaveOut) == [LeaveOut(("Exports/", "*.tif")), LeaveOut(("/",))]
