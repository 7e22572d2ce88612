"""What a score means: how often a hit with it shares an album with the query, from hits of held-out photos."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit

from guie_desktop.arrays import Floats

TARGET_PRECISION = 0.95
"""Of the hits above the cut-off: the share that is to be of the query's album."""
_MIN_HITS = 30
"""Above the cut-off, or a handful that happen to be relevant would set it."""
_MAX_STEEPNESS = 200.0


@dataclass(frozen=True, slots=True)
class Calibration:
    """The cut-off and the curve of a personal head; see PersonalHead."""

    cutoff: float
    steepness: float
    midpoint: float


def calibrate(scores: Floats, is_relevant: NDArray[np.bool_]) -> Calibration:
    """From the scores (H,) of hits and whether each shares an album with its query.

    The curve is logistic, by Platt scaling (Platt: Probabilistic Outputs for Support Vector Machines, 1999, with his
    smoothed targets). The cut-off is the lowest score with a precision of 95 % above it, and at most that from which on
    a hit is likelier right than wrong: what is probably alike is not left out.
    """
    steepness, midpoint = _platt_scaling(scores, is_relevant)
    order = np.argsort(-scores)
    precision = np.cumsum(is_relevant[order]) / np.arange(1, len(order) + 1)
    enough = np.flatnonzero((precision >= TARGET_PRECISION) & (np.arange(len(order)) >= _MIN_HITS - 1))
    even = max(midpoint, float(scores.min()))
    cutoff = min(even, float(scores[order[enough[-1]]])) if len(enough) else even
    return Calibration(cutoff, steepness, midpoint)


def _platt_scaling(scores: Floats, is_relevant: NDArray[np.bool_]) -> tuple[float, float]:
    """Steepness and midpoint of the logistic curve of maximum likelihood."""
    x = scores.astype(np.float64)
    positives = int(is_relevant.sum())
    negatives = len(x) - positives
    target = np.where(is_relevant, (positives + 1) / (positives + 2), 1 / (negatives + 2))
    mean, std = float(x.mean()), max(float(x.std()), 1e-3)
    z = (x - mean) / std

    def loss(ab: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        logits = ab[0] * z + ab[1]
        error = expit(logits) - target
        value = float((np.logaddexp(0, logits) - target * logits).sum())
        return value, np.array([(error * z).sum(), error.sum()])

    slope, offset = minimize(
        loss, np.array([1.0, 0.0]), jac=True, method="L-BFGS-B", bounds=[(0.05, None), (None, None)]
    ).x
    steepness = min(float(slope) / std, _MAX_STEEPNESS)
    return steepness, mean - float(offset) / float(slope) * std
