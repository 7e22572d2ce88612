"""The line below the large picture: what the keys do, how large it is shown, and the tools."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from guie_desktop.gui.look.theme import GAP, TIGHT
from guie_desktop.gui.look.wording import percent_text
from guie_desktop.gui.widgets.buttons import tool_button
from guie_desktop.gui.widgets.labels import ElidedLabel, plain_label

_ICON = 20
_BETWEEN = 12

Hint = tuple[str, ...]
"""A sentence, and the same in fewer words, the longest first."""

KEYS: Hint = (
    "← → other photos · wheel, + and − zoom · I information · P choose a part · F11 full screen · F1 all keys",
    "← → other photos · + − zoom · I information · P part · F1 all keys",
    "+ − zoom · P part · F1 all keys",
    "F1 lists the keys",
)
ZOOMED: Hint = (
    "Drag or arrows move the picture · Page Up and Page Down other photos · 0 shows all · F1 all keys",
    "Arrows move · Page Up, Page Down other photos · 0 shows all",
    "Arrows move · 0 shows all",
    "0 shows all",
)
NOT_CONNECTED: Hint = (
    "The drive of this photo is not connected: this is the library's own picture of it",
    "Its drive is not connected: this is the library's own picture",
    "Its drive is not connected",
)
MARKING: Hint = (
    "Drag over the part of the photo to look for · Esc ends this",
    "Drag over a part · Esc ends this",
    "Drag over a part",
)
COARSE: Hint = (
    "So many pixels do not fit into memory: this is a smaller copy of the photo",
    "A smaller copy, as it has so many pixels",
    "A smaller copy",
)
"""Of a photo of more than some 50 megapixels."""


class ToolLine(QWidget):
    """Its buttons do what the actions do that they stand for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.hint = ElidedLabel(muted=True)
        self.turn_left = _tool("turn-left", "Turn the view to the left (Shift+R)")
        self.turn_right = _tool("turn-right", "Turn the view to the right (R)")
        self.part = _tool("part", "Choose a part to look for (P)", checkable=True)
        self.smaller = _tool("zoom-out", "Smaller (−)")
        self.larger = _tool("zoom-in", "Larger (+)")
        self.scale = plain_label("100 %", style="muted")
        self.strip = _tool("film-strip", "Film strip (T)", checkable=True)
        self.slides = _tool("slide-show", "Slide show (F9)")
        self.info = _tool("info", "Information (I)", checkable=True)
        self.full = _tool("full-screen", "Full screen (F11)")
        _keep_width(self.scale, "1,600 %")
        line = QHBoxLayout(self)
        line.setContentsMargins(16, TIGHT, 12, TIGHT)
        line.setSpacing(TIGHT)
        line.addWidget(self.hint, 1)
        line.addSpacing(GAP)
        for widget in (self.part, self.turn_left, self.turn_right):
            line.addWidget(widget)
        line.addSpacing(_BETWEEN)
        line.addWidget(self.smaller)
        line.addWidget(self.scale)
        line.addWidget(self.larger)
        line.addSpacing(_BETWEEN)
        for widget in (self.strip, self.info, self.slides, self.full):
            line.addWidget(widget)

    def show_scale(self, scale: float | None) -> None:
        """Say how many pixels of the screen one of the photo's takes."""
        self.scale.setText("" if scale is None else percent_text(scale))

    def say(self, hint: Hint) -> None:
        """Tell what can be done, in as many words as there is room for."""
        if hint[0] != self.hint.text:
            self.hint.shorten_to(hint[1:])
            self.hint.set_text(hint[0])


def _tool(icon: str, name: str, *, checkable: bool = False) -> QToolButton:
    button = tool_button(icon, name, _ICON)
    button.setCheckable(checkable)
    return button


def _keep_width(label: QLabel, longest: str) -> None:
    label.setFixedWidth(label.fontMetrics().horizontalAdvance(longest))
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
