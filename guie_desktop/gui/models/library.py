"""The library as the window reads it: folders, counts and ids, read again in a thread when it changes."""

import time
from array import array
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from guie_desktop.domain import Counts, Failure, Folder, Photo
from guie_desktop.errors import UserError
from guie_desktop.gui.models.differences import Step, steps_between
from guie_desktop.gui.off_thread import OffThread
from guie_desktop.library.catalog import Catalog
from guie_desktop.library.thumbnails import Thumbnails
from guie_desktop.paths import LibraryPaths

_AT_LEAST_MS = 400
"""Between two readings; reading a million ids takes a second, so their own duration is waited for as well."""


@dataclass(frozen=True, slots=True)
class Overview:
    """One reading of the library; `ids` are those of one folder, or of all where it is None."""

    folders: tuple[Folder, ...]
    counts: Counts
    folder_id: int | None
    ids: "array[int]"
    steps: tuple[Step, ...] | None
    """From the ids that were shown to these; None where another folder was shown."""


class LibraryReader(QObject):
    """Reads the catalogue for the window, never twice at the same time."""

    overview_read = Signal(object)
    failed = Signal(str, str)
    bug = Signal(object)

    def __init__(self, paths: LibraryPaths, off_thread: OffThread, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._paths = paths
        self._off_thread = off_thread
        self._catalog: Catalog | None = None
        self._thumbnails: Thumbnails | None = None
        self._folder_id: int | None = None
        self._shown: tuple[int | None, array[int]] | None = None
        self._reading = False
        self._again = False
        self._took = 0.0
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._read)

    @property
    def is_open(self) -> bool:
        """Whether there is something to read."""
        return self._catalog is not None

    def open(self) -> None:
        """Open the files of the library, which the worker has made; UserError where they cannot be read."""
        self.close()
        self._catalog = Catalog.open_read_only(self._paths.catalogue)
        self._thumbnails = Thumbnails(self._paths.thumbnails, read_only=True)
        self.refresh_now()

    def close(self) -> None:
        """Let go of the files."""
        if self._catalog is not None and self._thumbnails is not None:
            self._catalog.close()
            self._thumbnails.close()
        self._catalog = self._thumbnails = None

    def photos(self, ids: Sequence[int]) -> dict[int, Photo]:
        """The photos with these ids; safe in any thread."""
        return self._catalog.photos(ids) if self._catalog is not None else {}

    def failures(self) -> tuple[Failure, ...]:
        """Files that could not be read; safe in any thread."""
        return self._catalog.failures() if self._catalog is not None else ()

    def picture(self, content_hash: bytes, size: int) -> bytes | None:
        """A picture from the cache; safe in any thread."""
        return self._thumbnails.get(content_hash, size) if self._thumbnails is not None else None

    def thumbnail(self, content_hash: bytes) -> bytes | None:
        """A tile's picture from the cache; safe in any thread."""
        return self._thumbnails.get(content_hash) if self._thumbnails is not None else None

    def look_at(self, folder_id: int | None) -> None:
        """Read the photos of this folder from now on; None for all."""
        self._folder_id = folder_id
        self.refresh_now()

    def shown(self, folder_id: int | None, ids: "array[int]") -> None:
        """An overview is on screen; the next reading tells the difference to it."""
        self._shown = (folder_id, ids)
        self._finish()

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

    @Slot()
    def _read(self) -> None:
        catalog, folder_id, shown = self._catalog, self._folder_id, self._shown
        if catalog is None:
            return
        self._reading = True
        started = time.monotonic()

        def work() -> Overview:
            ids = catalog.photo_ids(folder_id)
            same = shown is not None and shown[0] == folder_id
            steps = tuple(steps_between(shown[1], ids)) if same and shown else None
            return Overview(catalog.folders(), catalog.counts(), folder_id, ids, steps)

        def then(overview: Overview) -> None:
            self._took = time.monotonic() - started
            if overview.folder_id == self._folder_id:
                self.overview_read.emit(overview)  # whoever shows it calls shown()
            else:
                self._finish()

        def failed(error: Exception) -> None:
            if isinstance(error, UserError):
                self.failed.emit(error.title, error.remedy)
            else:
                self.bug.emit(error)
            self._finish()

        self._off_thread.run(work, then, failed)

    def _finish(self) -> None:
        self._reading = False
        if self._again:
            self._again = False
            self._timer.start(max(_AT_LEAST_MS, round(self._took * 1000)))
