"""Screens that nobody sees at the start: each is made, and all that it needs is loaded, when it is opened first."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal, Slot

from guie_desktop.gui.albums.controller import AlbumsController
from guie_desktop.gui.backbones.controller import BackbonesController
from guie_desktop.gui.backend.services import Services
from guie_desktop.gui.browsing.controller import BrowsingController
from guie_desktop.gui.parts.controller import PartsController
from guie_desktop.gui.photos.gallery import Gallery
from guie_desktop.gui.photos.selection import Selection
from guie_desktop.gui.photos.tile_loader import TileLoader
from guie_desktop.gui.photos.trashing import Trashing
from guie_desktop.gui.search.controller import SearchController
from guie_desktop.gui.shell.navigation import Navigation, ScreenT
from guie_desktop.gui.shell.shared_libraries import SharedDoors
from guie_desktop.gui.shell.window import MainWindow
from guie_desktop.gui.widgets.actions import make_action
from guie_desktop.gui.widgets.overlay_page import OverlayPage
from guie_desktop.language import tr
from guie_desktop.paths import LibraryPaths
from guie_desktop.settings import Settings

if TYPE_CHECKING:
    from guie_desktop.gui.duplicates.controller import DuplicatesController
    from guie_desktop.gui.failures.controller import FailuresController
    from guie_desktop.gui.map.controller import MapController
    from guie_desktop.gui.settings.controller import SettingsController


class Watching(Protocol):
    """A feature that acts on the photos of any gallery."""

    def watch(self, gallery: Gallery) -> None:
        """From now on on those of this one, too."""


class Screens(QObject):
    """The ways to them, and they themselves. What is imported in a function here is what a start does without."""

    theme_chosen = Signal(object)
    start_again_asked = Signal()

    def __init__(
        self,
        window: MainWindow,
        navigation: Navigation,
        browsing: BrowsingController,
        services: Services,
        *,
        loader: TileLoader,
        settings: Settings,
        paths: LibraryPaths,
        parts: PartsController,
        backbones: BackbonesController,
        trashing: Trashing,
        watching: Sequence[Watching],
        albums: AlbumsController,
        search: SearchController,
        selection: Selection,
    ) -> None:
        """Those that are `watching` act on the photos of all screens."""
        super().__init__(window)
        self._window, self._navigation, self._browsing, self._services = window, navigation, browsing, services
        self._loader, self._settings, self._paths = loader, settings, paths
        self._parts, self._backbones, self._trashing, self._watching = parts, backbones, trashing, watching
        self.starts_again = False
        """Whether the program is to start once more when it has ended."""
        make_action(window, "View", tr("Map of the library"), self._open_map, keys=("F8",), apart=True)
        make_action(window, "Library", tr("Duplicates"), self._open_duplicates, keys=("F7",))
        self.shared = SharedDoors(
            window,
            navigation,
            browsing,
            albums,
            search,
            selection=selection,
            services=services,
            pasted=paths.pasted,
            add=self.add,
        )
        window.choose_settings.triggered.connect(self._open_settings)
        window.leave_out.triggered.connect(self._ask_what_to_leave_out)
        window.show_failures.triggered.connect(self._open_failures)
        window.sidebar.failures_asked.connect(self._open_failures)

    @cached_property
    def map(self) -> "MapController":
        """Where photos that are alike lie together."""
        from guie_desktop.gui.map.controller import MapController

        screen = MapController(self._loader, self._services)
        return self.add(screen, screen.page.gallery)

    @cached_property
    def duplicates(self) -> "DuplicatesController":
        """Photos that there are more than once."""
        from guie_desktop.gui.duplicates.controller import DuplicatesController

        screen = DuplicatesController(self._loader, self._trashing, self._services)
        return self.add(screen, screen.page.gallery)

    @cached_property
    def failures(self) -> "FailuresController":
        """Files that could not be read."""
        from guie_desktop.gui.failures.controller import FailuresController
        from guie_desktop.gui.failures.page import FailuresPage

        screen = FailuresController(FailuresPage(), self._services)
        screen.page.leave_out_asked.connect(self._leave_out_too)
        return self.add(screen)

    @cached_property
    def preferences(self) -> "SettingsController":
        """All that can be set."""
        from guie_desktop.gui.settings.controller import SettingsController
        from guie_desktop.gui.settings.page import SettingsPage

        page, folders = SettingsPage(self._window.choose_folder), self._window.sidebar.folders
        screen = SettingsController(page, self._services, self._settings, self._paths)
        screen.theme_chosen.connect(self.theme_chosen)
        screen.start_again_asked.connect(self._start_again)
        page.folders.remove_asked.connect(folders.remove_asked)
        page.folders.find_asked.connect(folders.find_asked)
        page.computing.models_asked.connect(self._backbones.open)
        page.computing.show_model(self._backbones.in_use)
        self._backbones.in_use_changed.connect(page.computing.show_model)
        screen.parts_asked.connect(self._parts.tell)
        page.library.forget_asked.connect(self._parts.ask_to_forget)
        self._parts.told.connect(page.library.show_parts)
        return self.add(screen)

    def add(self, screen: ScreenT, *galleries: Gallery) -> ScreenT:
        """Let the page lie over the photos when it asks for it, and follow the library from now on."""
        self.add_page(screen.page, galleries)
        if self._browsing.overview is not None:
            screen.show_library(self._browsing.overview)
        self._browsing.shown.connect(screen.show_library)
        return screen

    @Slot(object, object)
    def add_page(self, page: OverlayPage, galleries: Sequence[Gallery]) -> None:
        """Let a page without a life of its own lie over the photos, and act on the photos of its galleries."""
        self._navigation.add(page)
        for gallery in galleries:
            for feature in self._watching:
                feature.watch(gallery)

    def remember(self, settings: Settings) -> Settings:
        """These settings of the window, with what is chosen on the page of settings."""
        if "preferences" in vars(self):  # else nobody has opened it
            return self.preferences.remember(settings)
        return replace(settings, theme=self._settings.theme, language=self._settings.language)

    @Slot()
    def _start_again(self) -> None:
        self.starts_again = True
        self.start_again_asked.emit()

    @Slot()
    def _open_map(self) -> None:
        self.map.open()

    @Slot()
    def _open_duplicates(self) -> None:
        self.duplicates.open()

    @Slot()
    def _open_settings(self) -> None:
        self.preferences.open()

    @Slot()
    def _open_failures(self) -> None:
        self.failures.open()

    @Slot()
    def _ask_what_to_leave_out(self) -> None:
        self.preferences.ask_what_to_leave_out()

    @Slot(str)
    def _leave_out_too(self, name: str) -> None:
        self.preferences.leave_out_too(name)
