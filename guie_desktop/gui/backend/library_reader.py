"""The library as the window reads it: folders, albums, counts and ids, read again in a thread when it changes."""

import time
from array import array
from collections.abc import Callable, Collection
from functools import partial
from typing import TYPE_CHECKING, Literal, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from guie_desktop.asking import EVERYTHING, Filter
from guie_desktop.domain import (
    ALL_PHOTOS,
    Place,
)
from guie_desktop.errors import UserError
from guie_desktop.gui.backend.background import BackgroundRunner
from guie_desktop.gui.backend.failure_reporter import FailureReporter
from guie_desktop.gui.backend.library_questions import LibraryQuestions, opened_as_it_is
from guie_desktop.gui.backend.overview import LookedAt, Overview, Overviews
from guie_desktop.gui.backend.worker_client import WorkerClient
from guie_desktop.library.ordered_photos import NEWEST_FIRST, NamedPhotos, Order, OrderedPhotos
from guie_desktop.messages import JobEnded, LibraryChanged, Ready
from guie_desktop.paths import LibraryPaths

if TYPE_CHECKING:
    from guie_desktop.library.catalog import Catalog
    from guie_desktop.library.thumbnails import Thumbnails

T = TypeVar("T")

_AT_LEAST_MS = 400
"""Between two readings; where these take longer than that, so does what is waited for."""


class LibraryReader(LibraryQuestions):
    """Reads the catalog for the window, never twice at the same time."""

    opened = Signal()
    """The files of the library can be read."""
    found_older = Signal()
    """They are of an earlier version of the program, and can be read when the worker has brought them up to date."""
    overview_read = Signal(object)
    left = Signal(object)
    """Ids of photos that the user has just put away: whoever shows them lets go of them now."""

    def __init__(
        self,
        paths: LibraryPaths,
        client: WorkerClient,
        background: BackgroundRunner,
        reporter: FailureReporter,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(paths, parent)
        self._reporter = reporter
        self._background = background
        self._place = ALL_PHOTOS
        self._order = NEWEST_FIRST
        self._which = EVERYTHING
        self._overviews = Overviews(paths.grid)
        self._shown: Overview | None = None
        self._reading = False
        self._again = False
        self._took = 0.0
        self._is_served = False
        """Whether a worker has opened the library; until then it is the worker that tells what is wrong with it."""
        self._gone: frozenset[int] = frozenset()
        """Photos of which the window knows before the catalog does that their files are gone."""
        self.arrange: Callable[[Catalog, OrderedPhotos], OrderedPhotos] = lambda _, photos: photos
        """What is to be seen of the photos that were read; called in a thread."""
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._read)
        client.on(Ready, self._take_worker)
        client.on(LibraryChanged, lambda _: self.refresh())
        client.on(JobEnded, lambda _: self.refresh())

    def begin(self) -> None:
        """Show what there is before the worker is; where that is not as this version leaves it, wait for the worker."""
        if self._paths.has_library:
            self._background.run(partial(opened_as_it_is, self._paths), self._begin_with, lambda _: None)

    def keep_read(self) -> None:
        """Keep what was read last for the next start, which then reads no more than what has changed."""
        if self._catalog is not None:
            self._overviews.keep(self._catalog)

    def look_at(self, place: Place) -> None:
        """Read the photos of this place from now on."""
        self._place = place
        self.refresh_now()

    def sort_by(self, order: Order) -> None:
        """Read the photos in this order from now on."""
        self._order = order
        self.refresh_now()

    def filter_by(self, which: Filter) -> None:
        """Read only the photos that pass from now on."""
        self._which = which
        self.refresh_now()

    def named(self, place: Place, text: str) -> NamedPhotos:
        """The photos of this place that have a text in their names; safe in any thread."""
        if self._catalog is None:
            return NamedPhotos(array("q"), array("q"))
        return self._catalog.named(text, place, self._which)

    def shown(self, overview: Overview) -> None:
        """An overview is on screen; the next reading tells the difference to it."""
        self._shown = overview
        self._finish()

    def note_gone(self, photos: Collection[int]) -> None:
        """The files of these are gone by what the user did here; the catalog says so when the worker has noted it."""
        self._gone |= frozenset(photos)
        self.left.emit(frozenset(photos))
        self.refresh_now()

    def note_back(self, photos: Collection[int]) -> None:
        """Their files are there again, or never went."""
        self._gone -= frozenset(photos)
        self.refresh_now()

    def refresh(self) -> None:
        """The library changed: read it again soon."""
        if self._reading:
            self._again = True
        elif not self._timer.isActive():
            self._timer.start(_AT_LEAST_MS)

    def refresh_now(self) -> None:
        """Read at once."""
        if self._reading:
            self._again = True
        else:
            self._timer.start(0)

    def _take_worker(self, _: Ready) -> None:
        """Open the files of the library, which the worker has made by now; what was opened before that stays open."""
        self._is_served = True
        from guie_desktop.library.catalog import Catalog

        try:
            if self._catalog is None:
                self._catalog = Catalog.open_read_only(self._paths.catalog)
                self._overviews = Overviews(self._paths.grid)  # it may be another one, such as a copy that was put back
            self.let_go_of_pictures()  # the worker has replaced the file where it was damaged
            self.open_pictures()
        except UserError as error:
            self._reporter.report(error)
        else:
            self._tell_opened()

    def _begin_with(self, files: "tuple[Catalog, Thumbnails] | Literal['older', 'unreadable']") -> None:
        if self._catalog is not None:
            return  # the worker was faster
        if files == "older":
            self.found_older.emit()
        elif files != "unreadable":
            self._catalog, self._thumbnails = files
            self._tell_opened()

    def _tell_opened(self) -> None:
        self.opened.emit()
        self.refresh_now()

    @Slot()
    def _read(self) -> None:
        catalog, shown, gone = self._catalog, self._shown, self._gone
        looked_at = LookedAt(self._place, self._order, self._which)
        if catalog is None:
            return
        self._reading = True
        started = time.monotonic()

        def work() -> Overview:
            from guie_desktop.library.damage import blaming_damage

            with blaming_damage(catalog.path):
                return self._overviews.read(
                    catalog, looked_at, shown, lambda read: self.arrange(catalog, read.without(gone))
                )

        def then(overview: Overview) -> None:
            self._took = time.monotonic() - started
            if looked_at == LookedAt(self._place, self._order, self._which):
                self.overview_read.emit(overview)  # whoever shows it calls shown()
            else:
                self._finish()

        def failed(error: Exception) -> None:
            if self._is_served or not isinstance(error, UserError):
                self._reporter.report(error)
            else:  # the worker tells what is wrong with the library, and what helps
                self.close()
            self._finish()

        self._background.run(work, then, failed)

    def _finish(self) -> None:
        self._reading = False
        if self._again:
            self._again = False
            self._timer.start(max(_AT_LEAST_MS, round(self._took * 1000)))
