"""What was on screen when the program was closed is there again: place, filter, search, and how far it was scrolled."""

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot

from guie_desktop.domain import Place
from guie_desktop.gui.backend.overview import Overview
from guie_desktop.gui.backend.services import Services
from guie_desktop.gui.browsing.controller import BrowsingController
from guie_desktop.gui.browsing.order_words import ORDER_WORDS
from guie_desktop.gui.filters.controller import FiltersController
from guie_desktop.gui.search.controller import SearchController
from guie_desktop.gui.shell.window import MainWindow
from guie_desktop.library.kept_questions import filter_in, is_filter_alone, question_text
from guie_desktop.library.ordered_photos import Order
from guie_desktop.settings import LastPlace, LastView, Settings

if TYPE_CHECKING:
    from guie_desktop.library.recalling import Recalled


class KeptView(QObject):
    """Takes it up before the library is read; what is gone by then is left out without a word."""

    def __init__(
        self,
        library: Path,
        window: MainWindow,
        browsing: BrowsingController,
        search: SearchController,
        filters: FiltersController,
        *,
        to: Services,
    ) -> None:
        super().__init__(window)
        self._library = str(library)
        self._window, self._browsing, self._search, self._filters = window, browsing, search, filters
        self._reader, self._background, self._reporter = to.reader, to.background, to.reporter
        self._waits: LastView | None = None
        """What was remembered, until it is on screen: a program that is closed before that forgets nothing."""

    def take_up(self, settings: Settings) -> None:
        """Show what was shown, in the order in which it was."""
        window, last = self._window, settings.view
        window.sidebar.folders.remember(settings.open_folders, deep=settings.subfolders)
        window.browsing.show_names(settings.names_shown)
        self._search.state.look_inside(settings.look_inside)
        if settings.order in ORDER_WORDS:
            self._browsing.sort_by(Order(settings.order, settings.descending))
        if last.library != self._library:
            return
        self._waits = last
        if last.place != LastPlace():
            window.sidebar.go_to(_place(last.place))
        self._filters.show(filter_in(last.question))  # before the first reading, so that all else is not seen first
        # Navigation has the signal first, so that the photos are on screen by then, and their places known.
        self._browsing.shown.connect(self._go_on, Qt.ConnectionType.SingleShotConnection)

    def remember(self, settings: Settings) -> Settings:
        """The settings with what is shown now."""
        browsing, folders = self._window.browsing, self._window.sidebar.folders
        return replace(
            settings,
            order=browsing.order.name,
            descending=browsing.order.descending,
            names_shown=browsing.names_shown,
            sort=self._search.sort,
            look_inside=self._search.state.question.inside,
            open_folders=folders.opened,
            subfolders=folders.deep,
            view=self._waits or self._shown(),
        )

    def _shown(self) -> LastView:
        place = self._browsing.place
        return LastView(
            self._library,
            LastPlace(place.folder_id or 0, place.album_id or 0, str(place.directory or ""), place.deep),
            top=self._window.browsing.first_in_view(),
            question=question_text(self._search.state.question),
        )

    @Slot(object)
    def _go_on(self, overview: Overview) -> None:
        """The photos are on screen: scroll to where they were, and look once more for what was looked for."""
        last = self._waits
        assert last is not None
        if last.top and overview.place == _place(last.place):
            for row in overview.photos.rows_of([last.top]).tolist():
                self._window.browsing.grid.show_from(row)
        if is_filter_alone(last.question) or self._search.state.is_on:
            self._waits = None
            return

        def then(recalled: "Recalled | None") -> None:
            self._waits = None
            if recalled is not None and recalled.question.is_on and not self._search.state.is_on:
                self._search.state.take_up(recalled.question)

        def failed(error: Exception) -> None:
            self._waits = None
            self._reporter.report(error)

        self._background.run(partial(self._reader.recalled, last.question), then, failed)


def _place(last: LastPlace) -> Place:
    directory = Path(last.directory) if last.directory else None
    return Place(last.folder_id or None, last.album_id or None, directory, last.deep)
