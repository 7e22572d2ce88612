"""Reading the photos that wait: one read, one decode, one forward pass each; kept in small transactions."""

from collections import deque
from collections.abc import Generator, Iterator
from concurrent.futures import Future
from functools import partial

from guie_desktop.decoding.decoders import Decoders
from guie_desktop.decoding.wire import Decoded, Still, Task
from guie_desktop.disk.content import frame_hash
from guie_desktop.domain import Frame, PhotoKind
from guie_desktop.embedding.embedder import Embedder
from guie_desktop.errors import UnreadablePhoto
from guie_desktop.jobs.background import in_background, until_done
from guie_desktop.jobs.pace import Pace
from guie_desktop.jobs.refitting import refresh_general_head
from guie_desktop.jobs.scanning import Tally
from guie_desktop.library.photo_rows import KnownContent, PendingPhoto, Reading
from guie_desktop.messages import Progress
from guie_desktop.pictures.small_pictures import THUMBNAIL
from guie_desktop.workspace.open_backbone import OpenBackbone
from guie_desktop.workspace.open_library import WritableLibrary

_AHEAD = 16  # decoded or being decoded, or two batches if that is more; bounds the memory
_FETCHED = 256  # rows of the catalog at once

_Begun = tuple[PendingPhoto, Future[Decoded | bytes]]


class PhotoReader:
    """Reads all photos that wait for a backbone, a batch at a time."""

    def __init__(self, library: WritableLibrary, backbone: OpenBackbone, tally: Tally) -> None:
        self._library = library
        self._backbone = backbone
        self._catalog = library.catalog
        self._tally = tally
        self._held_before: dict[bytes, KnownContent] = {}
        """By content hash what changed photos held; it may turn up elsewhere, when their rows tell of it no more."""
        self._known: dict[int, Reading] = {}
        """By photo id the readings that need no decoding."""

    def read_all(self) -> Generator[Progress, None, None]:
        """Read, embed and record; what cannot be read is recorded with its reason."""
        self._catalog.settle_rules()
        waiting = self._catalog.pending_count(self._backbone.key)
        if not waiting:
            return
        self._held_before = self._catalog.waiting_contents()
        decoders = self._library.decoders
        decoders.prepare()
        preparing = Pace("model")
        embedder = yield from in_background(self._backbone.embedder, preparing.progress)
        pace = Pace("photos", waiting)
        ahead: deque[_Begun] = deque()
        try:
            for batch in self._batches(decoders, ahead, embedder.photos_at_once):
                for _, future in batch:
                    yield from until_done(future, pace.progress)
                self._record(batch, embedder)
                pace.advance(len(batch))
                yield pace.progress(detail=str(batch[-1][0].path))
                yield from refresh_general_head(self._backbone, is_settled=False)
        finally:
            for _, future in ahead:
                future.cancel()  # what is being decoded comes to its end, and is forgotten
            decoders.rest()

    def _batches(self, decoders: Decoders, ahead: deque[_Begun], size: int) -> Iterator[list[_Begun]]:
        """Batches that are being decoded while earlier ones are embedded."""
        for photo in self._pending():
            task = Task(photo.path, views=self._backbone.preparation, jpeg=THUMBNAIL)
            ahead.append((photo, decoders.submit(task, partial(self._has_all_of, photo))))
            if len(ahead) >= max(_AHEAD, 2 * size):
                yield _take(ahead, size)
        while ahead:
            yield _take(ahead, size)

    def _pending(self) -> Iterator[PendingPhoto]:
        after = 0
        while found := self._catalog.pending(_FETCHED, self._backbone.key, after):
            yield from found
            after = found[-1].id

    def _has_all_of(self, photo: PendingPhoto, content_hash: bytes) -> bool:
        """Whether this content was read under another name, so that it need not be decoded; runs in any thread."""
        known = self._held_before.get(content_hash) or self._catalog.known_content(content_hash)
        has_all = (
            known is not None
            and bool(self._backbone.features.known([content_hash]))
            and self._library.thumbnails.get(content_hash) is not None
        )
        if known is not None and has_all:
            self._known[photo.id] = known.reading_of(photo, content_hash)
        return has_all

    def _record(self, batch: list[_Begun], embedder: Embedder) -> None:
        readings: list[Reading] = []
        stills: dict[bytes, dict[bytes, Still]] = {}
        failures: list[tuple[PendingPhoto, UnreadablePhoto]] = []
        for photo, future in batch:
            try:
                decoded = future.result()
            except UnreadablePhoto as error:
                failures.append((photo, error))
                continue
            if isinstance(decoded, Decoded):
                stills[decoded.content_hash] = of_file = _stills_of(decoded)
                readings.append(_reading_of(photo, decoded, of_file))
            else:
                readings.append(self._known.pop(photo.id))
        self._forget_former_pixels(stills)
        pictures = {key: still for of_one in stills.values() for key, still in of_one.items()}
        known = self._backbone.features.known(list(pictures))
        unknown = [key for key in pictures if key not in known]
        rows = embedder.embed([views for key in unknown if (views := pictures[key].views) is not None])
        vectors = dict(zip(unknown, rows, strict=True))
        # Thumbnails first: a photo that the catalog calls ready has its picture.
        self._library.thumbnails.put((key, one.jpeg) for key, one in pictures.items() if one.jpeg is not None)
        moved = self._catalog.record(readings, vectors, self._backbone.features)
        if failures:
            self._catalog.record_failures(failures)
        for _ in self._backbone.space.catch_up():
            pass  # a batch is a step already
        self._count(readings, moved)
        self._tally.embedded += len(stills.keys() - known)

    def _count(self, readings: list[Reading], moved_to: list[int]) -> None:
        """A photo that moved is neither new nor changed where it is now."""
        new = {reading.photo.id for reading in readings if not reading.photo.was_read}
        moved_to_new = len(new.intersection(moved_to))
        self._tally.moved += len(moved_to)
        self._tally.added += len(new) - moved_to_new
        self._tally.changed += len(readings) - len(new) - (len(moved_to) - moved_to_new)

    def _forget_former_pixels(self, stills: dict[bytes, dict[bytes, Still]]) -> None:
        """Drop what was made of pixels that come out otherwise by the present rule, so that it is made anew.

        Features first: whenever this ends, a photo without them is read again. `stills` are by content hash, each with
        its own.
        """
        outdated = self._catalog.outdated_contents(list(stills))
        jpegs = {key: jpeg for key in outdated if (jpeg := stills[key][key].jpeg) is not None}
        if changed := self._library.thumbnails.differing(jpegs):
            self._backbone.features.forget(changed)
            self._library.thumbnails.forget([picture for key in changed for picture in stills[key]])


def _stills_of(decoded: Decoded) -> dict[bytes, Still]:
    """By the content hash of each; that of the first is the file's."""
    first, *others = decoded.stills
    return {decoded.content_hash: first} | {frame_hash(decoded.content_hash, one.moment): one for one in others}


def _reading_of(photo: PendingPhoto, decoded: Decoded, stills: dict[bytes, Still]) -> Reading:
    kind: PhotoKind | None = "motion" if decoded.is_motion else None
    frames: tuple[Frame, ...] = ()
    if decoded.seconds is not None:
        frames = tuple(Frame(key, still.moment) for key, still in stills.items())
    size_and_date = (decoded.width, decoded.height, decoded.taken, decoded.taken_from)
    return Reading(photo, decoded.content_hash, *size_and_date, decoded.cut_off, kind, decoded.seconds, frames)


def _take(ahead: deque[_Begun], size: int) -> list[_Begun]:
    return [ahead.popleft() for _ in range(min(size, len(ahead)))]
