"""The parts of a photo that are looked at for themselves: overlapping cells of a grid, as R-MAC lays them.

Tolias, Sicre and Jégou, "Particular object retrieval with integral max-pooling of CNN activations", ICLR 2016. Each
part is cut out and seen by the network in full, which any backbone can do; figures are in model_assets/README.md.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from guie_desktop.domain import Region

_CELLS = 5
"""In a row, and in a column; each overlaps the next one by half of itself."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a picture as a view of it."""

    region: "Region"

    @property
    def part(self) -> float:
        """Share of the width and of the height."""
        return self.region[2]

    @property
    def mirrored(self) -> bool:
        """Whether it is seen from behind; never, as where something lies is told by the parts themselves."""
        return False

    def box(self, width: int, height: int) -> tuple[float, float, float, float]:
        """Left, top, right and bottom, in pixels of a picture of this size."""
        left, top, wide, high = self.region
        return left * width, top * height, (left + wide) * width, (top + high) * height


def grid(cells: int) -> "tuple[Region, ...]":
    """The cells of a grid of overlapping ones, row by row."""
    side = 2 / (cells + 1)
    starts = [number * (1 - side) / (cells - 1) for number in range(cells)]
    return tuple((left, top, side, side) for top in starts for left in starts)


PARTS = grid(_CELLS)
GRID = f"parts{_CELLS}"
"""By what features of other parts are told from these."""
