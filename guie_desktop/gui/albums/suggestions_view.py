"""The line below an album that asks of other photos whether they belong to it as well."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from guie_desktop.asking import Hit
from guie_desktop.domain import Verdict
from guie_desktop.gui.look.spoken import Role, speak_as
from guie_desktop.gui.look.theme import GAP, TIGHT
from guie_desktop.gui.photos.strip import Strip
from guie_desktop.gui.photos.tile_loader import TileLoader
from guie_desktop.gui.widgets.buttons import push_button
from guie_desktop.gui.widgets.labels import plain_label
from guie_desktop.language import tr, tr_noop

_HINT = tr_noop("Ctrl+Z to undo")
_WIDE_ENOUGH = 640


class SuggestionsView(QFrame):
    """One photo is the one that is asked of; the keyboard stays here from answer to answer."""

    decided = Signal(str)
    """The verdict on the chosen photos."""

    def __init__(self, loader: TileLoader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("suggestions")
        speak_as(self, Role.Pane)
        self.setAccessibleName(tr("Also belongs here?"))
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # has the keyboard while the line has nothing to show
        self.strip = Strip(loader, tr("Photos that may belong to this album as well"))
        self.strip.grid.installEventFilter(self)
        self.message = plain_label(style="muted", wrap=True)
        self.hint = plain_label(style="muted")
        self.yes = push_button(tr("Yes (Y)"), "check", tooltip=tr("It belongs to this album"))
        self.no = push_button(tr("Not this (N)"), "close", tooltip=tr("It does not, and is not suggested again"))
        self.yes.clicked.connect(lambda: self._tell("member"))
        self.no.clicked.connect(lambda: self._tell("not"))
        self._answers = QWidget()
        answers = QHBoxLayout(self._answers)
        answers.setContentsMargins(0, 0, 0, 0)
        answers.setSpacing(GAP)
        answers.addWidget(self.hint)
        answers.addWidget(self.yes)
        answers.addWidget(self.no)
        top = QHBoxLayout()
        top.setContentsMargins(16, 0, 16, 0)
        top.setSpacing(12)
        top.addWidget(plain_label(tr("Also belongs here?"), style="heading", wrap=True), 1)
        top.addWidget(self._answers)
        note = QHBoxLayout()
        note.setContentsMargins(16, 0, 16, TIGHT)
        note.addWidget(self.message)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, GAP, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addWidget(self.strip)
        layout.addLayout(note)
        self.hide()

    @property
    def holds_keyboard(self) -> bool:
        """Whether keys are meant for the suggestions."""
        focused = self.window().focusWidget()
        return focused is not None and (focused is self or self.isAncestorOf(focused))

    def show_hits(self, hits: Sequence[Hit], row: int) -> None:
        """Ask of the photo in this row, the others being next."""
        self.strip.show_hits(hits, divided=False)
        self.strip.grid.go_to(row)
        self._show_parts(strip=True)

    def tell(self, sentence: str) -> None:
        """Say why there is nothing to ask."""
        self.message.setText(sentence)
        self._show_parts(strip=False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A hint of a few letters helps nobody."""
        super().resizeEvent(event)
        self.hint.setText(tr(_HINT) if event.size().width() > _WIDE_ENOUGH else "")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Return answers yes here, instead of opening the photo."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            bare = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if bare and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._tell("member")
                return True
        return super().eventFilter(watched, event)

    def _tell(self, verdict: Verdict) -> None:
        self.strip.setFocus()
        self.decided.emit(verdict)

    def _show_parts(self, *, strip: bool) -> None:
        if self.holds_keyboard:
            self.setFocus()
        for part in (self.strip, self._answers):
            part.setVisible(strip)
        self.message.setVisible(not strip)
        if strip and self.hasFocus():
            self.strip.setFocus()
