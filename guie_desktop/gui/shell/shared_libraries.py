"""The ways to shared libraries, and from there to one's own albums and searches."""

from collections.abc import Callable
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from guie_desktop.domain import SharedLibrary
from guie_desktop.gui.albums.controller import AlbumsController
from guie_desktop.gui.backend.overview import Overview
from guie_desktop.gui.backend.services import Services
from guie_desktop.gui.browsing.controller import BrowsingController
from guie_desktop.gui.desktop.file_names import readable
from guie_desktop.gui.photos.selection import Selection
from guie_desktop.gui.search.controller import SearchController
from guie_desktop.gui.shared.deeds import SharedDeeds
from guie_desktop.gui.shell.navigation import Navigation
from guie_desktop.gui.shell.window import MainWindow
from guie_desktop.gui.widgets.actions import make_action
from guie_desktop.language import ntr, tr

if TYPE_CHECKING:
    from guie_desktop.gui.shared.controller import SharedController


class SharedDoors(QObject):
    """The list on the left, two actions, and the page, which is made when it is opened first."""

    def __init__(
        self,
        window: MainWindow,
        navigation: Navigation,
        browsing: BrowsingController,
        albums: AlbumsController,
        search: SearchController,
        *,
        selection: Selection,
        services: Services,
        pasted: Path,
        add: "Callable[[SharedController], object]",
    ) -> None:
        """`add` lets the page lie over the photos when it asks for it; files for a search are kept in `pasted`."""
        super().__init__(window)
        self._window, self._albums, self._search, self._add = window, albums, search, add
        self._selection, self._services, self._pasted = selection, services, pasted
        self._known: tuple[SharedLibrary, ...] = ()
        self._last: str | None = None
        """The address of the one that was opened last."""
        lines = window.sidebar.shared.list
        self._deeds = SharedDeeds(lines, services)  # kept, for Qt keeps no object whose methods are its slots
        lines.chosen.connect(self._open)
        lines.renamed.connect(self._deeds.rename)
        lines.remove_asked.connect(self._deeds.forget)
        window.sidebar.shared.left.connect(window.focus_page)
        make_action(window, "Library", tr("Open a shared library…"), self._ask_address)
        self.similar = make_action(window, "Search", tr("Look-alikes in a shared library"), self._look_there)
        browsing.shown.connect(self._show_library)
        selection.changed.connect(self._enable)
        navigation.shown.connect(self._mark)
        self._enable()

    @cached_property
    def screen(self) -> "SharedController":
        """The page with what it does."""
        from guie_desktop.gui.shared.controller import SharedController

        screen = SharedController(self._services, self._pasted)
        screen.like_here_asked.connect(lambda path: self._search.look_for_files((path,), False))
        screen.album_asked.connect(self._choose_album)
        self._add(screen)
        return screen

    @Slot(object)
    def _show_library(self, overview: Overview) -> None:
        self._known = overview.shared
        self._window.sidebar.shared.list.show_things(overview.shared)
        self._mark()
        self._enable()

    @Slot()
    def _enable(self) -> None:
        self.similar.setEnabled(bool(self._known) and self._selection.count() == 1)

    @Slot()
    def _ask_address(self) -> None:
        from guie_desktop.gui.shared.address_dialog import AddressDialog

        dialog = AddressDialog(self._window)
        dialog.given.connect(self._open)
        dialog.open()

    @Slot(str)
    def _open(self, address: str) -> None:
        self._last = address
        self.screen.open(address)

    @Slot()
    def _look_there(self) -> None:
        """Look for the chosen photo in the shared library that was opened last, or else in the first."""
        photos = self._selection.photos()
        known = [one.address for one in self._known]
        if len(photos) != 1 or not known:
            return
        photo, address = photos[0], self._last if self._last in known else known[0]
        self._last = address
        self.screen.open(address, lambda: self.screen.look_for_photo(photo.id, readable(photo.path.name)))

    @Slot(int)
    def _choose_album(self, count: int) -> None:
        """Let the user choose an album for what is chosen there; only then is it taken in."""
        title = ntr("Add {number} photo to album", "Add {number} photos to album", count)
        chooser = self._albums.chooser(title, self._window)
        chooser.chosen.connect(lambda album: self.screen.take_in(partial(self._albums.put, album)))
        chooser.named.connect(lambda name: self.screen.take_in(partial(self._albums.create, name)))
        chooser.open()

    @Slot()
    def _mark(self) -> None:
        """Mark the line of the shared library that is on screen."""
        shown = self.screen.shared if "screen" in vars(self) and self.screen.page.isVisible() else None
        self._window.sidebar.show_shared(None if shown is None else shown.address)
