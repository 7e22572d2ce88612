"""The field below the photos in which a file's name is typed."""

from typing import cast

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from guie_desktop.gui.widgets.buttons import tool_button
from guie_desktop.gui.widgets.labels import ElidedLabel
from guie_desktop.language import tr

_WIDTH = 260


class _Line(QLineEdit):
    """Takes the keys that lead from one photo to the next."""

    step_asked = Signal(int)
    left = Signal()

    def event(self, event: QEvent) -> bool:
        """Esc is this field's, not the window's."""
        if event.type() == QEvent.Type.ShortcutOverride and cast(QKeyEvent, event).key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return and Down lead on, with Shift and Up back, Esc out."""
        back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        steps = {
            Qt.Key.Key_Return: -1 if back else 1,
            Qt.Key.Key_Enter: -1 if back else 1,
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
        }
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in steps:
            self.step_asked.emit(steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)


class NameField(QWidget):
    """Hidden until it is asked for."""

    typed = Signal(str)
    step_asked = Signal(int)
    """To the next photo of that name (1), or to the one before (-1)."""
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = _Line()
        self.line.setPlaceholderText(tr("Name of a file"))
        self.line.setAccessibleName(tr("Go to a file by its name"))
        self.line.setMaximumWidth(_WIDTH)
        self.told = ElidedLabel(muted=True)
        self.close_button = tool_button("close", tr("Close (Esc)"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 0, 16, 8)
        layout.addWidget(self.line, 1)
        layout.addWidget(self.told, 1)
        layout.addWidget(self.close_button)
        self.line.textChanged.connect(self.typed)
        self.line.step_asked.connect(self.step_asked)
        self.line.left.connect(self._leave)
        self.close_button.clicked.connect(self._leave)
        self.hide()

    def open(self) -> None:
        """Show it, and take what is typed."""
        self.show()
        self.line.selectAll()
        self.line.setFocus()

    def _leave(self) -> None:
        self.hide()
        self.closed.emit()
