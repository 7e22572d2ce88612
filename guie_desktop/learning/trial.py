"""One trial: a projection that has learned a part of the photos is asked for the others, as the search would be."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from guie_desktop.embedding.head import Floats, Head, unit_rows
from guie_desktop.embedding.weight_curve import CURVES, NEIGHBOURS, WeightCurve
from guie_desktop.learning.candidates import Candidates, Scores, taught_shares
from guie_desktop.learning.curation import Ints, Lessons
from guie_desktop.learning.evaluation import CUTOFF, first_ranks, precisions
from guie_desktop.learning.geometry import Geometry
from guie_desktop.learning.projection import Projection
from guie_desktop.learning.weighing import Gains

_AT_ONCE = 512
"""Queries, so that scores against thousands of photos fit into memory."""
HITS = 20
"""Of each query that are looked at."""
_UNLABELLED_QUERIES = 300
_UNLABELLED_NEAREST = 10
_MOSTLY_PERSONAL = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class Surroundings:
    """The library that the albums lie in."""

    general: Head
    geometry: Geometry
    unlabelled: Floats
    """(M, D) features of unit length of photos without an album, all or some."""
    each_stands_for: float
    """Photos without an album to one of these."""
    lessons_stand_for: Floats | None = None
    """(N,) photos of its albums to each of the lessons, where only some of them are learned; None for one each."""


@dataclass(frozen=True, slots=True, eq=False)
class Fold:
    """What is there and what is asked for, as positions in the lessons."""

    learned: Ints
    """Photos that may be found, and those that are only refused. Learned they are but for strangers."""
    tested: Ints
    strangers: NDArray[np.bool_]
    """(C,) albums that are not learned at all."""


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """Photos that were not learned as queries, Q of them, and how they fared."""

    photos: Ints
    """(Q,) positions in the lessons."""
    is_stranger: NDArray[np.bool_]
    """(Q,) whether none of its albums was learned."""
    before: Floats
    """(Q,) mMP@5 by the general head; nan where its albums have no photo left to find."""
    after: Floats
    first_before: Floats
    """(Q,) precision at 1."""
    first_after: Floats
    wanted: Ints
    """(Q,) ranks that count, at most five: how many photos there are to be found."""
    nearest: Ints
    """(Q, H) positions of the best hits afterwards; -1 where there are no more."""
    right: NDArray[np.bool_]
    """(Q, H) whether those share an album with the query."""
    personal_scores: Floats
    """(Q, H) cosines of the best hits by the personal half alone; -1 where there are no more."""
    personal_right: NDArray[np.bool_]
    """(Q, H) whether those share an album with the query."""
    is_personal: NDArray[np.bool_]
    """(Q,) whether the personal half had most of the say."""
    to_centre: Floats
    """(Q,) personal cosine to the nearest centre of an album that was learned."""

    @classmethod
    def joined(cls, parts: "Sequence[Asked]") -> "Asked":
        """The queries of all parts."""
        return cls(*(np.concatenate([getattr(part, field.name) for part in parts]) for field in fields(cls)))


class TrialRoom:
    """Where trials take place; what all of them need is computed once."""

    def __init__(self, lessons: Lessons, around: Surroundings, check: Callable[[], None] = lambda: None) -> None:
        """`check` is called between steps; what it raises ends a trial."""
        self.lessons, self.around, self.check = lessons, around, check

    @cached_property
    def lessons_stand_for(self) -> Floats:
        """(N,) photos of the library that each of the lessons is one of."""
        known = self.around.lessons_stand_for
        return np.ones(len(self.lessons.keys), np.float32) if known is None else known

    @cached_property
    def general(self) -> Floats:
        """The lessons by the general head."""
        return self.around.general.apply(self.lessons.rows)

    @cached_property
    def general_around(self) -> Floats:
        """Photos without an album by the general head."""
        return self.around.general.apply(self.around.unlabelled)

    @cached_property
    def nearest_around(self) -> Floats:
        """(N, n) general cosines of each of the lessons with those photos without an album that it is nearest to.

        No more of them than can be among its neighbours, so that no trial need look at the others again.
        """
        most = min(NEIGHBOURS, len(self.general_around))
        if not most:
            return np.empty((len(self.general), 0), np.float32)
        nearest = []
        for some in _parts(np.arange(len(self.general))):
            self.check()
            nearest.append(np.partition(self.general[some] @ self.general_around.T, -most, axis=1)[:, -most:])
        return np.concatenate(nearest)


class Trial:
    """One fold and the projection that has learned from it."""

    def __init__(self, room: TrialRoom, fold: Fold, projection: Projection) -> None:
        self._lessons, self._check = room.lessons, room.check
        self._albums = Candidates(room.general, projection.embed(room.lessons.rows))
        self._others = Candidates(room.general_around, projection.embed(room.around.unlabelled))
        self._index = fold.learned[room.lessons.is_in_album[fold.learned]]
        taught = room.lessons.belongs[fold.learned] & ~fold.strangers
        centres = taught.T.astype(np.float32) @ self._albums.personal[fold.learned]
        self._centres = unit_rows(centres[taught.any(axis=0)])
        self._learns = room.lessons.without(fold.strangers).is_in_album
        self._stands_for = room.lessons_stand_for[self._index]
        self._each_around_stands_for = room.around.each_stands_for
        self._nearest_around = room.nearest_around
        self.tested = fold.tested
        """Photos that were held out, as positions in the lessons."""
        self.strangers = room.lessons.only_in(fold.strangers)
        """Photos in none of the albums that were learned, held out or not."""

    def ask(self, photos: Ints, weighting: WeightCurve) -> Asked:
        """Ask for photos (positions in the lessons) among those of the albums, but for their near-duplicates.

        Photos without an album are no candidates: whether they belong is not known. Photos of strangers are none for
        what was learned: any training, even on nonsense, draws what it saw nearer than what it did not see.
        """
        return Asked.joined([self._ask(some, weighting) for some in _parts(photos)])

    def gains(self, photos: Ints) -> Gains:
        """What photos gain under each of the curves by which the weight may rise; nan as in Asked."""
        return Gains.joined([self._gains(some) for some in _parts(photos)])

    def agreement(self, weighting: WeightCurve) -> float | None:
        """Share of the ten nearest that photos without an album keep among themselves; None where there are too few."""
        count = len(self._others.general)
        if count <= _UNLABELLED_NEAREST:
            return None
        chosen = np.linspace(0, count - 1, min(count, _UNLABELLED_QUERIES)).astype(np.int64)
        queries = self._others.only(chosen)
        scores = self._others.scores(queries)
        in_albums = queries.general @ self._albums.general[self._index].T
        weights = weighting.weights(self._taught_shares(in_albums, scores.general))
        nearest = []
        for blend in (scores.general, scores.blended(weights)):
            blend[np.arange(len(chosen)), chosen] = -np.inf
            nearest.append(np.argpartition(-blend, _UNLABELLED_NEAREST, axis=1)[:, :_UNLABELLED_NEAREST])
        kept = [len(np.intersect1d(one, other)) for one, other in zip(*nearest, strict=True)]
        return float(np.mean(kept)) / _UNLABELLED_NEAREST

    def _ask(self, photos: Ints, weighting: WeightCurve) -> Asked:
        self._check()
        seen = self._seen(photos)
        relevant = seen.relevant
        weights = weighting.weights(seen.shares)
        blended = seen.ranked(weights)
        before, first_before = precisions(seen.ranked(np.zeros_like(weights)), relevant)
        after, first_after = precisions(blended, relevant)
        alone = np.where(seen.is_apart, seen.scores.personal, -np.inf)
        best, best_alone = (first_ranks(scores, HITS) for scores in (blended, alone))
        counted = np.take_along_axis(seen.counts, best, axis=1)
        counted_alone = np.take_along_axis(seen.is_apart, best_alone, axis=1)
        shares_album = np.take_along_axis(seen.shares_album, best_alone, axis=1)
        more = ((0, 0), (0, HITS - best.shape[1]))
        return Asked(
            photos=photos,
            is_stranger=~self._learns[photos],
            before=before,
            after=after,
            first_before=first_before,
            first_after=first_after,
            wanted=np.minimum(relevant.sum(axis=1), CUTOFF),
            nearest=np.pad(np.where(counted, self._index[best], -1), more, constant_values=-1),
            right=np.pad(np.take_along_axis(relevant, best, axis=1), more),
            personal_scores=np.pad(
                np.where(counted_alone, np.take_along_axis(alone, best_alone, axis=1), -1), more, constant_values=-1
            ),
            personal_right=np.pad(counted_alone & shares_album, more),
            is_personal=weights > _MOSTLY_PERSONAL,
            to_centre=(self._albums.personal[photos] @ self._centres.T).max(axis=1),
        )

    def _gains(self, photos: Ints) -> Gains:
        self._check()
        seen = self._seen(photos)
        relevant = seen.relevant
        before, _ = precisions(seen.ranked(np.zeros(len(photos), np.float32)), relevant)
        after = [precisions(seen.ranked(curve.weights(seen.shares)), relevant)[0] for curve in CURVES]
        return Gains(np.stack(after) - before, self._lessons.groups[photos], seen.shares)

    def _seen(self, photos: Ints) -> "_Seen":
        belongs, index = self._lessons.belongs, self._index
        queries = self._albums.only(photos)
        scores = self._albums.only(index).scores(queries)
        is_apart = self._lessons.groups[photos][:, np.newaxis] != self._lessons.groups[index]
        shares = self._taught_shares(np.where(is_apart, scores.general, -np.inf), self._nearest_around[photos])
        shares_album = belongs[photos].astype(np.float32) @ belongs[index].astype(np.float32).T > 0
        counts = is_apart & (~self._learns[photos][:, np.newaxis] | self._learns[index])
        return _Seen(scores, shares, shares_album, is_apart, counts)

    def _taught_shares(self, in_albums: Floats, in_none: Floats) -> Floats:
        """From general scores with the photos that are searched and with those in no album, or the nearest of them."""
        others = in_none.shape[1]
        return taught_shares(
            np.concatenate([in_albums, in_none], axis=1),
            np.append(self._learns[self._index], np.zeros(others, bool)),
            np.append(self._stands_for, np.full(others, self._each_around_stands_for, np.float32)),
        )


@dataclass(frozen=True, slots=True, eq=False)
class _Seen:
    """Some queries against all photos that are searched."""

    scores: Scores
    shares: Floats
    """(Q,) of their neighbours that were taught."""
    shares_album: NDArray[np.bool_]
    """(Q, N)"""
    is_apart: NDArray[np.bool_]
    """(Q, N) whether they are no near-duplicates."""
    counts: NDArray[np.bool_]
    """(Q, N) whether the photo is a candidate."""

    @property
    def relevant(self) -> NDArray[np.bool_]:
        """(Q, N) the candidates that are to be found."""
        return self.shares_album & self.counts

    def ranked(self, weights: Floats) -> Floats:
        """Scores (Q, N) of the candidates with these weights (Q,) of the personal half."""
        return np.where(self.counts, self.scores.blended(weights), np.float32(-np.inf))


def _parts(photos: Ints) -> list[Ints]:
    return [photos[start : start + _AT_ONCE] for start in range(0, max(len(photos), 1), _AT_ONCE)]
