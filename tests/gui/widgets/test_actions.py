"""Actions, and what the list of keys says of them."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QListWidget, QWidget
from pytestqt.qtbot import QtBot

from guie_desktop.gui.conductor import Conductor
from guie_desktop.gui.shell.shortcuts import keys_of_widgets
from guie_desktop.gui.widgets.actions import GROUPS, Keys, listed_keys, make_action, set_keys


def test_an_action_does_its_deed_and_is_listed_by_its_name_and_keys(qtbot: QtBot) -> None:
    owner, done = QWidget(), [0]
    qtbot.addWidget(owner)

    def count() -> None:
        done[0] += 1

    action = make_action(owner, "Photos", "Move to trash…", count, keys=("Delete", "Ctrl+Enter"))
    action.trigger()
    assert done == [1]
    assert owner.actions() == [action]
    assert list(listed_keys(owner.actions())) == [Keys("Photos", "Move to trash", "Del")]
    set_keys(action, "Ctrl+Delete")
    assert action.shortcuts() == [QKeySequence("Ctrl+Delete")]


def test_a_hint_stands_for_the_keys_and_what_has_neither_is_not_listed(qtbot: QtBot) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    make_action(owner, "Albums", "Remove from album", hint="Delete, in the album")
    make_action(owner, "Albums", "Nothing leads here")
    assert list(listed_keys(owner.actions())) == [Keys("Albums", "Remove from album", "Delete, in the album")]


def test_a_key_that_a_widget_takes_is_told_and_left_to_it(qtbot: QtBot) -> None:
    owner, done = QWidget(), list[str]()
    qtbot.addWidget(owner)
    lines = QListWidget(owner)
    lines.addItems(["a", "b"])
    lines.setSelectionMode(QListWidget.SelectionMode.ExtendedSelection)
    action = make_action(owner, "Photos", "Choose all", lambda: done.append("all"), shown="Ctrl+A")
    owner.show()
    lines.setFocus()
    qtbot.keyClick(lines, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert (done, len(lines.selectedItems())) == ([], 2)
    assert list(listed_keys(owner.actions())) == [Keys("Photos", "Choose all", "Ctrl+A")]
    assert action.shortcut() == QKeySequence("Ctrl+A")  # which menus write beside it


def test_menus_tell_the_keys_by_which_grids_choose_and_open(conductor: Conductor) -> None:
    told = {action.text(): action.shortcut().toString() for action in conductor.window.actions()}
    assert (told["Choose all"], told["Open large"]) == ("Ctrl+A", "Return")


def test_every_key_of_the_window_is_listed_once(conductor: Conductor) -> None:
    lines = [*listed_keys(conductor.window.actions()), *keys_of_widgets()]
    assert [line.keys for line in lines if line.what == "Rate, or take the rating away"] == ["Ctrl+0 to Ctrl+5"]
    assert len({line.what for line in lines}) == len(lines) >= 24
    assert {line.group for line in lines} == set(GROUPS)
    keys = [key.toString() for action in conductor.window.actions() for key in action.shortcuts()]
    assert len(set(keys)) == len(keys)  # no key means two things at once
