"""A list of shares, each with its words, its number and a bar."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget

from guie_desktop.gui.look.wording import percent_text

_LINE = 34
_BAR = 5
_NUMBER = 52


class ShareBars(QWidget):
    """Takes as much height as it has lines."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._shares: Sequence[tuple[str, float]] = ()

    def show_shares(self, shares: Sequence[tuple[str, float]]) -> None:
        """Show these, from nought to one."""
        self._shares = shares
        described = [f"{words}: {percent_text(share)}" for words, share in shares]
        self.setAccessibleDescription("\n".join(described))
        self.setToolTip("\n".join(described))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """A line each."""
        return QSize(240, len(self._shares) * _LINE)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Words and number above, the bar below."""
        painter, role = QPainter(self), QPalette.ColorRole
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number, (words, share) in enumerate(self._shares):
            line = QRect(0, number * _LINE, self.width(), _LINE - _BAR - 8)
            painter.setPen(self.palette().color(role.WindowText))
            text = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideMiddle, line.width() - _NUMBER)
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
            painter.setPen(self.palette().color(role.PlaceholderText))
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, percent_text(share))
            bar = QRectF(0, line.bottom() + 1, self.width(), _BAR)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.palette().color(role.Mid))
            painter.drawRoundedRect(bar, _BAR / 2, _BAR / 2)
            bar.setWidth(max(_BAR, bar.width() * share))
            painter.setBrush(self.palette().color(role.Highlight))
            painter.drawRoundedRect(bar, _BAR / 2, _BAR / 2)
        painter.end()
