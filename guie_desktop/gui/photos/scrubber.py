"""A scroll bar that says where it leads: a bubble beside its handle, and the years along it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QEnterEvent, QGuiApplication, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QScrollBar, QStyle, QStyleOptionSlider, QWidget

from guie_desktop.language import tr

_WIDTH = 180
_PADDING = 10
_APART = 6
"""Least distance between two marks."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Words beside the bar, at a height of the whole grid."""

    y: int
    words: str


class Scrubber(QScrollBar):
    """Hands what is beside it to a widget that lies over the grid while the pointer is on the bar."""

    def __init__(self, marks: Callable[[], Sequence[Mark]], words: Callable[[], str], grid: QWidget) -> None:
        """`marks` are those of the grid as it is now, top to bottom; `words` tell where it is scrolled to."""
        super().__init__(Qt.Orientation.Vertical, grid)
        self.setAccessibleName(tr("Place in the photos"))
        self.signs = ScrollSigns(self, marks, words, grid)
        self.valueChanged.connect(self.signs.update)
        self.sliderReleased.connect(self.signs.show_or_hide)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint nothing where there is nothing to scroll: a handle as long as the grid would be a mere line."""
        if self.maximum() > self.minimum():
            super().paintEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show what lies where."""
        super().enterEvent(event)
        self.signs.show_or_hide()

    def leaveEvent(self, event: QEvent) -> None:
        """Nobody looks at it, unless it is dragged."""
        super().leaveEvent(event)
        self.signs.show_or_hide()

    def handle(self) -> QRect:
        """Where the handle is."""
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        part = QStyle.SubControl.SC_ScrollBarSlider
        return self.style().subControlRect(QStyle.ComplexControl.CC_ScrollBar, option, part, self)


class ScrollSigns(QWidget):
    """The bubble and the marks; the mouse does not see it."""

    def __init__(
        self, bar: Scrubber, marks: Callable[[], Sequence[Mark]], words: Callable[[], str], grid: QWidget
    ) -> None:
        super().__init__(grid)
        self._bar, self._marks, self._words, self._grid = bar, marks, words, grid
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_or_hide(self) -> None:
        """Show it while the pointer is on the bar, or drags it."""
        bar = self._bar
        shown = bar.maximum() > 0 and (bar.isSliderDown() or bar.underMouse()) and bool(self._words())
        if shown:
            top = bar.mapTo(self._grid, QPoint(0, 0))
            beside = top.x() + bar.width() if self.isRightToLeft() else top.x() - _WIDTH
            self.setGeometry(beside, top.y(), _WIDTH, bar.height())
            self.raise_()
        self.setVisible(shown)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the marks that fit, and the bubble over them."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        bubble = self._sign(self._words(), self._bar.handle().center().y())
        below = -_APART
        for mark in self._marks():
            share = mark.y / max(1, self._bar.maximum() + self._bar.pageStep())
            area = self._sign(mark.words, round(share * self.height()))
            if area.top() < below + _APART or area.adjusted(0, -2, 0, 2).intersects(bubble):
                continue
            below = area.bottom()
            self._paint(painter, area, mark.words, QPalette.ColorRole.Button, QPalette.ColorRole.ButtonText)
        role = QPalette.ColorRole
        self._paint(painter, bubble, self._words(), role.Highlight, role.HighlightedText)
        painter.end()

    def _sign(self, words: str, y: int) -> QRect:
        letters = self.fontMetrics()
        width, height = letters.horizontalAdvance(words) + 2 * _PADDING, letters.height() + 6
        width = min(width, self.width() - 4)
        top = min(max(y - height // 2, 0), max(0, self.height() - height))
        sign = QRect(self.width() - width - 4, top, width, height)
        return QStyle.visualRect(self.layoutDirection(), self.rect(), sign)

    def _paint(
        self, painter: QPainter, area: QRect, words: str, ground: QPalette.ColorRole, ink: QPalette.ColorRole
    ) -> None:
        palette = QGuiApplication.palette()
        painter.setPen(palette.color(QPalette.ColorRole.Mid))
        painter.setBrush(palette.color(ground))
        painter.drawRoundedRect(QRectF(area).adjusted(0.5, 0.5, -0.5, -0.5), area.height() / 2, area.height() / 2)
        painter.setPen(palette.color(ink))
        room = area.width() - 2 * _PADDING + 2
        shown = self.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room)
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, shown)
