"""What stands in the place of photos when there are none: why that is, and what to do."""

from collections.abc import Sequence
from functools import partial
from unicodedata import bidirectional

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from guie_desktop.gui.backend.failure_reporter import Help
from guie_desktop.gui.look.theme import GAP
from guie_desktop.gui.widgets.buttons import push_button, set_words
from guie_desktop.gui.widgets.flowing import Flowing
from guie_desktop.gui.widgets.labels import centred_label
from guie_desktop.language import tr


class Notice(QWidget):
    """A sentence or two in the middle of an empty grid, and a button where there is something to do."""

    chosen = Signal(str)
    """The button of one of the choices was, which are words to look for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = centred_label("", "title")
        self.title.setMinimumWidth(1)  # else a long word would take the left side's room
        self.text = centred_label("", "muted")
        self._offered: tuple[str, ...] = ()
        self._way_out: Help | None = None
        self._choices = Flowing(where=Qt.AlignmentFlag.AlignHCenter)
        self.button = push_button("", primary=True)
        self.button.clicked.connect(self._go)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(32, 12, 32, 12)
        layout.setSpacing(GAP)
        layout.addStretch(2)
        layout.addWidget(self.title)
        layout.addLayout(self._choices)
        layout.addWidget(self.text)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)

    def tell(self, title: str, text: str, way_out: Help | None = None, choices: Sequence[str] = ()) -> None:
        """Say why there is nothing to see, and what to do: by the button of the `way_out`, or by that of a choice."""
        self.title.setText(_from_the_left(title) if self.isLeftToRight() else title)
        self.text.setText(text)
        self._way_out = way_out
        set_words(self.button, way_out.words if way_out is not None else "", has_icon=False)
        self.button.setVisible(way_out is not None)
        if tuple(choices) != self._offered:
            self._offer(tuple(choices))

    @Slot()
    def _go(self) -> None:
        if self._way_out is not None:
            self._way_out.go()

    def _offer(self, choices: tuple[str, ...]) -> None:
        self._offered = choices
        while (before := self._choices.takeAt(0)) is not None:
            if (button := before.widget()) is not None:
                button.hide()
                button.deleteLater()
        for choice in choices:
            ask = push_button(choice.replace("&", "&&"), tooltip=tr("Look for “{words}”", words=choice))
            ask.clicked.connect(partial(self.chosen.emit, choice))
            self._choices.addWidget(ask)


def _from_the_left(text: str) -> str:
    """The text, with a mark where Qt would turn a whole sentence around for the Hebrew name with which it begins."""
    strong = next((kind for sign in text if (kind := bidirectional(sign)) in ("L", "R", "AL")), "L")
    return text if strong == "L" else f"\u200e{text}"
