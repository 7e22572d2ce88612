"""All pairs of rows that lie close together, without comparing all with all."""

from collections.abc import Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
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


def near_pairs(rows: Embeddings, least: float, most: int, *, threads: int = 1, seed: int = 0) -> Iterator[Pairs]:
    """Pairs of unit rows (N, D) with an inner product of at least this, in parts; pairs may come more than once.

    Of a row at most so many pairs that it lies nearest to. The time grows as N to the power of 1.5: rows are put into
    the cells of their nearest centres, about as many as a cell has rows, and compared within these (an inverted file,
    as in Sivic and Zisserman, ICCV 2003). Each lies in several cells, as two that are close may have a border between.
    So many threads are kept busy meanwhile.
    """
    with ThreadPoolExecutor(threads) as pool:
        cells = [np.arange(len(rows))] if len(rows) <= _COMPARED_ALL else (yield from _cells(rows, seed))
        blocks = [_Block(cell, start) for cell in cells for start in range(0, len(cell), _ROWS_AT_ONCE)]
        for first in range(0, len(blocks), threads):
            yield from pool.map(lambda block: block.pairs(rows, least, most), blocks[first : first + threads])


def _cells(rows: Embeddings, seed: int) -> Generator[Pairs, None, list[NDArray[np.int64]]]:
    """Which rows lie in each cell; no pairs meanwhile."""
    count = len(rows)
    centres = rows[np.random.default_rng(seed).choice(count, round(count**0.5), replace=False)]
    cells = np.empty((count, _CELLS_OF_EACH), np.int64)
    for start in range(0, count, _ROWS_AT_ONCE):
        alike = rows[start : start + _ROWS_AT_ONCE] @ centres.T
        cells[start : start + _ROWS_AT_ONCE] = np.argpartition(-alike, _CELLS_OF_EACH, axis=1)[:, :_CELLS_OF_EACH]
        yield NO_PAIRS
    by_cell = np.argsort(cells.ravel(), kind="stable")
    borders = np.searchsorted(cells.ravel()[by_cell], np.arange(len(centres) + 1))
    return [by_cell[first:last] // _CELLS_OF_EACH for first, last in pairwise(borders)]


@dataclass(frozen=True, slots=True)
class _Block:
    """Some of the members of a cell, from the one in this place on, which are compared with all of its members."""

    members: NDArray[np.int64]
    start: int

    def pairs(self, rows: Embeddings, least: float, most: int) -> Pairs:
        own = rows[self.members]
        alike = own[self.start : self.start + _ROWS_AT_ONCE] @ own.T
        alike[np.arange(len(alike)), np.arange(self.start, self.start + len(alike))] = -np.inf
        # Where more lie near, the limit of a row is how near the last one of the nearest is.
        limits = np.full(len(alike), least, alike.dtype)
        crowded = np.flatnonzero(np.count_nonzero(alike >= least, axis=1) > most)
        if len(crowded):
            limits[crowded] = np.partition(alike[crowded], -most, axis=1)[:, -most]
        one, other = np.divmod(np.flatnonzero(alike >= limits[:, None]), len(own))
        mine, theirs = self.members[one + self.start], self.members[other]
        return np.stack([np.minimum(mine, theirs), np.maximum(mine, theirs)], axis=1)


def distinct(pairs: Pairs) -> Pairs:
    """Each pair once, in order."""
    # Sorted as one number each: `np.unique` takes fifty times as long, of rows and of numbers.
    count = pairs.max(initial=0) + 1
    numbers = np.sort(pairs[:, 0] * count + pairs[:, 1])
    return np.stack(np.divmod(numbers[np.diff(numbers, prepend=-1) > 0], count), axis=1)
