"""A page that lies over the photos for a while, and leads back with a button or Esc."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from guie_desktop.gui.look.theme import GAP
from guie_desktop.gui.widgets.buttons import push_button
from guie_desktop.gui.widgets.page import Page
from guie_desktop.language import tr


class OverlayPage(Page):
    """Has its heading and Back at the top; the rest is up to a subclass."""

    open_asked = Signal()
    """The page wants to be shown."""
    closed = Signal()

    def __init__(self, heading: QLabel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shows_filters = False
        """Whether what is on the page holds to the filters, so that their line stays above it."""
        back = push_button(tr("Back"), "left")
        back.clicked.connect(self.closed)
        top = QHBoxLayout()
        top.addWidget(heading, 1)
        top.addWidget(back)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(16, 12, 16, 12)
        self.column.setSpacing(GAP)
        self.column.addLayout(top)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
