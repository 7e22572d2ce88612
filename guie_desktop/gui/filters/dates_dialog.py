"""Asks from which day to which one photos were taken."""

from datetime import date, datetime, timedelta

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import QDateEdit, QDialog, QFormLayout, QHBoxLayout, QVBoxLayout, QWidget

from guie_desktop.asking import Span
from guie_desktop.gui.filters.month_bars import MonthBars
from guie_desktop.gui.look.theme import GAP
from guie_desktop.gui.widgets.buttons import push_button
from guie_desktop.language import tr
from guie_desktop.noted import Months

_EARLIEST = QDate(1826, 1, 1)
"""The first photo."""


class DatesDialog(QDialog):
    """Bars to drag over, and two days to write."""

    chosen = Signal(object)
    """The Span from the beginning of the first day to the end of the last one."""

    def __init__(self, span: Span, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Date taken"))
        since, until = span
        self._is_given = since is not None or until is not None
        self.bars = MonthBars()
        self.first = _edit(tr("First day"), date.today() if since is None else datetime.fromtimestamp(since).date())
        last = date.today() if until is None else (datetime.fromtimestamp(until) - timedelta(seconds=1)).date()
        self.last = _edit(tr("Last day"), last)
        self.bars.chosen.connect(self._take)
        for edit in (self.first, self.last):
            edit.dateChanged.connect(self._show)
        accept = push_button(tr("Show these"), primary=True)
        accept.setDefault(True)
        accept.clicked.connect(self._accept)
        cancel = push_button(tr("Cancel"))
        cancel.clicked.connect(self.reject)
        days = QFormLayout()
        days.setLabelAlignment(Qt.AlignmentFlag.AlignVCenter)
        days.addRow(tr("From"), self.first)
        days.addRow(tr("Until"), self.last)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(accept)
        layout = QVBoxLayout(self)
        layout.setSpacing(2 * GAP)
        layout.addWidget(self.bars)
        layout.addLayout(days)
        layout.addLayout(buttons)
        self._show()

    def show_months(self, months: Months) -> None:
        """How many photos were taken when; what is asked for begins with all of it, where nothing was chosen before."""
        self.bars.show_months(months)
        if months and not self._is_given:
            (year, month), (last_year, last_month) = min(months), max(months)
            self.first.setDate(QDate(year, month, 1))
            end = QDate(last_year, last_month, 1)
            self.last.setDate(end.addDays(end.daysInMonth() - 1))

    def _take(self, first: date, last: date) -> None:
        self.first.setDate(QDate(first.year, first.month, first.day))
        self.last.setDate(QDate(last.year, last.month, last.day))

    def _show(self) -> None:
        self.bars.show_span(*self._days())

    def _days(self) -> tuple[date, date]:
        first, last = (date(day.year(), day.month(), day.day()) for day in (self.first.date(), self.last.date()))
        return min(first, last), max(first, last)

    def _accept(self) -> None:
        first, last = self._days()
        midnight = datetime.min.time()
        after = datetime.combine(last + timedelta(days=1), midnight).timestamp()
        self.chosen.emit((datetime.combine(first, midnight).timestamp(), after))
        self.accept()


def _edit(name: str, day: date) -> QDateEdit:
    edit = QDateEdit(QDate(day.year, day.month, day.day))
    edit.setAccessibleName(name)
    edit.setCalendarPopup(True)
    edit.setMinimumDate(_EARLIEST)
    return edit
