"""What a list of photos tells the grid that lays them out: their shapes, and which have a heading above them."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from guie_desktop.gui.photos.grid_geometry import NO_ROWS


@dataclass(frozen=True, slots=True)
class Headings:
    """The rows with a heading above them, rising, and what each heading says."""

    rows: NDArray[np.int64]
    words: Callable[[int], str]
    """Row to words."""
    are_dates: bool = False
    """Whether all photos lie under one: it stays in view, and a click on it chooses what lies under it."""
    go_on: bool = False
    """Whether more photos will come, so that nobody knows how many lie under the last one."""


NO_HEADINGS = Headings(NO_ROWS, lambda _row: "")


@dataclass(frozen=True, slots=True)
class Tiles:
    """N widths by heights, 0 where one is not known; and the headings between them."""

    shapes: NDArray[np.float32]
    headings: Headings = NO_HEADINGS


TilesFor = Callable[[int], Tiles]
"""The tiles, for a width that they are wanted to have: small ones need fewer headings."""
