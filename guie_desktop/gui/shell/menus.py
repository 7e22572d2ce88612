"""The menus of the window, made from its actions whenever one of them opens: a bar, or all behind one button."""

import sys
from functools import partial

from PySide6.QtCore import QObject, QPoint, Slot
from PySide6.QtWidgets import QMainWindow, QMenu, QToolButton, QWidget

from guie_desktop.gui.shell.palette import CommandPalette
from guie_desktop.gui.widgets.actions import GROUPS, Group, group_name, is_apart, make_action, of_group
from guie_desktop.language import tr

_BELONGS_TO_THE_SCREEN = sys.platform == "darwin"
"""On a Mac the menus are at the top of the screen, always."""


class Menus(QObject):
    """Shows the bar, or else the button."""

    def __init__(self, window: QMainWindow, button: QToolButton, *, bar: bool) -> None:
        """`button` opens the menus where there is no bar; `bar` tells whether the user wants one."""
        super().__init__(window)
        self._window, self._button = window, button
        button.clicked.connect(self.open)
        for menu in self._made(window.menuBar()):
            window.menuBar().addMenu(menu)
        make_action(window, "View", tr("Commands…"), self.find_command, keys=("Ctrl+K", "Ctrl+Shift+P"), apart=True)
        make_action(window, "View", tr("Menus"), self.open, keys=("F10",))
        self.bar = make_action(window, "View", tr("Menu bar"), keys=("Ctrl+M",))
        self.bar.setCheckable(True)
        self.bar.setVisible(not _BELONGS_TO_THE_SCREEN)
        self.bar.toggled.connect(self._show_bar)
        self.bar.setChecked(bar)
        self._show_bar(bar)

    @Slot()
    def open(self) -> None:
        """Open the menus with the keyboard in them, wherever they are."""
        bar = self._window.menuBar()
        if self._button.isHidden():
            bar.setFocus()
            bar.setActiveAction(bar.actions()[0])
            return
        menu = QMenu(self._button)
        menu.aboutToHide.connect(menu.deleteLater)
        for part in self._made(menu):
            menu.addMenu(part)
        menu.popup(self._button.mapToGlobal(QPoint(0, self._button.height())))

    @Slot()
    def find_command(self) -> None:
        """Let a command be found by its name."""
        CommandPalette(self._window.actions(), self._window).open()

    @Slot(bool)
    def _show_bar(self, shown: bool) -> None:
        shown = shown or _BELONGS_TO_THE_SCREEN
        self._window.menuBar().setVisible(shown)
        self._button.setVisible(not shown)

    def _made(self, parent: QWidget) -> list[QMenu]:
        menus = []
        for group in GROUPS:
            menu = QMenu(f"&{group_name(group)}", parent)
            menu.aboutToShow.connect(partial(self._fill, menu, group))
            self._fill(menu, group)  # an empty one would not open
            menus.append(menu)
        return menus

    def _fill(self, menu: QMenu, group: Group) -> None:
        actions = of_group(self._window.actions(), group)
        if [action for action in menu.actions() if not action.isSeparator()] == actions:
            return  # filled anew while it opens, a menu is too low by the separators and what comes after them
        for action in menu.actions():
            menu.removeAction(action)  # clear() would let PySide delete those that nobody in Python holds
        for action in actions:
            if is_apart(action):
                menu.addSeparator()
            menu.addAction(action)
