"""The confidence interval of a mean over queries, when queries of one scene tell the same thing several times."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from guie_desktop.arrays import Floats
from guie_desktop.learning.data.curation import Ints

_RESAMPLES = 2000
_DRAWN_AT_ONCE = 4_000_000
"""Bounds the memory of a bootstrap over many groups."""


Floats64 = NDArray[np.float64]


class ConfidenceInterval(NamedTuple):
    """A mean, and its confidence interval."""

    mean: float
    low: float
    high: float


def cluster_bootstrap(values: Floats, groups: Ints, seed: int, confidence: float = 0.95) -> ConfidenceInterval:
    """The mean, and the interval that holds this share of means when whole near-duplicate groups are drawn anew.

    The percentile interval of Efron and Tibshirani (An Introduction to the Bootstrap, 1993), with clusters resampled
    instead of values. `groups` (Q,) tell which of the values (Q,) belong together. Of no values, all is 0.
    """
    if not len(values):
        return ConfidenceInterval(0.0, 0.0, 0.0)
    return interval_of(float(values.mean()), bootstrap_means(values, groups, seed), confidence)


def bootstrap_means(values: Floats, groups: Ints, seed: int) -> Floats64:
    """The means (2000,) of values (Q,), at least one, when whole groups are drawn anew; as `cluster_bootstrap`."""
    _, group = np.unique(groups, return_inverse=True)
    sums, sizes = np.bincount(group, values), np.bincount(group)
    rng = np.random.default_rng(seed)
    means = np.empty(_RESAMPLES)
    step = max(1, _DRAWN_AT_ONCE // len(sums))
    for start in range(0, _RESAMPLES, step):  # numbers are drawn in the same order as if all at once
        drawn = rng.integers(0, len(sums), (min(step, _RESAMPLES - start), len(sums)))
        means[start : start + step] = sums[drawn].sum(axis=1) / sizes[drawn].sum(axis=1)
    return means


def interval_of(mean: float, resampled: Floats64, confidence: float = 0.95) -> ConfidenceInterval:
    """A mean with the percentile interval of its resampled values (R,)."""
    low, high = np.quantile(resampled, ((1 - confidence) / 2, (1 + confidence) / 2))
    return ConfidenceInterval(mean, float(low), float(high))
