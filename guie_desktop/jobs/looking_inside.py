"""Looking into photos: the features of their parts, for what the user chose, when nothing else is to be done."""

import shutil
import time
from collections import deque
from collections.abc import Generator, Iterator
from concurrent.futures import Future
from contextlib import nullcontext
from dataclasses import dataclass
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
from guie_desktop.library.part_store import room_of
from guie_desktop.messages import PartsCost, Progress
from guie_desktop.workspace.open_library import WritableLibrary

_AHEAD = 8  # decoded or being decoded, some megabytes each; bounds the memory
_PHOTOS_AT_ONCE = 256
_PARTS_AT_ONCE = 9
"""Between two of which others are answered."""
_TRIED = 4
"""Photos, by which is told how long all will take."""


def look_inside(library: WritableLibrary) -> Generator[Progress, None, int]:
    """Keep the parts of all photos that the user chose and that have none; how many photos were looked into.

    Each yield is a safe place to stop; a later call goes on from there. What cannot be read now is left to that, too.
    """
    backbone = library.backbone
    backbone.part_store.drop_orphans()
    lacking = waiting_parts(library, *library.choices.looked_into)
    if not len(lacking):
        return 0
    done = 0
    pace = Pace("parts", len(lacking))
    looking = _Looking(library, lacking)
    try:
        for photo, waiting in looking.photos():
            yield from until_done(waiting.future, pace.progress)
            if (views := _views_of(waiting.future)) is not None:
                embedder = yield from loaded_network(backbone)
                rows = yield from _embedded(library, embedder, views, pace)
                backbone.part_store.keep({waiting.feature_id: rows})
                backbone.parts.add(np.array([waiting.feature_id], np.int64))
                done += 1
            pace.advance()
            yield pace.progress(detail=str(photo.path))
    finally:
        looking.end()
    yield from fill(backbone.parts)
    yield from in_background(partial(backbone.keep, backbone.parts), pace.progress)
    return done


def waiting_parts(library: WritableLibrary, *chosen: Filter) -> Keys:
    """Ids of the features of photos that are chosen, can be reached and have no parts yet, newest first."""
    backbone = library.backbone
    ids = [backbone.features.of_pictures(which) for which in chosen]
    wanted = np.unique(np.concatenate(ids)) if ids else np.empty(0, np.int64)
    return np.setdiff1d(wanted, backbone.part_store.known())[::-1]
