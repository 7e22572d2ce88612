"""What can be done with the chosen photos and albums: by menu and by key."""

from functools import partial

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from guie_desktop.domain import Album
from guie_desktop.gui.albums.controller import AlbumsController
from guie_desktop.gui.albums.verdicts import Verdicts
from guie_desktop.gui.photos.selection import Selection
from guie_desktop.gui.widgets.actions import make_action, set_keys
from guie_desktop.language import ntr, tr

_IN_MENU = 15
"""Albums in the menu; where there are more, they are found by name."""


class AlbumActions(QObject):
    """The verbs; each acts on what is selected at that moment."""

    verdict_given = Signal(str)
    """Y or N was pressed; which album it speaks of depends on the page."""

    def __init__(self, window: QWidget, controller: AlbumsController, verdicts: Verdicts, selection: Selection) -> None:
        """The actions are the window's, so that their keys hold wherever the keyboard is."""
        super().__init__(window)
        self._window, self._controller, self._verdicts, self._selection = window, controller, verdicts, selection
        action = partial(make_action, window, "Albums")
        self.add = action(tr("Add to album…"), self._choose_album, keys=("A",))
        self.take_out = action(tr("Remove from album"), self._take_out, hint=tr("Delete, in the album"))
        self.take_out.setIconText(self.take_out.text())  # in a menu it names the album; the list of keys does not
        self.yes = action(tr("It belongs to the album"), lambda: self.verdict_given.emit("member"), keys=("Y",))
        self.no = action(tr("It is not this"), lambda: self.verdict_given.emit("not"), keys=("N",))
        selection.changed.connect(self.enable)
        self.enable()

    @Slot()
    def enable(self) -> None:
        """Offer what makes sense for what is selected."""
        some, album = self._selection.count() > 0, self._selection.album
        set_keys(self.take_out, *(["Delete"] if album is not None else []))
        self.add.setEnabled(some)
        self.take_out.setEnabled(some and album is not None)

    def put_into(self, menu: QMenu, before: QAction) -> None:
        """Put the verbs into the menu of the photos."""
        albums = self._menu(menu)
        albums.setEnabled(self.add.isEnabled())
        menu.insertMenu(before, albums)
        album = self._selection.album
        if album is not None:
            self.take_out.setText(tr("Remove from “{album}”", album=album.name).replace("&", "&&"))
            menu.insertAction(before, self.take_out)
        menu.insertSeparator(before)

    def _menu(self, parent: QMenu) -> QMenu:
        menu = QMenu(tr("Add to album"), parent)
        menu.addAction(tr("New album…"), self._name_album)
        menu.addSeparator()
        albums = self._controller.recent_first()
        for album in albums[:_IN_MENU]:
            menu.addAction(album.name.replace("&", "&&"), partial(self._put, album))
        if len(albums) > _IN_MENU:
            menu.addAction(tr("Other album…"), self._choose_album)
        return menu

    def _put(self, album: Album) -> None:
        self._controller.put(album, self._selection.ids())

    def _name_album(self) -> None:
        self._controller.ask_name(self._selection.ids())

    def _choose_album(self) -> None:
        photos = self._selection.ids()
        if not photos:
            return
        title = ntr("Add {number} photo to album", "Add {number} photos to album", len(photos))
        chooser = self._controller.chooser(title, self._window)
        chooser.chosen.connect(lambda album: self._controller.put(album, photos))
        chooser.named.connect(lambda name: self._controller.create(name, photos))
        chooser.open()

    def _take_out(self) -> None:
        album = self._selection.album
        if album is not None:
            self._verdicts.decide(album, self._selection.ids(), None)
