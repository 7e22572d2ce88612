"""Photos under both heads, and the blended ranking among them: what the search does, as matrices."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from guie_desktop.embedding.head import Floats
from guie_desktop.embedding.weight_curve import NEIGHBOURS


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """Embeddings of unit length by the general head (N, dg) and by the personal one (N, dp)."""

    general: Floats
    personal: Floats

    def only(self, chosen: NDArray[np.int64]) -> "Candidates":
        """Some of the photos."""
        return Candidates(self.general[chosen], self.personal[chosen])

    def scores(self, queries: "Candidates") -> "Scores":
        """Of queries against these photos."""
        return Scores(queries.general @ self.general.T, queries.personal @ self.personal.T)


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """Cosines (Q, N) of queries with photos, by the general head and by the personal one."""

    general: Floats
    personal: Floats

    def blended(self, weights: Floats) -> Floats:
        """Scores (Q, N) of the search, with these weights (Q,) of the personal half."""
        weight = weights.astype(np.float32)[:, np.newaxis]
        return (1 - weight) * self.general + weight * self.personal


def taught_shares(likeness: Floats, taught: NDArray[np.bool_], each_stands_for: Floats | None = None) -> Floats:
    """Share (Q,) of each query's neighbours that were taught, from its general scores (Q, N) against the library.

    What is no neighbour has a score of -inf. `taught` (N,) tells which photos the head is taught with, and
    `each_stands_for` (N,) how many photos of the library each is one of, where only some of them are at hand.
    """
    most = min(NEIGHBOURS, likeness.shape[1])
    nearest = np.argpartition(-likeness, most - 1, axis=1)[:, :most]
    crowd = np.isfinite(np.take_along_axis(likeness, nearest, axis=1)).astype(np.float32)
    if each_stands_for is not None:
        crowd *= each_stands_for[nearest]
    shares: Floats = (crowd * taught[nearest]).sum(axis=1) / np.maximum(crowd.sum(axis=1), np.float32(1e-6))
    return shares
