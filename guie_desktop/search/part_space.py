"""The parts of photos as they are searched: under the same head as whole photos, on equal terms with these."""

from pathlib import Path

import numpy as np

from guie_desktop.arrays import Keys
from guie_desktop.domain import Region
from guie_desktop.embedding.parts import PARTS
from guie_desktop.library.feature_store import evenly
from guie_desktop.library.part_store import PartStore, by_photo
from guie_desktop.search.indexed_rows import AnyHead, IndexedRows
from guie_desktop.search.space import Space
from guie_desktop.search.vectors import VectorIndex

_COMPARED = 128
"""Photos, of whose pairs is measured what being seen in parts does to their scores."""
_BESIDE = 24
"""Bytes of the index beside the numbers of each row."""
_FEWEST = 32
"""Fewer say more of themselves."""


class PartSpace(IndexedRows):
    """Embeddings of the parts of photos; a photo is as alike as its best part."""

    def __init__(self, head: AnyHead, head_id: str, store: PartStore, index: VectorIndex | None = None) -> None:
        super().__init__(head, head_id, store, index)
        self.store = store
        self._gains: dict[float, tuple[int, float]] = {}
        """By the weight of the personal half: how many parts there were, and what was measured then."""

    @classmethod
    def load(cls, head: AnyHead, head_id: str, store: PartStore, folder: Path) -> "PartSpace":
        """The parts as they were saved, or none where that is missing, damaged or stale."""
        empty = cls(head, head_id, store)
        return cls(head, head_id, store, empty._saved_index(folder))

    def save(self, folder: Path) -> None:
        """As with others; where no photo was looked into there is nothing to keep."""
        if len(self.index):
            super().save(folder)

    @property
    def photos(self) -> int:
        """How many photos have parts that can be found."""
        return len(self.index) // len(PARTS)

    @property
    def bytes_of_photo(self) -> int:
        """About what the parts of one photo take in the index."""
        return len(PARTS) * (2 * self.head.output_dimension + _BESIDE)

    def features_of(self, keys: Keys) -> Keys:
        """Of each key (N,) the id of the feature of the photo that it is a part of."""
        return by_photo(keys)[0]

    def box_of(self, key: int) -> Region | None:
        """Which part of the photo it is."""
        return PARTS[int(by_photo(np.array([key]))[1][0])]

    def add(self, feature_ids: Keys) -> None:
        """Let the parts of these photos be found, which were kept just now."""
        for _ in self._add(self.store.keys_of(feature_ids)):
            pass

    def clear(self) -> None:
        """Find none any more."""
        self.index, self.is_saved = VectorIndex(self.head.output_dimension), True
        self._newest = 0

    def gain(self, space: Space, weight: float) -> float:
        """By how much the best part of a photo is more alike to another photo than all of it, where that says nothing.

        The best of several scores is higher than one of them by chance alone. It is the median over pairs of photos,
        most of which have nothing in common, and never below 0: taken off the scores of parts, these compete with whole
        photos on equal terms.
        """
        known = self._gains.get(weight)
        if known is None or known[0] != len(self.index):
            known = len(self.index), self._measured_gain(space, weight)
            self._gains[weight] = known
        return known[1]

    def _measured_gain(self, space: Space, weight: float) -> float:
        photos = np.unique(self.features_of(self.index.keys))
        photos = evenly(photos[space.index.holds(photos)], _COMPARED)
        if len(photos) < _FEWEST:
            return 0.0
        rows = space.index.rows(photos)
        asked = space.queries(rows, weight)
        parts = self.index.rows(self.store.keys_of(photos)).reshape(len(photos), len(PARTS), -1)
        best = np.einsum("qd,npd->qnp", asked, parts, optimize=True).max(axis=2)
        gains = (best - asked @ rows.T)[~np.eye(len(photos), dtype=bool)]
        return max(0.0, float(np.median(gains)))
