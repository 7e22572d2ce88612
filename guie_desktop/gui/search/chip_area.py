"""The line of chips, which is scrolled to the side where there is no room for all of them."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QWidget

from guie_desktop.gui.look.theme import GAP
from guie_desktop.gui.search.chip import Chip


class ChipArea(QScrollArea):
    """Scrolls with the wheel, and by itself to the chip whose button has the keyboard."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        holder = QWidget()
        holder.setAutoFillBackground(False)
        self._line = QHBoxLayout(holder)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(GAP)
        self._line.addStretch(1)
        self.setWidget(holder)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setStyleSheet("QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; }")

    def add(self, chip: Chip) -> None:
        """Put it behind the others."""
        self._line.insertWidget(self._line.count() - 1, chip)

    def remove(self, chip: Chip) -> None:
        """Take it away."""
        self._line.removeWidget(chip)
        chip.hide()
        chip.deleteLater()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """There is nothing above or below, so a usual wheel goes to the side."""
        turned = event.angleDelta()
        bar = self.horizontalScrollBar()
        bar.setValue(bar.value() - (turned.x() or turned.y()))
        event.accept()
