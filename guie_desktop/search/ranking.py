"""What a query is compared with, and what its scores mean: a space, or scores that are known for every photo."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from guie_desktop.arrays import Embedding, Embeddings, Keys, Mask, Scores
from guie_desktop.search.indexed_rows import StoredRows
from guie_desktop.search.likeness import Scale
from guie_desktop.search.part_space import PartSpace


class Index(Protocol):
    """Rows by key that are found by their inner product with a vector."""

    def __len__(self) -> int:
        """How many rows there are."""

    def holds(self, keys: Keys) -> Mask:
        """Which of these keys (N,) are in it."""

    def rows(self, keys: Keys) -> Embeddings:
        """The rows (N, d) of keys that are in it."""

    def search(self, query: Embedding, most: int) -> tuple[Keys, Scores]:
        """Keys and inner products of the rows that have the largest, best first."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """How a query ranks the photos of a library."""

    index: Index
    features: StoredRows
    """What the keys of the index stand for."""
    vector: Embedding
    """What the index is asked for."""
    cutoff: float | None
    """The score from which on hits count as similar."""
    probability: Callable[[float], float | None]
    """How likely a hit with this score is right, where that is known."""
    head: str
    """What made the scores."""
    scale: Scale | None = None
    """How alike its hits are; None where the scores are no likeness."""
    personal: float = 0.0
    """How much of it was learned from the albums, between 0 and 1."""
    known: tuple[str, ...] = ()
    """The words of the query that the classifier knows, where it was asked."""
    unknown: tuple[str, ...] = ()
    """Those that it does not know."""
    knows: int = 0
    """How many things it knows by name; 0 where it was not asked."""
    is_recognition: bool = False
    """Whether the scores are a classifier's probabilities."""
    parts: PartSpace | None = None
    """The parts of photos that the keys stand for; None where they stand for all of a photo."""


class ScoredIndex:
    """Scores that are known already, as an index of rows with one number each; to be asked with `ASKED`."""

    def __init__(self, keys: Keys, scores: Scores) -> None:
        """`keys` (N,) ascend; `scores` (N,) belong to them."""
        self._keys, self._scores = keys, scores

    def __len__(self) -> int:
        return len(self._keys)

    def holds(self, keys: Keys) -> Mask:
        """Which of these keys (N,) are in it."""
        return np.isin(keys, self._keys)

    def rows(self, keys: Keys) -> Embeddings:
        """The scores (N, 1) of keys that are in it."""
        return self._scores[np.searchsorted(self._keys, keys)][:, np.newaxis]

    def search(self, query: Embedding, most: int) -> tuple[Keys, Scores]:
        """Keys and scores of the best, best first."""
        most, scores = min(most, len(self)), self._scores * query[0]
        best = np.argpartition(-scores, most - 1)[:most] if most < len(self) else np.arange(len(self))
        order = best[np.argsort(-scores[best], kind="stable")]
        return self._keys[order], scores[order]


ASKED = np.ones(1, np.float32)
"""The vector by which a ScoredIndex gives its scores as they are."""
