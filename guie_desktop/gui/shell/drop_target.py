"""Takes what is dropped on the window, and says before what a drop would do."""

from collections.abc import Callable
from typing import cast

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from guie_desktop.gui.photos.photo_mime import accept_unmoved, ids_in
from guie_desktop.gui.search.drop_overlay import ON_THE_BAR, DropOverlay, what_a_drop_does, what_own_photos_do
from guie_desktop.gui.search.incoming import Incoming, could_be_useful, read_incoming
from guie_desktop.gui.search.search_panel import SearchPanel


class DropTarget(QObject):
    """The whole window takes drops from outside, and the search bar also the library's own photos."""

    dropped = Signal(object, bool)
    """The QMimeData of a drop, and whether it comes on top of what is looked for."""
    own_dropped = Signal(object)
    """Ids of photos of the library that are to be looked for, on top of what is."""

    def __init__(
        self,
        window: QWidget,
        search: SearchPanel,
        overlay: DropOverlay,
        *,
        is_covered: Callable[[], bool],
        beside: Callable[[], QWidget | None],
    ) -> None:
        """`is_covered` tells whether something lies over the search bar; what is `beside` is not veiled."""
        super().__init__(window)
        self._window, self._search, self._overlay, self._is_covered = window, search, overlay, is_covered
        self._incoming: Incoming | None = None
        """What is dragged over the window, as far as it is known before it is dropped."""
        self._beside = beside
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the window's drags."""
        match event.type():
            case QEvent.Type.DragEnter:
                self._enter(cast(QDragEnterEvent, event))
            case QEvent.Type.DragMove:
                self._move(cast(QDragMoveEvent, event))
            case QEvent.Type.DragLeave:
                self._overlay.hide()
            case QEvent.Type.Drop:
                self._drop(cast(QDropEvent, event))
            case _:
                return False
        return True

    def _enter(self, event: QDragEnterEvent) -> None:
        own = bool(ids_in(event.mimeData()))
        useful = could_be_useful(event.mimeData()) and (own or event.source() is None)
        self._incoming = None
        if not useful or not accept_unmoved(event):
            event.ignore()
            return
        # Files are looked at now; picture data may be slow to come, and is read when it is dropped.
        if not own:
            self._incoming = read_incoming(event.mimeData()) if event.mimeData().hasUrls() else Incoming()
        self._announce(event)

    def _move(self, event: QDragMoveEvent) -> None:
        if not self._announce(event) or not accept_unmoved(event):
            event.ignore()

    def _drop(self, event: QDropEvent) -> None:
        """Take it; on the search bar it comes on top of what is looked for."""
        self._overlay.hide()
        own, on_bar = ids_in(event.mimeData()), self._is_on_bar(event)
        if not accept_unmoved(event):
            return
        if own and on_bar:
            self.own_dropped.emit(own)
        elif not own:
            self.dropped.emit(event.mimeData(), on_bar)

    def _is_on_bar(self, event: QDropEvent) -> bool:
        frame = self._search.frame
        inside = frame.rect().contains(frame.mapFrom(self._window, event.position().toPoint()))
        return inside and frame.isVisible() and not self._is_covered()

    def _announce(self, event: QDropEvent) -> bool:
        """Say what a drop here would do; whether it would do anything."""
        on_bar = self._is_on_bar(event)
        if self._incoming is None:  # the library's own photos, which may be on their way to an album
            self._overlay.setVisible(on_bar)
            if on_bar:
                frame = self._search.frame
                place = QRect(frame.mapTo(self._window, QPoint()), frame.size())
                adds = self._search.is_asking
                self._overlay.announce(what_own_photos_do(len(ids_in(event.mimeData())), adds=adds), over=place)
            return on_bar
        adds = self._search.is_asking
        sentence, useful = what_a_drop_does(self._incoming, adds=adds and on_bar)
        place, beside = self._window.rect(), self._beside()
        if beside is not None:
            taken = QRect(beside.mapTo(self._window, QPoint()), beside.size())
            if taken.center().x() < place.center().x():
                place.setLeft(taken.right() + 1)
            else:
                place.setRight(taken.left() - 1)
        self._overlay.announce(sentence, ON_THE_BAR if useful and adds and not on_bar else "", over=place)
        return useful
