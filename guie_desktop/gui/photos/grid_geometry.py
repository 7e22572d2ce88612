"""Where the tiles of a grid lie, by arithmetic alone: a million tiles cost as much as ten."""

from dataclasses import dataclass
from functools import cached_property

from PySide6.QtCore import QPoint, QRect

MARGIN = 16
GAP = 12
DIVIDER = 40
"""Height of the line between the photos that are alike and those that are less so."""
_SHAPE = 0.76
"""Height of a tile's picture by its width: a landscape photo fills it."""


@dataclass(frozen=True)
class GridGeometry:
    """Tiles in lines from left to right; from row `split` on they form a second part below a divider.

    `lead` cells at the start of the first line stay empty. When photos are put in above those that the user looks at,
    changing the lead keeps every tile in its column.
    """

    count: int
    width: int
    wanted: int
    caption: int
    lead: int = 0
    split: int | None = None

    @cached_property
    def columns(self) -> int:
        """Tiles in a line."""
        return max(1, (self.width - 2 * MARGIN + GAP) // (self.wanted + GAP))

    @cached_property
    def tile_width(self) -> int:
        """Width of every tile: the lines are filled."""
        return max(40, (self.width - 2 * MARGIN + GAP) // self.columns - GAP)

    @cached_property
    def picture_height(self) -> int:
        """Height of the part of the tile that shows the picture."""
        return round(self.tile_width * _SHAPE)

    @cached_property
    def line_height(self) -> int:
        """From one line to the next."""
        return self.picture_height + self.caption + GAP

    @cached_property
    def first_part(self) -> int:
        """How many tiles lie above the divider."""
        return self.count if self.split is None else min(self.split, self.count)

    @cached_property
    def lines_above(self) -> int:
        """Lines above the divider."""
        return -(-(self.first_part + self.lead) // self.columns)

    @cached_property
    def lines(self) -> int:
        """All lines."""
        return self.lines_above + -(-(self.count - self.first_part) // self.columns)

    @cached_property
    def divided(self) -> bool:
        """Whether there is a divider with tiles on both of its sides."""
        return 0 < self.first_part < self.count

    @cached_property
    def height(self) -> int:
        """Height of all lines."""
        return 2 * MARGIN + self.lines * self.line_height - GAP + (DIVIDER if self.divided else 0)

    @cached_property
    def divider(self) -> QRect:
        """Where the divider is; only if `divided`."""
        return QRect(MARGIN, self.line_top(self.lines_above) - DIVIDER, self.width - 2 * MARGIN, DIVIDER - GAP)

    def line_top(self, line: int) -> int:
        """Upper edge of a line."""
        shift = DIVIDER if self.divided and line >= self.lines_above else 0
        return MARGIN + line * self.line_height + shift

    def place(self, row: int) -> tuple[int, int]:
        """Line and column of a tile."""
        if row < self.first_part:
            return divmod(row + self.lead, self.columns)
        line, column = divmod(row - self.first_part, self.columns)
        return line + self.lines_above, column

    def rect(self, row: int) -> QRect:
        """The tile, picture and caption."""
        line, column = self.place(row)
        x = MARGIN + column * (self.tile_width + GAP)
        return QRect(x, self.line_top(line), self.tile_width, self.picture_height + self.caption)

    def picture_rect(self, row: int) -> QRect:
        """The part of the tile in which its picture is fitted."""
        rect = self.rect(row)
        rect.setHeight(self.picture_height)
        return rect

    def line_at(self, y: int) -> int:
        """The line whose band holds this height; below 0 or past the end where there is none."""
        line = (y - MARGIN) // self.line_height
        if self.divided and line >= self.lines_above:
            line = max(self.lines_above - 1, (y - MARGIN - DIVIDER) // self.line_height)
        return line

    def row_at(self, point: QPoint) -> int:
        """The tile under a point, or -1."""
        line = self.line_at(point.y())
        column = (point.x() - MARGIN) // (self.tile_width + GAP)
        if not (0 <= line < self.lines and 0 <= column < self.columns):
            return -1
        row = self.row_in_line(line, column)
        return row if row >= 0 and self.rect(row).contains(point) else -1

    def row_in_line(self, line: int, column: int) -> int:
        """The tile at this place, or -1 where the cell is empty."""
        if line < self.lines_above:
            row = line * self.columns + column - self.lead
            return row if 0 <= row < self.first_part else -1
        row = self.first_part + (line - self.lines_above) * self.columns + column
        return row if row < self.count else -1

    def nearest_in_line(self, line: int, column: int) -> int:
        """The tile at this place, or the one of the line next to it."""
        for candidate in (*range(column, -1, -1), *range(column + 1, self.columns)):
            row = self.row_in_line(line, candidate)
            if row >= 0:
                return row
        return -1

    def rows_between(self, top: int, bottom: int) -> range:
        """The tiles of all lines that reach into this band."""
        first = min(max(self.line_at(top), 0), max(self.lines - 1, 0))
        last = min(max(self.line_at(bottom), first), max(self.lines - 1, 0))
        if self.count == 0:
            return range(0)
        start = self.nearest_in_line(first, 0)
        end = self.nearest_in_line(last, self.columns - 1)
        return range(start, end + 1)

    def moved(self, row: int, lines: int) -> int:
        """The tile so many lines further down (or up), in the same column where possible."""
        line, column = self.place(row)
        target = min(max(line + lines, 0), self.lines - 1)
        return row if target == line else self.nearest_in_line(target, column)

    def runs_in(self, area: QRect) -> list[range]:
        """The rows whose tiles an area touches, as runs: one for each line."""
        runs = []
        first, last = self.line_at(area.top()), self.line_at(area.bottom())
        for line in range(max(0, first), min(self.lines - 1, last) + 1):
            cells = [self.row_in_line(line, column) for column in range(self.columns)]
            touched = [row for row in cells if row >= 0 and self.rect(row).intersects(area)]
            if touched:
                runs.append(range(touched[0], touched[-1] + 1))
        return runs
