"""A line of widgets that breaks into several where there is no room for all of them beside each other."""

from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLayout, QLayoutItem, QStyle, QWidget

from guie_desktop.gui.look.theme import GAP


class Flowing(QLayout):
    """Puts as many beside each other as fit, on one middle line; what is left over is on one side, or on both."""

    def __init__(self, *widgets: QWidget, where: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._where = where
        self.setContentsMargins(0, 0, 0, 0)
        for widget in widgets:
            self.addWidget(widget)

    # --- QLayout

    def addItem(self, item: QLayoutItem) -> None:
        """Take it as the last."""
        self._items.append(item)

    def count(self) -> int:
        """How many there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """One of them; None where there is no such."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Let go of one."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Needs no more room than it has."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """The narrower, the more lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """So high are all lines."""
        margins = self.contentsMargins()
        lines = self._lines(width - margins.left() - margins.right())
        return sum(map(_height, lines)) + max(0, len(lines) - 1) * GAP + margins.top() + margins.bottom()

    def sizeHint(self) -> QSize:
        """All in one line."""
        sizes = [item.sizeHint() for item in self._shown()]
        width = sum(size.width() for size in sizes) + max(0, len(sizes) - 1) * GAP
        return _grown(QSize(width, max((size.height() for size in sizes), default=0)), self.contentsMargins())

    def minimumSize(self) -> QSize:
        """Room for the largest."""
        least = QSize(0, 0)
        for item in self._shown():
            least = least.expandedTo(item.minimumSize())
        return _grown(least, self.contentsMargins())

    def setGeometry(self, rect: QRect) -> None:
        """Put each in its place."""
        super().setGeometry(rect)
        area = rect.marginsRemoved(self.contentsMargins())
        top = area.top()
        for line in self._lines(area.width()):
            left = area.left() + self._indent(area.width() - _width(line))
            high = _height(line)
            for item in line:
                size = item.sizeHint()
                width = min(size.width(), area.width())
                place = QRect(QPoint(left, top + (high - size.height()) // 2), QSize(width, size.height()))
                item.setGeometry(QStyle.visualRect(QGuiApplication.layoutDirection(), area, place))
                left += width + GAP
            top += high + GAP

    # ---

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        lines: list[list[QLayoutItem]] = []
        for item in self._shown():
            if lines and _width([*lines[-1], item]) <= width:
                lines[-1].append(item)
            else:
                lines.append([item])
        return lines

    def _indent(self, left_over: int) -> int:
        if self._where == Qt.AlignmentFlag.AlignRight:
            return max(0, left_over)
        return max(0, left_over // 2) if self._where == Qt.AlignmentFlag.AlignHCenter else 0


def _width(line: list[QLayoutItem]) -> int:
    return sum(item.sizeHint().width() for item in line) + (len(line) - 1) * GAP


def _height(line: list[QLayoutItem]) -> int:
    return max(item.sizeHint().height() for item in line)


def _grown(size: QSize, margins: QMargins) -> QSize:
    return size.grownBy(margins)
