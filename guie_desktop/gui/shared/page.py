"""The page of a shared library: its photos, what they are like or called, and what can be done with those chosen."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal, SignalInstance, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QLineEdit, QToolButton, QWidget

from guie_desktop.asking import Hit
from guie_desktop.gui.photos.gallery import Gallery
from guie_desktop.gui.photos.photo_mime import accept_unmoved
from guie_desktop.gui.photos.tile_loader import TileLoader
from guie_desktop.gui.search.incoming import read_incoming
from guie_desktop.gui.widgets.buttons import push_button
from guie_desktop.gui.widgets.flowing import Flowing
from guie_desktop.gui.widgets.labels import plain_label
from guie_desktop.gui.widgets.overlay_page import OverlayPage
from guie_desktop.language import tr
from guie_desktop.library.id_differences import steps_between
from guie_desktop.library.ordered_photos import OrderedPhotos

_FIELD = 260
_REST_MS = 400
"""Without a key, after which what is written is looked for: each time a server is asked."""
_NEAR_END = 60
"""Tiles before the last one, at which the next page is asked for."""


class SharedLibraryPage(OverlayPage):
    """What is chosen here is chosen in the shared library, so the window's own verbs do not act on it."""

    words_given = Signal(str)
    image_given = Signal(object)
    """The path of a file that photos should be like."""
    choose_asked = Signal()
    all_asked = Signal()
    """What is looked for is to be forgotten, and all photos shown."""
    more_asked = Signal()
    like_there_asked = Signal(int)
    like_here_asked = Signal(int)
    album_asked = Signal()
    original_asked = Signal(int)
    """The row of the shared library's table, as of the two before."""

    def __init__(self, loader: TileLoader, parent: QWidget | None = None) -> None:
        self.heading = plain_label(style="title", wrap=True)
        super().__init__(self.heading, parent)
        self.setAcceptDrops(True)
        self.words = QLineEdit(placeholderText=tr("Path or date"))
        self.words.setAccessibleName(tr("Words of the path, or dates"))
        self.words.setToolTip(tr("Words of the path, a whole folder such as /photos/2024, dates such as “july 2019”"))
        self.words.setClearButtonEnabled(True)
        for clears in self.words.findChildren(QToolButton):
            clears.setAccessibleName(tr("Clear the words"))
        self.words.setAcceptDrops(False)  # a file that is dropped here is looked for
        self.words.setMaximumWidth(_FIELD)
        self._resting = QTimer(self, singleShot=True, interval=_REST_MS)
        self._resting.timeout.connect(self._give_words)
        self.words.textEdited.connect(lambda _text: self._resting.start())
        self.words.editingFinished.connect(self._give_words)
        self.choose = push_button(tr("Look-alikes of a file…"), "search")
        self.choose.clicked.connect(self.choose_asked)
        self.everything = push_button(tr("Show all photos"), "photos")
        self.everything.clicked.connect(self.all_asked)
        self.summary = plain_label(style="muted", wrap=True)
        self.gallery = Gallery(loader)
        self.gallery.grid.setAccessibleName(tr("Photos of the shared library"))
        self.gallery.similar_asked.connect(lambda row: self.like_there_asked.emit(self.gallery.photos.ids[row]))
        self.gallery.opened.connect(lambda row: self.original_asked.emit(self.gallery.photos.ids[row]))
        self.gallery.chosen_changed.connect(self._follow)
        self.gallery.grid.in_view_changed.connect(self._look_at_end)
        self._given = ""
        self._has_features = True
        self._make_buttons()
        self.column.addLayout(Flowing(self.words, self.choose, self.everything))
        self.column.addWidget(self.summary)
        self.column.addWidget(self.gallery, 1)
        self.column.addLayout(Flowing(self.album, self.there, self.here, self.open))
        self.begin_at(self.gallery)
        self._follow()

    def _make_buttons(self) -> None:
        self.album = push_button(tr("Add to album…"), "album", primary=True, beside=True)
        self.album.setToolTip(tr("The photos are known in your library from then on; nothing is written there"))
        self.album.clicked.connect(self.album_asked)
        self.there = push_button(tr("Look-alikes there"), "similar", beside=True)
        self.there.clicked.connect(lambda: self._emit_current(self.like_there_asked))
        self.here = push_button(tr("Look-alikes in my library"), beside=True)
        self.here.clicked.connect(lambda: self._emit_current(self.like_here_asked))
        self.open = push_button(tr("Open original"), "open", beside=True)
        self.open.clicked.connect(lambda: self._emit_current(self.original_asked))

    @property
    def chosen(self) -> tuple[int, ...]:
        """The rows of the table that are chosen."""
        return self.gallery.chosen_ids()

    def allow_searches(self, has_features: bool) -> None:
        """Offer what needs features of the model in use, or only to look at photos."""
        self._has_features = has_features
        self.choose.setEnabled(has_features)
        self._follow()

    def begin(self, name: str) -> None:
        """Show another shared library, of which nothing is known yet."""
        self.heading.setText(name)
        self.forget_words()

    def forget_words(self) -> None:
        """Have nothing written in the field, without it being a question."""
        self._resting.stop()
        self.words.clear()
        self._given = ""

    def show_photos(self, photos: OrderedPhotos, *, goes_on: bool) -> None:
        """Show these by their dates, from the top, and whether there are more."""
        self.gallery.photos.goes_on = goes_on
        self.gallery.show_ordered(photos)

    def show_more(self, photos: OrderedPhotos, *, goes_on: bool) -> None:
        """Show what has come after those that are on screen, and let the user look where he looked."""
        self.gallery.photos.goes_on = goes_on
        self.gallery.rearrange(photos, tuple(steps_between(self.gallery.photos.ids, photos.ids)))

    def show_hits(self, hits: Sequence[Hit]) -> None:
        """Show what was found, best first; what is less alike comes below a line."""
        self.gallery.show_hits(hits)

    def tell(self, told: str, *, is_search: bool) -> None:
        """Say what there is to be seen, and offer the way back from what was found."""
        self.summary.setText(told)
        self.everything.setVisible(is_search)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Photo files may be dropped, to look for what is like them here."""
        if event.mimeData().hasUrls() and event.source() is None:
            accept_unmoved(event)
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        """The first photo is looked for."""
        photos = read_incoming(event.mimeData()).photos
        if photos and accept_unmoved(event):
            self.image_given.emit(photos[0])
        else:
            event.ignore()

    def _emit_current(self, signal: SignalInstance) -> None:
        if self.chosen:
            signal.emit(self.chosen[0])

    @Slot()
    def _give_words(self) -> None:
        self._resting.stop()
        text = self.words.text().strip()
        if text != self._given:
            self._given = text
            self.words_given.emit(text)

    @Slot()
    def _look_at_end(self) -> None:
        seen = self.gallery.grid.rows_in_view()
        if len(seen) and seen.stop + _NEAR_END >= self.gallery.photos.rowCount():
            self.more_asked.emit()

    @Slot()
    def _follow(self) -> None:
        """What can be done with what is chosen."""
        count = len(self.chosen)
        if not count and self.window().focusWidget() in (self.album, self.there, self.here, self.open):
            self.gallery.grid.setFocus()  # before a button loses it to whatever is first in the window
        self.album.setEnabled(count > 0 and self._has_features)
        self.there.setEnabled(count == 1 and self._has_features)
        for button in (self.here, self.open):
            button.setEnabled(count == 1)
