"""What can be done with the chosen photos and albums: by menu and by key."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from guie_desktop.domain import Album
from guie_desktop.gui.album_flow import AlbumFlow
from guie_desktop.gui.decisions import Decisions
from guie_desktop.gui.progress_text import counted
from guie_desktop.gui.window import MainWindow

_IN_MENU = 15
"""Albums in the menu; where there are more, they are found by name."""

Targets = Callable[[], tuple[int, ...]]


class AlbumActions(QObject):
    """The verbs; each acts on the photos that `targets` gives at that moment."""

    def __init__(self, window: MainWindow, flow: AlbumFlow, decisions: Decisions, targets: Targets) -> None:
        super().__init__(window)
        self._window, self._flow, self._decisions, self._targets = window, flow, decisions, targets
        self._album: Album | None = None
        self.add = QAction("Add to album…", window)
        self.add.setShortcut(QKeySequence("A"))
        self.add.triggered.connect(self._choose_album)
        self.take_out = QAction("Remove from album", window)
        self.take_out.triggered.connect(self._take_out)
        window.addActions([self.add, self.take_out])
        self.enable(0, None)

    def enable(self, chosen: int, album: Album | None) -> None:
        """Offer what makes sense for so many photos, which are looked at in this album."""
        self._album = album
        self.take_out.setShortcuts([] if album is None else [QKeySequence("Delete")])
        self.add.setEnabled(chosen > 0)
        self.take_out.setEnabled(chosen > 0 and album is not None)

    def put_into(self, menu: QMenu, before: QAction) -> None:
        """Put the verbs into the menu of the photos."""
        albums = self._menu(menu)
        albums.setEnabled(self.add.isEnabled())
        menu.insertMenu(before, albums)
        if self._album is not None:
            self.take_out.setText(f"Remove from “{self._album.name}”".replace("&", "&&"))
            menu.insertAction(before, self.take_out)
        menu.insertSeparator(before)

    def _menu(self, parent: QMenu) -> QMenu:
        menu = QMenu("Add to album", parent)
        menu.addAction("New album…", self._name_album)
        menu.addSeparator()
        albums = self._flow.recent_first()
        for album in albums[:_IN_MENU]:
            menu.addAction(album.name.replace("&", "&&"), partial(self._put, album))
        if len(albums) > _IN_MENU:
            menu.addAction("Other album…", self._choose_album)
        return menu

    def _put(self, album: Album) -> None:
        self._flow.put(album, self._targets())

    def _name_album(self) -> None:
        self._window.sidebar.albums.ask_name(self._targets())

    def _choose_album(self) -> None:
        photos = self._targets()
        if not photos:
            return
        title = f"Add {counted(len(photos), 'photo')} to album"
        chooser = self._flow.chooser(title)
        chooser.chosen.connect(lambda album: self._flow.put(album, photos))
        chooser.named.connect(lambda name: self._flow.create(name, photos))
        chooser.open()

    def _take_out(self) -> None:
        if self._album is not None:
            self._decisions.decide(self._album, self._targets(), None)
