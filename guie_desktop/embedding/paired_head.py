"""The general head and a personal one side by side: one embedding, one index, any blend of the two.

A blend whose weight depends on the query alone is a weighted query vector under the inner product. General alone and
personal alone are its two ends.
"""

from dataclasses import dataclass

import numpy as np

from guie_desktop.arrays import Embeddings, Features, Floats, Mask
from guie_desktop.embedding.general_head import GeneralHead
from guie_desktop.embedding.personal_head import PersonalHead
from guie_desktop.embedding.projection import unit_rows

_HALF = np.float32(np.sqrt(0.5))
"""Length of each half, so that the whole is of unit length."""


@dataclass(frozen=True, slots=True, eq=False)
class PairedHead:
    """Embeddings [general | personal] of unit length, each half of length sqrt(1/2)."""

    general: GeneralHead
    personal: PersonalHead

    @property
    def name(self) -> str:
        """The personal head's title."""
        return self.personal.title

    @property
    def output_dimension(self) -> int:
        """Length of both halves together."""
        return self.general.output_dimension + self.personal.output_dimension

    @property
    def cutoff(self) -> float | None:
        """The general head's; see `cutoff_at`."""
        return self.general.cutoff

    def cutoff_at(self, weight: float) -> float | None:
        """The score from which on a hit counts as similar, for a query of this weight; None where it is not known."""
        if self.general.cutoff is None:
            return self.personal.cutoff if weight == 1 else None
        return (1 - weight) * self.general.cutoff + weight * self.personal.cutoff

    def apply(self, features: Features) -> Embeddings:
        """Features (N, D) to embeddings (N, d); a row of zeros where one half has no direction."""
        general, personal = self.general.apply(features), self.personal.apply(features)
        whole = general.any(axis=1) & personal.any(axis=1)
        return np.concatenate([general, personal], axis=1) * np.where(whole, _HALF, np.float32(0))[:, np.newaxis]

    def general_half(self, embeddings: Embeddings) -> Embeddings:
        """What the general head alone makes of the same photos (N, d), of embeddings with some direction."""
        return embeddings[:, : self.general.output_dimension] / _HALF

    def knows(self, embeddings: Embeddings) -> Mask:
        """Which of the embeddings (N, d) are of the kind that the albums of the personal head hold, (N,)."""
        personal = unit_rows(embeddings[:, self.general.output_dimension :])
        known: Mask = (personal @ self.personal.centres.T).max(axis=1) >= self.personal.belonging
        return known

    def stretch(self, weight: float) -> Floats:
        """By what (d,) to multiply embeddings so that their inner product is the score with this weight.

        Those of a query (`query`) are what it is divided by to become a vector of unit length among them.
        """
        halves = np.repeat([1 - weight, weight], [self.general.output_dimension, self.personal.output_dimension])
        stretch: Floats = np.sqrt(halves).astype(np.float32) / _HALF
        return stretch

    def query(self, vectors: Floats, weights: Floats) -> Floats:
        """Sums of embeddings (N, d) to query vectors (N, d), `weights` (N,) being those of the personal half.

        The inner product with an embedding is (1 - weight) times the general cosine plus weight times the personal one.
        """
        split = self.general.output_dimension
        general = unit_rows(vectors[:, :split]) * (1 - weights)[:, np.newaxis]
        personal = unit_rows(vectors[:, split:]) * weights[:, np.newaxis]
        return np.concatenate([general, personal], axis=1).astype(np.float32) / _HALF
