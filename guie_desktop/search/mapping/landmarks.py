"""Which photos the map is drawn of, who their neighbours are, and where all others lie among them."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from guie_desktop.arrays import Embeddings
from guie_desktop.search.mapping.tsne import Neighbours, Positions

LANDMARKS = 12_288
"""Photos of which a map is drawn at most; the others are placed among them, which takes a step for each and no more."""
_NEIGHBOURS = 15
_PLACED_BY = 5
_ROWS_AT_ONCE = 256
_SHARPNESS = 40.0
"""How much more the nearest landmarks count, by the difference of their similarities."""
_TOGETHER = 3.0
"""How far from the nearest landmark others lie that count with it: what lies between two groups is in neither."""

Nearest = tuple[NDArray[np.int64], NDArray[np.float32]]
"""Rows and similarities (n, k), the best first."""


def neighbours_of(count: int) -> int:
    """How many neighbours of each of so many photos are drawn together; among few photos all would be alike."""
    return max(1, min(_NEIGHBOURS, (count - 1) // 5))


def nearest(rows: Embeddings, among: Embeddings, most: int) -> Iterator[Nearest]:
    """For runs of the rows (N, d), those of the others (M, d) with the largest inner products."""
    most = min(most, len(among))
    for start in range(0, len(rows), _ROWS_AT_ONCE):
        scores = rows[start : start + _ROWS_AT_ONCE] @ among.T
        found = np.argpartition(scores, len(among) - most, axis=1)[:, len(among) - most :]
        best = np.take_along_axis(scores, found, axis=1)
        order = np.argsort(-best, axis=1)
        yield np.take_along_axis(found, order, axis=1), np.take_along_axis(best, order, axis=1)


def without_itself(found: NDArray[np.int64], first: int) -> Neighbours:
    """Neighbours (n, k) of what was asked for with one more (n, k + 1), of the rows that begin with `first`.

    Where a row has many copies it may not be among its nearest; then the last one goes.
    """
    own = found == np.arange(first, first + len(found))[:, np.newaxis]
    own[~own.any(axis=1), -1] = True
    others: Neighbours = found[~own].reshape(len(found), -1)
    return others


def placed(found: NDArray[np.int64], similar: NDArray[np.float32], landmarks: Positions) -> Positions:
    """Where (n, 2) photos lie whose nearest landmarks are these: at the weighted mean of those that lie together."""
    around = landmarks[found]
    apart = np.linalg.norm(around - around[:, :1], axis=2)
    weights = np.exp(_SHARPNESS * (similar - similar[:, :1])) * (apart <= _TOGETHER)
    weights /= weights.sum(axis=1, keepdims=True)
    places: Positions = np.einsum("nk,nkd->nd", weights, around).astype(np.float32)
    return places


def among_landmarks(rows: Embeddings, landmarks: Embeddings, positions: Positions) -> Iterator[Positions]:
    """Where photos (N, d) lie on a map that was drawn of others, in runs."""
    for found, similar in nearest(rows, landmarks, _PLACED_BY):
        yield placed(found, similar, positions)
