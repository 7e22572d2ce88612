"""The line above what was found: whose ranking it is, which album Y and N speak of, and what they said."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from guie_desktop.domain import Album, HeadChoice
from guie_desktop.gui.look.theme import WIDE
from guie_desktop.gui.widgets.buttons import push_button, set_words
from guie_desktop.gui.widgets.segments import Segments
from guie_desktop.language import ntr, number_text, tr, tr_noop

_RANKINGS: tuple[tuple[str, HeadChoice, str], ...] = (
    (tr_noop("Learned"), "current", tr_noop("Rank by what was learned from your albums")),
    (tr_noop("General"), "general", tr_noop("Rank by what looks alike to anyone")),
)
_LONGEST_NAME = 28


class RankingLine(QWidget):
    """Goes away while it has nothing to offer."""

    head_chosen = Signal(object)
    """Which head ranks."""
    compare_asked = Signal(bool)
    album_asked = Signal()
    """The user wants to say which album Y and N speak of."""
    forget_asked = Signal()
    """What was said of the hits is to be taken back."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.album_button = push_button("", "album", tooltip=tr("Choose the album that Y and N sort into"), beside=True)
        self.album_button.setProperty("quiet", True)
        self.album_button.setObjectName("album_button")
        self.album_button.clicked.connect(self.album_asked)
        self.said_button = push_button("", "close", tooltip=tr("Take back what you said of these hits"), beside=True)
        self.said_button.setProperty("quiet", True)
        self.said_button.clicked.connect(self.forget_asked)
        self.ranking = Segments(tr("Ranking"), [(tr(words), head, tr(hint)) for words, head, hint in _RANKINGS])
        self.ranking.chosen.connect(self.head_chosen)
        self.compare_button = push_button(
            tr("Compare"), "compare", tooltip=tr("Both rankings side by side"), beside=True
        )
        self.compare_button.setCheckable(True)
        self.compare_button.clicked.connect(self.compare_asked)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.album_button)
        layout.addWidget(self.said_button)
        layout.addStretch(1)
        layout.addWidget(self.ranking)
        layout.addWidget(self.compare_button)
        self._counts = "", ""
        """How many hits were judged, in words and without."""
        self._words: tuple[str, ...] = ()
        """What the button says, the longest first."""
        self._parts = (self.album_button, self.said_button, self.ranking, self.compare_button)
        for part in self._parts:
            part.hide()
        self.show_album(None, offer=False)

    def show_album(self, album: Album | None, *, offer: bool) -> None:
        """Name the album that Y and N speak of; where it is not known, one can be chosen if that is on `offer`."""
        if album is not None:
            name = album.name if len(album.name) <= _LONGEST_NAME else f"{album.name[: _LONGEST_NAME - 1]}…"
            belongs = tr("Y: belongs to “{album}”, N: does not", album=name)
            self._words = belongs, tr("Y / N: “{album}”", album=name), "Y / N"
        else:
            self._words = tr("Y: right, N: wrong. Sort into an album…"), tr("Y / N: an album…"), "Y / N"
        self.album_button.setVisible(offer or album is not None)
        self._show_or_hide()

    def show_said(self, yes: int, no: int) -> None:
        """Of how many hits was said that they are what is meant, and of how many that they are not."""
        counts = (
            ntr("{number} yes", "{number} yes", yes) if yes else "",
            ntr("{number} no", "{number} no", no) if no else "",
        )
        self._counts = " · ".join(filter(None, counts)), " · ".join(number_text(one) for one in (yes, no))
        self.said_button.setAccessibleName(self._counts[0])
        self.said_button.setVisible(bool(yes or no))
        self._show_or_hide()

    def show_rankings(self, head: HeadChoice, *, offer: bool, comparing: bool) -> None:
        """Offer what was learned and the general ranking, one at a time or side by side."""
        self.ranking.choose(head)
        self.ranking.setVisible(offer and not comparing)
        self.compare_button.setVisible(offer)
        self.compare_button.setChecked(comparing)
        self._show_or_hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window fewer words must do."""
        super().resizeEvent(event)
        self._fit_words()

    def _fit_words(self) -> None:
        set_words(self.compare_button, tr("Compare"), has_icon=True)
        for words, counts in (*((words, self._counts[0]) for words in self._words), (self._words[-1], self._counts[1])):
            set_words(self.album_button, words.replace("&", "&&"), has_icon=True)
            set_words(self.said_button, counts, has_icon=True)
            shown = [part for part in self._parts if part is self.album_button or part.isVisibleTo(self)]
            if sum(part.sizeHint().width() + WIDE for part in shown) - WIDE <= self.width():
                break
        else:
            self.compare_button.setText("")  # its picture has to do

    def _show_or_hide(self) -> None:
        self._fit_words()
        self.setVisible(any(part.isVisibleTo(self) for part in self._parts))
