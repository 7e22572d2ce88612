"""The lower end of the albums: the button that learns them, and what was learned so far."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from guie_desktop.domain import GENERAL_HEAD
from guie_desktop.gui.look.theme import GAP, TIGHT
from guie_desktop.gui.widgets.buttons import push_button
from guie_desktop.gui.widgets.labels import plain_label
from guie_desktop.gui.widgets.margins import set_margins
from guie_desktop.language import ntr, tr, tr_noop
from guie_desktop.learned import HeadState

_PROMISE = tr_noop("Train search on your albums; it is tested, and taken into use only if it is better")


class LearnArea(QWidget):
    """Says what is missing where the button cannot be pressed."""

    learn_asked = Signal()
    can_learn = Signal(bool)
    """Whether the button can be pressed now."""
    versions_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._missing = ""
        self._running = False
        self._head: HeadState | None = None
        self._elsewhere = False
        self.button = push_button(tr("Learn my albums"), "learn", beside=True)
        self.button.clicked.connect(self.learn_asked)
        self.note = plain_label(style="muted", wrap=True)
        self.versions = push_button(
            tr("Versions…"), tooltip=tr("What was learned so far: use it, go back, compare, export")
        )
        self.versions.setProperty("quiet", True)
        self.versions.clicked.connect(self.versions_asked)
        self.versions.hide()
        below = QHBoxLayout()
        set_margins(below, GAP, 0, 0, 0)
        below.addWidget(self.note, 1)
        below.addWidget(self.versions)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, TIGHT)
        layout.setSpacing(TIGHT)
        layout.addWidget(self.button)
        layout.addLayout(below)
        self._show()

    def show_missing(self, sentence: str) -> None:
        """What must be there before albums can be learned; empty where nothing is missing."""
        self._missing = sentence
        self._show()

    def show_running(self, running: bool) -> None:
        """Whether albums are being learned."""
        self._running = running
        self._show()

    def show_head(self, head: HeadState | None, *, others: bool, elsewhere: bool = False) -> None:
        """The head in use; `others` tells whether there is anything to choose from.

        `elsewhere` is whether albums were learned for other models alone.
        """
        self._head, self._elsewhere = head, elsewhere
        self.versions.setVisible(others)
        self._show()

    def _show(self) -> None:
        self.button.setEnabled(not self._missing and not self._running)
        self.can_learn.emit(self.button.isEnabled())
        self.button.setToolTip(self._missing or tr(_PROMISE))
        if self._running:
            note = tr("Learning…")
        elif self._missing:
            note = self._missing
        elif self._head is not None and self._head.id != GENERAL_HEAD:
            learned = ntr("{number} album learned", "{number} albums learned", self._head.albums)
            note = learned if self._head.albums else tr("In use")
        else:
            note = tr("Not learned for this model yet") if self._elsewhere else ""
        self.note.setText(note)
        self.note.setVisible(bool(note) or not self.versions.isHidden())
