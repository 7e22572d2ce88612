"""How the features of a whole library are distributed, summed up so that training need not look at them again."""

from dataclasses import dataclass

import numpy as np

from guie_desktop.arrays import Floats


@dataclass(frozen=True, slots=True, eq=False)
class FeatureStatistics:
    """Mean (D,) and covariance (D, D) of unit features from all over a library."""

    mean: Floats
    covariance: Floats

    @classmethod
    def of(cls, features: Floats) -> "FeatureStatistics":
        """Of unit features (N, D)."""
        mean = features.mean(axis=0)
        centred = features - mean
        return cls(mean, centred.T @ centred / np.float32(max(len(features), 1)))
