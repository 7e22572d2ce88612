"""A picture of every album before and after learning: two dots on a line from nought to all."""

from html import escape

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPaintEvent, QPalette, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QSizePolicy, QToolTip, QWidget

from guie_desktop.gui.learning.wording import change
from guie_desktop.learned import AlbumTest

_LINE = 26
_HEAD = 28
_DOT = 5.0
_NUMBERS = 104
"""Width of the column that says it in numbers."""
_MOST_LINES = 12


def by_gain(tests: tuple[AlbumTest, ...]) -> list[AlbumTest]:
    """The albums, what gained most first; those that could not be tested come last."""

    def key(test: AlbumTest) -> tuple[bool, float, str]:
        untested = test.before is None or test.after is None
        return untested, -_gain(test), test.album.casefold()

    return sorted(tests, key=key)


def _gain(test: AlbumTest) -> float:
    return 0.0 if test.before is None or test.after is None else test.after - test.before


def _described(test: AlbumTest) -> str:
    return f"{test.album}: {change(test.before, test.after)}"


class GainChart(QAbstractScrollArea):
    """A line for each album; the scale stays while the albums scroll."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tests: list[AlbumTest] = []
        self.setObjectName("chart")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Albums before and after learning")

    def show_tests(self, tests: tuple[AlbumTest, ...]) -> None:
        """Show these albums."""
        self.tests = by_gain(tests)
        self.setAccessibleDescription("\n".join(map(_described, self.tests)))
        # Half a line at the end shows that there is more.
        shown = len(self.tests) if len(self.tests) <= _MOST_LINES else _MOST_LINES + 0.5
        self.setFixedHeight(_HEAD + round(shown * _LINE) + 4)
        self._set_range()
        self.verticalScrollBar().setValue(0)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What can be scrolled depends on the height."""
        super().resizeEvent(event)
        self._set_range()

    def hint_at(self, point: QPoint) -> str:
        """The whole name of the album on this line of the viewport, with what is to be said of it."""
        row = (point.y() - _HEAD + self.verticalScrollBar().value()) // _LINE
        if point.y() < _HEAD or not 0 <= row < len(self.tests):
            return ""
        return _described(self.tests[row])

    def viewportEvent(self, event: QEvent) -> bool:
        """Tell the name where it is shortened."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            # Escaped, as an album may be called "<b>".
            QToolTip.showText(event.globalPos(), f"<qt>{escape(self.hint_at(event.pos()))}</qt>", self.viewport())
            return True
        return super().viewportEvent(event)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Follow the scroll bar."""
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the lines that are in view, and the scale over them."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        plot = self._plot()
        painter.setClipRect(QRect(0, _HEAD, self.viewport().width(), plot.height()))
        self._paint_grid(painter, plot)
        offset = self.verticalScrollBar().value()
        for number, test in enumerate(self.tests):
            middle = _HEAD + number * _LINE + _LINE // 2 - offset
            if _HEAD - _LINE < middle < self.viewport().height() + _LINE:
                self._paint_test(painter, plot, test, middle)
        painter.setClipping(False)
        self._paint_scale(painter, plot)
        painter.end()

    def _set_range(self) -> None:
        room = self.viewport().height() - _HEAD
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, len(self.tests) * _LINE + 4 - room))
        bar.setPageStep(room)
        bar.setSingleStep(_LINE)

    def _plot(self) -> QRect:
        names = min(220, self.viewport().width() * 32 // 100)
        return QRect(names, _HEAD, self.viewport().width() - names - _NUMBERS - 12, self.viewport().height() - _HEAD)

    def _paint_grid(self, painter: QPainter, plot: QRect) -> None:
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Mid), 1))
        for quarter in range(5):
            x = plot.left() + quarter * plot.width() // 4
            painter.drawLine(x, plot.top(), x, plot.bottom())

    def _paint_scale(self, painter: QPainter, plot: QRect) -> None:
        role = QPalette.ColorRole
        painter.setPen(self.palette().color(role.PlaceholderText))
        for quarter in range(5) if plot.width() > 200 else (2, 4):
            x = plot.left() + quarter * plot.width() // 4
            text = f"{quarter * 25} %"
            painter.drawText(QRect(x - 30, 0, 60, _HEAD - 6), Qt.AlignmentFlag.AlignCenter, text)
        middle = (_HEAD - 6) / 2
        left = 6.0
        for word, after in (("before", False), ("after", True)):
            self._paint_dot(painter, QPointF(left, middle), after=after, colour=self.palette().color(role.Highlight))
            painter.setPen(self.palette().color(role.PlaceholderText))
            painter.drawText(QPointF(left + 10, middle + painter.fontMetrics().ascent() / 2 - 1), word)
            left += painter.fontMetrics().horizontalAdvance(word) + 28

    def _paint_test(self, painter: QPainter, plot: QRect, test: AlbumTest, middle: int) -> None:
        role, palette = QPalette.ColorRole, self.palette()
        line = QRect(0, middle - _LINE // 2, plot.left() - 14, _LINE)
        tested = test.before is not None and test.after is not None
        painter.setPen(palette.color(role.WindowText if tested else role.PlaceholderText))
        name = painter.fontMetrics().elidedText(test.album, Qt.TextElideMode.ElideMiddle, line.width())
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, name)
        numbers = QRect(plot.right() + 12, line.top(), _NUMBERS, _LINE)
        text = change(test.before, test.after) if tested else "not tested"
        painter.drawText(numbers, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, text)
        if test.before is None or test.after is None:
            return
        # What got worse is grey: it must not shine.
        colour = palette.color(role.Highlight if test.after >= test.before else role.Dark)
        start, end = (QPointF(plot.left() + value * plot.width(), middle) for value in (test.before, test.after))
        painter.setPen(QPen(colour, 3))
        painter.drawLine(start, end)
        self._paint_dot(painter, start, after=False, colour=colour)
        self._paint_dot(painter, end, after=True, colour=colour)

    def _paint_dot(self, painter: QPainter, centre: QPointF, *, after: bool, colour: QColor) -> None:
        painter.setPen(QPen(colour, 2))
        painter.setBrush(colour if after else self.window().palette().color(QPalette.ColorRole.Window))
        painter.drawEllipse(centre, _DOT, _DOT)
