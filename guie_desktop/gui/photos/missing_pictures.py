"""Has the worker make the tiles' pictures that the cache has lost, a few at a time, the latest first."""

from collections import deque

from PySide6.QtCore import QObject, Slot

from guie_desktop.domain import Photo
from guie_desktop.gui.backend.worker_client import WorkerClient
from guie_desktop.gui.photos.tile_loader import TileLoader
from guie_desktop.messages import MakePicture, PictureReady
from guie_desktop.pictures.picture_sizes import THUMBNAIL

_AT_ONCE = 2
"""A search must not wait behind a screenful of pictures."""
_REMEMBERED = 200


class MissingPictures(QObject):
    """Listens to a loader's `lacking`."""

    def __init__(self, client: WorkerClient, loader: TileLoader, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._client = client
        self._loader = loader
        self._wanted: deque[tuple[Photo, int]] = deque(maxlen=_REMEMBERED)
        self._under_way = 0
        loader.lacking.connect(self.make)

    @Slot(object, int)
    def make(self, photo: Photo, size: int) -> None:
        """Make the picture of this photo, with this long side in pixels."""
        self._wanted.append((photo, size))
        self._go_on()

    def _go_on(self) -> None:
        while self._wanted and self._under_way < _AT_ONCE:
            photo, size = self._wanted.pop()
            if size > THUMBNAIL and not self._loader.is_wanted(photo):
                self._loader.retry(photo.picture_hash, size)  # it was scrolled by; the next time it is asked for again
                continue
            self._under_way += 1

            def made(_: PictureReady, photo: Photo = photo, size: int = size) -> None:
                self._loader.retry(photo.picture_hash, size)
                self._end_one()

            # What cannot be made is listed among the failures, or will be.
            wanted = MakePicture(photo.path, size, photo.moment)
            self._client.ask(wanted, then=made, failed=lambda _: self._end_one())

    def _end_one(self) -> None:
        self._under_way -= 1
        self._go_on()
