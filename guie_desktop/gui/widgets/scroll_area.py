"""An area that scrolls its content up and down, never sideways."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from guie_desktop.gui.look.spoken import Role, speak_as
from guie_desktop.gui.look.style_sheet import set_style

RING = 2
"""Pixels on each side for the sign that the keyboard is here."""
_BY_KEYS = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)


class ScrollArea(QScrollArea):
    """As wide as its content is allowed to be."""

    def __init__(self, content: QWidget, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        speak_as(self, Role.Pane)
        self.setObjectName("scroll_area")
        self.setWidget(content)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(name)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Framed where somebody went by keys: a frame around a whole page says nothing to others."""
        super().focusInEvent(event)
        set_style(self, "ringed", event.reason() in _BY_KEYS)
