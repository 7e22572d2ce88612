"""What of a picture is seen, and how large: arithmetic of zooming and panning, in pixels of the screen."""

from dataclasses import dataclass, replace
from typing import Literal

from guie_desktop.domain import Region

STEP = 1.25
"""By how much a key or a notch of the wheel enlarges."""
LARGEST = 16.0
"""Pixels of the screen for one of the photo's."""

_AROUND = 1.2
"""How much more than a part is seen, across and down."""
_ENLARGED = 2.0

Size = tuple[float, float]
Point = tuple[float, float]
Fit = Literal["fit", "fill"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where the whole picture lies, seen or not; the view's top left corner is at 0, 0."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Sight:
    """How a picture is looked at, whatever its size and that of the view."""

    zoom: Fit | float = "fit"
    """Pixels of the screen for one of the picture's, or how the view is to be filled."""
    centre: Point = (0.5, 0.5)
    """What lies in the middle of the view, as fractions of the picture."""

    @classmethod
    def of_part(cls, part: Region, view: Size, picture: Size) -> "Sight":
        """A part of the picture in the middle of the view, as large as there is room, with a little around it.

        What is small is enlarged up to twice its pixels, and nothing is smaller than where all is seen.
        """
        left, top, width, height = part
        room = min(view[0] / (width * picture[0]), view[1] / (height * picture[1])) / _AROUND
        scale = max(min(room, _ENLARGED), cls().scale(view, picture))
        return cls(scale, (left + width / 2, top + height / 2))

    def scale(self, view: Size, picture: Size) -> float:
        """Pixels of the screen for one of the picture's; "fit" never enlarges."""
        across, down = view[0] / picture[0], view[1] / picture[1]
        if self.zoom == "fit":
            return min(across, down, 1.0)
        return max(across, down) if self.zoom == "fill" else self.zoom

    def place(self, view: Size, picture: Size) -> Place:
        """Where the picture lies: in the middle where it is smaller than the view, else without a gap at any side."""
        scale = self.scale(view, picture)
        width, height = picture[0] * scale, picture[1] * scale
        left = _kept(view[0] / 2 - self.centre[0] * width, view[0], width)
        top = _kept(view[1] / 2 - self.centre[1] * height, view[1], height)
        return Place(left, top, width, height)

    def zoomed(self, zoom: Fit | float, view: Size, picture: Size, at: Point | None = None) -> "Sight":
        """Zoomed so that what is at this point of the view, or else in its middle, stays there."""
        if not isinstance(zoom, float):
            return Sight(zoom)
        before = self.place(view, picture)
        point = at or (view[0] / 2, view[1] / 2)
        fixed = (point[0] - before.x) / before.width, (point[1] - before.y) / before.height
        scale = min(max(zoom, Sight().scale(view, picture)), LARGEST)
        width, height = picture[0] * scale, picture[1] * scale
        left = _kept(point[0] - fixed[0] * width, view[0], width)
        top = _kept(point[1] - fixed[1] * height, view[1], height)
        return Sight(scale, ((view[0] / 2 - left) / width, (view[1] / 2 - top) / height))

    def stepped(self, steps: float, view: Size, picture: Size, at: Point | None = None) -> "Sight":
        """Enlarged by so many steps, or made smaller; steps halt where all is seen, and at the photo's own pixels."""
        scale = self.scale(view, picture)
        wanted = scale * STEP**steps
        for halt in (Sight().scale(view, picture), 1.0):
            if min(scale, wanted) * 1.001 < halt < max(scale, wanted) * 0.999:
                wanted = halt
        if steps < 0 and wanted <= Sight().scale(view, picture) * 1.001:
            return Sight()
        return self.zoomed(wanted, view, picture, at)

    def panned(self, dx: float, dy: float, view: Size, picture: Size) -> "Sight":
        """The picture moved by so many pixels of the screen, as far as there is more of it."""
        place = self.place(view, picture)
        left, top = _kept(place.x + dx, view[0], place.width), _kept(place.y + dy, view[1], place.height)
        return replace(self, centre=((view[0] / 2 - left) / place.width, (view[1] / 2 - top) / place.height))

    def shows_all(self, view: Size, picture: Size) -> bool:
        """Whether there is nothing to pan to."""
        place = self.place(view, picture)
        return place.width <= view[0] + 0.5 and place.height <= view[1] + 0.5

    def alike(self, mine: tuple[Size, Size], other: tuple[Size, Size]) -> "Sight":
        """The same part of another picture, as large in its view: `mine` and `other` are view and picture."""
        if not isinstance(self.zoom, float) or self.zoom == 1.0:
            return self
        return replace(self, zoom=self.zoom / Sight().scale(*mine) * Sight().scale(*other))


def turned_size(size: Size, turns: int) -> Size:
    """The size of a picture after so many quarter turns to the right."""
    return (size[1], size[0]) if turns % 2 else size


def turned(region: Region, turns: int) -> Region:
    """A part of a picture, as it lies after so many quarter turns to the right."""
    for _ in range(turns % 4):
        x, y, width, height = region
        region = (1 - y - height, x, height, width)
    return region


def _kept(start: float, room: float, length: float) -> float:
    """Where something of this length begins that wants to begin at `start`: in the middle, or without a gap."""
    if length <= room:
        return (room - length) / 2
    return min(0.0, max(start, room - length))
