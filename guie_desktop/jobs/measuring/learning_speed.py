"""How long learning takes, and what it leaves in memory; the albums are made by likeness, as only time is measured."""

import time
from collections.abc import Generator

import numpy as np
import psutil

from guie_desktop.embedding.torch_at_hand import need_torch
from guie_desktop.errors import UserError
from guie_desktop.jobs.learning import learn
from guie_desktop.jobs.measuring.figures import Figure
from guie_desktop.learned import LearningReport
from guie_desktop.learning.training.recipe import Recipe
from guie_desktop.messages import Progress
from guie_desktop.workspace.open_library import WritableLibrary

_PHOTOS_OF_AN_ALBUM = 10
_MB = 2**20


def measure_learning(library: WritableLibrary, embedding_seconds: float) -> Generator[Progress, None, list[Figure]]:
    """Beside what it would take to look at the same photos once more; nothing where torch is missing."""
    try:
        need_torch()
    except UserError:
        return []
    albums = _make_albums(library)
    if albums < 2:
        return []
    before, most = _memory_of(psutil.Process()), 0.0
    started = time.perf_counter()
    job = learn(library, Recipe(), dry_run=True)
    try:
        while True:
            yield next(job)
            most = max([most, *map(_memory_of, psutil.Process().children())])
    except StopIteration as end:
        report: LearningReport = end.value
    seconds = time.perf_counter() - started
    after = _memory_of(psutil.Process())
    if report.after is None:  # what is alike is all of one scene, and nothing was trained
        return []
    return [
        Figure("learning", f"{albums} albums of ten", seconds, "s",
               "the network looking at the photos once more", embedding_seconds),
        Figure("memory", "worker, after learning", after, "MB", "before", before),
        Figure("memory", "what learns, meanwhile", most, "MB", "worker beside it", before),
    ]  # fmt: skip


def _make_albums(library: WritableLibrary) -> int:
    """Of each photo that is drawn, with those that are nearest to it of what is left."""
    features = library.backbone.features
    keys, photos = features.shown_photos()
    rows = np.concatenate([library.backbone.general.apply(part) for _, part in features.by_id(keys)])
    left = np.ones(len(rows), bool)
    albums = 0
    while left.sum() >= 2 * _PHOTOS_OF_AN_ALBUM:
        first = int(np.flatnonzero(left)[0])
        scores = np.where(left, rows @ rows[first], -np.inf)
        members = np.argsort(-scores)[:_PHOTOS_OF_AN_ALBUM]
        left[members] = False
        library.albums.create(f"{albums}", photos[members].tolist())
        albums += 1
    return albums


def _memory_of(process: psutil.Process) -> float:
    try:
        return float(process.memory_info().rss) / _MB
    except psutil.Error:
        return 0.0
