"""How the features of a whole library are spread, summed up so that training need not look at them again."""

from dataclasses import dataclass

import numpy as np

from guie_desktop.embedding.head import Floats


@dataclass(frozen=True, slots=True, eq=False)
class Geometry:
    """Mean (D,) and covariance (D, D) of unit features from all over a library."""

    mean: Floats
    covariance: Floats

    @classmethod
    def of(cls, rows: Floats) -> "Geometry":
        """Of unit features (N, D)."""
        mean = rows.mean(axis=0)
        centred = rows - mean
        return cls(mean, centred.T @ centred / np.float32(max(len(rows), 1)))
