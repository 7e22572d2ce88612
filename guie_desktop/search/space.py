"""A searchable space: one head together with the index of everything it embeds, kept in step with the features."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from guie_desktop.arrays import Embedding, Embeddings, Floats, Keys
from guie_desktop.domain import HeadChoice
from guie_desktop.embedding.paired_head import PairedHead
from guie_desktop.embedding.projection import unit_rows
from guie_desktop.embedding.query_expansion import EXPANDED_BY, expanded
from guie_desktop.embedding.weight_curve import NEIGHBOURS
from guie_desktop.library.feature_store import FeatureStore, evenly
from guie_desktop.search.indexed_rows import ROWS_AT_ONCE, AnyHead, IndexedRows
from guie_desktop.search.nearness import Nearness
from guie_desktop.search.vectors import VectorIndex

_COVARIANCE_OF = 1024
"""Photos, which say it as well as all of them, and within milliseconds."""
_SMOOTHING = 2.0
"""Added to the covariance, in its mean variances; chosen with the constants of feedback.py."""
_MOSTLY = 0.5
NOTHING = np.empty(0, np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """What the index was asked for."""

    vector: Floats
    """(d,)"""
    weight: float
    """Of the personal half."""
    near: Nearness | None
    """What lies near it, where it was compared for the weight."""


@dataclass(frozen=True, slots=True, eq=False)
class Spread:
    """How embeddings lie in a library."""

    covariance: Floats
    """(d, d)"""
    precision: Floats
    """(d, d), its inverse, smoothed."""


class Space(IndexedRows):
    """Embeddings of whole photos by one backbone under one head; rows are keyed by feature id."""

    def __init__(
        self,
        head: AnyHead,
        head_id: str,
        features: FeatureStore,
        *,
        trained_on: Keys | None = NOTHING,
        index: VectorIndex | None = None,
        rows_at_once: int = ROWS_AT_ONCE,
    ) -> None:
        """`head_id` names what the index is built with; `trained_on` are the keys that a personal head has seen.

        None for one that has learned elsewhere; then the photos of the kind that its albums hold stand for them.
        """
        super().__init__(head, head_id, features, index, rows_at_once)
        self.features = features
        self.trained_on = trained_on
        self._covariance: tuple[int, Floats] | None = None
        self._spread: tuple[float, Spread] | None = None

    @classmethod
    def load(
        cls, head: AnyHead, head_id: str, features: FeatureStore, folder: Path, trained_on: Keys | None = NOTHING
    ) -> "Space":
        """The space as it was saved, or an empty one where that is missing, damaged or stale."""
        empty = cls(head, head_id, features, trained_on=trained_on)
        index = empty._saved_index(folder)
        return empty if index is None else cls(head, head_id, features, trained_on=trained_on, index=index)

    def catch_up(self) -> Iterator[int]:
        """Add the features that are newer than the index, in short steps; yields how many each step added."""
        yield from self._add(self.features.live_ids(after=self._newest))

    def head_name(self, choice: HeadChoice) -> str:
        """Name of the head in use, or of the general one."""
        return self.head.general.name if choice == "general" and isinstance(self.head, PairedHead) else self.head.name

    # --- queries

    def ask(self, vector: Embedding, own: Keys = NOTHING, choice: HeadChoice = "current") -> Asked:
        """What to ask the index for, from a sum of embeddings (d,), with the weight that the personal half is due.

        `own` are the keys of the query itself, which do not count. Every row is compared with both halves at once, so
        that neither the weight nor what is found with it takes another scan.
        """
        if not isinstance(self.head, PairedHead) or choice == "general":
            wanted = self.query(vector, 0.0)
            return Asked(wanted, 0.0, self.index.near(wanted))
        halves = self.index.compared(self.queries(np.stack([vector, vector]), np.array([0, 1], np.float32)))
        weight = self._weight(next(halves.each()), own)
        near = halves.blend(np.array([1 - weight, weight], np.float32))
        plain = self.query(vector, weight)
        wanted = self.expanded(plain, weight, own, near)
        return Asked(wanted, weight, near if wanted is plain else None)

    def personal_weight(self, vector: Embedding, own: Keys = NOTHING) -> float:
        """The blend weight of the personal half, between 0 and 1, for a sum of embeddings (d,); `own` as above."""
        if not isinstance(self.head, PairedHead):
            return 0.0
        return self._weight(self.index.near(self.query(vector, 0.0)), own)

    def _weight(self, near: Nearness, own: Keys) -> float:
        """By the share of the query's neighbours in the general half that were trained on."""
        assert isinstance(self.head, PairedHead)
        keys = near.best(NEIGHBOURS + len(own))[0]
        around = keys[~np.isin(keys, own)][:NEIGHBOURS]
        if not len(around):
            return 0.0
        known = (
            self.head.knows(self.index.rows(around)) if self.trained_on is None else np.isin(around, self.trained_on)
        )
        return float(self.head.personal.weighting.weights(np.array([known.mean()], np.float32))[0])

    def is_trained_on(self, keys: Keys) -> bool:
        """Whether the personal head, if there is one, has learned from most of these photos."""
        if not isinstance(self.head, PairedHead) or self.trained_on is None or not len(keys):
            return False
        return bool(np.isin(keys, self.trained_on).mean() > _MOSTLY)

    def query(self, vector: Embedding, weight: float) -> Floats:
        """What to ask the index for, from a sum of embeddings (d,)."""
        wanted: Floats = self.queries(vector[np.newaxis].astype(np.float32), weight)[0]
        return wanted

    def queries(self, rows: Embeddings, weight: float | Floats) -> Floats:
        """The same for several (N, d); the weight may be another one for each (N,)."""
        if isinstance(self.head, PairedHead):
            return self.head.query(rows, np.broadcast_to(np.float32(weight), len(rows)))
        return unit_rows(rows)

    def expanded(self, vector: Floats, weight: float, own: Keys = NOTHING, near: Nearness | None = None) -> Floats:
        """What to ask for instead (d,): expanded by what is found first, where the head does so; `own` as above.

        `near` is what lies near the vector, where that is known.
        """
        if not weight or not isinstance(self.head, PairedHead) or not self.head.personal.expands:
            return vector
        keys, scores = (near or self.index.near(vector)).best(EXPANDED_BY + len(own))
        others = np.flatnonzero(~np.isin(keys, own))[:EXPANDED_BY]
        stretch = self.stretch(weight)
        asked = np.divide(vector, stretch, out=np.zeros_like(vector), where=stretch > 0)
        nearest = self.index.rows(keys[others]) * stretch
        weights = np.array([weight], np.float32)
        wanted: Floats = expanded(asked[np.newaxis], nearest[np.newaxis], scores[others][np.newaxis], weights)[0]
        return wanted * stretch

    def stretch(self, weight: float) -> Floats:
        """By what (d,) to multiply embeddings so that their inner product is the score of a hit with this weight."""
        if not isinstance(self.head, PairedHead):
            return np.ones(self.head.output_dimension, np.float32)
        return self.head.stretch(weight)

    def spread(self, weight: float) -> Spread:
        """How the embeddings lie, as `stretch` has them for this weight.

        The covariance is about zero, not about the mean: what all photos have in common is to count as spread, not as
        likeness. The fewer photos there are, the more it is that of the identity. It is of a sample of the index, and
        kept until that has twice as many.
        """
        size = len(self.index).bit_length()
        if self._covariance is None or self._covariance[0] != size:
            rows = self.index.rows(evenly(np.sort(self.index.keys), _COVARIANCE_OF))
            moments = rows.T @ rows + np.eye(rows.shape[1], dtype=np.float32)
            self._covariance, self._spread = (size, moments / np.float32(max(len(rows), 1))), None
        if self._spread is None or self._spread[0] != weight:
            stretch = self.stretch(weight)
            covariance = self._covariance[1] * np.outer(stretch, stretch)
            smoothing = np.diag(np.full(len(stretch), _SMOOTHING * covariance.trace() / len(stretch), np.float32))
            self._spread = weight, Spread(covariance, np.linalg.inv(covariance + smoothing))
        return self._spread[1]

    def cutoff(self, weight: float) -> float | None:
        """The score from which on hits count as similar."""
        return self.head.cutoff_at(weight) if isinstance(self.head, PairedHead) else self.head.cutoff

    def probability(self, score: float, weight: float) -> float | None:
        """How likely a hit with this score shares an album with the query; None where the general head has weight."""
        return self.head.personal.probability(score) if isinstance(self.head, PairedHead) and weight == 1 else None
