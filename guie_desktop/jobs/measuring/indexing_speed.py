"""How fast photos become searchable, stage by stage, and how fast the plain loop would be."""

import time
from collections import deque
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import Future
from functools import partial
from pathlib import Path

import psutil

from guie_desktop.arrays import ViewPixels
from guie_desktop.decoding.wire import Decoded, Task
from guie_desktop.errors import UserError
from guie_desktop.jobs.apart import apart
from guie_desktop.jobs.indexing import index_library
from guie_desktop.jobs.measuring.figures import Figure
from guie_desktop.jobs.measuring.plain_loop import PlainTimes, plain_loop
from guie_desktop.messages import Progress
from guie_desktop.pictures.picture_sizes import THUMBNAIL
from guie_desktop.workspace.machine import worker_threads
from guie_desktop.workspace.open_library import WritableLibrary

_KEPT_VIEWS = 64
"""Photos whose views are kept for the network alone; each takes half a megabyte."""


def measure_indexing(library: WritableLibrary, photos: Sequence[Path]) -> Generator[Progress, None, list[Figure]]:
    """Of photos that Pillow reads, in a library whose one folder holds them and that has read none of them yet."""
    library.backbone.embedder()  # compiled once a machine
    count, views = len(photos), len(library.backbone.card.views)
    yield Progress("photos", 0, count)
    decoding, looked_at = _decode(library, photos)
    yield Progress("embed", 0, count)
    network = _embed(library, looked_at)
    plain = yield from _plain_times(library, photos)
    used = _processor_seconds()
    report = yield from index_library(library)
    used = _processor_seconds() - used
    again = yield from index_library(library)
    speed, both = report.added / report.seconds, 1 / (1 / decoding + 1 / network)
    return [
        Figure("indexing", "all of it", speed, "photos/s", "plain loop: Pillow, one view at a time", count / plain.all),
        Figure("indexing", "of what its stages allow", speed, "photos/s", "decoding, then network, each alone", both),
        Figure("indexing", "decoding alone", decoding, "photos/s", "the plain loop's", count / plain.decoding),
        Figure("indexing", f"network alone, {views} views", network, "photos/s", "the plain loop's, one view",
               count / plain.network),
        Figure("indexing", "processor time a photo", 1000 * used / report.added, "ms", "the plain loop's",
               1000 * plain.processor / count),
        Figure("indexing", "looking for changes", again.seconds, "s", "reading all for the first time", report.seconds),
    ]  # fmt: skip


def _decode(library: WritableLibrary, photos: Sequence[Path]) -> tuple[float, list[ViewPixels]]:
    preparation = library.backbone.preparation
    views: list[ViewPixels] = []
    library.decoders.decode(Task(photos[0], preparation, jpeg=THUMBNAIL))  # a process is there
    started = time.perf_counter()
    waiting: deque[Future[Decoded | bytes]] = deque(
        library.decoders.submit(Task(photo, preparation, jpeg=THUMBNAIL)) for photo in photos
    )
    while waiting:
        decoded = waiting.popleft().result()  # and is not kept, for the views of thousands take gigabytes
        if isinstance(decoded, Decoded) and len(views) < _KEPT_VIEWS and decoded.stills[0].views is not None:
            views.append(decoded.stills[0].views)
    return len(photos) / (time.perf_counter() - started), views


def _embed(library: WritableLibrary, views: Sequence[ViewPixels]) -> float:
    embedder = library.backbone.embedder()
    embedder.embed(views[:1])
    started = time.perf_counter()
    embedder.embed(views)
    return len(views) / (time.perf_counter() - started)


def _plain_times(library: WritableLibrary, photos: Sequence[Path]) -> Generator[Progress, None, PlainTimes]:
    work = partial(plain_loop, library.backbone.card, library.paths.weights, worker_threads(), photos)
    return (
        yield from apart(
            work,
            Progress("compare", 0, len(photos)),
            name="plain loop",
            crashes=library.paths.crash_of("decoder"),
            ended=UserError("The plain loop, to which indexing is compared, has crashed.", "Try other photos."),
        )
    )


def _processor_seconds() -> float:
    """Of this process and its decoders, so far."""
    return sum(_seconds_of(process) for process in _own_processes())


def _own_processes() -> Iterator[psutil.Process]:
    this = psutil.Process()
    yield this
    yield from this.children()


def _seconds_of(process: psutil.Process) -> float:
    try:
        times = process.cpu_times()
    except psutil.Error:
        return 0.0
    return float(times.user + times.system)
