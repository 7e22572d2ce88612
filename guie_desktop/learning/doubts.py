"""Photos that may be in the wrong album: their own near-duplicates say so."""

import numpy as np

from guie_desktop.embedding.head import Floats
from guie_desktop.learning.curation import Ints, Lessons
from guie_desktop.learning.evaluation import first_ranks

_VOTES = 5
_MOST = 24


def doubtful_photos(lessons: Lessons, general: Floats) -> list[tuple[int, int, int]]:
    """(position in the lessons, an album it is in, the album it looks like), the clearest first.

    `general` (N, d) are the lessons by the general head, which no wrong label can have misled. In doubt is a photo
    whose five nearest all are in one album in which it is not.
    """
    photos = lessons.in_albums
    if len(photos) <= _VOTES:
        return []
    found: list[tuple[float, int, int, int]] = []
    for start in range(0, len(photos), 1024):
        part = photos[start : start + 1024]
        likeness = general[part] @ general[photos].T
        likeness[np.arange(len(part)), np.arange(start, start + len(part))] = -np.inf
        nearest = first_ranks(likeness, _VOTES)
        found += list(_outvoted(lessons, part, photos[nearest], np.take_along_axis(likeness, nearest, axis=1)))
    return [doubt[1:] for doubt in sorted(found, reverse=True)[:_MOST]]


def _outvoted(lessons: Lessons, photos: Ints, nearest: Ints, likeness: Floats) -> list[tuple[float, int, int, int]]:
    votes = lessons.belongs[nearest].sum(axis=1)
    return [
        (float(likeness[row].mean()), int(photo), int(lessons.belongs[photo].argmax()), int(votes[row].argmax()))
        for row, photo in enumerate(photos)
        if votes[row].max() == _VOTES and not lessons.belongs[photo, votes[row] == _VOTES].any()
    ]
