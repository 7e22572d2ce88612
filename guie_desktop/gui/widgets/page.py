"""A page of the window: knows where the keyboard begins on it."""

from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget


class Page(QWidget):
    """Hands the keyboard on; with a focus proxy, Tab would leave out whatever comes before that on the page."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._first: QWidget | None = None

    def begin_at(self, widget: QWidget) -> None:
        """Let the keyboard go there when the page is shown."""
        self._first = widget

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Nothing is done with the page as a whole."""
        super().focusInEvent(event)
        if self._first is not None:
            self._first.setFocus(event.reason())
