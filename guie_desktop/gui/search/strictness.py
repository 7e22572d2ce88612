"""A slider for where the line is drawn between what is alike and what is not."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSlider, QWidget

from guie_desktop.language import percent_text, tr

_LEAST, _MOST = 2, 98
"""Percent."""


class Strictness(QSlider):
    """From what is perhaps alike to what surely is."""

    drawn = Signal(float)
    """How likely a hit must be right to be above the line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setRange(_LEAST, _MOST)
        self.setPageStep(10)
        self.setFixedWidth(96)
        self.setAccessibleName(tr("How alike photos must be to be above the line"))
        self.valueChanged.connect(self._draw)
        self.is_known = False
        """Whether it is known where the line is."""

    def show_line(self, line: float | None) -> None:
        """Show where it is; None where that is not known."""
        self.is_known = line is not None
        if line is not None:
            self.blockSignals(True)
            self.setValue(round(line * 100))
            self.blockSignals(False)
            self._tell()

    def _draw(self, percent: int) -> None:
        self._tell()
        self.drawn.emit(percent / 100)

    def _tell(self) -> None:
        share = percent_text(self.value() / 100)
        words = tr("Above the line: what shows the same thing in {share} of such cases, or more", share=share)
        self.setToolTip(words)
        self.setAccessibleDescription(words)
