"""Which albums are taken for which, each pair with its share and a bar."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QStyle, QWidget

from guie_desktop.gui.learning.wording import confusion_text
from guie_desktop.gui.look.spoken import Role, speak_as
from guie_desktop.language import percent_text
from guie_desktop.learned import Confusion

_LINE = 34
_BAR = 5
_NUMBER = 52


class ConfusionBars(QWidget):
    """Takes as much height as it has lines."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        speak_as(self, Role.Chart)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._confusions: Sequence[Confusion] = ()

    def show_confusions(self, confusions: Sequence[Confusion]) -> None:
        """Show these."""
        self._confusions = confusions
        described = [f"{confusion_text(one.album, one.other)}: {percent_text(one.share)}" for one in confusions]
        self.setAccessibleDescription("\n".join(described))
        self.setToolTip("\n".join(described))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """A line each."""
        return QSize(240, len(self._confusions) * _LINE)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Words and number above, the bar below."""
        painter, role = QPainter(self), QPalette.ColorRole
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number, one in enumerate(self._confusions):
            share = one.share
            line = QRect(0, number * _LINE, self.width(), _LINE - _BAR - 8)
            painter.setPen(self.palette().color(role.WindowText))
            text = self._fitting(one, line.width() - _NUMBER)
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
            painter.setPen(self.palette().color(role.PlaceholderText))
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, percent_text(share))
            bar = QRect(0, line.bottom() + 1, self.width(), _BAR)
            full = bar.adjusted(0, 0, round(min(0, self.width() * (share - 1))), 0)
            full.setWidth(max(_BAR, full.width()))
            painter.setPen(Qt.PenStyle.NoPen)
            for colour, area in ((role.Mid, bar), (role.Highlight, full)):
                painter.setBrush(self.palette().color(colour))
                begun = QStyle.visualRect(self.layoutDirection(), self.rect(), area)
                painter.drawRoundedRect(begun, _BAR / 2, _BAR / 2)
        painter.end()

    def _fitting(self, one: Confusion, room: int) -> str:
        """The words; where there is no room for them, with as much of each name as there is room for."""
        metrics, words = self.fontMetrics(), confusion_text(one.album, one.other)
        if metrics.horizontalAdvance(words) <= room:
            return words
        left = room - metrics.horizontalAdvance(confusion_text("", ""))
        names = sorted((one.album, one.other), key=metrics.horizontalAdvance)
        shorter = min(metrics.horizontalAdvance(names[0]) + 2, left // 2)
        rooms = {names[1]: left - shorter, names[0]: shorter}
        cut = {name: metrics.elidedText(name, Qt.TextElideMode.ElideRight, width) for name, width in rooms.items()}
        return confusion_text(cut[one.album], cut[one.other])
