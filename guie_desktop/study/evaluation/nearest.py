"""The nearest of an index that is larger than memory, exactly: it comes in portions, and only the best are kept."""

import numpy as np
import torch
from numpy.typing import NDArray

from guie_desktop.arrays import Embeddings, Scores
from guie_desktop.embedding.devices import Device
from guie_desktop.learning.data.curation import Ints
from guie_desktop.learning.testing.evaluation import top_ranked

_QUERIES_AT_ONCE = 1024
"""With 8,192 rows of the index, 32 MB of scores."""
NOTHING = -1
"""The place of what is not there, where the index has fewer rows than are asked for."""


class NearestInPortions:
    """The best `count` rows of an index for each query, by the inner product; memory does not grow with the index."""

    def __init__(self, queries: Embeddings, count: int, device: Device = "cpu") -> None:
        """Queries (Q, d), which stay on the device as float32."""
        self._queries = torch.from_numpy(queries).to(device)
        self._scores = np.full((len(queries), count), -np.inf, np.float32)
        self._places = np.full((len(queries), count), NOTHING, np.int64)

    @property
    def places(self) -> Ints:
        """(Q, count): of what was found, the best first; of equal scores what was added first. NOTHING at the end."""
        return self._places

    def add(self, rows: Embeddings, places: Ints) -> None:
        """Compare all queries with these rows (N, d) of the index, which are told by their places (N,)."""
        portion = torch.from_numpy(rows).to(self._queries.device).T
        for start in range(0, len(self._queries), _QUERIES_AT_ONCE):
            scores = self._queries[start : start + _QUERIES_AT_ONCE] @ portion
            # Most queries have nothing better among these rows once some have been seen, and one pass tells that.
            best = scores.amax(dim=1).cpu().numpy()
            some = np.flatnonzero(best > self._scores[start : start + _QUERIES_AT_ONCE, -1])
            if len(some):
                chosen = scores[torch.from_numpy(some).to(scores.device)].cpu().numpy()
                self._merge(start + some, chosen, places)

    def _merge(self, queries: Ints, scores: NDArray[np.float32], places: Ints) -> None:
        count = self._scores.shape[1]
        best = top_ranked(scores, count)
        both: Scores = np.concatenate([self._scores[queries], np.take_along_axis(scores, best, axis=1)], axis=1)
        found = np.concatenate([self._places[queries], places[best]], axis=1)
        order = np.argsort(-both, axis=1, kind="stable")[:, :count]
        self._scores[queries] = np.take_along_axis(both, order, axis=1)
        self._places[queries] = np.take_along_axis(found, order, axis=1)
