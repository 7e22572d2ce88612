"""A list of lines with an icon, a name and a count, as the left side shows albums; folders are a tree of such lines."""

from typing import Any

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPalette, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from guie_desktop.gui.look.icons import icon_pixmap
from guie_desktop.gui.look.theme import ROUND
from guie_desktop.gui.widgets.model_index import Index
from guie_desktop.language import number_text

LINE_HEIGHT = 34
TEXT_LEFT = 34
"""Where the name begins, beside the icon."""
_ICON = 18
_BAR = 3
"""Width of what marks the chosen line."""

VALUE = Qt.ItemDataRole.UserRole
RIGHT = Qt.ItemDataRole.UserRole + 1
ICON = Qt.ItemDataRole.UserRole + 2
_MARKED = Qt.ItemDataRole.UserRole + 3


class LineList(QListWidget):
    """One line at most is chosen; each stands for a value."""

    chosen = Signal(object)
    """The user chose the line with this value."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("line_list")
        self.setAccessibleName(name)
        self.use(LineDelegate(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(2 * LINE_HEIGHT)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.itemSelectionChanged.connect(self._tell)
        self.itemClicked.connect(self._tell)

    def use(self, delegate: "LineDelegate") -> None:
        """Let it paint the lines."""
        self._delegate = delegate
        self.setItemDelegate(delegate)

    @property
    def inset(self) -> int:
        """How much further in icons and names stand than there is need for."""
        return self._delegate.inset

    def stand_below(self, inset: int) -> None:
        """Let icons and names stand as far in as those of the tree above."""
        self._delegate.inset = inset
        self.viewport().update()

    def line(self, name: str, count: int, icon: str, value: Any, *, state: str = "") -> QListWidgetItem:
        """A line, to be put into the list; a state, where there is one to tell, stands in place of the count."""
        item = QListWidgetItem(name)
        item.setData(VALUE, value)
        item.setData(RIGHT, state or number_text(count))
        item.setData(ICON, icon)
        return item

    def value(self, row: int) -> Any:
        """What the line stands for; None where there is no such line."""
        item = self.item(row) if row >= 0 else None
        return item.data(VALUE) if item is not None else None

    def value_at(self, point: QPoint) -> Any:
        """The value of the line at a point of the viewport."""
        return self.value(self.indexAt(point).row())

    def holds(self, value: Any) -> bool:
        """Whether there is a line for this value."""
        return bool(self._rows_of(value))

    def choose(self, value: Any) -> None:
        """Mark this value's line as the chosen one, or none where it has none; the list does not tell of it."""
        rows = self._rows_of(value)
        self.blockSignals(True)
        if rows:
            self.setCurrentRow(rows[0])
        else:
            self.clearSelection()
        self.blockSignals(False)

    def _rows_of(self, value: Any) -> list[int]:
        return [row for row in range(self.count()) if value is not None and self.value(row) == value]

    @Slot()
    def _tell(self) -> None:
        rows = self.selectedIndexes()
        if rows and self.value(rows[0].row()) is not None:
            self.chosen.emit(self.value(rows[0].row()))


def mark_line(item: QListWidgetItem, marked: bool) -> None:
    """Frame a line, as the one on which a drag would be dropped."""
    item.setData(_MARKED, marked)


class LineDelegate(QStyledItemDelegate):
    """Icon, name, and at the end the count or a state."""

    def __init__(self, view: QAbstractItemView, indent: int = 0) -> None:
        """`indent` is what stands before the lines in a tree, over which they reach."""
        super().__init__(view)
        self._view = view
        self.indent, self.inset = indent, 0

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """All lines are equally high."""
        return QSize(80, LINE_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one line."""
        state, palette, role = option.state, option.palette, QPalette.ColorRole
        whole = QRect(0, option.rect.top(), self._view.viewport().width(), option.rect.height())

        def seen(rect: QRect) -> QRect:
            return QStyle.visualRect(option.direction, whole, rect)

        line = seen(option.rect).adjusted(0, 1, 0, -1)  # as it lies where it is read from the left
        area = seen(line.adjusted(-line.left() if self.indent else 0, 0, 0, 0))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        marked = bool(index.data(_MARKED))
        selected = marked or bool(state & QStyle.StateFlag.State_Selected)
        if selected or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(palette.color(role.Midlight if selected else role.AlternateBase))
            painter.drawRoundedRect(area, ROUND, ROUND)
        if selected:  # not by colour alone
            painter.setBrush(palette.color(role.Highlight))
            bar = QRect(area.left(), area.top() + ROUND, _BAR, area.height() - 2 * ROUND)
            painter.drawRoundedRect(QStyle.visualRect(option.direction, area, bar), _BAR / 2, _BAR / 2)
        if marked or state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(palette.color(role.Highlight), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), ROUND, ROUND)
        line.setLeft(line.left() - self.indent // 2 + self.inset)
        offline = index.data(ICON) == "offline"
        colour = palette.color(role.PlaceholderText if offline else role.Text)
        ratio = painter.device().devicePixelRatioF()
        icon = icon_pixmap(index.data(ICON), colour.name(), _ICON, ratio)
        painter.drawPixmap(seen(QRect(line.left() + 8, line.center().y() - 8, _ICON, _ICON)).topLeft(), icon)
        painter.setPen(palette.color(role.PlaceholderText))
        text = seen(line.adjusted(TEXT_LEFT, 0, -10, 0))
        middle = Qt.AlignmentFlag.AlignVCenter
        right = index.data(RIGHT)
        painter.drawText(text, middle | Qt.AlignmentFlag.AlignRight, right)
        painter.setPen(colour)
        room = text.width() - painter.fontMetrics().horizontalAdvance(right) - 8
        name = painter.fontMetrics().elidedText(index.data(), Qt.TextElideMode.ElideMiddle, room)
        painter.drawText(text, middle | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine, name)
        painter.restore()
