"""A box of choices whose chosen one is shortened where there is no room for it; the tooltip tells all of it."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QStyle, QStyledItemDelegate, QStyleOptionComboBox, QStylePainter, QWidget


class ChoiceBox(QComboBox):
    """Qt's own cuts its words off in the middle of a letter."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setItemDelegate(QStyledItemDelegate(self))  # Qt's own delegate of a combo box knows no style sheet
        self.currentTextChanged.connect(self._fit)

    def sizeHint(self) -> QSize:
        """Room for the longest choice; with a style sheet Qt's own is a few pixels short of it."""
        return super().sizeHint() + QSize(4, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """As Qt does, but with an ellipsis."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        option.currentText = self.fontMetrics().elidedText(
            self.currentText(), Qt.TextElideMode.ElideMiddle, self._room()
        )
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.end()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolls what it lies in; Qt's own would choose another one in passing."""
        event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """There may be room for all of it now."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        whole = self.fontMetrics().horizontalAdvance(self.currentText()) <= self._room()
        self.setToolTip(self._name if whole else self.currentText())

    def _room(self) -> int:
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        part = QStyle.SubControl.SC_ComboBoxEditField
        return self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, self).width() - 2
