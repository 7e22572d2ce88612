"""The weight of a personal head in a query: it grows with the share of neighbours that the head was trained on."""

from dataclasses import dataclass

import numpy as np

from guie_desktop.arrays import Floats

NEIGHBOURS = 20
"""Nearest photos, by the general head, that tell whether a query is of the kind that the albums hold."""
_EARLIEST = 0.01
_FLATTEST, _STEEPEST = 0.1, 100.0


@dataclass(frozen=True, slots=True)
class WeightCurve:
    """`min(1, share / full) ** power`, for the share of a query's neighbours that were trained on.

    Where nobody has sorted anything nearby, the weight is 0 and the ranking the general one to the last digit.
    """

    full: float
    """The share from which on the personal head has all the weight."""
    power: float
    """Above 1, a few neighbours that were trained on count little."""

    def __post_init__(self) -> None:
        if not (_EARLIEST <= self.full <= 1 and _FLATTEST <= self.power <= _STEEPEST):
            raise ValueError("a weight rises from 0 to 1 while the share does")

    def weights(self, shares: Floats) -> Floats:
        """Weights (N,) of the personal half, for shares (N,)."""
        weights: Floats = np.minimum(1, shares / np.float32(self.full)).astype(np.float32) ** np.float32(self.power)
        return weights


CURVES = (
    WeightCurve(0.9, 6.0),
    WeightCurve(0.8, 4.0),
    WeightCurve(0.8, 2.0),
    WeightCurve(0.6, 2.0),
    WeightCurve(0.6, 1.0),
    WeightCurve(0.3, 1.0),
    WeightCurve(0.15, 1.0),
)
"""What is tried on held-out photos, the most careful first; learning/README.md has the choice."""
