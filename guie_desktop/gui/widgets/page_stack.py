"""Pages of which one is on screen, and which need no more room than that one does."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QStackedWidget, QWidget


class PageStack(QStackedWidget):
    """Qt's own asks for the room of the largest page, and in a small window takes it from the words above it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.currentChanged.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """As the page on screen has it."""
        page = self.currentWidget()
        return page.sizeHint() if page is not None else QSize(0, 0)

    def minimumSizeHint(self) -> QSize:
        """As the page on screen has it."""
        page = self.currentWidget()
        return page.minimumSizeHint() if page is not None else QSize(0, 0)
