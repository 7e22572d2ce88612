"""The list of keyboard shortcuts that F1 shows, made from the actions themselves."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QVBoxLayout, QWidget

from guie_desktop.gui.look.theme import GAP, TIGHT, WIDE
from guie_desktop.gui.widgets.actions import GROUPS, Keys
from guie_desktop.gui.widgets.buttons import push_button
from guie_desktop.gui.widgets.labels import plain_label
from guie_desktop.gui.widgets.scroll_area import ScrollArea

_TALLEST = 560
"""Pixels of the list, so that the dialog fits on the screen of a laptop; the rest scrolls."""

KEYS_OF_WIDGETS = (
    Keys("Photos", "Choose all", "Ctrl+A"),
    Keys("Photos", "Menu of the photo", "Menu or Shift+F10"),
    Keys("Large view", "Other photos", "Left, Right, Page Up, Page Down"),
    Keys("Large view", "Zoom photos that are compared one by one", "L"),
    Keys("Albums", "Rename, or remove, the album that has the keyboard", "Return, Delete"),
)
"""Keys that widgets take themselves, so that there is no action of them."""


class ShortcutsDialog(QDialog):
    """Two columns: what, and the keys."""

    def __init__(self, keys: Sequence[Keys], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keyboard shortcuts")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        lines = QWidget()
        grid = QGridLayout(lines)
        grid.setContentsMargins(0, 0, WIDE, 0)
        grid.setHorizontalSpacing(40)
        grid.setVerticalSpacing(TIGHT)
        for group in GROUPS:
            row = grid.rowCount() + 1
            grid.setRowMinimumHeight(row - 1, GAP)
            grid.addWidget(plain_label(group, style="heading"), row, 0)
            for line in keys:
                if line.group == group:
                    row = grid.rowCount()
                    grid.addWidget(plain_label(line.what), row, 0)
                    grid.addWidget(plain_label(line.keys, style="muted"), row, 1)
        close = push_button("Close")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, WIDE, 24, WIDE)
        layout.setSpacing(WIDE)
        area = ScrollArea(lines, "Keyboard shortcuts")
        area.setMinimumWidth(lines.sizeHint().width() + area.verticalScrollBar().sizeHint().width())
        area.setMinimumHeight(min(lines.sizeHint().height(), _TALLEST))
        layout.addWidget(area)
        layout.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
