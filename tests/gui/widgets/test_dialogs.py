"""Questions that the keyboard answers as it should."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QInputDialog, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from guie_desktop.gui.widgets.dialogs import ask_lines, choose_folder, confirm


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    return widget


@pytest.mark.parametrize("is_default", [True, False])
def test_return_does_only_what_can_be_taken_back(parent: QWidget, qtbot: QtBot, *, is_default: bool) -> None:
    done: list[str] = []
    box = confirm(
        parent, "Forget it?", "It is gone.", "Forget", lambda: done.append("forgotten"), is_default=is_default
    )
    with qtbot.waitSignal(box.finished):
        qtbot.keyClick(box, Qt.Key.Key_Return)
    assert bool(done) == is_default


def test_tab_leads_out_of_the_lines(parent: QWidget) -> None:
    ask_lines(parent, "Leave out", "Names:", ["Exports/"], lambda _: None)
    dialog = parent.findChild(QInputDialog)
    assert dialog is not None
    (edit,) = dialog.findChildren(QPlainTextEdit)
    assert edit.tabChangesFocus()
    dialog.reject()


def test_a_folder_is_looked_for_where_it_was(parent: QWidget, tmp_path: Path) -> None:
    choose_folder(parent, "Where is it now?", lambda _: None, near=tmp_path / "gone" / "photos")
    dialog = parent.findChild(QFileDialog)
    assert dialog is not None
    assert Path(dialog.directory().absolutePath()) == tmp_path
    dialog.reject()
