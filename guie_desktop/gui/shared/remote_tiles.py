"""Photos of a shared library as tiles: they are in no catalog, so what the grid reads is what the worker has sent."""

from array import array
from collections.abc import Sequence
from pathlib import Path

from guie_desktop.asking import Hit
from guie_desktop.domain import Photo, RemotePhoto
from guie_desktop.gui.backend.failure_reporter import FailureReporter
from guie_desktop.gui.photos.tile_loader import TileLoader
from guie_desktop.library.ordered_photos import OrderedPhotos
from guie_desktop.messages import SharedPage


class RemoteTiles:
    """What is on the page; ids of tiles are rows of the shared library's table."""

    def __init__(self, reporter: FailureReporter) -> None:
        self.photos: dict[int, RemotePhoto] = {}
        """By row, in the order in which they are shown."""
        self._pictures: dict[bytes, bytes] = {}
        """Content hash to JPEG."""
        self._cutoff: float | None = None
        self.loader = TileLoader(reporter)
        self.loader.open(self._read, lambda content, _size: self._pictures.get(content))

    def show(self, page: SharedPage) -> None:
        """Show these and no others."""
        # Others' threads may still read the former ones.
        self.photos, self._pictures = {}, {}
        self._cutoff = page.cutoff
        self.add(page)

    def add(self, page: SharedPage) -> None:
        """Show these as well, after those that are there."""
        self._pictures |= {one.content_hash: page.pictures[one.row] for one in page.photos if one.row in page.pictures}
        self.photos |= {one.row: one for one in page.photos}
        self.loader.mark_stale()

    def ordered(self) -> OrderedPhotos:
        """All of them, by date."""
        shown = self.photos.values()
        shapes = array("f", (one.width / one.height if one.height else 0.0 for one in shown))
        return OrderedPhotos(array("q", self.photos), shapes, array("d", map(_dated, shown)))

    def hits(self) -> list[Hit]:
        """All of them, as they were found."""
        return [
            Hit(
                rank,
                one.row,
                (Path(one.path),),
                one.score or 0.0,
                similar=self._cutoff is None or (one.score or 0.0) >= self._cutoff,
                shape=one.width / one.height if one.height else 0.0,
            )
            for rank, one in enumerate(self.photos.values(), start=1)
        ]

    def picture_of(self, row: int) -> bytes | None:
        """The JPEG of a tile, where the table has one."""
        return self._pictures.get(self.photos[row].content_hash)

    def _read(self, rows: Sequence[int]) -> dict[int, Photo]:
        shown = self.photos
        return {row: _as_photo(shown[row]) for row in rows if row in shown}


def _dated(photo: RemotePhoto) -> float:
    return photo.modified if photo.taken is None else photo.taken


def _as_photo(photo: RemotePhoto) -> Photo:
    return Photo(
        photo.row,
        0,
        Path(photo.path),
        photo.content_hash,
        photo.width,
        photo.height,
        photo.bytes,
        int(photo.modified * 1e9),
        _dated(photo),
        taken_from=None if photo.taken is not None else "file time",
    )
