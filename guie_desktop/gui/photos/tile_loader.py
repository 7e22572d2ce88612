"""Loads the rows and small pictures of the tiles on screen, in two threads, the latest wish first."""

import threading
from array import array
from collections import OrderedDict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from types import MappingProxyType

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QPixmap

from guie_desktop.domain import Frame, Photo
from guie_desktop.gui.backend.failure_reporter import FailureReporter
from guie_desktop.gui.photos.fitted_picture import fitted
from guie_desktop.gui.photos.picture_cache import PictureCache, PictureKey, TileBox
from guie_desktop.gui.photos.tile_jobs import Picture, PictureDone, Rows, RowsDone
from guie_desktop.heap import give_back_memory
from guie_desktop.pictures.picture_sizes import FIRST_SIGHT, PREVIEW, THUMBNAIL

_ROWS_KEPT = 4000

NO_FRAMES: Mapping[int, Frame] = MappingProxyType({})

ReadPhotos = Callable[[Sequence[int]], dict[int, Photo]]
ReadPicture = Callable[[bytes, int], bytes | None]
"""Content hash and long side in pixels to a JPEG."""


class TileLoader(QObject):
    """What tiles show: photos and their pictures, as far as they were loaded."""

    arrived = Signal(object)
    """Something that was wanted is there: the pictures of these contents, or, where it is None, whatever it may be."""
    more_to_want = Signal()
    """A grid may want more than it did: photos are there, whose pictures it lacks, or a picture can be had by now."""
    lacking = Signal(object, int)
    """A photo without a picture of this size in the cache; told once for each content."""

    _delivered = Signal()

    def __init__(self, reporter: FailureReporter, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reporter = reporter
        self.offline: frozenset[int] = frozenset()
        """Ids of folders whose drives are not connected."""
        self._photos: OrderedDict[int, Photo] = OrderedDict()
        self._stale: set[int] = set()
        self._unknown: set[int] = set()
        self._pictures = PictureCache()
        self._coarse: set[PictureKey] = set()
        """Those that were made of a smaller picture than they should be."""
        self._poor: dict[PictureKey, bool] = {}
        """Those that stand for a picture that is still to be made, and whether it is time to look for that."""
        self._lacking: set[tuple[bytes, int]] = set()
        self._wanted: dict[int, frozenset[PictureKey]] = {}
        """What each grid shows now, or is about to."""
        self._condition = threading.Condition()
        self._jobs: dict[int, list[Rows | Picture]] = {}
        """What each grid wants, the last asker last; each list is taken from its end."""
        self._under_way: set[PictureKey] = set()
        self._free = threading.Event()
        self._free.set()
        self._done: deque[RowsDone | PictureDone | Exception] = deque()
        self._announced = False
        self._started = False
        self._closing = False
        self._read_photos: ReadPhotos = lambda _ids: {}
        self._read_picture: ReadPicture = lambda _hash, _size: None
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

    @contextmanager
    def held(self) -> Iterator[None]:
        """While a grid is painted: the threads begin nothing, or they would have Python's lock again and again."""
        self._free.clear()
        try:
            yield
        finally:
            self._free.set()

    def photo(self, photo_id: int) -> Photo | None:
        """The photo, if it was loaded."""
        return self._photos.get(photo_id)

    def is_offline(self, photo: Photo) -> bool:
        """Whether the photo's drive is not connected, so that only the library's own pictures of it can be shown."""
        return photo.folder_id in self.offline

    def picture(self, photo: Photo, box: TileBox | None = None) -> QPixmap | None:
        """The photo's picture, if it was loaded; in another size where this box has none yet."""
        return self._pictures.get(photo.picture_hash, box)

    def want(
        self,
        tiles: Iterable[tuple[int, TileBox]],
        asker: object = None,
        frames: Mapping[int, Frame] = NO_FRAMES,
    ) -> None:
        """Load what these tiles need, first to last; the asker's earlier wishes that are not repeated are dropped.

        `frames` are the pictures that are shown of videos, by id, where these are not the first.
        """
        rows: list[int] = []
        jobs: list[Rows | Picture] = []
        wanted: set[PictureKey] = set()
        for photo_id, box in tiles:
            photo = self._photos.get(photo_id)
            if (photo is None and photo_id not in self._unknown) or photo_id in self._stale:
                rows.append(photo_id)
            if photo is None:
                continue
            self._photos.move_to_end(photo_id)
            if frame := frames.get(photo_id):
                photo = replace(photo, frame=frame)
            key = photo.picture_hash, box
            wanted.add(key)
            if self._is_to_do(key, is_there=self._pictures.touch(key)):
                jobs.append(Picture(photo, box))
        if rows:
            jobs.insert(0, Rows(tuple(rows)))
        self._wanted[id(asker)] = frozenset(wanted)
        with self._condition:
            self._jobs.pop(id(asker), None)
            if jobs:
                self._jobs[id(asker)] = jobs[::-1]
                self._condition.notify_all()

    def _is_to_do(self, key: PictureKey, *, is_there: bool) -> bool:
        if not is_there:
            return (key[0], THUMBNAIL) not in self._lacking
        return self._poor.get(key, False) or (key in self._coarse and (key[0], PREVIEW) not in self._lacking)

    def is_wanted(self, photo: Photo) -> bool:
        """Whether a grid shows this photo now, or is about to."""
        return any(photo.picture_hash == content for keys in self._wanted.values() for content, _ in keys)

    def mark_stale(self) -> None:
        """The library changed: what is kept is shown until it was read again."""
        self._stale.update(self._photos)
        self._unknown.clear()
        self._poor = dict.fromkeys(self._poor, True)

    def change(self, ids: Iterable[int], change: Callable[[Photo], Photo]) -> None:
        """Show photos as they are about to be in the library; those that are not kept are read in any case."""
        for photo_id in ids:
            if (photo := self._photos.get(photo_id)) is not None:
                self._photos[photo_id] = change(photo)
        self._announce_all()

    def retry(self, content_hash: bytes, size: int) -> None:
        """A picture that was lacking has been made, or may be asked for again."""
        self._lacking.discard((content_hash, size))
        self._announce_all()

    @Slot(bool)
    def keep_less(self, less: bool) -> None:
        """Keep no pictures but those that are wanted, while photos are looked at large, which takes as much memory."""
        self._pictures.is_spare = less
        self._trim()
        if not less:
            QTimer.singleShot(0, self, give_back_memory)

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
                if isinstance(job, Picture):
                    if job.key in self._under_way:
                        continue
                    self._under_way.add(job.key)
            result = self._do(job)
            if isinstance(job, Picture) and isinstance(result, Exception):
                with self._condition:
                    self._under_way.discard(job.key)
            self._hand_in(result)

    def _next_job(self) -> Rows | Picture:
        asker = next(reversed(self._jobs))
        job = self._jobs[asker].pop()
        if not self._jobs[asker]:
            del self._jobs[asker]
        return job

    def _do(self, job: Rows | Picture) -> RowsDone | PictureDone | Exception:
        self._free.wait()
        try:
            if isinstance(job, Rows):
                return RowsDone(job.ids, self._read_photos(job.ids))
            content, size = job.photo.picture_hash, PREVIEW if job.wants_large else THUMBNAIL
            jpeg = self._read_picture(content, size)
            if jpeg is None and size > THUMBNAIL:
                size, jpeg = THUMBNAIL, self._read_picture(content, THUMBNAIL)
            if jpeg is None:
                size, jpeg = FIRST_SIGHT, self._read_picture(content, FIRST_SIGHT)
            self._free.wait()
            return PictureDone(job, fitted(jpeg, job.photo, job.box) if jpeg else None, size)
        except Exception as error:  # noqa: BLE001 - handed to the window, which tells the user or reports a bug
            return error

    def _hand_in(self, result: RowsDone | PictureDone | Exception) -> None:
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
            # Only now, so that what is ready and not yet shown is not made a second time.
            self._under_way -= {result.job.key for result in done if isinstance(result, PictureDone)}
        for result in done:
            self._keep(result)
        self._trim()
        loaded = [result for result in done if not isinstance(result, Exception)]
        pictures = [result for result in loaded if isinstance(result, PictureDone)]
        if len(pictures) < len(loaded):
            self._announce_all()
        elif pictures:  # after an error alone nobody is to want the same at once, which would fail again
            self.arrived.emit({picture.job.photo.picture_hash for picture in pictures})

    def _announce_all(self) -> None:
        self.arrived.emit(None)
        self.more_to_want.emit()

    def _keep(self, result: RowsDone | PictureDone | Exception) -> None:
        if isinstance(result, RowsDone):
            self._photos.update(result.photos)
            self._stale.difference_update(result.asked)
            self._unknown.update(set(result.asked) - set(result.photos))
        elif isinstance(result, PictureDone):
            self._keep_picture(result)
        else:
            self._reporter.report(result)

    def _keep_picture(self, result: PictureDone) -> None:
        photo, key = result.job.photo, result.job.key
        if result.image is not None:
            pixmap = QPixmap.fromImage(result.image)
            pixmap.setDevicePixelRatio(result.job.box.ratio)
            self._pictures.put(key, pixmap)
            self._poor.pop(key, None)
            if result.size == FIRST_SIGHT:
                self._poor[key] = False
        is_coarse = result.image is not None and result.job.wants_large and result.size < PREVIEW
        (self._coarse.add if is_coarse else self._coarse.discard)(key)
        if is_coarse or result.image is None:
            lacking = PREVIEW if is_coarse else THUMBNAIL
            self._lacking.add((photo.picture_hash, lacking))
            self.lacking.emit(photo, lacking)

    def _trim(self) -> None:
        self._pictures.trim(frozenset().union(*self._wanted.values()))
        self._coarse = {key for key in self._coarse if key in self._pictures}
        self._poor = {key: is_time for key, is_time in self._poor.items() if key in self._pictures}
        while len(self._photos) > _ROWS_KEPT:
            self._stale.discard(self._photos.popitem(last=False)[0])
