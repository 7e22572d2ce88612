"""How the features of a whole library are spread, summed up so that training need not look at them again."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from guie_desktop.embedding.head import Floats
from guie_desktop.embedding.spread import principal_spreads


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


def principal_directions(spreads: list[NDArray[np.float32]], most: int) -> Floats:
    """The directions (D, d) of the largest spread, to which all covariances (D, D) contribute alike."""
    shared: Floats = sum(
        (spread / max(float(np.trace(spread)), 1e-12) for spread in spreads), start=np.zeros_like(spreads[0])
    )
    return np.ascontiguousarray(principal_spreads(shared)[1][:, :most])
