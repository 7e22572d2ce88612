"""Looking into photos: the features of their parts, for those that the user chose, when there is time."""

import shutil
import time
from collections import deque
from collections.abc import Generator
from concurrent.futures import Future
from contextlib import closing, nullcontext
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from guie_desktop.arrays import Floats, Keys, ViewPixels
from guie_desktop.asking import Filter
from guie_desktop.decoding.wire import Decoded, Task
from guie_desktop.domain import Photo
from guie_desktop.embedding.embedder import Embedder
from guie_desktop.embedding.parts import PARTS
from guie_desktop.errors import UnreadablePhoto
from guie_desktop.jobs.background import in_background, until_done
from guie_desktop.jobs.loaded_network import loaded_network
from guie_desktop.jobs.pace import Pace
from guie_desktop.jobs.refitting import fill
from guie_desktop.library.feature_store import evenly
from guie_desktop.library.part_store import bytes_of_photo
from guie_desktop.messages import PartsCost, PartsHeld, Progress
from guie_desktop.workspace.open_library import OpenLibrary, WritableLibrary

_AHEAD = 8  # decoded or being decoded, some megabytes each; bounds the memory
_PHOTOS_AT_ONCE = 256
_PARTS_AT_ONCE = 9
"""Between two of these others are answered."""
_TRIED = 4
"""Photos, which tell how long all will take."""


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A photo that is being decoded."""

    feature_id: int
    photo: Photo
    future: Future[Decoded | bytes]


def look_inside(library: WritableLibrary) -> Generator[Progress, None, int]:
    """Keep the parts of all photos that the user chose and that have none; how many were looked into.

    Each yield is a safe place to stop; a later call goes on from there, and tries again what could not be read.
    """
    backbone = library.backbone
    backbone.part_store.drop_orphans()
    lacking = without_parts(library, *library.choices.looked_into)
    if not len(lacking):
        return 0
    done, pace = 0, Pace("parts", len(lacking))
    with closing(_decoded(library, lacking)) as photos:
        for one in photos:
            yield from until_done(one.future, pace.progress)
            if (views := _views_of(one.future)) is not None:
                embedder = yield from loaded_network(backbone)
                rows = yield from _embedded(library, embedder, views, pace)
                backbone.part_store.keep({one.feature_id: rows})
                backbone.parts.add(np.array([one.feature_id], np.int64))
                done += 1
            pace.advance()
            yield pace.progress(detail=str(one.photo.path))
    yield from fill(backbone.parts)
    yield from in_background(partial(backbone.keep, backbone.parts), Pace("vectors").progress)
    return done


def without_parts(library: OpenLibrary, *chosen: Filter, online: bool = True) -> Keys:
    """Ids of the features of photos that are chosen and have no parts yet, the latest first.

    They can be reached; or they cannot, where those are asked for that are not `online`.
    """
    backbone = library.backbone
    ids = [backbone.features.of_pictures(replace(which, online=online)) for which in chosen]
    wanted = np.concatenate([np.empty(0, np.int64), *ids])
    lacking: Keys = np.setdiff1d(wanted, backbone.part_store.known())[::-1]
    return lacking


def parts_cost(library: WritableLibrary, which: Filter) -> Generator[Progress, None, PartsCost]:
    """What it would take to look into photos; a few of them are, and nothing is kept."""
    backbone, pace = library.backbone, Pace("parts")
    lacking = without_parts(library, which)
    embedder = yield from loaded_network(backbone)
    began, tried = time.perf_counter(), 0
    with closing(_decoded(library, evenly(lacking, _TRIED))) as photos:
        for one in photos:
            yield from until_done(one.future, pace.progress)
            if (views := _views_of(one.future)) is not None:
                yield from _embedded(library, embedder, views, pace)
                tried += 1
    seconds = (time.perf_counter() - began) / max(1, tried)
    size = bytes_of_photo(len(PARTS), embedder.dimension) + backbone.parts.bytes_of_photo
    free = shutil.disk_usage(library.paths.root).free
    away = len(without_parts(library, which, online=False))
    return PartsCost(which, len(lacking), seconds * len(lacking), size * len(lacking), free, away)


def parts_held(library: OpenLibrary) -> PartsHeld:
    """How far the library is with what was chosen."""
    backbone, chosen = library.backbone, library.choices.looked_into
    photos, waiting = backbone.parts.photos, len(without_parts(library, *chosen))
    return PartsHeld(chosen, photos, waiting, backbone.part_store.size() + photos * backbone.parts.bytes_of_photo)


def _decoded(library: WritableLibrary, feature_ids: Keys) -> Generator[_Waiting, None, None]:
    """The photos of these features, a few of them always being decoded ahead; what is gone meanwhile is left out."""
    views = library.backbone.preparation.of_parts()
    ahead: deque[_Waiting] = deque()
    library.decoders.prepare()
    try:
        for start in range(0, len(feature_ids), _PHOTOS_AT_ONCE):
            ids = [int(one) for one in feature_ids[start : start + _PHOTOS_AT_ONCE]]
            showing = library.catalog.photos_showing(ids, Filter(online=True))
            for feature_id in ids:
                if feature_id in showing:
                    photo = showing[feature_id].photos[0]
                    other = partial(_is_other, photo)
                    future = library.decoders.submit(Task(photo.path, views=views), other)
                    ahead.append(_Waiting(feature_id, photo, future))
                if len(ahead) >= _AHEAD:
                    yield ahead.popleft()
        while ahead:
            yield ahead.popleft()
    finally:
        for one in ahead:
            one.future.cancel()  # what is being decoded comes to its end, and is forgotten
        library.decoders.rest()


def _is_other(photo: Photo, content_hash: bytes) -> bool:
    """Whether the file holds another photo by now, which the next indexing takes care of."""
    return content_hash != photo.content_hash


def _views_of(future: Future[Decoded | bytes]) -> ViewPixels | None:
    """The parts (P, S, S, 3); None where they cannot be read now."""
    try:
        decoded = future.result()
    except UnreadablePhoto:
        return None
    return decoded.stills[0].views if isinstance(decoded, Decoded) else None


def _embedded(
    library: WritableLibrary, embedder: Embedder, views: ViewPixels, pace: Pace
) -> Generator[Progress, None, Floats]:
    """The features (P, D) of the parts of a photo, in short steps."""
    rows: list[Floats] = []
    for start in range(0, len(views), _PARTS_AT_ONCE):
        # Where not all of the processor may be taken, files are not read while it computes.
        with nullcontext() if library.choices.share == "all" else library.decoders.waiting():
            rows.append(embedder.embed_parts(views[start : start + _PARTS_AT_ONCE]))
        yield pace.progress()
    return np.concatenate(rows)
