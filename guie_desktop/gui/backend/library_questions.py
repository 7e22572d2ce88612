"""What the window asks of a library while its files are open; each answer is one short read, in any thread.

What reads is loaded by whoever asks first, which is a thread: the window is on screen by then.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeVar

from PySide6.QtCore import QObject

from guie_desktop.computing import ComputingChoices
from guie_desktop.domain import Album, ChosenPhotos, Folder, Photo, ReadingChoices, Verdict
from guie_desktop.duplicates import FoundLast, KeepChoices
from guie_desktop.errors import UserError
from guie_desktop.loading import loading
from guie_desktop.noted import NO_MONTHS, Months, Noted, PhotoNotes
from guie_desktop.paths import LibraryPaths

if TYPE_CHECKING:
    from guie_desktop.library.catalog import Catalog
    from guie_desktop.library.choices import Choices
    from guie_desktop.library.recalling import Recalled
    from guie_desktop.library.thumbnails import Thumbnails

T = TypeVar("T")


class LibraryQuestions(QObject):
    """Knows nothing as long as nothing is open."""

    def __init__(self, paths: LibraryPaths, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._paths = paths
        self._catalog: Catalog | None = None
        self._thumbnails: Thumbnails | None = None

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
        from guie_desktop.library.thumbnails import Thumbnails

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
        choices = self._choices()
        return choices.skipped if choices is not None else ()

    def reading_choices(self) -> ReadingChoices:
        """How the folders are read."""
        choices = self._choices()
        return choices.reading if choices is not None else ReadingChoices()

    def duplicates(self) -> FoundLast:
        """The duplicates that were found last, and which of them are to stay; safe in any thread."""
        from guie_desktop.library.duplicates import Duplicates

        choices = self._choices()
        if self._catalog is None or choices is None:
            return FoundLast((), {}, KeepChoices())
        duplicates = Duplicates(self._catalog)
        return FoundLast(duplicates.found(), duplicates.detail(), choices.keeping)

    def computing_choices(self) -> ComputingChoices:
        """How hard the computer works."""
        choices = self._choices()
        return choices.computing if choices is not None else ComputingChoices()

    def sum_up(self, ids: Sequence[int]) -> ChosenPhotos:
        """What these photos are together; safe in any thread."""
        from guie_desktop.library.directories import sum_up

        return self.ask(lambda catalog: sum_up(catalog, ids), ChosenPhotos(0, 0, None, 0))

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

    def noted_names(self) -> Noted:
        """Cameras, lenses and places that photos note; safe in any thread."""
        from guie_desktop.library.listings import noted_names

        return self.ask(noted_names, Noted())

    def photos_by_month(self) -> Months:
        """How many photos were taken when; safe in any thread."""
        from guie_desktop.library.listings import photos_by_month

        return self.ask(photos_by_month, NO_MONTHS)

    def notes_of(self, photo_id: int) -> PhotoNotes:
        """What this photo says of itself, as far as that was read; safe in any thread."""
        from guie_desktop.library.photo_notes import notes_of

        return self.ask(lambda catalog: notes_of(photo_id, catalog), PhotoNotes())

    def recalled(self, text: str) -> "Recalled | None":
        """A kept question, as it can be asked now; safe in any thread."""
        from guie_desktop.library.recalling import recall

        return self.ask(lambda catalog: recall(text, catalog), None)

    def ask(self, question: "Callable[[Catalog], T]", otherwise: T) -> T:
        """What the catalog answers, or something else while it is not open; safe in any thread."""
        return question(self._catalog) if self._catalog is not None else otherwise

    def _choices(self) -> "Choices | None":
        from guie_desktop.library.choices import Choices

        return self.ask(Choices, None)


def opened_as_it_is(paths: LibraryPaths) -> "tuple[Catalog, Thumbnails] | Literal['older', 'unreadable']":
    """The files of a library, or why they cannot be read as they are; then the worker has to do something first."""
    with loading():
        from guie_desktop.library.catalog import Catalog
        from guie_desktop.library.migrations import is_older
        from guie_desktop.library.thumbnails import Thumbnails

    try:
        catalog = Catalog.open_read_only(paths.catalog)
        if not is_older(catalog.database):
            return catalog, Thumbnails(paths.thumbnails, read_only=True)
        catalog.close()
    except UserError:
        return "unreadable"  # the worker will say so
    return "older"
