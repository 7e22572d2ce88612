"""Rows of widgets below each other, in an area that scrolls; the place is kept when they are made anew."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from guie_desktop.gui.look.theme import GAP
from guie_desktop.gui.widgets.held_place import HeldPlace
from guie_desktop.gui.widgets.margins import set_margins
from guie_desktop.gui.widgets.scroll_area import ScrollArea


class RowList(ScrollArea):
    """What the rows are is up to the page."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        holder = QWidget()
        super().__init__(holder, name, parent)
        self._rows: Sequence[QWidget] = ()
        self._column = QVBoxLayout(holder)
        set_margins(self._column, 0, 0, GAP, 0)
        self._column.setSpacing(GAP)
        self._column.addStretch(1)
        HeldPlace(self, holder)

    def show_rows(self, rows: Sequence[QWidget]) -> None:
        """Show these in place of those that were there."""
        place = self.verticalScrollBar().value()
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = rows
        for position, row in enumerate(rows):
            self._column.insertWidget(position, row)
        self.verticalScrollBar().setValue(place)
