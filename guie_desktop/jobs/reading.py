"""Reading the photos that wait: one read, one decode, one forward pass each; kept in small transactions."""

from collections import deque
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

from guie_desktop.arrays import ViewPixels
from guie_desktop.domain import PhotoKind
from guie_desktop.embedding.embedder import Embedder
from guie_desktop.errors import UnreadablePhoto
from guie_desktop.jobs.background import in_background, until_done
from guie_desktop.jobs.pace import Pace
from guie_desktop.jobs.refitting import refresh_general_head
from guie_desktop.jobs.scanning import Tally
from guie_desktop.library.content import content_hash
from guie_desktop.library.images import decode, read_photo
from guie_desktop.library.photo_rows import PendingPhoto, Reading
from guie_desktop.library.thumbnails import THUMBNAIL, make_thumbnail
from guie_desktop.messages import Progress
from guie_desktop.workspace.machine import worker_threads
from guie_desktop.workspace.open_backbone import OpenBackbone
from guie_desktop.workspace.open_library import WritableLibrary

_AHEAD = 16  # decoded or being decoded, or two batches if that is more; bounds the memory
_FETCHED = 256  # rows of the catalog at once
_CRASHES_ALLOWED = 2


@dataclass(frozen=True, slots=True)
class _Decoded:
    reading: Reading
    jpeg: bytes
    prepared: ViewPixels


_Outcome = _Decoded | UnreadablePhoto


class PhotoReader:
    """Reads all photos that wait for a backbone, a batch at a time."""

    def __init__(self, library: WritableLibrary, backbone: OpenBackbone, tally: Tally) -> None:
        self._library = library
        self._backbone = backbone
        self._catalog = library.catalog
        self._tally = tally

    def read_all(self) -> Generator[Progress, None, None]:
        """Read, embed and record; what cannot be read is recorded with its reason."""
        self._catalog.settle_rules()
        waiting = self._catalog.pending_count(self._backbone.key)
        if not waiting:
            return
        preparing = Pace("model")
        embedder = yield from in_background(self._backbone.embedder, preparing.progress)
        pace = Pace("photos", waiting)
        needed = max(embedder.smallest_side, THUMBNAIL)
        with ThreadPoolExecutor(worker_threads(), "decoder") as pool:
            try:
                decode_one = partial(self._decode, embedder=embedder, needed=needed)
                for batch in self._batches(pool, decode_one, embedder.photos_at_once):
                    for _, future in batch:
                        yield from until_done(future, pace.progress)
                    self._record([(photo, future.result()) for photo, future in batch], embedder)
                    pace.advance(len(batch))
                    yield pace.progress(detail=str(batch[-1][0].path))
                    yield from refresh_general_head(self._backbone, is_settled=False)
            finally:
                pool.shutdown(wait=True, cancel_futures=True)

    def _batches(
        self, pool: ThreadPoolExecutor, decode_one: Callable[[PendingPhoto], _Outcome], size: int
    ) -> Iterator[list[tuple[PendingPhoto, Future[_Outcome]]]]:
        """Batches that are being decoded while earlier ones are embedded; suspects of a crash come alone."""
        ahead: deque[tuple[PendingPhoto, Future[_Outcome]]] = deque()
        for photo in self._pending():
            if photo.crashes:
                while ahead:
                    yield _take(ahead, size)
                yield [(photo, pool.submit(decode_one, photo))]
                continue
            ahead.append((photo, pool.submit(decode_one, photo)))
            if len(ahead) >= max(_AHEAD, 2 * size):
                yield _take(ahead, size)
        while ahead:
            yield _take(ahead, size)

    def _pending(self) -> Iterator[PendingPhoto]:
        after = 0
        while found := self._catalog.pending(_FETCHED, self._backbone.key, after):
            yield from found
            after = found[-1].id

    def _decode(self, photo: PendingPhoto, embedder: Embedder, needed: int) -> _Outcome:
        """Runs in a decoder thread."""
        if photo.crashes >= _CRASHES_ALLOWED:
            return UnreadablePhoto(
                "Reading this file makes the program crash, so it is left out.",
                "Open it in a photo editor and save it anew.",
            )
        try:
            with self._library.guard.reading(photo.id):
                data = read_photo(photo.path)
                picture = decode(data, needed, photo.path.name)
                jpeg = make_thumbnail(picture.image)
                prepared = embedder.prepare(picture.image)
        except UnreadablePhoto as error:
            return error
        kind: PhotoKind | None = "motion" if picture.is_motion else None
        size_and_date = (picture.width, picture.height, picture.taken, picture.taken_from)
        reading = Reading(photo, content_hash(data), *size_and_date, picture.cut_off, kind)
        return _Decoded(reading, jpeg, prepared)

    def _record(self, outcomes: list[tuple[PendingPhoto, _Outcome]], embedder: Embedder) -> None:
        decoded = [outcome for _, outcome in outcomes if isinstance(outcome, _Decoded)]
        failures = [(photo, outcome) for photo, outcome in outcomes if isinstance(outcome, UnreadablePhoto)]
        by_hash = {one.reading.content_hash: one for one in decoded}
        self._forget_former_pixels({key: one.jpeg for key, one in by_hash.items()})
        known = self._backbone.features.known(list(by_hash))
        unknown = [one for key, one in by_hash.items() if key not in known]
        rows = embedder.embed([one.prepared for one in unknown])
        vectors = {one.reading.content_hash: row for one, row in zip(unknown, rows, strict=True)}
        # Thumbnails first: a photo that the catalog calls ready has its picture.
        self._library.thumbnails.put((key, one.jpeg) for key, one in by_hash.items())
        moved = self._catalog.record([one.reading for one in decoded], vectors, self._backbone.features)
        if failures:
            self._catalog.record_failures(failures)
        for _ in self._backbone.space.catch_up():
            pass  # a batch is a step already
        again = sum(one.reading.photo.was_read for one in decoded)
        self._tally.moved += moved
        self._tally.changed += again
        self._tally.added += len(decoded) - again - moved
        self._tally.embedded += len(unknown)

    def _forget_former_pixels(self, jpegs: dict[bytes, bytes]) -> None:
        """Drop what was made of pixels that come out otherwise by the present rule, so that it is made anew.

        Features first: whenever this ends, a photo without them is read again. `jpegs` are thumbnails by content hash.
        """
        outdated = self._catalog.outdated_contents(list(jpegs))
        changed = self._library.thumbnails.differing({key: jpegs[key] for key in outdated})
        if changed:
            self._backbone.features.forget(changed)
            self._library.thumbnails.forget(changed)


def _take(
    ahead: "deque[tuple[PendingPhoto, Future[_Outcome]]]", size: int
) -> "list[tuple[PendingPhoto, Future[_Outcome]]]":
    return [ahead.popleft() for _ in range(min(size, len(ahead)))]
