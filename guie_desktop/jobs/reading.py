"""Embedding the photos that wait: one decode, one forward pass each; kept in small transactions.

Three things are done at once: files are decoded, the network looks at the batch before them, and what came of the one
before that is written.
"""

import time
from array import array
from collections import deque
from collections.abc import Generator, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from guie_desktop.arrays import Feature, Floats, ViewPixels
from guie_desktop.decoding.decoders import Decoders
from guie_desktop.decoding.wire import Decoded, Task
from guie_desktop.embedding.embedder import Embedder
from guie_desktop.jobs.background import in_background, until_done
from guie_desktop.jobs.loaded_network import loaded_network
from guie_desktop.jobs.pace import Pace
from guie_desktop.jobs.photo_keeper import PhotoKeeper, ReadPhotos
from guie_desktop.jobs.refitting import refresh_general_head
from guie_desktop.jobs.scanning import Tally
from guie_desktop.library.photo_rows import PendingPhoto
from guie_desktop.messages import Progress, Stage
from guie_desktop.pictures.picture_sizes import THUMBNAIL
from guie_desktop.workspace.open_backbone import OpenBackbone
from guie_desktop.workspace.open_library import WritableLibrary

_AHEAD = 16  # decoded or being decoded, or two batches if that is more; bounds the memory
_MOST_AT_ONCE = 32
_MOMENT = 0.5
"""Seconds that the network has for a batch: to write one costs as much as five photos, and what is not written is lost
when the program ends."""


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A photo that is to be embedded."""

    photo: PendingPhoto
    future: Future[Decoded | bytes] | None
    """What is made of its file."""
    views: Mapping[bytes, ViewPixels]
    """Or what was kept since it was decoded to be shown, by the content hash of each picture."""


@dataclass(frozen=True, slots=True)
class _LookedAt:
    """A batch that the network looks at."""

    batch: list[_Waiting]
    found: ReadPhotos
    """What is to be recorded of it."""
    contents: list[bytes]
    """All pictures that were seen in it."""
    unknown: list[bytes]
    """Those of which it makes features."""
    features: Future[Floats]


class PhotoReader:
    """Embeds all photos that wait for a backbone, a batch at a time, and reads those that were not read before."""

    def __init__(self, library: WritableLibrary, backbone: OpenBackbone, tally: Tally) -> None:
        self._library = library
        self._backbone = backbone
        self._catalog = library.catalog
        self._tally = tally
        self._keeper = PhotoKeeper(library, backbone, tally)
        self._at_once = 1
        """How many photos the network looks at in a moment."""
        self.troubled: set[Path] = set()
        """Directories in which a photo could not be read."""

    def read_all(self) -> Generator[Progress, None, None]:
        """Read, embed and record; what cannot be read is recorded with its reason."""
        self._keeper.begin()
        find = partial(self._catalog.pending_ids, self._backbone.key)
        # For another backbone than the one that searches: all photos are found meanwhile.
        stage: Stage = "embed" if self._backbone is self._library.backbone else "switch"
        waiting = yield from in_background(find, Pace(stage).progress)
        if not waiting:
            return
        decoders = self._library.decoders
        decoders.prepare()
        embedder = yield from loaded_network(self._backbone)
        pace = Pace(stage, len(waiting))
        ahead: deque[_Waiting] = deque()
        before: _LookedAt | None = None
        network = ThreadPoolExecutor(1, "network")
        try:
            self._at_once = embedder.photos_at_once
            for batch in self._batches(waiting, decoders, ahead):
                for one in batch:
                    if one.future is not None:
                        yield from until_done(one.future, pace.progress)
                embedder = yield from loaded_network(self._backbone)  # how it computes may have been changed meanwhile
                begun = self._look_at(batch, embedder, network)
                if before is not None:
                    yield from self._record(before, pace)
                before = begun
            if before is not None:
                yield from self._record(before, pace)
            self._backbone.kept_views.clear()
        finally:
            for one in ahead:
                if one.future is not None:
                    one.future.cancel()  # what is being decoded comes to its end, and is forgotten
            network.shutdown(cancel_futures=True)
            decoders.rest()

    def _batches(self, waiting: "array[int]", decoders: Decoders, ahead: deque[_Waiting]) -> Iterator[list[_Waiting]]:
        """Batches that are being decoded while earlier ones are embedded."""
        for photo in self._catalog.still_pending(waiting, self._backbone.key):
            ahead.append(self._begin(photo, decoders))
            if len(ahead) >= max(_AHEAD, 2 * self._at_once):
                yield _take(ahead, self._at_once)
        while ahead:
            yield _take(ahead, self._at_once)

    def _begin(self, photo: PendingPhoto, decoders: Decoders) -> _Waiting:
        kept = None
        if photo.is_shown and photo.content_hash is not None:
            kept = self._backbone.kept_views.take(photo.content_hash)
        if kept is not None:
            return _Waiting(photo, None, kept)
        is_seen = photo.is_shown and photo.content_hash is not None and self._is_seen(photo.content_hash)
        jpeg = None if is_seen else THUMBNAIL
        task = Task(photo.path, views=self._backbone.preparation, jpeg=jpeg, notes=not photo.is_shown)
        return _Waiting(photo, decoders.submit(task, partial(self._keeper.has_all_of, photo)), {})

    def _is_seen(self, content_hash: bytes) -> bool:
        return self._library.thumbnails.get(content_hash) is not None

    def _look_at(self, batch: list[_Waiting], embedder: Embedder, network: ThreadPoolExecutor) -> _LookedAt:
        """Have the network look at what it does not know of a batch that is decoded."""
        found = self._keeper.sort([(one.photo, one.future) for one in batch if one.future is not None])
        # A file that changed a moment ago has no picture yet; the scan that notices it will have it read.
        found.leave(
            [key for key, stills in found.stills.items() if stills[key].jpeg is None and not self._is_seen(key)]
        )
        self.troubled.update(photo.path.parent for photo, _ in found.failures)
        self._keeper.forget_former_pixels(found.stills)
        views = {key: kept for one in batch for key, kept in one.views.items()}
        views |= {key: still.views for key, still in found.pictures.items() if still.views is not None}
        known = self._backbone.features.known(list(views))
        unknown = [key for key in views if key not in known]
        features = network.submit(self._embed, embedder, [views[key] for key in unknown])
        return _LookedAt(batch, found, list(views), unknown, features)

    def _embed(self, embedder: Embedder, views: list[ViewPixels]) -> Floats:
        # Where not all of the processor may be taken, files are not read while it computes.
        with nullcontext() if self._library.choices.share == "all" else self._library.decoders.waiting():
            started = time.perf_counter()
            features = embedder.embed(views)
        if views:
            in_a_moment = int(len(views) * _MOMENT / (time.perf_counter() - started))
            self._at_once = max(embedder.photos_at_once, min(in_a_moment, _MOST_AT_ONCE))
        return features

    def _record(self, looked_at: _LookedAt, pace: Pace) -> Generator[Progress, None, None]:
        """Write what came of a batch, once the network is done with it."""
        yield from until_done(looked_at.features, pace.progress)
        batch, found = looked_at.batch, looked_at.found
        vectors: dict[bytes, Feature] = dict(zip(looked_at.unknown, looked_at.features.result(), strict=True))
        known = self._backbone.features.known(looked_at.contents)  # by now also what a batch before had as well
        self._keeper.keep(found, vectors)
        for _ in self._backbone.space.catch_up():
            pass  # a batch is a step already
        files = {*found.stills, *(one.photo.content_hash for one in batch if one.views)}
        self._tally.embedded += len(files - known)
        pace.advance(len(batch))
        yield pace.progress(detail=str(batch[-1].photo.path))
        yield from refresh_general_head(self._backbone, is_settled=False)


def _take(ahead: deque[_Waiting], size: int) -> list[_Waiting]:
    return [ahead.popleft() for _ in range(min(size, len(ahead)))]
