"""Dividing the photos of albums into pieces, to learn from some and test on others."""

import numpy as np

from guie_desktop.learning.curation import Ints, Lessons

PIECES = 5
"""Of which one is asked for at a time."""
_ENOUGH = ((1500, 1), (600, 2))
"""So many photos are told enough by so many pieces; of fewer photos, every one is asked for."""


def pieces_to_ask(photos: int) -> int:
    """How many of the pieces of so many photos are asked for."""
    return next((pieces for enough, pieces in _ENOUGH if photos >= enough), PIECES)


def pieces_of(lessons: Lessons, pieces: int, seed: int) -> Ints:
    """A piece, 0 to pieces - 1, for each photo (N,): near-duplicates together, each album spread over all pieces.

    Large groups are placed first, each where the albums it belongs to have least.
    """
    chance = np.random.default_rng(seed)
    groups, sizes = np.unique(lessons.groups, return_counts=True)
    order = np.lexsort((chance.random(len(groups)), -sizes))
    share = lessons.belongs / np.maximum(lessons.belongs.sum(axis=0), 1)
    filled = np.zeros((pieces, len(lessons.names)))
    piece_of = np.zeros(int(groups.max(initial=-1)) + 1, np.int64)
    members = np.split(np.argsort(lessons.groups, kind="stable"), np.cumsum(sizes)[:-1])
    for place in order:
        weight = share[members[place]].sum(axis=0)
        crowded = filled @ (weight > 0)
        least = np.flatnonzero(crowded <= crowded.min() + 1e-9)
        piece = int(chance.choice(least))
        piece_of[groups[place]] = piece
        filled[piece] += weight
    return piece_of[lessons.groups]
