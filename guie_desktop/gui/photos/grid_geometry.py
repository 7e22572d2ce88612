"""Where the tiles of a grid lie: full lines of photos, each as wide as it is; a million are laid out at once."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRect

from guie_desktop.library.common_runs import common_runs

MARGIN = 16
GAP = 6
HEADING = 44
"""Height of the line above the photos of one day, or above those that are less alike."""
_SHAPE = 0.76
"""Height of a line by the width that tiles are wanted to have: a landscape photo is about that wide."""
_LANDSCAPE = 4 / 3
_NARROWEST, _WIDEST = 0.5, 2.5
"""What is narrower or wider by its height is fitted into a tile of this shape."""
_NEARLY_FULL = 0.9
"""A last line that is filled as far as this is filled to the edge."""
_TALLEST = 1.5
"""How much higher than wanted a line may become."""

NO_ROWS = np.zeros(0, np.int64)


class Spot(NamedTuple):
    """Where the tile of a row lies, in plain numbers: where many are painted, Qt's own rectangles take too long."""

    row: int
    left: int
    top: int
    width: int
    height: int

    @property
    def rect(self) -> QRect:
        """The tile, picture and caption."""
        return QRect(self.left, self.top, self.width, self.height)


class GridGeometry:
    """Tiles in lines, from left to right or mirrored; each of the `headed` rows begins one, with a heading above it.

    `shapes` are N widths by heights, 0 where one is not known. Lines are stretched or pressed a little to fill the
    width, unless they are not to be `stretched`: all are of one height then. `earlier` is the geometry of nearly the
    same photos; where that is of the same measures, its lines above and below what differs stay as they are.
    """

    def __init__(
        self,
        shapes: NDArray[np.float32],
        width: int,
        wanted: int,
        caption: int,
        headed: NDArray[np.int64] = NO_ROWS,
        *,
        stretched: bool = True,
        mirrored: bool = False,
        earlier: "GridGeometry | None" = None,
    ) -> None:
        self.count, self.mirrored = len(shapes), mirrored
        self.width, self.caption = width, caption
        self.nominal = max(32, round(wanted * _SHAPE))
        """Height of a line's pictures, before it is stretched."""
        self._headed = headed
        self._room = max(60, width - 2 * MARGIN + GAP)
        widest = min(_WIDEST, (self._room - GAP) / self.nominal)
        ratios = np.clip(np.where(shapes > 0, shapes, _LANDSCAPE), min(_NARROWEST, widest), widest)
        self._along = np.concatenate(([0.0], np.cumsum(ratios, dtype=np.float64)))
        self._measures = self._room, self.nominal, stretched
        bounds = np.sort(np.concatenate((np.array([0, self.count]), headed)))
        self._bounds = bounds[np.append(True, np.diff(bounds) > 0)]  # np.unique would load a part of numpy for it
        """Where sections begin, and the last one ends."""
        ratios[self._bounds[self._bounds < self.count]] *= -1
        self._marked = ratios
        """Widths by heights, less than 0 where sections begin."""
        self._starts = self._line_starts(earlier)
        self._stops = np.append(self._starts[1:], self.count) if len(self._starts) else NO_ROWS
        self._exact = self._exact_heights(stretched=stretched)
        self._heights = np.rint(self._exact).astype(np.int64)
        self._lines_headed = np.searchsorted(self._starts, headed)
        self._tops = self._line_tops()

    # --- lines

    def _line_starts(self, earlier: "GridGeometry | None") -> NDArray[np.int64]:
        """The first row of each line."""
        if earlier is None or earlier._measures != self._measures:
            return self._lines_between(0, self.count)
        # Lines do not reach from one section into the next, so those of whole sections that are the same are, too.
        lines, known = [], 0
        for old_at, new_at, length in common_runs(earlier._marked, self._marked):
            more, end = new_at - old_at, new_at + length
            is_last = end == self.count and old_at + length == earlier.count
            whole = self._bounds[slice(*np.searchsorted(self._bounds, (new_at, end + is_last)))]
            if len(whole):
                ends = np.searchsorted(earlier._starts, (whole[0] - more, whole[-1] - more))
                lines += [self._lines_between(known, whole[0]), earlier._starts[slice(*ends)] + more]
                known = whole[-1]
        return np.concatenate((*lines, self._lines_between(known, self.count)))

    def _lines_between(self, since: int, until: int) -> NDArray[np.int64]:
        """The first row of each line of whole sections: from each row on, as many as come nearest to filling one."""
        room, nominal, stretched = self._measures
        count = until - since
        ahead = self._along[since : until + 1] * nominal + np.arange(count + 1) * float(GAP)
        short = np.searchsorted(ahead, ahead[:-1] + room + 0.5, side="right") - 1
        following = np.maximum(short, np.arange(1, count + 1))
        if stretched:
            over = np.minimum(following + 1, count)
            is_nearer = (ahead[following] - ahead[:-1]) * (ahead[over] - ahead[:-1]) < float(room) ** 2
            following = np.where(is_nearer, over, following)
        bounds = self._bounds[(self._bounds >= since) & (self._bounds <= until)] - since
        steps = np.minimum(following, np.repeat(bounds[1:], np.diff(bounds))).tolist()
        starts, row = [], 0
        while row < count:
            starts.append(row)
            row = steps[row]
        return np.array(starts, np.int64) + since

    def _exact_heights(self, *, stretched: bool) -> NDArray[np.float64]:
        ratios, counts = self._along[self._stops] - self._along[self._starts], self._stops - self._starts
        filled = (self._room - counts * float(GAP)) / ratios
        natural = ratios * self.nominal + counts * GAP
        section_ends = self._bounds[np.searchsorted(self._bounds, self._starts, side="right")]
        is_short = (self._stops == section_ends) & (natural < _NEARLY_FULL * self._room)
        if not stretched:
            is_short = filled > 0
        return np.where(is_short, float(self.nominal), np.minimum(filled, _TALLEST * self.nominal))

    def _line_tops(self) -> NDArray[np.int64]:
        bands = np.zeros_like(self._heights)
        bands[self._lines_headed] = HEADING
        steps = bands + self._heights + self.caption + GAP
        above = 0 if len(bands) and bands[0] else MARGIN
        tops: NDArray[np.int64] = above + np.cumsum(steps) - steps + bands
        return tops

    @property
    def line_height(self) -> int:
        """From one line to the next, where none is stretched."""
        return self.nominal + self.caption + GAP

    @property
    def lines(self) -> int:
        """All lines."""
        return len(self._starts)

    @property
    def height(self) -> int:
        """Height of all lines."""
        if not self.count:
            return 2 * MARGIN
        return int(self._tops[-1] + self._heights[-1]) + self.caption + MARGIN

    def line_of(self, row: int) -> int:
        """The line in which a tile lies."""
        return int(np.searchsorted(self._starts, row, side="right")) - 1

    def line_at(self, y: int) -> int:
        """The last line that begins at this height or above it; the first one where none does."""
        return max(0, int(np.searchsorted(self._tops, y, side="right")) - 1)

    def rows_of(self, line: int) -> range:
        """The tiles of a line."""
        return range(int(self._starts[line]), int(self._stops[line]))

    # --- tiles

    def rect(self, row: int) -> QRect:
        """The tile, picture and caption."""
        line = self.line_of(row)
        left, right = self._edge(line, row), self._edge(line, row + 1) - GAP
        top, height = int(self._tops[line]), int(self._heights[line]) + self.caption
        return QRect(self._left(left, right - left), top, right - left, height)

    def _left(self, along: int, width: int) -> int:
        """Where a tile begins that begins so far along its line."""
        return self.width - along - width if self.mirrored else along

    def _edge(self, line: int, row: int) -> int:
        start = self._starts[line]
        stretch = float(self._along[row] - self._along[start]) * float(self._exact[line])
        return MARGIN + round(stretch) + int(row - start) * GAP

    def spots_between(self, top: int, bottom: int, offset: int = 0) -> list[Spot]:
        """The tiles of `rows_between` in a view that is scrolled by `offset`, at less cost than one by one."""
        found: list[Spot] = []
        for line in range(self.line_at(top), self.line_at(max(top, bottom)) + 1) if self.count else ():
            rows, y, height = (
                self.rows_of(line),
                int(self._tops[line]) - offset,
                int(self._heights[line]) + self.caption,
            )
            along = (self._along[rows.start : rows.stop + 1] - self._along[rows.start]) * self._exact[line]
            edges = (MARGIN + np.rint(along).astype(np.int64) + np.arange(len(rows) + 1) * GAP).tolist()
            for row, left, right in zip(rows, edges, edges[1:], strict=False):
                width = right - left - GAP
                found.append(Spot(row, self._left(left, width), y, width, height))
        return found

    def picture_rect(self, row: int) -> QRect:
        """The part of the tile in which its picture is fitted."""
        rect = self.rect(row)
        rect.setHeight(rect.height() - self.caption)
        return rect

    def row_at(self, point: QPoint) -> int:
        """The tile under a point, or -1."""
        if not self.count:
            return -1
        row = self._nearest_in_line(self.line_at(point.y()), point.x())
        return row if self.rect(row).contains(point) else -1

    def _nearest_in_line(self, line: int, x: int) -> int:
        return min(self.rows_of(line), key=lambda row: abs(self.rect(row).center().x() - x))

    def rows_between(self, top: int, bottom: int) -> range:
        """The tiles of all lines that reach into this band."""
        if not self.count:
            return range(0)
        return range(int(self._starts[self.line_at(top)]), int(self._stops[self.line_at(max(top, bottom))]))

    def moved(self, row: int, lines: int) -> int:
        """The tile so many lines further down (or up), the nearest one there."""
        line = self.line_of(row)
        target = min(max(line + lines, 0), self.lines - 1)
        return row if target == line else self._nearest_in_line(target, self.rect(row).center().x())

    def moved_by(self, row: int, distance: int) -> int:
        """The tile about so many pixels further down (or up), at least one line away where there is one."""
        line = self.line_of(row)
        lines = self.line_at(int(self._tops[line]) + distance) - line
        return self.moved(row, lines or (1 if distance > 0 else -1))

    def runs_in(self, area: QRect) -> list[range]:
        """The rows whose tiles an area touches, as runs: one for each line."""
        runs: list[range] = []
        if not self.count or area.bottom() < 0:
            return runs
        for line in range(self.line_at(area.top()), self.line_at(area.bottom()) + 1):
            touched = [row for row in self.rows_of(line) if self.rect(row).intersects(area)]
            if touched:
                runs.append(range(touched[0], touched[-1] + 1))
        return runs

    # --- headings

    def heading_rect(self, number: int) -> QRect:
        """Where the heading with this number lies."""
        top = int(self._tops[self._lines_headed[number]])
        return QRect(MARGIN, top - HEADING, self.width - 2 * MARGIN, HEADING)

    def section_of(self, row: int) -> int:
        """The number of the heading under which a tile lies; -1 above the first one."""
        return int(np.searchsorted(self._headed, row, side="right")) - 1

    def section_at(self, y: int) -> int:
        """The number of the last heading that begins at this height or above it; -1 where none does."""
        return int(np.searchsorted(self._tops[self._lines_headed] - HEADING, y, side="right")) - 1

    def rows_under(self, number: int) -> range:
        """The tiles under a heading."""
        stop = int(self._headed[number + 1]) if number + 1 < len(self._headed) else self.count
        return range(int(self._headed[number]), stop)

    def headings_between(self, top: int, bottom: int) -> range:
        """The numbers of the headings that reach into this band."""
        if not len(self._headed):
            return range(0)
        tops = self._tops[self._lines_headed]
        first = int(np.searchsorted(tops, top, side="left"))
        return range(first, max(first, int(np.searchsorted(tops - HEADING, bottom, side="right"))))
