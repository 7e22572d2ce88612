"""The library as the window reads it: folders, albums, counts and ids, read again in a thread when it changes."""

import time
from array import array
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from guie_desktop.asking import EVERYTHING, Filter
from guie_desktop.computing import ComputingChoices
from guie_desktop.domain import (
    ALL_PHOTOS,
    Album,
    ChosenPhotos,
    Folder,
    Photo,
    Place,
    ReadingChoices,
    Verdict,
)
from guie_desktop.duplicates import FoundLast, KeepChoices
from guie_desktop.errors import UserError
from guie_desktop.gui.backend.background import BackgroundRunner
from guie_desktop.gui.backend.failure_reporter import FailureReporter
from guie_desktop.gui.backend.overview import LookedAt, Overview, Overviews
from guie_desktop.gui.backend.worker_client import WorkerClient
from guie_desktop.library.catalog import Catalog
from guie_desktop.library.choices import Choices
from guie_desktop.library.damage import blaming_damage
from guie_desktop.library.directories import sum_up
from guie_desktop.library.duplicates import Duplicates
from guie_desktop.library.photo_orders import NEWEST_FIRST, NamedPhotos, Order, OrderedPhotos
from guie_desktop.library.thumbnails import Thumbnails
from guie_desktop.messages import JobEnded, LibraryChanged, Ready
from guie_desktop.paths import LibraryPaths

T = TypeVar("T")

_AT_LEAST_MS = 400
"""Between two readings; where these take longer than that, so does what is waited for."""


class LibraryReader(QObject):
    """Reads the catalog for the window, never twice at the same time."""

    opened = Signal()
    """The files of the library can be read."""
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
        super().__init__(parent)
        self._reporter = reporter
        self._paths = paths
        self._background = background
        self._catalog: Catalog | None = None
        self._thumbnails: Thumbnails | None = None
        self._place = ALL_PHOTOS
        self._order = NEWEST_FIRST
        self._which = EVERYTHING
        self._overviews = Overviews()
        self._shown: Overview | None = None
        self._reading = False
        self._again = False
        self._took = 0.0
        self._gone: frozenset[int] = frozenset()
        """Photos of which the window knows before the catalog does that their files are gone."""
        self.arrange: Callable[[Catalog, OrderedPhotos], OrderedPhotos] = lambda _, photos: photos
        """What is to be seen of the photos that were read; called in a thread."""
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._read)
        client.on(Ready, lambda _: self._open())
        client.on(LibraryChanged, lambda _: self.refresh())
        client.on(JobEnded, lambda _: self.refresh())

    def close(self) -> None:
        """Let go of the files."""
        self.let_go_of_pictures()
        if self._catalog is not None:
            self._catalog.close()
        self._catalog = None

    def let_go_of_pictures(self) -> None:
        """Close their file, which is about to be replaced; nobody finds a picture until it is opened again."""
        if self._thumbnails is not None:
            self._thumbnails.close()
        self._thumbnails = None

    def open_pictures(self) -> None:
        """Open their file again, unless all is closed."""
        if self._catalog is not None and self._thumbnails is None:
            self._thumbnails = Thumbnails(self._paths.thumbnails, read_only=True)

    def photos(self, ids: Sequence[int]) -> dict[int, Photo]:
        """The photos with these ids; safe in any thread."""
        return self._catalog.photos(ids) if self._catalog is not None else {}

    def folders(self) -> tuple[Folder, ...]:
        """The folders of the library; safe in any thread."""
        return self._catalog.folders() if self._catalog is not None else ()

    def photo_at(self, path: Path) -> Photo | None:
        """The photo at this path, if the library has it; safe in any thread."""
        return self._catalog.photo_at(path) if self._catalog is not None else None

    def photos_below(self, folder: Path) -> list[int]:
        """Ids of the photos that lie in a folder or deeper; safe in any thread."""
        below = self._catalog.photos_by_directory(folder) if self._catalog is not None else {}
        return [photo for photos in below.values() for photo in photos]

    def skipped(self) -> tuple[str, ...]:
        """Patterns of the names of what the user leaves out."""
        return Choices(self._catalog).skipped if self._catalog is not None else ()

    def reading_choices(self) -> ReadingChoices:
        """How the folders are read."""
        return Choices(self._catalog).reading if self._catalog is not None else ReadingChoices()

    def duplicates(self) -> FoundLast:
        """The duplicates that were found last, and which of them are to stay; safe in any thread."""
        if self._catalog is None:
            return FoundLast((), {}, KeepChoices())
        duplicates = Duplicates(self._catalog)
        return FoundLast(duplicates.found(), duplicates.detail(), Choices(self._catalog).keeping)

    def computing_choices(self) -> ComputingChoices:
        """How hard the computer works."""
        return Choices(self._catalog).computing if self._catalog is not None else ComputingChoices()

    def sum_up(self, ids: Sequence[int]) -> ChosenPhotos:
        """What these photos are together; safe in any thread."""
        return sum_up(self._catalog, ids) if self._catalog is not None else ChosenPhotos(0, 0, None, 0)

    def picture(self, content_hash: bytes, size: int) -> bytes | None:
        """A picture from the cache; safe in any thread."""
        thumbnails = self._thumbnails  # which may be closed meanwhile
        return thumbnails.get(content_hash, size) if thumbnails is not None else None

    def places(self, hashes: Sequence[bytes]) -> dict[bytes, list[Path]]:
        """Content hash to all present files that hold it; safe in any thread."""
        return self._catalog.places(hashes) if self._catalog is not None else {}

    def albums(self) -> tuple[Album, ...]:
        """All albums; safe in any thread."""
        return self._catalog.albums() if self._catalog is not None else ()

    def albums_of(self, ids: Sequence[int]) -> dict[int, tuple[int, ...]]:
        """Photo id to the albums that it is in; safe in any thread."""
        return self._catalog.albums_of(ids) if self._catalog is not None else {}

    def verdicts(self, album_id: int) -> dict[int, Verdict]:
        """Photo id to what was decided of it and this album; safe in any thread."""
        return self._catalog.verdicts(album_id) if self._catalog is not None else {}

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

    def ask(self, question: Callable[[Catalog], T], otherwise: T) -> T:
        """What the catalog answers, or something else while it is not open; safe in any thread."""
        return question(self._catalog) if self._catalog is not None else otherwise

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

    def _open(self) -> None:
        """Open the files of the library, which the worker has made by now."""
        self.close()
        self._overviews = Overviews()  # for it may be another catalog, such as a copy that was put back
        try:
            self._catalog = Catalog.open_read_only(self._paths.catalog)
            self._thumbnails = Thumbnails(self._paths.thumbnails, read_only=True)
        except UserError as error:
            self._reporter.report(error)
            return
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
            self._reporter.report(error)
            self._finish()

        self._background.run(work, then, failed)

    def _finish(self) -> None:
        self._reading = False
        if self._again:
            self._again = False
            self._timer.start(max(_AT_LEAST_MS, round(self._took * 1000)))
