"""Menus that a right click, the Menu key or Shift+F10 opens."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractScrollArea, QMenu, QWidget

Fill = Callable[[QMenu], None]
"""Puts into the menu what can be done now; one into which nothing is put does not open."""


def offer_menu(widget: QWidget, fill: Fill) -> None:
    """Open a menu wherever on the widget one is asked for, or from a button on it that has the keyboard."""
    widget.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
    widget.customContextMenuRequested.connect(partial(open_menu, widget, fill=fill))


def open_menu(widget: QWidget, point: QPoint, fill: Fill) -> None:
    """Open a menu at a point of the widget, or of its viewport where it has one."""
    ground = widget.viewport() if isinstance(widget, QAbstractScrollArea) else widget
    menu = QMenu(widget)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    fill(menu)
    if menu.isEmpty():
        menu.deleteLater()
    else:
        menu.popup(ground.mapToGlobal(point))
