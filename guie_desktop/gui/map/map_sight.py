"""Which part of the map is seen, and how large: arithmetic of zooming and panning, in pixels of the view."""

from guie_desktop.gui.map.plane import GAP, HIGHEST, LEVELS_PER_DOUBLING, LOWEST, Plane, scale_of, side_of

_MARGIN = 4
"""Pixels around all tiles."""

Point = tuple[float, float]


class MapSight:
    """How a plane is looked at in a view of so many pixels; zoomed by whole levels, moved by whole pixels."""

    def __init__(self, plane: Plane) -> None:
        self.plane = plane
        self.width, self.height = 1, 1
        self.level, self._fit, self._first = 0, 0, 0
        self._centre: Point = (0.0, 0.0)
        """What is in the middle of the view, in units of the map."""
        self.shows_all = True
        """Whether the user looks at all of it, whatever the size of the view."""

    @property
    def scale(self) -> float:
        """Pixels for one unit of the map."""
        return scale_of(self.level)

    @property
    def doubling(self) -> int:
        """How often it is doubled, at most."""
        return -(-self.level // LEVELS_PER_DOUBLING)

    @property
    def side(self) -> int:
        """Pixels of a tile's side."""
        return side_of(self.level - self._fit, self._first)

    @property
    def cell(self) -> float:
        """Units of the map that a tile takes, with what lies between two."""
        return (self.side + GAP) / self.scale

    @property
    def origin(self) -> tuple[int, int]:
        """Where the map's 0, 0 lies in the view."""
        scale = self.scale
        return round(self.width / 2 - self._centre[0] * scale), round(self.height / 2 - self._centre[1] * scale)

    def on_map(self, x: float, y: float) -> Point:
        """The point of the map that lies at a point of the view."""
        left, top = self.origin
        return (x - left) / self.scale, (y - top) / self.scale

    def tile_at(self, column: int, line: int) -> tuple[int, int]:
        """The upper left corner of the tile in a cell, in the view."""
        left, top = self.origin
        return left + column * (self.side + GAP), top + line * (self.side + GAP)

    def fit(self) -> None:
        """Look at the whole map."""
        left, top, right, bottom = self.plane.bounds
        self._first = self.plane.first_side(self.width, self.height)
        margin = _MARGIN + side_of(0, self._first)  # for the tiles of those at the edge
        self._fit = self.plane.level_for(max(self.width - 2 * margin, 1), max(self.height - 2 * margin, 1))
        self.level, self._centre, self.shows_all = self._fit, ((left + right) / 2, (top + bottom) / 2), True

    def zoom(self, steps: int, x: float, y: float) -> None:
        """Zoom by so many levels, so that what is at this point of the view stays there."""
        fixed = self.on_map(x, y)
        self.level = min(max(self.level + steps, self._fit - LEVELS_PER_DOUBLING, LOWEST), HIGHEST)
        self._centre = fixed[0] - (x - self.width / 2) / self.scale, fixed[1] - (y - self.height / 2) / self.scale
        self.shows_all = False

    def pan(self, across: float, down: float) -> None:
        """Move what is seen by so many pixels; some of the map stays in view."""
        left, top, right, bottom = self.plane.bounds
        x, y = self._centre[0] + across / self.scale, self._centre[1] + down / self.scale
        self._centre = min(max(x, left), right), min(max(y, top), bottom)
        self.shows_all = False
