"""A picture of the learning curve: how the test came out by the number of photos that were learned from."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from guie_desktop.gui.learning.scale import scale_between
from guie_desktop.gui.look.spoken import Role, speak_as
from guie_desktop.language import ntr, number_text, percent_text, tr

_HEIGHT = 190
_RIGHT = 24


class CurveChart(QWidget):
    """The curve, above a broken line for what the general ranking reaches."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        speak_as(self, Role.Chart)
        self.curve: Sequence[tuple[int, float]] = ()
        self.general: float | None = None
        self.setMinimumSize(220, _HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Learning curve"))

    def show_curve(self, curve: Sequence[tuple[int, float]], general: float | None) -> None:
        """Show how well so many photos did."""
        self.curve, self.general = curve, general
        self.setAccessibleDescription("\n".join(_described(photos, value) for photos, value in curve))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint scale, curve and what it is compared with."""
        if not self.curve:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        plot = self._plot()
        self._paint_scale(painter, plot)
        self._paint_general(painter, plot)
        points = [self._place(plot, photos, value) for photos, value in self.curve]
        colour = self.palette().color(QPalette.ColorRole.Highlight)
        painter.setPen(QPen(colour, 2.5))
        painter.drawPolyline(QPolygonF(points))
        painter.setBrush(colour)
        for point in points:
            painter.drawEllipse(point, 3.5, 3.5)
        painter.end()

    @property
    def scale(self) -> tuple[float, ...]:
        """The lines below and above the curve, and between."""
        values = [value for _, value in self.curve]
        if self.general is not None:
            values.append(self.general)
        return scale_between(min(values), max(values))

    def _place(self, plot: QRectF, photos: float, value: float) -> QPointF:
        most = max(number for number, _ in self.curve)
        low, high = self.scale[0], self.scale[-1]
        across = plot.left() + plot.width() * photos / most
        return QPointF(across, plot.bottom() - plot.height() * (value - low) / (high - low))

    def _plot(self) -> QRectF:
        """Where the curve is: beside and above the numbers, as large as their letters are."""
        metrics = self.fontMetrics()
        left, line = metrics.horizontalAdvance(percent_text(1.0)) + 10, metrics.height()
        return QRectF(self.rect()).adjusted(left, line / 2 + 2, -_RIGHT, -(line + 8))

    def _paint_scale(self, painter: QPainter, plot: QRectF) -> None:
        line, words = (self.palette().color(role) for role in (QPalette.ColorRole.Mid, _WORDS))
        height = painter.fontMetrics().height()
        for value in self.scale:
            y = self._place(plot, 0, value).y()
            painter.setPen(QPen(line, 1))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            painter.setPen(words)
            area = QRectF(0, y - height / 2, plot.left() - 8, height)
            painter.drawText(area, _BESIDE_THE_SCALE, percent_text(value))
        first, last = self.curve[0][0], self.curve[-1][0]
        taken = self.width()
        for photos in sorted({first, last}, reverse=True):
            x = self._place(plot, photos, self.scale[0]).x()
            text = ntr("{number} photo", "{number} photos", photos) if photos == last else number_text(photos)
            width = painter.fontMetrics().horizontalAdvance(text) + 4
            left = max(0, round(min(x - width / 2, self.width() - width)))
            if left + width <= taken:  # where both are close, the last one matters
                below = QRect(left, self.height() - height - 2, width, height)
                painter.drawText(below, Qt.AlignmentFlag.AlignCenter, text)
            taken = left - 8

    def _paint_general(self, painter: QPainter, plot: QRectF) -> None:
        if self.general is None:
            return
        colour, y = self.palette().color(_WORDS), self._place(plot, 0, self.general).y()
        painter.setPen(QPen(colour, 1.5, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
        painter.setPen(colour)
        # On the side of the line where the curve does not end, if there is room.
        metrics, text = painter.fontMetrics(), tr("general ranking")
        height, curve_ends_below = metrics.height(), self._place(plot, 0, self.curve[-1][1]).y() > y
        is_above = (curve_ends_below or y + 2 + height > plot.bottom()) and y - 2 - height >= 0
        width = metrics.horizontalAdvance(text) + 2
        area = QRectF(plot.right() - width, y - 2 - height if is_above else y + 2, width, height)
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)


def _described(photos: int, value: float) -> str:
    return ntr("{number} photo: {share}", "{number} photos: {share}", photos, share=percent_text(value))


_WORDS = QPalette.ColorRole.PlaceholderText
_BESIDE_THE_SCALE = (
    Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
)  # also where one reads from right to left: curves rise to the right everywhere
