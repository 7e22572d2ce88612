"""The line of chips: as many as fit, and a button that leads to the others."""

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtGui import QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from guie_desktop.gui.look.theme import GAP
from guie_desktop.gui.search.chip import Chip
from guie_desktop.gui.widgets.buttons import push_button, set_words
from guie_desktop.language import ntr, number_text

_NARROW = 240
"""Pixels, in which a chip and its words leave no room for another one."""


class ChipArea(QWidget):
    """A chip is shown whole or not at all; the wheel leads to the others, too."""

    turned = Signal()
    """Other chips are in view now."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chips: list[Chip] = []
        self._first = 0
        self.beyond = push_button("")
        self.beyond.setProperty("quiet", True)
        self.beyond.clicked.connect(self._turn)
        self.beyond.hide()
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(GAP)
        self._line.addWidget(self.beyond)
        self._line.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def minimumSizeHint(self) -> QSize:
        """Room for one picture; what does not fit is out of view."""
        return QSize(60, super().minimumSizeHint().height())

    def show_chips(self, chips: list[Chip]) -> None:
        """Show these; those of before that are not among them are gone."""
        for chip in self.chips:
            if chip not in chips:
                self._line.removeWidget(chip)
                chip.hide()
                chip.deleteLater()
        for place, chip in enumerate(chips):
            self._line.insertWidget(place, chip)
        is_longer = len(chips) > len(self.chips)
        self.chips = chips
        self._first = 0
        self._fit()
        while is_longer and self._first + self._in_view(self._first) < len(chips):
            self._first += 1  # what was added is to be seen
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More chips fit now, or fewer."""
        super().resizeEvent(event)
        self._fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """There is nothing above or below, so a usual wheel goes to the side."""
        turned = event.angleDelta()
        back = -turned.x() if self.isRightToLeft() else turned.x()
        self._go_to(self._first + (-1 if (back or turned.y()) > 0 else 1))
        event.accept()

    @Slot()
    def _turn(self) -> None:
        after = self._first + self._in_view(self._first)
        self._go_to(after if after < len(self.chips) else 0)

    def _go_to(self, first: int) -> None:
        last = len(self.chips) - 1
        while last > 0 and last - 1 + self._in_view(last - 1) >= len(self.chips):
            last -= 1
        self._first = max(0, min(first, last))
        self._fit()
        self.turned.emit()

    def _in_view(self, first: int) -> int:
        """How many chips fit, beginning with this one; one at least."""
        widths = [chip.minimumSizeHint().width() + GAP for chip in self.chips]
        if sum(widths) - GAP <= self.width():
            return len(self.chips)
        room, count = self.width() - self.beyond.sizeHint().width() - GAP, 0
        for width in widths[first:]:
            room -= width
            if room + GAP < 0 and count:
                break
            count += 1
        return count

    def _fit(self) -> None:
        for chip in self.chips:
            chip.set_narrow(self.width() < _NARROW)
        shown = range(self._first, self._first + self._in_view(self._first))
        if len(shown) == len(self.chips):
            self._first, shown = 0, range(len(self.chips))
        for place, chip in enumerate(self.chips):
            chip.setVisible(place in shown)
        hidden = len(self.chips) - len(shown)
        set_words(self.beyond, f"+{number_text(hidden)}", has_icon=False)
        what = ntr("{number} more: show it", "{number} more: show them", hidden)
        self.beyond.setToolTip(what)
        self.beyond.setAccessibleName(what)
        self.beyond.setVisible(hidden > 0)
