"""Lines with an icon, a name and a count as a tree, whose branches are made when they are opened."""

from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import QSizePolicy, QTreeWidget, QTreeWidgetItem, QTreeWidgetItemIterator, QWidget

from guie_desktop.gui.look.icons import as_read, icon_pixmap
from guie_desktop.gui.widgets.line_list import LINE_HEIGHT, VALUE, LineDelegate
from guie_desktop.gui.widgets.model_index import Index

_INDENT = 14
_ARROW = 12


class LineTree(QTreeWidget):
    """One line at most is chosen; each stands for a value."""

    chosen = Signal(object)
    """The user chose the line with this value."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("line_list")
        self.setAccessibleName(name)
        self._delegate = LineDelegate(self)
        self.setItemDelegate(self._delegate)
        self.setHeaderHidden(True)
        self.setIndentation(_INDENT)
        self.setUniformRowHeights(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QTreeWidget.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(2 * LINE_HEIGHT)
        self.setMouseTracking(True)
        self.itemSelectionChanged.connect(self._tell)
        self.itemClicked.connect(self._tell)
        self.itemExpanded.connect(self.fit)
        self.itemCollapsed.connect(self.fit)
        self.fit()

    @Slot()
    def fit(self) -> None:
        """Take no more room than the lines need."""
        lines = sum(1 for _ in self._lines(QTreeWidgetItemIterator.IteratorFlag.NotHidden))
        self.setMaximumHeight(max(2, lines) * LINE_HEIGHT)

    def show_arrows(self, shown: bool) -> None:
        """Whether there are branches to be opened; where there are none, no room is left for that."""
        self.setRootIsDecorated(shown)
        self._delegate.indent = _INDENT if shown else 0

    @property
    def inset(self) -> int:
        """How much further in icons and names stand for the arrows before them."""
        return self._delegate.indent - self._delegate.indent // 2

    def value_at(self, point: QPoint) -> Any:
        """The value of the line at a point of the viewport."""
        item = self.itemAt(point)
        return None if item is None else item.data(0, VALUE)

    def choose_item(self, item: QTreeWidgetItem | None) -> None:
        """Mark this line as the chosen one, or none; the tree does not tell of it."""
        self.blockSignals(True)
        if item is None:
            self.clearSelection()
        else:
            self.setCurrentItem(item)
        self.blockSignals(False)

    def top_line(self, row: int) -> QTreeWidgetItem:
        """A line that lies in no other."""
        item = self.topLevelItem(row)
        assert item is not None
        return item

    def _lines(self, which: QTreeWidgetItemIterator.IteratorFlag) -> Iterator[QTreeWidgetItem]:
        iterator = QTreeWidgetItemIterator(self, which)
        while (item := iterator.value()) is not None:
            yield item
            iterator += 1

    @Slot()
    def _tell(self) -> None:
        for item in self.selectedItems():
            self.chosen.emit(item.data(0, VALUE))

    # --- Qt asks

    def event(self, event: QEvent) -> bool:
        """Letters go to the line whose name begins so, and are no shortcuts here."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            plain = not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
            if plain and event.text().isprintable() and event.text().strip():
                event.accept()
                return True
        return super().event(event)

    def drawBranches(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """The arrow comes with the line, which would cover it."""

    def drawRow(self, painter: QPainter, option: Any, index: Index) -> None:
        """A line, and the arrow that opens it."""
        super().drawRow(painter, option, index)
        if not self.rootIsDecorated() or not self.model().hasChildren(index):
            return
        colour = self.palette().color(QPalette.ColorRole.PlaceholderText).name()
        name = "down" if self.isExpanded(index) else as_read("right", self.layoutDirection())
        line = self.visualRect(index)
        beside = line.right() + _INDENT - _ARROW if self.isRightToLeft() else line.left() - _INDENT + 1
        place = QPoint(beside, option.rect.center().y() - _ARROW // 2 + 1)
        painter.drawPixmap(place, icon_pixmap(name, colour, _ARROW, self.devicePixelRatioF()))
