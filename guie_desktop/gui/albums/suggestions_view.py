"""The line below an album that asks of other photos whether they belong to it as well."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
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
from guie_desktop.language import ntr, tr

_SIDE, _BETWEEN = 16, 12


class SuggestionsView(QFrame):
    """One photo is the one that is asked of; the keyboard stays here from answer to answer."""

    decided = Signal(str)
    """The verdict on the chosen photos."""
    accept_asked = Signal(int)
    """All photos up to the one in this row belong to the album."""

    def __init__(self, loader: TileLoader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("suggestions")
        speak_as(self, Role.Pane)
        self.setAccessibleName(tr("Also belongs here?"))
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # has the keyboard while the line has nothing to show
        self.strip = Strip(loader, tr("Photos that may belong to this album as well"))
        self.strip.grid.installEventFilter(self)
        self.strip.chosen_changed.connect(self._offer_all)
        self.message = plain_label(style="muted", wrap=True)
        self.hint = plain_label(tr("Ctrl+Z to undo"), style="muted")
        self.left = plain_label(style="muted")
        self.accept = push_button("", tooltip=tr("All photos from the first one to this one belong to this album"))
        self.accept.setProperty("quiet", True)
        self.accept.clicked.connect(self._accept)
        self.yes = push_button(tr("Yes (Y)"), "check", tooltip=tr("It belongs to this album"))
        self.no = push_button(tr("Not this (N)"), "close", tooltip=tr("It does not, and is not suggested again"))
        self.yes.clicked.connect(lambda: self._tell("member"))
        self.no.clicked.connect(lambda: self._tell("not"))
        self._answers = QWidget()
        answers = QHBoxLayout(self._answers)
        answers.setContentsMargins(0, 0, 0, 0)
        answers.setSpacing(GAP)
        answers.addWidget(self.left)
        answers.addWidget(self.hint)
        answers.addWidget(self.accept)
        answers.addWidget(self.yes)
        answers.addWidget(self.no)
        top = QHBoxLayout()
        top.setContentsMargins(_SIDE, 0, _SIDE, 0)
        top.setSpacing(_BETWEEN)
        self._heading = plain_label(tr("Also belongs here?"), style="heading", wrap=True)
        top.addWidget(self._heading, 1)
        top.addWidget(self._answers)
        note = QHBoxLayout()
        note.setContentsMargins(_SIDE, 0, _SIDE, TIGHT)
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

    def tell_left(self, left: float | None) -> None:
        """Say about how many photos of the library may belong to the album; None where that is not known."""
        number = round(left) if left is not None else 0
        self.left.setText(ntr("about {number} left", "about {number} left", number) if number else "")
        self._fit()

    def tell(self, sentence: str) -> None:
        """Say why there is nothing to ask."""
        self.message.setText(sentence)
        self._show_parts(strip=False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A hint of a few letters helps nobody."""
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Return answers yes here, instead of opening the photo."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            bare = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if bare and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._tell("member")
                return True
        return super().eventFilter(watched, event)

    @Slot()
    def _accept(self) -> None:
        rows = self.strip.chosen_rows()
        self.strip.setFocus()
        if rows:
            self.accept_asked.emit(rows[-1])

    @Slot()
    def _offer_all(self) -> None:
        """The photo that is chosen is the line: what stands before it is accepted together with it."""
        number = self.strip.chosen_rows()[-1] + 1 if self.strip.chosen_count() else 0
        self.accept.setText(ntr("Yes to all {number} up to here", "Yes to all {number} up to here", number))
        self.accept.setEnabled(number > 1)
        self._fit()

    def _fit(self) -> None:
        """Beside the answers stands what there is room for, the most useful first."""
        words = self._heading.fontMetrics().horizontalAdvance(self._heading.text())
        room = self.width() - 2 * _SIDE - words - sum(one.sizeHint().width() + _BETWEEN for one in (self.yes, self.no))
        wanted = (self.left, bool(self.left.text())), (self.accept, self.accept.isEnabled()), (self.hint, True)
        for part, is_wanted in wanted:
            needed = part.sizeHint().width() + _BETWEEN
            part.setVisible(is_wanted and needed <= room)
            room -= needed if is_wanted and needed <= room else 0

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
