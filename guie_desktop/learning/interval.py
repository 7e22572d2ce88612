"""How sure a mean over queries is, when queries of one scene tell the same thing several times."""

from typing import NamedTuple

import numpy as np

from guie_desktop.embedding.head import Floats
from guie_desktop.learning.curation import Ints

_DRAWS = 2000


class Interval(NamedTuple):
    """A mean, and its confidence interval."""

    mean: float
    low: float
    high: float


def interval_of(values: Floats, groups: Ints, seed: int, share: float = 0.95) -> Interval:
    """The mean, and where this share of means lies when whole near-duplicate groups are drawn anew (cluster bootstrap).

    `groups` (Q,) tell which of the values (Q,) belong together. Of no values, all is 0.
    """
    if not len(values):
        return Interval(0.0, 0.0, 0.0)
    _, group = np.unique(groups, return_inverse=True)
    sums, sizes = np.bincount(group, values), np.bincount(group)
    drawn = np.random.default_rng(seed).integers(0, len(sums), (_DRAWS, len(sums)))
    means = sums[drawn].sum(axis=1) / sizes[drawn].sum(axis=1)
    low, high = np.quantile(means, ((1 - share) / 2, (1 + share) / 2))
    return Interval(float(values.mean()), float(low), float(high))
