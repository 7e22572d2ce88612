"""What of the map is seen at a level of zoom: photos in cells of a grid, one of each cell on screen."""

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from guie_desktop.arrays import Mask

LEVELS_PER_DOUBLING = 4
LOWEST, HIGHEST = -24, 56
"""Levels of zoom; at the highest one 16,384 pixels are one unit of the map, by which neighbours are apart."""
GAP = 3
_KEPT = 24
"""Levels that are kept; one of 100,000 photos is made in 10 ms and takes 2 MB."""
_SIDES = (28, 36, 48, 64, 84, 112, 144, 176)
"""Pixels of a tile: the first one where all of a map of many photos is seen, then the next one after a few levels."""
_LEVELS_PER_SIDE = 3
_OFFSET = 1 << 24
_SCATTERING = np.uint64(0x9E3779B97F4A7C15)
"""2 ** 64 by the golden ratio: multiples of it are spread evenly."""
_CURVE = 10
"""Bits of each coordinate along the curve."""

Points = NDArray[np.float32]
"""(N, 2)"""
Rows = NDArray[np.int64]


def scale_of(level: int) -> float:
    """Pixels for one unit of the map."""
    return float(2 ** (level / LEVELS_PER_DOUBLING))


def side_of(above: int, first: int = 0) -> int:
    """Pixels of a tile's side, so many levels above the one at which all is seen with the side of this number."""
    return _SIDES[min(max(first + above // _LEVELS_PER_SIDE, 0), len(_SIDES) - 1)]


@dataclass(frozen=True, slots=True)
class Cells:
    """M cells of a grid that hold photos."""

    size: float
    """In units of the map."""
    columns: NDArray[np.int32]
    """(M,)"""
    lines: NDArray[np.int32]
    """(M,)"""
    rows: Rows
    """(M,): the photo of each that is seen."""
    counts: NDArray[np.int64]
    """(M,)"""
    cell_of: NDArray[np.int64]
    """(N,): the cell of each photo."""

    def within(self, left: float, top: float, right: float, bottom: float) -> Rows:
        """The cells that are at least partly in this part of the map."""
        ends = np.floor(np.array([left, top, right, bottom]) / self.size)
        across = (self.columns >= ends[0]) & (self.columns <= ends[2])
        return np.flatnonzero(across & (self.lines >= ends[1]) & (self.lines <= ends[3]))

    def at(self, x: float, y: float) -> int:
        """The cell at a point of the map; -1 where there is none."""
        found = self.within(x, y, x, y)
        return int(found[0]) if len(found) else -1

    def next_to(self, row: int, across: int, down: int) -> int:
        """The photo that is seen in the next cell in a direction, rather straight ahead than near; -1 for none."""
        own = self.cell_of[row]
        x, y = self.columns - self.columns[own], self.lines - self.lines[own]
        ahead, aside = x * across + y * down, np.abs(x * down) + np.abs(y * across)
        is_ahead = (ahead > 0) & (aside <= ahead)
        if not is_ahead.any():
            return -1
        return int(self.rows[np.where(is_ahead, ahead + 2 * aside, np.iinfo(np.int32).max).argmin()])

    def holding(self, chosen: Mask) -> Mask:
        """Which cells hold chosen photos (N,)."""
        held: Mask = np.bincount(self.cell_of, chosen, len(self.rows)) > 0
        return held


class Plane:
    """Photos (N,) with their points; those that are faint are seen where a cell holds no others."""

    def __init__(self, points: Points, faint: Mask) -> None:
        self.points, self.faint = points, faint
        self._cells: OrderedDict[float, Cells] = OrderedDict()

    @cached_property
    def bounds(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom."""
        if not len(self.points):
            return 0.0, 0.0, 1.0, 1.0
        (left, top), (right, bottom) = self.points.min(axis=0).tolist(), self.points.max(axis=0).tolist()
        return left, top, right, bottom

    def cells(self, size: float) -> Cells:
        """The cells of this size, in units of the map."""
        if size not in self._cells:
            self._cells[size] = self._made(size)
            while len(self._cells) > _KEPT:
                self._cells.popitem(last=False)
        self._cells.move_to_end(size)
        return self._cells[size]

    def marked(self, parts: Iterable[range]) -> Mask:
        """Which photos (N,) are in these rows."""
        marked = np.zeros(len(self.points), bool)
        for part in parts:
            marked[part.start : part.stop] = True
        return marked

    def level_for(self, width: float, height: float) -> int:
        """The highest level at which all is seen in so many pixels."""
        left, top, right, bottom = self.bounds
        scale = min(width / max(right - left, 1e-3), height / max(bottom - top, 1e-3))
        return int(min(max(np.floor(np.log2(max(scale, 1e-9)) * LEVELS_PER_DOUBLING), LOWEST), HIGHEST))

    def first_side(self, width: float, height: float) -> int:
        """The number of the largest side with which tiles of all photos take a quarter of so many pixels, or less."""
        room = width * height / 4 / max(len(self.points), 1)
        return max(sum((side + GAP) ** 2 <= room for side in _SIDES) - 1, 0)

    def inside(self, outline: NDArray[np.float64]) -> Rows:
        """The photos inside a closed line (V, 2), those that it crosses itself around as often as not left out."""
        low, high = outline.min(axis=0), outline.max(axis=0)
        near = np.flatnonzero(((self.points >= low) & (self.points <= high)).all(axis=1))
        x, y = self.points[near].astype(np.float64).T
        is_inside = np.zeros(len(near), bool)
        for (x0, y0), (x1, y1) in zip(outline, np.roll(outline, -1, axis=0), strict=True):
            if y0 != y1:
                crosses = (y0 > y) != (y1 > y)
                is_inside ^= crosses & (x < (x1 - x0) * (y - y0) / (y1 - y0) + x0)
        return near[is_inside]

    @cached_property
    def _seen_first(self) -> Rows:
        """Rows in the order in which they are seen: which of a cell, is the same at all levels."""
        # Scattered, since neighbours in the order of rows are neighbours on the map as well.
        numbers = np.arange(len(self.points), dtype=np.uint64)
        scattered = np.argsort((numbers * _SCATTERING) >> np.uint64(20))
        return scattered[np.argsort(self.faint[scattered], kind="stable")]

    def _made(self, size: float) -> Cells:
        places = np.floor(self.points / size).astype(np.int64)
        numbers = (places[:, 0] + _OFFSET) * (2 * _OFFSET) + places[:, 1] + _OFFSET
        order = self._seen_first
        found, first, cell_of, counts = np.unique(
            numbers[order], return_index=True, return_inverse=True, return_counts=True
        )
        by_row = np.empty(len(order), np.int64)
        by_row[order] = cell_of
        columns, lines = (found // (2 * _OFFSET) - _OFFSET), (found % (2 * _OFFSET) - _OFFSET)
        return Cells(size, columns.astype(np.int32), lines.astype(np.int32), order[first], counts, by_row)


NO_PLANE = Plane(np.empty((0, 2), np.float32), np.zeros(0, bool))


def along_a_curve(points: Points) -> Rows:
    """The order of points (N, 2) along Hilbert's curve: what is near on the map is mostly near in a list, too.

    So a part of the map is a few runs of rows, and leafing leads from neighbour to neighbour. D. Hilbert, Mathematische
    Annalen 38 (1891).
    """
    if not len(points):
        return np.empty(0, np.int64)
    low, high = points.min(axis=0), points.max(axis=0)
    side = (1 << _CURVE) - 1
    x, y = ((points - low) / max(float((high - low).max()), 1e-9) * side).astype(np.int64).T
    along = np.zeros(len(points), np.int64)
    half = 1 << (_CURVE - 1)
    while half:
        right, below = (x & half) > 0, (y & half) > 0
        along += half * half * ((3 * right) ^ below)
        x, y = np.where(~below & right, side - x, x), np.where(~below & right, side - y, y)
        x, y = np.where(below, x, y), np.where(below, y, x)
        half >>= 1
    order: Rows = np.argsort(along, kind="stable")
    return order
