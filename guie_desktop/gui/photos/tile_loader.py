"""Loads the rows and small pictures of the tiles on screen, in two threads, the latest wish first."""

import threading
from array import array
from collections import OrderedDict, deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from PySide6.QtCore import QObject, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPixmap

from guie_desktop.domain import Frame, Photo
from guie_desktop.gui.backend.failure_reporter import FailureReporter
from guie_desktop.gui.backend.jpeg import image_from_jpeg
from guie_desktop.gui.look.theme import ROUND

_PICTURES_KEPT = 600
_ROWS_KEPT = 6000

NO_FRAMES: Mapping[int, Frame] = MappingProxyType({})

ReadPhotos = Callable[[Sequence[int]], dict[int, Photo]]
ReadPicture = Callable[[bytes], bytes | None]


@dataclass(frozen=True, slots=True)
class TileBox:
    """The space for a tile's picture, in pixels of the screen, and how many of them make one of the layout's."""

    width: int
    height: int
    ratio: float


@dataclass(frozen=True, slots=True)
class _Rows:
    ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Picture:
    photo: Photo
    box: TileBox

    @property
    def key(self) -> tuple[bytes, TileBox]:
        return self.photo.picture_hash, self.box


@dataclass(frozen=True, slots=True)
class _RowsDone:
    asked: tuple[int, ...]
    photos: dict[int, Photo]


@dataclass(frozen=True, slots=True)
class _PictureDone:
    photo: Photo
    box: TileBox
    image: QImage | None


class TileLoader(QObject):
    """What tiles show: photos and their pictures, as far as they were loaded."""

    arrived = Signal()
    """Something that was wanted is there."""
    lacking = Signal(object)
    """A photo without a picture in the cache; told once for each content."""

    _delivered = Signal()

    def __init__(self, reporter: FailureReporter, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reporter = reporter
        self.offline: frozenset[int] = frozenset()
        """Ids of folders whose drives are not connected."""
        self._photos: OrderedDict[int, Photo] = OrderedDict()
        self._stale: set[int] = set()
        self._unknown: set[int] = set()
        self._pictures: OrderedDict[tuple[bytes, TileBox], QPixmap] = OrderedDict()
        self._latest: dict[bytes, TileBox] = {}
        self._lacking: set[bytes] = set()
        self._condition = threading.Condition()
        self._jobs: dict[int, list[_Rows | _Picture]] = {}
        """What each grid wants, the last asker last; each list is taken from its end."""
        self._under_way: set[tuple[bytes, TileBox]] = set()
        self._done: deque[_RowsDone | _PictureDone | Exception] = deque()
        self._announced = False
        self._started = False
        self._closing = False
        self._read_photos: ReadPhotos = lambda _ids: {}
        self._read_picture: ReadPicture = lambda _hash: None
        self._delivered.connect(self._deliver)

    def open(self, read_photos: ReadPhotos, read_picture: ReadPicture) -> None:
        """Start loading from this library."""
        self._read_photos, self._read_picture = read_photos, read_picture
        if not self._started:
            self._started = True
            for number in range(2):
                threading.Thread(target=self._work, name=f"tiles {number}", daemon=True).start()

    def close(self) -> None:
        """End the threads."""
        with self._condition:
            self._closing = True
            self._condition.notify_all()

    def photo(self, photo_id: int) -> Photo | None:
        """The photo, if it was loaded."""
        return self._photos.get(photo_id)

    def is_offline(self, photo: Photo) -> bool:
        """Whether the photo's drive is not connected, so that only the library's own pictures of it can be shown."""
        return photo.folder_id in self.offline

    def picture(self, photo: Photo, box: TileBox | None = None) -> QPixmap | None:
        """The photo's picture, if it was loaded; in another size where this box has none yet."""
        content = photo.picture_hash
        if box is not None and (kept := self._pictures.get((content, box))) is not None:
            return kept
        latest = self._latest.get(content)
        return None if latest is None else self._pictures.get((content, latest))

    def want(
        self, ids: Iterable[int], box: TileBox, asker: object = None, frames: Mapping[int, Frame] = NO_FRAMES
    ) -> None:
        """Load what these tiles need, first to last; the asker's earlier wishes that are not repeated are dropped.

        `frames` are the pictures that are shown of videos, by id, where these are not the first.
        """
        rows: list[int] = []
        jobs: list[_Rows | _Picture] = []
        for photo_id in ids:
            photo = self._photos.get(photo_id)
            if (photo is None and photo_id not in self._unknown) or photo_id in self._stale:
                rows.append(photo_id)
            if photo is None:
                continue
            self._photos.move_to_end(photo_id)
            if frame := frames.get(photo_id):
                photo = replace(photo, frame=frame)
            key = photo.picture_hash, box
            if key in self._pictures:
                self._pictures.move_to_end(key)
            elif photo.picture_hash not in self._lacking:
                jobs.append(_Picture(photo, box))
        if rows:
            jobs.insert(0, _Rows(tuple(rows)))
        with self._condition:
            self._jobs.pop(id(asker), None)
            if jobs:
                self._jobs[id(asker)] = jobs[::-1]
                self._condition.notify_all()

    def mark_stale(self) -> None:
        """The library changed: what is kept is shown until it was read again."""
        self._stale.update(self._photos)
        self._unknown.clear()

    def change(self, ids: Iterable[int], change: Callable[[Photo], Photo]) -> None:
        """Show photos as they are about to be in the library; those that are not kept are read in any case."""
        for photo_id in ids:
            if (photo := self._photos.get(photo_id)) is not None:
                self._photos[photo_id] = change(photo)
        self.arrived.emit()

    def retry(self, content_hash: bytes) -> None:
        """A picture that was lacking has been made."""
        self._lacking.discard(content_hash)
        self.arrived.emit()

    def read(self, ids: "array[int]") -> dict[int, Photo]:
        """The photos now, waiting for the catalog; for a handful of ids."""
        return self._read_photos(ids)

    # --- in the threads

    def _work(self) -> None:
        while True:
            with self._condition:
                while not self._jobs and not self._closing:
                    self._condition.wait()
                if self._closing:
                    return
                job = self._next_job()
                if isinstance(job, _Picture):
                    if job.key in self._under_way:
                        continue
                    self._under_way.add(job.key)
            result = self._do(job)
            if isinstance(job, _Picture):
                with self._condition:
                    self._under_way.discard(job.key)
            self._hand_in(result)

    def _next_job(self) -> _Rows | _Picture:
        asker = next(reversed(self._jobs))
        job = self._jobs[asker].pop()
        if not self._jobs[asker]:
            del self._jobs[asker]
        return job

    def _do(self, job: _Rows | _Picture) -> _RowsDone | _PictureDone | Exception:
        try:
            if isinstance(job, _Rows):
                return _RowsDone(job.ids, self._read_photos(job.ids))
            jpeg = self._read_picture(job.photo.picture_hash)
            return _PictureDone(job.photo, job.box, fitted(jpeg, job.photo, job.box) if jpeg else None)
        except Exception as error:  # noqa: BLE001 - handed to the window, which tells the user or reports a bug
            return error

    def _hand_in(self, result: _RowsDone | _PictureDone | Exception) -> None:
        with self._condition:
            self._done.append(result)
            announce = not self._announced and not self._closing
            self._announced = True
        if announce:
            self._delivered.emit()

    # --- in the window's thread

    @Slot()
    def _deliver(self) -> None:
        with self._condition:
            self._announced = False
            done, self._done = self._done, deque()
        for result in done:
            self._keep(result)
        self._trim()
        self.arrived.emit()

    def _keep(self, result: _RowsDone | _PictureDone | Exception) -> None:
        if isinstance(result, _RowsDone):
            self._photos.update(result.photos)
            self._stale.difference_update(result.asked)
            self._unknown.update(set(result.asked) - set(result.photos))
        elif isinstance(result, _PictureDone):
            if result.image is None:
                self._lacking.add(result.photo.picture_hash)
                self.lacking.emit(result.photo)
            else:
                pixmap = QPixmap.fromImage(result.image)
                pixmap.setDevicePixelRatio(result.box.ratio)
                content = result.photo.picture_hash
                self._pictures[content, result.box] = pixmap
                self._latest[content] = result.box
        else:
            self._reporter.report(result)

    def _trim(self) -> None:
        while len(self._pictures) > _PICTURES_KEPT:
            (content, box), _ = self._pictures.popitem(last=False)
            if self._latest.get(content) == box:
                del self._latest[content]
        while len(self._photos) > _ROWS_KEPT:
            self._stale.discard(self._photos.popitem(last=False)[0])


def fitted(jpeg: bytes, photo: Photo, box: TileBox) -> QImage | None:
    """The picture fitted into the box, with round corners; a photo smaller than the box is not enlarged."""
    picture = image_from_jpeg(jpeg)
    if picture.isNull():
        return None
    target = QSize(box.width, box.height)
    if photo.width:
        own = QSize(round(photo.width * box.ratio), round(photo.height * box.ratio))
        target = target.boundedTo(own.expandedTo(QSize(24, 24)))
    scaled = picture.scaled(target, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
    rounded = QImage(scaled.size(), QImage.Format.Format_ARGB32_Premultiplied)
    rounded.fill(QColor(0, 0, 0, 0))
    painter = QPainter(rounded)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(scaled))
    radius = ROUND * box.ratio
    painter.drawRoundedRect(QRectF(rounded.rect()), radius, radius)
    painter.end()
    return rounded
