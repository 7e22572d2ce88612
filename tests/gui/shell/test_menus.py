"""The menus: all actions are in them, and those who want no bar find them behind a button."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMainWindow, QMenu, QToolButton
from pytestqt.qtbot import QtBot

from guie_desktop.gui.conductor import Conductor
from guie_desktop.gui.shell.menus import Menus
from guie_desktop.gui.shell.palette import CommandPalette
from guie_desktop.gui.widgets.actions import GROUPS, make_action


def entries(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions()]


def in_bar(conductor: Conductor) -> list[QMenu]:
    found = (action.menu() for action in conductor.window.menuBar().actions())
    return [menu for menu in found if isinstance(menu, QMenu)]


def test_every_action_is_in_one_menu(conductor: Conductor) -> None:
    listed: list[QAction] = []
    for menu in in_bar(conductor):
        menu.aboutToShow.emit()
        listed += [action for action in menu.actions() if not action.isSeparator()]
    assert len(listed) == len(set(listed))
    assert set(listed) == set(conductor.window.actions())
    assert [menu.title() for menu in in_bar(conductor)] == [f"&{group}" for group in GROUPS]
    assert entries(in_bar(conductor)[0])[-2:] == ["", "Quit"]  # below what other features add to this menu


def test_the_bar_can_be_had_and_put_away(conductor: Conductor, qtbot: QtBot) -> None:
    window, button = conductor.window, conductor.window.sidebar.menu_button
    assert window.menuBar().isHidden()
    assert not button.isHidden()
    qtbot.keyClick(window, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    assert not window.menuBar().isHidden()
    assert button.isHidden()
    assert conductor.settings().menu_bar
    qtbot.keyClick(window, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    assert window.menuBar().isHidden()
    assert not conductor.settings().menu_bar


def test_what_is_apart_has_a_line_above_it_and_what_comes_later_is_there(qtbot: QtBot) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    make_action(window, "Edit", "Undo")
    make_action(window, "Edit", "Choose all", apart=True)
    menus = Menus(window, QToolButton(window), bar=True)
    menu = window.menuBar().actions()[1].menu()
    assert isinstance(menu, QMenu)
    assert entries(menu) == ["Undo", "", "Choose all"]
    make_action(window, "Edit", "Choose none")
    menu.aboutToShow.emit()
    assert entries(menu) == ["Undo", "", "Choose all", "Choose none"]
    assert menus.bar.isChecked()


def test_the_button_opens_all_menus_in_one(conductor: Conductor, qtbot: QtBot) -> None:
    conductor.window.sidebar.menu_button.click()
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, QMenu)
    assert entries(popup) == [f"&{group}" for group in GROUPS]
    popup.close()
    conductor.menus.bar.setChecked(True)
    conductor.menus.open()
    assert conductor.window.menuBar().activeAction() is conductor.window.menuBar().actions()[0]
    conductor.window.menuBar().setActiveAction(None)  # type: ignore[arg-type]
    conductor.menus.bar.setChecked(False)


def test_a_command_is_found_by_the_beginnings_of_its_words(qtbot: QtBot) -> None:
    window, done = QMainWindow(), []
    qtbot.addWidget(window)
    make_action(window, "Library", "Add folder…", lambda: done.append("folder"), keys=("Ctrl+Shift+O",))
    make_action(window, "Albums", "Add to Älbum…", lambda: done.append("album"), keys=("A",))
    make_action(window, "Albums", "New album…").setEnabled(False)
    palette = CommandPalette(window.actions(), window)
    palette.open()

    def lines() -> list[str]:
        return [palette.list.item(row).text() for row in range(palette.list.count())]

    assert lines() == ["Library: Add folder…", "Albums: Add to Älbum…", "Albums: New album…"]
    qtbot.keyClicks(palette.field, "ad alb")
    assert lines() == ["Albums: Add to Älbum…"]
    palette.field.setText("nothing of the kind")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    palette.field.setText("new")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert palette.isVisible()  # it cannot be done now
    palette.field.clear()
    qtbot.keyClick(palette.field, Qt.Key.Key_Down)
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert done == ["album"]
    assert not palette.isVisible()


def test_the_palette_opens_by_key(conductor: Conductor, qtbot: QtBot) -> None:
    qtbot.keyClick(conductor.window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    palette = conductor.window.findChild(CommandPalette)
    assert palette is not None
    qtbot.keyClicks(palette.field, "undo")
    assert palette.list.currentItem().text() == "Edit: Undo"
    palette.reject()
