"""A short list with names under a heading: as high as its lines, and gone while there are none."""

from typing import Generic, TypeVar

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from guie_desktop.gui.look.theme import GAP, TIGHT
from guie_desktop.gui.widgets.labels import plain_label
from guie_desktop.gui.widgets.line_list import LINE_HEIGHT
from guie_desktop.gui.widgets.margins import set_margins
from guie_desktop.gui.widgets.named_list import NamedList


class ShortList(NamedList):
    """Of its lines so many can be seen where there is room; others are scrolled to."""

    most_lines = 5

    def __init__(self, name: str, name_of_field: str, parent: QWidget | None = None) -> None:
        """As `NamedList`."""
        super().__init__(name, name_of_field, parent)
        self.setMinimumHeight(0)  # it is by its hint
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Maximum)
        for told in (self.model().rowsInserted, self.model().rowsRemoved, self.model().modelReset):
            told.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """As high as its lines."""
        return QSize(super().sizeHint().width(), LINE_HEIGHT * min(max(self.count(), 1), self.most_lines))

    def minimumSizeHint(self) -> QSize:
        """One line, in a low window."""
        return QSize(0, LINE_HEIGHT)


Lines = TypeVar("Lines", bound=ShortList)


class ListArea(QWidget, Generic[Lines]):
    """A heading, and the list below it."""

    left = Signal()
    """The list goes away with the keyboard on it, which Qt would give to whatever comes next."""

    def __init__(self, heading: str, lines: Lines, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list = lines
        lines.shown.connect(self._show_or_hide)
        layout = QVBoxLayout(self)
        set_margins(layout, 0, TIGHT, 0, TIGHT)
        layout.setSpacing(TIGHT)
        above = QVBoxLayout()
        set_margins(above, GAP, 0, 0, 0)
        above.addWidget(plain_label(heading, style="heading"))
        layout.addLayout(above)
        layout.addWidget(lines)
        self.hide()

    @Slot()
    def _show_or_hide(self) -> None:
        held = self.isAncestorOf(self.window().focusWidget())
        self.setVisible(self.list.count() > 0)
        if held and self.isHidden():
            self.left.emit()
