"""What stands in the place of photos when there are none: where to begin, or why it is empty."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from unicodedata import bidirectional

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from guie_desktop.gui.desktop.file_names import readable_path
from guie_desktop.gui.look.icons import icon_pixmap
from guie_desktop.gui.look.spoken import Role, speak_as
from guie_desktop.gui.look.theme import GAP, WIDE
from guie_desktop.gui.widgets.actions import key_text
from guie_desktop.gui.widgets.buttons import push_button, set_words
from guie_desktop.gui.widgets.flowing import Flowing
from guie_desktop.gui.widgets.labels import plain_label
from guie_desktop.language import tr, tr_noop

_PROMISE = tr_noop("Everything happens on this computer. Your photos are never changed or sent away.")


class Welcome(QWidget):
    """A library without folders: the first thing that a new user sees."""

    add_asked = Signal()
    pictures_asked = Signal(object)

    def __init__(self, pictures_folder: Path | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = QLabel()
        speak_as(self._icon, Role.Whitespace)  # decoration: the words below say it all
        add = push_button(tr("Add folder…"), "folder-add", primary=True, tooltip=key_text(QKeySequence("Ctrl+Shift+O")))
        add.clicked.connect(self.add_asked)
        buttons = Flowing(add, where=Qt.AlignmentFlag.AlignHCenter)
        if pictures_folder is not None:
            pictures = push_button(tr("Add {folder}", folder=readable_path(pictures_folder)), "folder")
            pictures.clicked.connect(lambda: self.pictures_asked.emit(pictures_folder))
            buttons.addWidget(pictures)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(36, 28, 36, 28)
        layout.setSpacing(WIDE)
        layout.addStretch(2)
        layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(_centred(tr("Drop a folder of photos here"), "title"))
        layout.addWidget(_centred(tr("Then give it any photo, and it shows you those that look alike."), "muted"))
        layout.addLayout(buttons)
        layout.addStretch(3)
        layout.addWidget(_centred(tr(_PROMISE), "muted"))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The frame that says: here."""
        colour = self.palette().color(QPalette.ColorRole.PlaceholderText).name()
        self._icon.setPixmap(icon_pixmap("photos", colour, 72, self.devicePixelRatioF()))
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Dark), 1.5, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(20, 20, -20, -20), 14, 14)
        painter.end()


class Notice(QWidget):
    """A sentence or two in the middle of an empty grid, and a button where there is something to do."""

    asked = Signal()
    """The button was pressed."""
    chosen = Signal(str)
    """The button of one of the choices was, which are words to look for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = _centred("", "title")
        self.title.setMinimumWidth(1)  # else a long word would take the left side's room
        self.text = _centred("", "muted")
        self._offered: tuple[str, ...] = ()
        self._choices = Flowing(where=Qt.AlignmentFlag.AlignHCenter)
        self.button = push_button("", primary=True)
        self.button.clicked.connect(self.asked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(32, 12, 32, 12)
        layout.setSpacing(GAP)
        layout.addStretch(2)
        layout.addWidget(self.title)
        layout.addLayout(self._choices)
        layout.addWidget(self.text)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)

    def tell(self, title: str, text: str, verb: str = "", choices: Sequence[str] = ()) -> None:
        """Say why there is nothing to see, and what to do; the `verb` stands on the button, each choice on its own."""
        self.title.setText(_from_the_left(title) if self.isLeftToRight() else title)
        self.text.setText(text)
        set_words(self.button, verb, has_icon=False)
        self.button.setVisible(bool(verb))
        if tuple(choices) != self._offered:
            self._offer(tuple(choices))

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


def _centred(text: str, style: str) -> QLabel:
    label = plain_label(text, style=style, wrap=True)
    label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    return label
