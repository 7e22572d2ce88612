"""Widgets beside each other while there is room, and below each other in a narrow window."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from guie_desktop.gui.look.theme import WIDE


class SideBySide(QWidget):
    """Each gets the same width, and at least `least`."""

    def __init__(self, *parts: QWidget, least: int, spacing: int = WIDE, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._least = least * len(parts)
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(spacing)
        for part in parts:
            self._line.addWidget(part, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose the direction."""
        super().resizeEvent(event)
        wide = event.size().width() >= self._least
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if self._line.direction() != direction:
            self._line.setDirection(direction)
