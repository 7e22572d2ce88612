"""What the window shows of the library at one moment, read by what has changed since the moment before."""

from array import array
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from guie_desktop.asking import EVERYTHING, Filter
from guie_desktop.domain import Album, Counts, Folder, Place, SavedSearch, SharedLibrary
from guie_desktop.library.directory_tree import Directories
from guie_desktop.library.id_differences import Step, steps_between
from guie_desktop.library.ordered_photos import Order, OrderedPhotos
from guie_desktop.library.plain_values import as_json

if TYPE_CHECKING:
    from guie_desktop.library.catalog import Catalog
    from guie_desktop.library.followed_photos import FollowedPhotos


class LookedAt(NamedTuple):
    """Which photos are looked at, and in which order."""

    place: Place
    order: Order
    which: Filter


@dataclass(frozen=True, slots=True)
class Overview:
    """One reading of the library; the photos are those of one place."""

    folders: tuple[Folder, ...]
    albums: tuple[Album, ...]
    counts: Counts
    place: Place
    photos: OrderedPhotos
    order: Order
    steps: tuple[Step, ...] | None
    """From the ids that were shown to these; None where another place was shown, or in another order."""
    directories: Directories
    which: Filter = EVERYTHING
    """What the photos pass."""
    searches: tuple[SavedSearch, ...] = ()
    """Those that the user saved."""
    shared: tuple[SharedLibrary, ...] = ()
    """Libraries that many read, which the user has opened."""

    @property
    def ids(self) -> "array[int]":
        """Those of the photos, as ordered."""
        return self.photos.ids

    @property
    def looked_at(self) -> LookedAt:
        """Which photos these are."""
        return LookedAt(self.place, self.order, self.which)


class Overviews:
    """Reads one overview after the other, never two at the same time."""

    def __init__(self, kept: Path) -> None:
        """`kept` is the file in which what was read last is kept from one start to the next."""
        self._kept = kept
        self._last: tuple[LookedAt, FollowedPhotos] | None = None
        """What was read last."""

    def read(
        self,
        catalog: "Catalog",
        looked_at: LookedAt,
        shown: Overview | None,
        arrange: Callable[[OrderedPhotos], OrderedPhotos],
    ) -> Overview:
        """The library as it is now, with the steps from what is shown; `arrange` makes of photos what is to be seen."""
        from guie_desktop.library.choices import Choices
        from guie_desktop.library.directories import read_directories
        from guie_desktop.library.searches import saved_searches
        from guie_desktop.library.shared_libraries import SharedLibraries

        place, order, which = looked_at
        before = self._before(catalog, looked_at)
        followed = catalog.followed(order, place, which, before)
        self._last = looked_at, followed
        photos = arrange(followed.photos)
        steps = None
        if shown is not None and shown.looked_at == looked_at:
            # What is arranged, or was read and not shown, is compared with what is.
            is_next = before is not None and shown.photos is before.photos and photos is followed.photos
            steps = followed.steps if is_next else None
            steps = tuple(steps_between(shown.ids, photos.ids)) if steps is None else steps
        folders = catalog.folders()
        tree = read_directories(catalog, [folder.path for folder in folders])
        albums, counts, searches = catalog.albums(), catalog.counts(), saved_searches(catalog)
        shared = SharedLibraries(Choices(catalog)).all()
        return Overview(folders, albums, counts, place, photos, order, steps, tree, which, searches, shared)

    def _before(self, catalog: "Catalog", looked_at: LookedAt) -> "FollowedPhotos | None":
        """What is known of these photos already; of the first that are read, by an earlier start."""
        from guie_desktop.library.kept_photos import kept_photos

        if self._last is None:
            return kept_photos(self._kept, catalog, as_json(looked_at))
        return self._last[1] if self._last[0] == looked_at else None

    def keep(self, catalog: "Catalog") -> None:
        """Keep what was read last for the next start."""
        from guie_desktop.library.kept_photos import keep_photos

        if self._last is not None:
            looked_at, followed = self._last
            keep_photos(self._kept, catalog, as_json(looked_at), followed)
