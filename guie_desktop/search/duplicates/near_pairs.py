"""All pairs of rows that lie close together, without comparing all with all."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from guie_desktop.arrays import Embeddings

Pairs = NDArray[np.int64]
"""(P, 2): numbers of rows, the lower one first."""

NO_PAIRS: Pairs = np.empty((0, 2), np.int64)
_COMPARED_ALL = 4_000
"""Rows that are compared all with all."""
_CELLS_OF_EACH = 3
_ROWS_AT_ONCE = 1024


def near_pairs(rows: Embeddings, least: float, most: int, *, seed: int = 0) -> Iterator[Pairs]:
    """Pairs of unit rows (N, D) with an inner product of at least this, in parts; pairs may come more than once.

    Of a row at most so many pairs that it lies nearest to. The time grows as N to the power of 1.5: rows are put into
    the cells of their nearest centres, about as many as a cell has rows, and compared within these (an inverted file,
    as in Sivic and Zisserman, ICCV 2003). Each lies in several cells, as two that are close may have a border between.
    """
    count = len(rows)
    if count <= _COMPARED_ALL:
        yield from _pairs_within(rows, np.arange(count), least, most)
        return
    centres = rows[np.random.default_rng(seed).choice(count, round(count**0.5), replace=False)]
    cells = np.empty((count, _CELLS_OF_EACH), np.int64)
    for start in range(0, count, _ROWS_AT_ONCE):
        alike = rows[start : start + _ROWS_AT_ONCE] @ centres.T
        cells[start : start + _ROWS_AT_ONCE] = np.argpartition(-alike, _CELLS_OF_EACH, axis=1)[:, :_CELLS_OF_EACH]
        yield NO_PAIRS
    by_cell = np.argsort(cells.ravel(), kind="stable")
    borders = np.searchsorted(cells.ravel()[by_cell], np.arange(len(centres) + 1))
    for first, last in pairwise(borders):
        yield from _pairs_within(rows, by_cell[first:last] // _CELLS_OF_EACH, least, most)


def _pairs_within(rows: Embeddings, members: NDArray[np.int64], least: float, most: int) -> Iterator[Pairs]:
    own = rows[members]
    for start in range(0, len(own), _ROWS_AT_ONCE):
        alike = own[start : start + _ROWS_AT_ONCE] @ own.T
        alike[np.arange(len(alike)), np.arange(start, start + len(alike))] = -np.inf
        are_near = alike >= least
        for row in np.flatnonzero(are_near.sum(axis=1) > most):
            are_near[row] &= alike[row] >= np.partition(alike[row], -most)[-most]
        one, other = np.nonzero(are_near)
        pairs = np.stack([members[one + start], members[other]], axis=1)
        yield np.sort(pairs, axis=1)


def distinct(pairs: Pairs) -> Pairs:
    """Each pair once."""
    found: Pairs = np.unique(pairs, axis=0)
    return found
