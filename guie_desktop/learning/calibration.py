"""What a score means: how often a hit with it shares an album with the query, from hits of held-out photos."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit

from guie_desktop.embedding.head import Floats

WANTED = 0.95
"""Share of the hits above the cut-off that are to be of the query's album."""
_FEWEST_HITS = 30
"""Above the cut-off, or a handful of lucky ones would set it."""
_STEEPEST = 200.0


@dataclass(frozen=True, slots=True)
class Calibration:
    """The cut-off and the curve of a personal head; see PersonalHead."""

    cutoff: float
    steepness: float
    midpoint: float


def calibrate(scores: Floats, shares_album: NDArray[np.bool_]) -> Calibration:
    """From the scores (H,) of hits and whether each shares an album with its query.

    The curve is logistic (Platt: Probabilistic Outputs for Support Vector Machines, 1999, with his smoothed targets).
    The cut-off is the lowest score above which 95 % of these hits are right; where there is no such score it is where
    the curve says 95 %, so that no line is promised that was not seen.
    """
    steepness, midpoint = _logistic(scores, shares_album)
    order = np.argsort(-scores)
    right = np.cumsum(shares_album[order]) / np.arange(1, len(order) + 1)
    enough = np.flatnonzero((right >= WANTED) & (np.arange(len(order)) >= _FEWEST_HITS - 1))
    if len(enough):
        return Calibration(float(scores[order[enough[-1]]]), steepness, midpoint)
    return Calibration(midpoint + float(np.log(WANTED / (1 - WANTED))) / steepness, steepness, midpoint)


def _logistic(scores: Floats, shares_album: NDArray[np.bool_]) -> tuple[float, float]:
    """Steepness and midpoint of the logistic curve of largest likelihood."""
    x = scores.astype(np.float64)
    right = int(shares_album.sum())
    wrong = len(x) - right
    target = np.where(shares_album, (right + 1) / (right + 2), 1 / (wrong + 2))
    middle, spread = float(x.mean()), max(float(x.std()), 1e-3)
    z = (x - middle) / spread

    def loss(ab: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        raw = ab[0] * z + ab[1]
        error = expit(raw) - target
        value = float((np.logaddexp(0, raw) - target * raw).sum())
        return value, np.array([(error * z).sum(), error.sum()])

    slope, offset = minimize(
        loss, np.array([1.0, 0.0]), jac=True, method="L-BFGS-B", bounds=[(0.05, None), (None, None)]
    ).x
    steepness = min(float(slope) / spread, _STEEPEST)
    return steepness, middle - float(offset) / float(slope) * spread
