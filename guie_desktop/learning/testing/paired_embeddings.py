"""Photos under both heads, and the fused ranking among them: what the search does, as matrices."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from guie_desktop.arrays import Floats
from guie_desktop.embedding.query_expansion import EXPANDED_BY, expanded
from guie_desktop.embedding.weight_curve import NEIGHBOURS
from guie_desktop.learning.testing.evaluation import top_ranked


@dataclass(frozen=True, slots=True, eq=False)
class PairedEmbeddings:
    """Embeddings of unit length by the general head (N, dg) and by the personal one (N, dp)."""

    general: Floats
    personal: Floats

    @property
    def dimension(self) -> int:
        """Length dg + dp of both together."""
        return int(self.general.shape[1] + self.personal.shape[1])

    def subset(self, positions: NDArray[np.int64]) -> "PairedEmbeddings":
        """Some of the photos."""
        return PairedEmbeddings(self.general[positions], self.personal[positions])

    def scores(self, queries: "PairedEmbeddings") -> "PairedScores":
        """Of queries against these photos."""
        return PairedScores(queries.general @ self.general.T, queries.personal @ self.personal.T)

    def fused(self, weights: Floats) -> Floats:
        """Of unit length (N, dg + dp); their inner products are scores with these weights (N,) of the personal head."""
        halves = np.sqrt(np.stack([1 - weights, weights], axis=1)).astype(np.float32)
        return np.concatenate([self.general * halves[:, :1], self.personal * halves[:, 1:]], axis=1)

    def expanded_scores(self, queries: "PairedEmbeddings", ranking: Floats, weights: Floats) -> Floats:
        """Scores (Q, N) of these photos with queries that are expanded by those that a ranking (Q, N) has first.

        `weights` (Q,) are those of the personal head; what is no candidate has -inf in the ranking.
        """
        best = top_ranked(ranking, EXPANDED_BY)
        scores = np.take_along_axis(ranking, best, axis=1)
        count = best.shape[1]
        nearest = self.subset(best.ravel()).fused(np.repeat(weights, count)).reshape(*best.shape, self.dimension)
        vectors = expanded(queries.fused(weights), nearest, np.where(np.isfinite(scores), scores, 0), weights)
        halves = np.split(vectors, [self.general.shape[1]], axis=1)
        general, personal = (half @ part.T for half, part in zip(halves, (self.general, self.personal), strict=True))
        weight = np.sqrt(np.stack([1 - weights, weights])).astype(np.float32)[:, :, np.newaxis]
        again: Floats = weight[0] * general + weight[1] * personal
        return again


@dataclass(frozen=True, slots=True, eq=False)
class PairedScores:
    """Cosines (Q, N) of queries with photos, by the general head and by the personal one."""

    general: Floats
    personal: Floats

    def fused(self, weights: Floats) -> Floats:
        """Scores (Q, N) of the search, with these weights (Q,) of the personal head."""
        weight = weights.astype(np.float32)[:, np.newaxis]
        return (1 - weight) * self.general + weight * self.personal


def trained_on_shares(
    similarity: Floats, trained_on: NDArray[np.bool_], sampling_weights: Floats | None = None
) -> Floats:
    """Share (Q,) of each query's nearest neighbours that were trained on.

    `similarity` (Q, N) are general scores against the library; what is no neighbour has -inf. `trained_on` (N,) tells
    which photos the personal head was trained on, and `sampling_weights` (N,) how many photos of the library each
    stands for, where only a sample of them is at hand.
    """
    neighbours = min(NEIGHBOURS, similarity.shape[1])
    nearest = np.argpartition(-similarity, neighbours - 1, axis=1)[:, :neighbours]
    weights = np.isfinite(np.take_along_axis(similarity, nearest, axis=1)).astype(np.float32)
    if sampling_weights is not None:
        weights *= sampling_weights[nearest]
    shares: Floats = (weights * trained_on[nearest]).sum(axis=1) / np.maximum(weights.sum(axis=1), np.float32(1e-6))
    return shares
