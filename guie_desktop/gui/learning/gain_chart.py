"""A picture of every album before and after learning: two dots on a line."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QSizePolicy, QStyle, QToolTip, QWidget

from guie_desktop.gui.learning.scale import scale_between
from guie_desktop.gui.learning.wording import change
from guie_desktop.gui.look.spoken import Role, speak_as
from guie_desktop.language import percent_text, tr, tr_noop
from guie_desktop.learned import AlbumTest

_DOT = 5.0
_LEGEND = (tr_noop("before"), False), (tr_noop("after"), True)
FEW = 12
"""Albums that are shown before all are asked for."""


def by_gain(tests: tuple[AlbumTest, ...]) -> list[AlbumTest]:
    """The albums, what gained most first; those that could not be tested come last."""

    def key(test: AlbumTest) -> tuple[bool, float, str]:
        untested = test.before is None or test.after is None
        return untested, -_gain(test), test.album.casefold()

    return sorted(tests, key=key)


def scale_of(tests: Sequence[AlbumTest]) -> tuple[float, ...]:
    """The lines of the scale, up to all; it begins below the least that is to be shown, and not at nought."""
    least = min((value for test in tests for value in (test.before, test.after) if value is not None), default=0.0)
    return scale_between(least, 1.0)


def _gain(test: AlbumTest) -> float:
    return 0.0 if test.before is None or test.after is None else test.after - test.before


def _described(test: AlbumTest) -> str:
    return f"{test.album}: {change(test.before, test.after)}"


class GainChart(QWidget):
    """A line for each album, as high as it takes: whoever shows it scrolls."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        speak_as(self, Role.Chart)
        self.tests: list[AlbumTest] = []
        self.scale: tuple[float, ...] = scale_of(())
        self._shows_all = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Albums before and after learning"))

    @property
    def shown(self) -> list[AlbumTest]:
        """The albums that have a line."""
        return self.tests if self._shows_all else self.tests[:FEW]

    def show_tests(self, tests: tuple[AlbumTest, ...]) -> None:
        """Show these albums, or the first of them."""
        self.tests, self.scale, self._shows_all = by_gain(tests), scale_of(tests), False
        self.setAccessibleDescription("\n".join(map(_described, self.tests)))
        self.updateGeometry()
        self.update()

    def show_all(self) -> None:
        """Show all of these albums."""
        self._shows_all = True
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """A line each, below the scale."""
        return QSize(320, self._head + len(self.shown) * self._line + 4)

    def changeEvent(self, event: QEvent) -> None:
        """Larger letters need more room."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()

    def hint_at(self, point: QPoint) -> str:
        """The whole name of the album on this line, with what is to be said of it."""
        row = (point.y() - self._head) // self._line
        return _described(self.shown[row]) if 0 <= row < len(self.shown) else ""

    def event(self, event: QEvent) -> bool:
        """Tell the name where it is shortened."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            # Escaped, as an album may be called "<b>".
            QToolTip.showText(event.globalPos(), f"<qt>{escape(self.hint_at(event.pos()))}</qt>", self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the lines that are in view, and the scale above them."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        plot = self._plot()
        self._paint_grid(painter, plot)
        seen = event.rect()
        for number, test in enumerate(self.shown):
            line = QRect(0, self._head + number * self._line, self.width(), self._line)
            if line.intersects(seen):
                self._paint_test(painter, plot, test, line)
        self._paint_scale(painter, plot)
        painter.end()

    @property
    def _line(self) -> int:
        return max(26, self.fontMetrics().height() + 10)

    @property
    def _head(self) -> int:
        return self._line + 2

    @property
    def _numbers(self) -> int:
        """Width of the column that says it in numbers."""
        return max(104, self.fontMetrics().horizontalAdvance(change(1.0, 1.0)) + 8)

    def _plot(self) -> QRect:
        names = min(220, self.width() * 32 // 100)
        return QRect(names, self._head, self.width() - names - self._numbers - 12, self.height() - self._head)

    def _across(self, plot: QRect, value: float) -> float:
        low = self.scale[0]
        return plot.left() + plot.width() * (value - low) / (1 - low)

    def _seen(self, area: QRect) -> QRect:
        """Where an area is seen: all is placed from the left, and mirrored where one reads from the right."""
        return QStyle.visualRect(self.layoutDirection(), self.rect(), area)

    def _seen_at(self, x: float, y: float) -> QPointF:
        """The same of a point."""
        return QPointF(self.width() - x if self.isRightToLeft() else x, y)

    def _paint_grid(self, painter: QPainter, plot: QRect) -> None:
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Mid), 1))
        for value in self.scale:
            line = self._seen(QRect(round(self._across(plot, value)), plot.top(), 1, plot.height()))
            painter.drawLine(line.topLeft(), line.bottomLeft())

    def _paint_scale(self, painter: QPainter, plot: QRect) -> None:
        role, metrics = QPalette.ColorRole, painter.fontMetrics()
        height, left = self._head - 6, 6
        for word, after in ((tr(text), after) for text, after in _LEGEND):
            dot = self._seen_at(left, height / 2)
            self._paint_dot(painter, dot, after=after, colour=self.palette().color(role.Highlight))
            painter.setPen(self.palette().color(role.PlaceholderText))
            width = metrics.horizontalAdvance(word)
            painter.drawText(self._seen(QRect(left + 10, 0, width + 2, height)), Qt.AlignmentFlag.AlignVCenter, word)
            left += width + 28
        taken = float(self.width())
        for value in reversed(self.scale):  # where there is no room for all, the upper end matters
            text = percent_text(value)
            width = metrics.horizontalAdvance(text) + 4
            begin = self._across(plot, value) - width / 2
            if left <= begin and begin + width <= taken:
                area = QRect(round(begin), 0, width, height)
                painter.drawText(self._seen(area), Qt.AlignmentFlag.AlignCenter, text)
                taken = begin - 8

    def _paint_test(self, painter: QPainter, plot: QRect, test: AlbumTest, line: QRect) -> None:
        role, palette, middle = QPalette.ColorRole, self.palette(), line.center().y()
        tested = test.before is not None and test.after is not None
        painter.setPen(palette.color(role.WindowText if tested else role.PlaceholderText))
        room = QRect(0, line.top(), plot.left() - 14, line.height())
        name = painter.fontMetrics().elidedText(test.album, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(self._seen(room), Qt.AlignmentFlag.AlignVCenter, name)
        numbers = self._seen(QRect(plot.right() + 12, line.top(), self._numbers, line.height()))
        text = change(test.before, test.after) if tested else tr("not tested")
        painter.drawText(numbers, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, text)
        if test.before is None or test.after is None:
            return
        # What got worse is grey: it must not shine.
        colour = palette.color(role.Highlight if test.after >= test.before else role.Dark)
        start, end = (self._seen_at(self._across(plot, value), middle) for value in (test.before, test.after))
        painter.setPen(QPen(colour, 3))
        painter.drawLine(start, end)
        self._paint_dot(painter, start, after=False, colour=colour)
        self._paint_dot(painter, end, after=True, colour=colour)

    def _paint_dot(self, painter: QPainter, centre: QPointF, *, after: bool, colour: QColor) -> None:
        painter.setPen(QPen(colour, 2))
        painter.setBrush(colour if after else self.window().palette().color(QPalette.ColorRole.Window))
        painter.drawEllipse(centre, _DOT, _DOT)
