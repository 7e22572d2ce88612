"""A small dialog that finds one of many by a few letters: type, move with the arrows, press Return."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from guie_desktop.gui.look.theme import GAP
from guie_desktop.gui.widgets.labels import plain_label

RIGHT = Qt.ItemDataRole.UserRole + 1
"""What stands at the right end of a line."""

_VALUE = Qt.ItemDataRole.UserRole
_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
_LINES = 9
_LOWEST = 80


@dataclass(frozen=True, slots=True)
class Match:
    """A line of the list."""

    text: str
    value: Any
    right: str = ""
    enabled: bool = True


class FindDialog(QDialog):
    """A subclass says what matches what was typed, and what becomes of the line that is taken."""

    def __init__(self, title: str, prompt: str, *, names: tuple[str, str], parent: QWidget | None = None) -> None:
        """`names` are those of the field and of the list, for screen readers."""
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.field = QLineEdit(placeholderText=prompt)
        self.field.setAccessibleName(names[0])
        self.field.setAcceptDrops(False)  # of a file it would take the path, and say that the file was moved
        self.field.textChanged.connect(self._show_matches)
        self.field.returnPressed.connect(self._take)
        self.field.installEventFilter(self)
        self.list = QListWidget()
        self.list.setObjectName("choice_list")
        self.list.setAccessibleName(names[1])
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemClicked.connect(self._take)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 16)
        layout.setSpacing(GAP)
        layout.addWidget(plain_label(title, style="heading", wrap=True))
        layout.addWidget(self.field)
        layout.addWidget(self.list)

    def begin(self, width: int) -> None:
        """Show all there is, in a list as high as that, or as nine lines."""
        self._show_matches("")
        height = self.list.sizeHintForRow(0) * min(_LINES, self.list.count() + 1) + 2 * self.list.frameWidth() + 8
        self.list.setFixedHeight(max(height, _LOWEST))
        self.setFixedWidth(width)

    def matches(self, text: str) -> Sequence[Match]:
        """What fits the letters, the best first."""
        raise NotImplementedError

    def take(self, value: Any) -> None:
        """The user took the line of this value; the dialog is closed already."""
        raise NotImplementedError

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows move through the list while letters go into the field."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in _MOVES:
            self.list.event(event)
            return True
        return super().eventFilter(watched, event)

    @Slot(str)
    def _show_matches(self, text: str) -> None:
        self.list.clear()
        for match in self.matches(text):
            item = QListWidgetItem(match.text)
            item.setToolTip(match.text)
            item.setData(_VALUE, match.value)
            item.setData(RIGHT, match.right)
            if not match.enabled:
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEnabled)
            self.list.addItem(item)
        self.list.setCurrentRow(0)

    @Slot()
    def _take(self) -> None:
        item = self.list.currentItem()
        if item is not None and item.flags() & Qt.ItemFlag.ItemIsEnabled:
            value = item.data(_VALUE)
            self.accept()
            self.take(value)
