"""How near the rows of an index are to a vector: roughly all of them, and exactly those that are asked for."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from guie_desktop.arrays import Embedding, Embeddings, Floats, Keys, Scores

_MORE = 4
"""Times as many are told with each run."""
_BESIDE = 3
"""Rows that are compared exactly beside each that is wanted;"""
_LATER = 300
"""of so many. What comes later nobody looks at so closely."""
_ONE_IN = 64
"""Scores, by which is known about how high the best of all are."""


class Nearness:
    """The rows of an index as they were when they were compared with a vector."""

    def __init__(
        self, keys: Keys, rough: Scores, exactly: Callable[[Keys], Scores] | None = None, spare: int = 0
    ) -> None:
        """`rough` (N,) are the inner products of the keys (N,), and nearly what they are `exactly`.

        None where they are exact. The best are looked for among a few times as many and the `spare` ones.
        """
        self._keys, self._rough, self._exactly, self._spare = keys, rough, exactly, spare

    def __len__(self) -> int:
        return len(self._keys)

    def best(self, most: int, among: Keys | None = None) -> tuple[Keys, Scores]:
        """Keys and inner products of the nearest rows, best first."""
        if most < 1:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        return next(self.runs(most, among), (np.empty(0, np.int64), np.empty(0, np.float32)))

    def runs(self, first: int, among: Keys | None = None) -> Iterator[tuple[Keys, Scores]]:
        """All rows, or those `among` these keys, best first, in runs of which the `first` has so many."""
        keys, rough = self.rough(among)
        told, exact = np.zeros(len(keys), bool), np.full(len(keys), np.nan, np.float32)
        wanted, count = first, 0
        while count < len(keys):
            near = self._nearest(rough, wanted)
            unknown = near[np.isnan(exact[near])]
            exact[unknown] = rough[unknown] if self._exactly is None else self._exactly(keys[unknown])
            waiting = near[~told[near]]
            run = waiting[np.argsort(-exact[waiting], kind="stable")][: wanted - count]
            told[run] = True
            yield keys[run], exact[run]
            count, wanted = count + len(run), wanted * _MORE

    def rough(self, among: Keys | None = None) -> tuple[Keys, Scores]:
        """All keys, or those of these that are in the index, and nearly their inner products."""
        if among is None:
            return self._keys, self._rough
        places = np.flatnonzero(np.isin(self._keys, among))
        return self._keys[places], self._rough[places]

    def candidates(self, most: int) -> Keys:
        """Keys among which the nearest rows are."""
        return self._keys[self._nearest(self._rough, most)]

    def _nearest(self, rough: Scores, most: int) -> NDArray[np.intp]:
        most = most if self._exactly is None else most + min(most, _LATER) * _BESIDE + self._spare
        return _largest(rough, most)


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """All rows of an index compared with several queries in one go, by which every blend of these is known as well."""

    keys: Keys
    """(N,)"""
    products: Floats
    """(m, N), roughly."""
    queries: Floats
    """(m, d)"""
    rows: Callable[[Keys], Embeddings]
    spare: int
    """As in `Nearness`."""

    def each(self) -> Iterator[Nearness]:
        """The rows by their nearness to each of the queries."""
        return map(self._near, self.queries, self.products)

    def blend(self, shares: Floats) -> Nearness:
        """The rows by their nearness to the queries together, each with its share (m,)."""
        return self._near(shares @ self.queries, shares @ self.products)

    def _near(self, vector: Embedding, rough: Scores) -> Nearness:
        return Nearness(self.keys, rough, lambda keys: self.rows(keys) @ vector, self.spare)


def _largest(scores: Scores, most: int) -> NDArray[np.intp]:
    """Where the largest of scores (N,) are, so `most` of them, in no order.

    Mostly they are looked for among a few alone, as large as the larger ones of a sample: in a tenth of the time.
    """
    if most >= len(scores):
        return np.arange(len(scores))
    sample = scores[::_ONE_IN]
    place = len(sample) - 2 * (most // _ONE_IN) - 16
    large = np.flatnonzero(scores >= np.partition(sample, place)[place]) if place > 0 else np.arange(len(scores))
    if len(large) < most:
        large = np.arange(len(scores))
    return large[np.argpartition(scores[large], len(large) - most)[len(large) - most :]]
