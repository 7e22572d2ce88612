"""The line below the large picture: what the keys do, how large it is shown, and the tools."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from guie_desktop.gui.look.theme import GAP, TIGHT
from guie_desktop.gui.preview.picture_area import PictureArea
from guie_desktop.gui.preview.sight import LARGEST
from guie_desktop.gui.widgets.actions import key_text
from guie_desktop.gui.widgets.buttons import tool_button
from guie_desktop.gui.widgets.labels import ElidedLabel, plain_label
from guie_desktop.gui.widgets.margins import set_margins
from guie_desktop.language import percent_text, tr, tr_noop

_ICON = 20
_BETWEEN = 12

Hint = tuple[str, ...]
"""A sentence, and the same in fewer words, the longest first."""

KEYS: Hint = (
    tr_noop("← → other photos · wheel, + and − zoom · I information · P choose a part · F11 full screen · F1 all keys"),
    tr_noop("← → other photos · + − zoom · I information · P part · F1 all keys"),
    tr_noop("+ − zoom · P part · F1 all keys"),
    tr_noop("F1 lists the keys"),
)
FRAMED: Hint = (
    tr_noop("← → other photos · 3 or a click on the frame shows closely what was found · I information · F1 all keys"),
    tr_noop("← → other photos · 3 shows closely what was found · F1 all keys"),
    tr_noop("3 shows what was found · F1 all keys"),
    tr_noop("F1 lists the keys"),
)
ZOOMED: Hint = (
    tr_noop("Drag or arrows move the picture · Page Up and Page Down other photos · 0 shows all · F1 all keys"),
    tr_noop("Arrows move · Page Up, Page Down other photos · 0 shows all"),
    tr_noop("Arrows move · 0 shows all"),
    tr_noop("0 shows all"),
)
NOT_CONNECTED: Hint = (
    tr_noop("The drive of this photo is not connected: this is the library's own picture of it"),
    tr_noop("Its drive is not connected: this is the library's own picture"),
    tr_noop("Its drive is not connected"),
)
MARKING: Hint = (
    tr_noop("Drag over the part of the photo to look for · Esc ends this"),
    tr_noop("Drag over a part · Esc ends this"),
    tr_noop("Drag over a part"),
)
COARSE: Hint = (
    tr_noop("So many pixels do not fit into memory: this is a smaller copy of the photo"),
    tr_noop("A smaller copy, as it has so many pixels"),
    tr_noop("A smaller copy"),
)
"""Of a photo of more than some 50 megapixels."""


class ToolLine(QWidget):
    """Its buttons do what the actions do that they stand for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.hint = ElidedLabel(muted=True)
        self.turn_left = _tool("turn-left", tr("Turn the view to the left (Shift+R)"))
        self.turn_right = _tool("turn-right", tr("Turn the view to the right (R)"))
        self.part = _tool("part", tr("Choose a part to look for (P)"), checkable=True)
        self.smaller = _tool("zoom-out", tr("Smaller (−)"))
        self.larger = _tool("zoom-in", tr("Larger (+)"))
        self.scale = plain_label(percent_text(1.0), style="muted")
        self.strip = _tool("film-strip", tr("Film strip (T)"), checkable=True)
        self.slides = _tool("slide-show", tr("Slide show (F9)"))
        self.info = _tool("info", tr("Information (I)"), checkable=True)
        self.full = _tool("full-screen", tr("Full screen (F11)"))
        _keep_width(self.scale, percent_text(LARGEST))
        line = QHBoxLayout(self)
        set_margins(line, 16, TIGHT, 12, TIGHT)
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


def hint_for(area: PictureArea, *, is_away: bool) -> Hint:
    """What can be done with the picture as it is looked at, in the user's language."""
    zoomed = COARSE if area.is_coarse else ZOOMED
    still = NOT_CONNECTED if is_away else KEYS if area.found is None else FRAMED
    return tuple(map(tr, MARKING if area.marks else zoomed if area.is_zoomed else still))


def step_button(by: int, *, right_to_left: bool) -> QToolButton:
    """Leads to the photo before (-1) or after this one (1); its arrow points where that lies."""
    goes_right = (by > 0) != right_to_left
    key = key_text(QKeySequence(Qt.Key.Key_Right if goes_right else Qt.Key.Key_Left))
    name = tr("Next photo ({key})", key=key) if by > 0 else tr("Previous photo ({key})", key=key)
    return tool_button("right" if by > 0 else "left", name, 22)


def _tool(icon: str, name: str, *, checkable: bool = False) -> QToolButton:
    button = tool_button(icon, name, _ICON)
    button.setCheckable(checkable)
    return button


def _keep_width(label: QLabel, longest: str) -> None:
    label.setFixedWidth(label.fontMetrics().horizontalAdvance(longest))
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
