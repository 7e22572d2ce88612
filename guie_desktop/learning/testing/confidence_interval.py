"""The confidence interval of a mean over queries, when queries of one scene tell the same thing several times."""

from typing import NamedTuple

import numpy as np

from guie_desktop.arrays import Floats
from guie_desktop.learning.data.curation import Ints

_RESAMPLES = 2000


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
    _, group = np.unique(groups, return_inverse=True)
    sums, sizes = np.bincount(group, values), np.bincount(group)
    drawn = np.random.default_rng(seed).integers(0, len(sums), (_RESAMPLES, len(sums)))
    means = sums[drawn].sum(axis=1) / sizes[drawn].sum(axis=1)
    low, high = np.quantile(means, ((1 - confidence) / 2, (1 + confidence) / 2))
    return ConfidenceInterval(float(values.mean()), float(low), float(high))
