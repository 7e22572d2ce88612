"""How many photos were taken when, as bars; dragging over them chooses a time."""

from datetime import date

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget

from guie_desktop.gui.look.spoken import Role, speak_as
from guie_desktop.language import month_text, number_text, tr, year_text
from guie_desktop.noted import Months

_LEAST_BAR = 3
"""Pixels in which a bar is still seen and hit; with more months than fit, each bar is a year."""
_HEIGHT = 120
_MONTHS = 12


class MonthBars(QWidget):
    """A bar for each month or year between the first photo and the last."""

    chosen = Signal(object, object)
    """The first day and the last one of what was dragged over."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        speak_as(self, Role.Chart)
        self.setAccessibleName(tr("Photos by date"))
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._months: list[int] = []
        """Photos by month, from the first one on."""
        self._first = 0
        """The first month, counted from the year 0 on."""
        self._span: tuple[date | None, date | None] = (None, None)
        self._from: int | None = None
        """The bar where a drag began."""

    def show_months(self, months: Months) -> None:
        """Year and month to how many photos were taken then."""
        counted = {year * _MONTHS + month - 1: photos for (year, month), photos in months.items()}
        self._first = min(counted, default=0)
        last = max(counted, default=-1)
        self._months = [counted.get(month, 0) for month in range(self._first, last + 1)]
        self.setAccessibleDescription(
            tr("{first} to {last}", first=month_text(_day(self._first)), last=month_text(_day(last)))
            if self._months
            else ""
        )
        self.update()

    def show_span(self, first: date | None, last: date | None) -> None:
        """Which time is chosen; None where it has no end."""
        self._span = first, last
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as the dialog, and high enough to compare months."""
        return QSize(480, _HEIGHT)

    @property
    def _step(self) -> int:
        """Months that one bar stands for."""
        return 1 if len(self._months) * _LEAST_BAR <= self.width() else _MONTHS

    def _bars(self) -> list[tuple[date, date, int]]:
        """First day, first day after it, and photos of each bar."""
        step = self._step
        begin = self._first if step == 1 else self._first - self._first % step
        end = self._first + len(self._months)
        return [
            (_day(at), _day(at + step), sum(self._months[max(0, at - self._first) : at + step - self._first]))
            for at in range(begin, end, step)
        ]

    def paintEvent(self, event: QPaintEvent) -> None:
        """Those of the chosen time in full colour."""
        bars = self._bars()
        if not bars:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        most, width = max(photos for _, _, photos in bars) or 1, self.width() / len(bars)
        first, last = self._span
        for number, (begin, after, photos) in enumerate(bars):
            if not photos:
                continue
            is_chosen = (first is None or after > first) and (last is None or begin <= last)
            role = QPalette.ColorRole.Highlight if is_chosen else QPalette.ColorRole.Mid
            painter.setBrush(self.palette().color(role))
            height = max(2.0, photos / most * (self.height() - 2))
            left = number * width if not self.isRightToLeft() else self.width() - (number + 1) * width
            gap = 1.0 if width > _LEAST_BAR else 0.0
            painter.drawRoundedRect(QRectF(left, self.height() - height, max(1.0, width - gap), height), 1.5, 1.5)
        painter.end()

    def _bar_at(self, point: QPointF) -> int | None:
        bars = len(self._bars())
        if not bars:
            return None
        across = self.width() - point.x() if self.isRightToLeft() else point.x()
        return max(0, min(int(across * bars / max(1, self.width())), bars - 1))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A drag begins."""
        self._from = self._bar_at(event.position())
        self._choose(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """It goes on; without one, say what lies below the pointer."""
        if self._from is not None:
            self._choose(event.position())
        elif (bar := self._bar_at(event.position())) is not None:
            begin, _, photos = self._bars()[bar]
            told = month_text(begin) if self._step == 1 else year_text(begin)
            self.setToolTip(f"{told} · {number_text(photos)}")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """It ends."""
        self._from = None

    def _choose(self, point: QPointF) -> None:
        to = self._bar_at(point)
        if self._from is None or to is None:
            return
        bars = self._bars()
        first, after = bars[min(self._from, to)][0], bars[max(self._from, to)][1]
        self.chosen.emit(first, date.fromordinal(after.toordinal() - 1))


def _day(month: int) -> date:
    """The first day of a month, counted from the year 0 on."""
    return date(max(1, min(month // _MONTHS, 9999)), month % _MONTHS + 1, 1)
