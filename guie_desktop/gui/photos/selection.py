"""What the next verb acts on: the photo that is seen large, or else those that are chosen where the user works."""

from collections.abc import Callable
from pathlib import Path
from weakref import WeakSet

from PySide6.QtCore import QObject, Signal

from guie_desktop.domain import Album, Photo, Region
from guie_desktop.gui.photos.gallery import Gallery


class Selection(QObject):
    """The one answer to that question, for menus, keys and buttons alike."""

    changed = Signal()

    def __init__(self, worked_in: Callable[[], Gallery], parent: QObject | None = None) -> None:
        """`worked_in` gives the gallery with the keyboard, or else that of the page on screen."""
        super().__init__(parent)
        self._worked_in = worked_in
        self._watched: WeakSet[Gallery] = WeakSet()
        self._looked_at: tuple[Gallery, Photo] | None = None
        self.part: Region | None = None
        """The part that is marked in the photo that is looked at; None for the whole."""

    def watch(self, gallery: Gallery) -> None:
        """Follow what is chosen there; of galleries that are not watched nothing is meant, whatever their ids are."""
        self._watched.add(gallery)
        gallery.chosen_changed.connect(self.changed)

    def look_at(self, gallery: Gallery, photo: Photo) -> None:
        """One photo of a gallery is seen large: it alone is meant."""
        self._looked_at, self.part = (gallery, photo), None
        self.changed.emit()

    def look_away(self) -> None:
        """The gallery is on screen again."""
        self._looked_at, self.part = None, None
        self.changed.emit()

    def mark(self, part: Region | None) -> None:
        """A part of the photo that is looked at is meant, or all of it again."""
        self.part = part

    @property
    def is_large(self) -> bool:
        """Whether one photo is seen large."""
        return self._looked_at is not None

    @property
    def gallery(self) -> Gallery:
        """Where the photos come from."""
        return self._looked_at[0] if self._looked_at is not None else self._worked_in()

    @property
    def album(self) -> Album | None:
        """The album whose photos are meant; None where photos of all kinds are on screen."""
        return self.gallery.album

    def photos(self) -> list[Photo]:
        """The photos themselves, as far as they are still in the library."""
        if self._looked_at is not None:
            return [self._looked_at[1]]
        return [] if (gallery := self._meant()) is None else gallery.chosen_photos()

    def ids(self) -> tuple[int, ...]:
        """The photos by id, however many."""
        if self._looked_at is not None:
            return (self._looked_at[1].id,)
        return () if (gallery := self._meant()) is None else gallery.chosen_ids()

    def places(self) -> tuple[Path, ...]:
        """Where the one photo lies that is meant, the place that is shown first; none where several photos are meant.

        Of what was found all places are known, and of other photos theirs alone.
        """
        photos = self.photos() if self.count() == 1 else []
        if not photos:
            return ()
        hit = self.gallery.photos.hit_of(photos[0].id)
        return (photos[0].path, *(hit.places[1:] if hit is not None else ()))

    def count(self) -> int:
        """How many there are."""
        if self._looked_at is not None:
            return 1
        return 0 if (gallery := self._meant()) is None else gallery.chosen_count()

    def _meant(self) -> Gallery | None:
        """Where the user works. What lies in a shared library has the ids of its table, which are others' in ours."""
        gallery = self._worked_in()
        return gallery if gallery in self._watched and gallery.isVisible() else None
