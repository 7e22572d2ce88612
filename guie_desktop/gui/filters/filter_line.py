"""The line of filters that hold: a chip each, which is switched off by a click and taken away by its x."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from guie_desktop.gui.look.spoken import Role, speak_as
from guie_desktop.gui.look.style_sheet import set_style
from guie_desktop.gui.widgets.buttons import push_button, tool_button
from guie_desktop.gui.widgets.flowing import Flowing
from guie_desktop.language import tr


class FilterChip(QFrame):
    """One filter."""

    switched = Signal(bool)
    """Whether it is to hold."""
    removed = Signal()

    def __init__(self, words: str, on: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("filter_chip")
        speak_as(self, Role.Grouping)
        self.setAccessibleName(words)
        self.words = QPushButton(words.replace("&", "&&"))
        self.words.setAccessibleName(words)
        self.words.setCheckable(True)
        self.words.setChecked(on)
        self.words.setProperty("filter", True)
        self.words.setToolTip(tr("Click to switch this filter off and on again"))
        self.words.toggled.connect(self._switch)
        self.close_button = tool_button("close", tr("Take the filter “{filter}” away", filter=words), 14)
        self.close_button.clicked.connect(self.removed)
        line = QHBoxLayout(self)
        line.setContentsMargins(2, 1, 2, 1)
        line.setSpacing(0)
        line.addWidget(self.words)
        line.addWidget(self.close_button)
        set_style(self, "off", not on)

    def _switch(self, on: bool) -> None:
        set_style(self, "off", not on)
        self.switched.emit(on)


class FilterLine(QWidget):
    """Goes away while there is no filter."""

    switched = Signal(int, bool)
    """The number of a chip, and whether it is to hold."""
    removed = Signal(int)
    all_removed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Filters"))
        self.chips: list[FilterChip] = []
        self._line = Flowing()
        self._line.setContentsMargins(16, 0, 16, 0)
        self.setLayout(self._line)
        self.clear = push_button(tr("Clear filters"), tooltip=tr("Show all photos again"))
        self.clear.setProperty("quiet", True)
        self.clear.clicked.connect(self.all_removed)
        self._line.addWidget(self.clear)
        self.setBackgroundRole(QPalette.ColorRole.Window)
        self.hide()

    def show_filters(self, filters: Sequence[tuple[str, bool]]) -> None:
        """A chip for each: its words, and whether it holds."""
        if [(chip.words.accessibleName(), chip.words.isChecked()) for chip in self.chips] == list(filters):
            return
        held = next((number for number, chip in enumerate(self.chips) if chip.isAncestorOf(self.focusWidget())), None)
        for chip in self.chips:
            self._line.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._line.removeWidget(self.clear)
        self.chips = [self._chip(number, *one) for number, one in enumerate(filters)]
        for chip in self.chips:
            self._line.addWidget(chip)
        self._line.addWidget(self.clear)
        self.setVisible(bool(self.chips))
        if held is not None and self.chips:
            self.chips[min(held, len(self.chips) - 1)].words.setFocus()

    def _chip(self, number: int, words: str, on: bool) -> FilterChip:
        chip = FilterChip(words, on)
        chip.switched.connect(lambda on: self.switched.emit(number, on))
        chip.removed.connect(lambda: self.removed.emit(number))
        return chip
