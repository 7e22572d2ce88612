"""The first sight of photos: read, known by their content and shown, long before a network has looked at them."""

import math
import time
from collections import deque
from collections.abc import Callable, Generator, Iterator, Set
from functools import partial
from pathlib import Path

from guie_desktop.decoding.wire import Task
from guie_desktop.jobs.background import in_background, until_done
from guie_desktop.jobs.pace import Pace
from guie_desktop.jobs.photo_keeper import Begun, PhotoKeeper
from guie_desktop.jobs.scanning import Tally
from guie_desktop.library.photo_rows import PendingPhoto
from guie_desktop.messages import Progress
from guie_desktop.pictures.picture_sizes import THUMBNAIL
from guie_desktop.workspace.open_library import WritableLibrary

_AHEAD = 64  # decoded or being decoded; bounds the memory
_AT_ONCE = 32  # photos of a transaction at most; fewer where fewer are ready
_MOMENT = 0.2
"""Seconds from one transaction to the next where more photos are about to be ready: each costs as much as ten."""


class FirstSight:
    """Shows the photos that are new or have changed; embedding them is left to `reading`."""

    def __init__(self, library: WritableLibrary, tally: Tally, gives_way: Callable[[], bool] = lambda: False) -> None:
        """`gives_way` is asked now and then; where it says so what is left is left to a later call."""
        self._library = library
        self._backbone = library.backbone
        self._kept = library.backbone.kept_views
        self._keeper = PhotoKeeper(library, library.backbone, tally)
        self._gives_way = gives_way

    def show_all(self, within: Set[Path] | None = None) -> Generator[Progress, None, None]:
        """Read and record what waits to be shown (in these directories); why not, where it cannot be read."""
        catalog = self._library.catalog
        waiting = yield from in_background(partial(catalog.pending_ids, within=within), Pace("photos").progress)
        if not waiting:
            return
        decoders = self._library.decoders
        decoders.prepare()
        self._keeper.begin()
        pace = Pace("photos", len(waiting))
        yield pace.progress()
        ahead: deque[Begun] = deque()
        pending = catalog.still_pending(waiting)
        try:
            self._fill(ahead, pending)
            recorded = -math.inf
            while ahead and not self._gives_way():
                yield from until_done(ahead[0][1], pace.progress)
                many = ahead[min(len(ahead), _AT_ONCE) - 1][1]
                yield from until_done(many, pace.progress, recorded + _MOMENT - time.monotonic())
                batch = list(_ready(ahead))
                self._record(batch)
                recorded = time.monotonic()
                self._fill(ahead, pending)
                pace.advance(len(batch))
                yield pace.progress(detail=str(batch[-1][0].path))
        finally:
            for _, future in ahead:
                future.cancel()  # what is being decoded comes to its end, and is forgotten
            if ahead or not catalog.is_pending(self._backbone.key):
                decoders.rest()  # else they are wanted for embedding

    def _fill(self, ahead: deque[Begun], pending: Iterator[PendingPhoto]) -> None:
        while len(ahead) < _AHEAD and (photo := next(pending, None)) is not None:
            task = self._task(photo)
            if task.is_of_video and not self._kept.has_room:
                continue  # read to its end twice, it would take far longer; it is shown when it is embedded
            ahead.append((photo, self._library.decoders.submit(task, partial(self._keeper.can_show, photo))))

    def _task(self, photo: PendingPhoto) -> Task:
        views, has_room = self._backbone.preparation, self._kept.has_room
        return Task(photo.path, views=views, jpeg=THUMBNAIL, previews=True, keeps_views=has_room, notes=True)

    def _record(self, batch: list[Begun]) -> None:
        found = self._keeper.sort(batch)
        # What was embedded is not decoded for that again, so that its small picture would stay a poor one.
        found.leave(self._backbone.features.known(list(found.previews)))
        self._keeper.forget_former_pixels({key: one for key, one in found.stills.items() if key not in found.previews})
        self._keeper.keep(found, {})
        for content_hash, stills in found.stills.items():
            views = {key: still.views for key, still in stills.items() if still.views is not None}
            if views:
                self._kept.keep(content_hash, views)


def _ready(ahead: deque[Begun]) -> Iterator[Begun]:
    """Those from the left that are done, up to a transaction of them."""
    for _ in range(_AT_ONCE):
        if not ahead or not ahead[0][1].done():
            return
        yield ahead.popleft()
