"""Pictures for the large view, decoded ahead so that leafing need not wait, and bounded by the bytes that they take."""

from collections import OrderedDict
from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from guie_desktop.domain import Photo
from guie_desktop.gui.backend.pictures import PictureRequest, Pictures
from guie_desktop.pictures.picture_sizes import PREVIEW

_KEPT = 32 * 1024**2
"""Bytes; a picture for the large view takes 8 MB: the one that is seen, two ahead and one behind."""


class SharpPictures(QObject):
    """Gets the picture that is wanted, then those that may be wanted next, one at a time."""

    arrived = Signal(object)
    """The picture of this Photo is there."""
    failed = Signal(object, str)
    """There is none of the Photo that was wanted, and why."""

    def __init__(self, pictures: Pictures, parent: QObject | None = None, *, kept: int = _KEPT) -> None:
        super().__init__(parent)
        self._pictures, self._most = pictures, kept
        self._kept: OrderedDict[bytes, QImage] = OrderedDict()
        self._under_way: set[bytes] = set()
        self._wanted: Photo | None = None
        self._ahead: list[Photo] = []

    def picture(self, photo: Photo) -> QImage | None:
        """The picture, if it is there."""
        return self._kept.get(photo.picture_hash)

    def want(self, photo: Photo, ahead: Sequence[Photo] = ()) -> None:
        """Get this picture, then those ahead in their order; earlier wishes that have not begun are dropped."""
        self._wanted, self._ahead = photo, list(ahead)
        if photo.picture_hash in self._kept:
            self._kept.move_to_end(photo.picture_hash)
        elif photo.picture_hash not in self._under_way:
            self._fetch(photo)
        self._go_on()

    def forget(self) -> None:
        """Nothing is looked at any more."""
        self._wanted, self._ahead = None, []
        self._kept.clear()

    def _go_on(self) -> None:
        while self._ahead and not self._under_way:
            photo = self._ahead.pop(0)
            if photo.picture_hash not in self._kept:
                self._fetch(photo)

    def _fetch(self, photo: Photo) -> None:
        key = photo.picture_hash
        self._under_way.add(key)

        def then(image: QImage) -> None:
            self._under_way.discard(key)
            if self._wanted is not None:
                self._keep(key, image)
                self.arrived.emit(photo)
            self._go_on()

        def failed(title: str, remedy: str) -> None:
            self._under_way.discard(key)
            self.failed.emit(photo, f"{title} {remedy}".strip())
            self._go_on()

        self._pictures.fetch(PictureRequest(photo.path, PREVIEW, then, failed, photo.moment), key)

    def _keep(self, key: bytes, image: QImage) -> None:
        self._kept[key] = image
        wanted = self._wanted.picture_hash if self._wanted is not None else None
        taken = sum(kept.sizeInBytes() for kept in self._kept.values())
        for old in [kept for kept in self._kept if kept not in (key, wanted)]:
            if taken <= self._most:
                break
            taken -= self._kept.pop(old).sizeInBytes()
