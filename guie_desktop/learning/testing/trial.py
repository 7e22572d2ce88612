"""One trial: a projection that was trained on a part of the photos ranks them for the others, as the search would."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from guie_desktop.arrays import Floats
from guie_desktop.embedding.general_head import GeneralHead
from guie_desktop.embedding.projection import Projection, unit_rows
from guie_desktop.embedding.weight_curve import CURVES, NEIGHBOURS, WeightCurve
from guie_desktop.learning.data.curation import Ints, TrainingSet
from guie_desktop.learning.testing.evaluation import TOP_K, average_precisions, retrieval_precisions, top_ranked
from guie_desktop.learning.testing.expansion_selection import ExpansionGains
from guie_desktop.learning.testing.paired_embeddings import PairedEmbeddings, PairedScores, trained_on_shares
from guie_desktop.learning.testing.weight_selection import Gains
from guie_desktop.learning.training.feature_statistics import FeatureStatistics

BATCH_SIZE = 512
"""Queries, so that scores against thousands of photos fit into memory."""
HITS = 20
"""Of each query that are looked at."""
_UNLABELLED_QUERIES = 300
_UNLABELLED_NEAREST = 10
MOSTLY_PERSONAL = 0.5
"""Weight of the personal head above which a query counts as its, where the cut-off is sought."""


@dataclass(frozen=True, slots=True, eq=False)
class LibraryContext:
    """The library that the training set is from."""

    general: GeneralHead
    statistics: FeatureStatistics
    unlabelled: Floats
    """(M, D) features of unit length of photos without an album, all or a sample."""
    unlabelled_weight: float
    """Sampling weight of each of these: how many photos without an album it stands for."""
    labelled_weights: Floats | None = None
    """(N,) sampling weights of the training set, where only some photos of an album are in it; None for 1 each."""


@dataclass(frozen=True, slots=True, eq=False)
class Split:
    """What is trained on and what is held out, as positions in the training set."""

    train: Ints
    """Photos that may be found, and those that are only refused; trained on but for those of held-out classes."""
    test: Ints
    held_out_classes: NDArray[np.bool_]
    """(C,) albums that are not trained on at all."""


@dataclass(frozen=True, slots=True, eq=False)
class QueryOutcomes:
    """Photos that were not trained on as queries, Q of them, and what was found for them."""

    photos: Ints
    """(Q,) positions in the training set."""
    is_unseen: NDArray[np.bool_]
    """(Q,) whether none of its albums was trained on."""
    mmp5_before: Floats
    """(Q,) by the general head; nan where its albums have no photo left to find."""
    mmp5_after: Floats
    p1_before: Floats
    """(Q,) precision at 1."""
    p1_after: Floats
    relevant_count: Ints
    """(Q,) how many photos there are to be found, at most five: the ranks that mMP@5 looks at."""
    hits: Ints
    """(Q, H) positions of the best afterwards; -1 where there are no more."""
    is_relevant: NDArray[np.bool_]
    """(Q, H) whether those share an album with the query."""
    personal_scores: Floats
    """(Q, H) cosines of the best hits by the personal head alone; -1 where there are no more."""
    personal_is_relevant: NDArray[np.bool_]
    """(Q, H) whether those share an album with the query."""
    is_personal: NDArray[np.bool_]
    """(Q,) whether the personal head had most of the weight."""
    centroid_similarity: Floats
    """(Q,) personal cosine to the nearest centroid of an album that was trained on."""

    @classmethod
    def joined(cls, parts: "Sequence[QueryOutcomes]") -> "QueryOutcomes":
        """The queries of all parts."""
        return cls(*(np.concatenate([getattr(part, field.name) for part in parts]) for field in fields(cls)))


class TrialContext:
    """What all trials on one training set share, computed once."""

    def __init__(
        self, training_set: TrainingSet, library: LibraryContext, check: Callable[[], None] = lambda: None
    ) -> None:
        """`check` is called between steps; what it raises ends a trial."""
        self.training_set, self.library, self.check = training_set, library, check

    @cached_property
    def labelled_weights(self) -> Floats:
        """(N,) sampling weights of the training set."""
        known = self.library.labelled_weights
        return np.ones(len(self.training_set.keys), np.float32) if known is None else known

    @cached_property
    def general(self) -> Floats:
        """The training set by the general head."""
        return self.library.general.apply(self.training_set.features)

    @cached_property
    def general_unlabelled(self) -> Floats:
        """Photos without an album by the general head."""
        return self.library.general.apply(self.library.unlabelled)

    @cached_property
    def nearest_unlabelled(self) -> Floats:
        """(N, n) general cosines of each photo of the training set with the nearest photos without an album.

        No more of them than can be among its neighbours, so that no trial need look at the others again.
        """
        most = min(NEIGHBOURS, len(self.general_unlabelled))
        if not most:
            return np.empty((len(self.general), 0), np.float32)
        nearest = []
        for batch in _batches(np.arange(len(self.general))):
            self.check()
            nearest.append(np.partition(self.general[batch] @ self.general_unlabelled.T, -most, axis=1)[:, -most:])
        return np.concatenate(nearest)


class Trial:
    """One split and the projection that was trained on it."""

    def __init__(self, context: TrialContext, split: Split, projection: Projection) -> None:
        training_set = context.training_set
        self._training_set, self._check = training_set, context.check
        self._labelled = PairedEmbeddings(context.general, projection.embed(training_set.features))
        self._unlabelled = PairedEmbeddings(context.general_unlabelled, projection.embed(context.library.unlabelled))
        self._index = split.train[training_set.is_in_album[split.train]]
        membership = training_set.membership[split.train] & ~split.held_out_classes
        centroids = membership.T.astype(np.float32) @ self._labelled.personal[split.train]
        self._centroids = unit_rows(centroids[membership.any(axis=0)])
        self._is_seen = training_set.without(split.held_out_classes).is_in_album
        self._index_weights = context.labelled_weights[self._index]
        self._unlabelled_weight = context.library.unlabelled_weight
        self._nearest_unlabelled = context.nearest_unlabelled
        self.test = split.test
        """Photos that were held out, as positions in the training set."""
        self.unseen = training_set.exclusive_to(split.held_out_classes)
        """Photos in none of the albums that were trained on, held out or not."""

    def outcomes(self, photos: Ints, weighting: WeightCurve, *, expands: bool = False) -> QueryOutcomes:
        """Query with photos (positions in the training set) those of the albums, but for their near-duplicates.

        Photos without an album are no candidates: whether they are relevant is not known. Photos of held-out classes
        are none for what was trained on: any training, even on nonsense, draws what it saw nearer than what it did not
        see. With `expands` the queries are expanded by what they find first (embedding/query_expansion.py).
        """
        return QueryOutcomes.joined([self._outcomes(batch, weighting, expands) for batch in _batches(photos)])

    def gains(self, photos: Ints) -> Gains:
        """What photos gain under each of the curves by which the weight may rise; nan as in QueryOutcomes."""
        return Gains.joined([self._gains(batch) for batch in _batches(photos)])

    def expansion_gains(self, photos: Ints, weighting: WeightCurve) -> ExpansionGains:
        """What photos gain when queries are expanded, with this curve of the weight."""
        return ExpansionGains.joined([self._expansion_gains(batch, weighting) for batch in _batches(photos)])

    def agreement(self, weighting: WeightCurve) -> float | None:
        """Share of the ten nearest that photos without an album keep among themselves; None where there are too few."""
        count = len(self._unlabelled.general)
        if count <= _UNLABELLED_NEAREST:
            return None
        photos = np.linspace(0, count - 1, min(count, _UNLABELLED_QUERIES)).astype(np.int64)
        queries = self._unlabelled.subset(photos)
        scores = self._unlabelled.scores(queries)
        with_labelled = queries.general @ self._labelled.general[self._index].T
        weights = weighting.weights(self._trained_on_shares(with_labelled, scores.general))
        nearest = []
        for ranking in (scores.general, scores.fused(weights)):
            ranking[np.arange(len(photos)), photos] = -np.inf
            nearest.append(np.argpartition(-ranking, _UNLABELLED_NEAREST, axis=1)[:, :_UNLABELLED_NEAREST])
        kept = [len(np.intersect1d(one, other)) for one, other in zip(*nearest, strict=True)]
        return float(np.mean(kept)) / _UNLABELLED_NEAREST

    def _outcomes(self, photos: Ints, weighting: WeightCurve, expands: bool) -> QueryOutcomes:
        self._check()
        batch = self._compare(photos)
        relevant = batch.is_relevant
        weights = weighting.weights(batch.trained_on_shares)
        fused = batch.ranking(weights, expands=expands)
        mmp5_before, p1_before = retrieval_precisions(batch.ranking(np.zeros_like(weights)), relevant)
        mmp5_after, p1_after = retrieval_precisions(fused, relevant)
        personal = batch.personal_ranking(expands=expands)
        best, best_personal = (top_ranked(scores, HITS) for scores in (fused, personal))
        is_hit = np.take_along_axis(batch.is_candidate, best, axis=1)
        is_personal_hit = np.take_along_axis(batch.is_other_scene, best_personal, axis=1)
        shares_album = np.take_along_axis(batch.shares_album, best_personal, axis=1)
        padding = ((0, 0), (0, HITS - best.shape[1]))
        return QueryOutcomes(
            photos=photos,
            is_unseen=~self._is_seen[photos],
            mmp5_before=mmp5_before,
            mmp5_after=mmp5_after,
            p1_before=p1_before,
            p1_after=p1_after,
            relevant_count=np.minimum(relevant.sum(axis=1), TOP_K),
            hits=np.pad(np.where(is_hit, self._index[best], -1), padding, constant_values=-1),
            is_relevant=np.pad(np.take_along_axis(relevant, best, axis=1), padding),
            personal_scores=np.pad(
                np.where(is_personal_hit, np.take_along_axis(personal, best_personal, axis=1), -1),
                padding,
                constant_values=-1,
            ),
            personal_is_relevant=np.pad(is_personal_hit & shares_album, padding),
            is_personal=weights > MOSTLY_PERSONAL,
            centroid_similarity=(self._labelled.personal[photos] @ self._centroids.T).max(axis=1),
        )

    def _gains(self, photos: Ints) -> Gains:
        self._check()
        batch = self._compare(photos)
        relevant, shares = batch.is_relevant, batch.trained_on_shares
        before, _ = retrieval_precisions(batch.ranking(np.zeros(len(photos), np.float32)), relevant)
        after = [retrieval_precisions(batch.ranking(curve.weights(shares)), relevant)[0] for curve in CURVES]
        return Gains(np.stack(after) - before, self._training_set.groups[photos], shares)

    def _expansion_gains(self, photos: Ints, weighting: WeightCurve) -> ExpansionGains:
        self._check()
        batch = self._compare(photos)
        weights = weighting.weights(batch.trained_on_shares)
        rankings = (batch.ranking(weights, expands=expands) for expands in (False, True))
        before, after = (average_precisions(ranking, batch.is_relevant) for ranking in rankings)
        return ExpansionGains(after - before, self._training_set.groups[photos])

    def _compare(self, photos: Ints) -> "_QueryBatch":
        membership, groups, index = self._training_set.membership, self._training_set.groups, self._index
        found, queries = self._labelled.subset(index), self._labelled.subset(photos)
        scores = found.scores(queries)
        is_other_scene = groups[photos][:, np.newaxis] != groups[index]
        with_labelled = np.where(is_other_scene, scores.general, -np.inf)
        shares = self._trained_on_shares(with_labelled, self._nearest_unlabelled[photos])
        shares_album = membership[photos].astype(np.float32) @ membership[index].astype(np.float32).T > 0
        is_candidate = is_other_scene & (~self._is_seen[photos][:, np.newaxis] | self._is_seen[index])
        return _QueryBatch(queries, found, scores, shares, shares_album, is_other_scene, is_candidate)

    def _trained_on_shares(self, with_labelled: Floats, with_unlabelled: Floats) -> Floats:
        """From general scores with the photos of the index and with those without an album, or the nearest of them."""
        unlabelled = with_unlabelled.shape[1]
        return trained_on_shares(
            np.concatenate([with_labelled, with_unlabelled], axis=1),
            np.append(self._is_seen[self._index], np.zeros(unlabelled, bool)),
            np.append(self._index_weights, np.full(unlabelled, self._unlabelled_weight, np.float32)),
        )


@dataclass(frozen=True, slots=True, eq=False)
class _QueryBatch:
    """Some queries against all photos of the index."""

    queries: PairedEmbeddings
    index: PairedEmbeddings
    scores: PairedScores
    trained_on_shares: Floats
    """(Q,) of their neighbours."""
    shares_album: NDArray[np.bool_]
    """(Q, N)"""
    is_other_scene: NDArray[np.bool_]
    """(Q, N) whether they are no near-duplicates."""
    is_candidate: NDArray[np.bool_]
    """(Q, N)"""

    @property
    def is_relevant(self) -> NDArray[np.bool_]:
        """(Q, N) the candidates that are to be found."""
        return self.shares_album & self.is_candidate

    def ranking(self, weights: Floats, *, expands: bool = False) -> Floats:
        """Scores (Q, N) of the candidates with these weights (Q,) of the personal head."""
        return self._ranking(self.is_candidate, self.scores.fused(weights), weights, expands)

    def personal_ranking(self, *, expands: bool) -> Floats:
        """Scores (Q, N) of all photos of other scenes, by the personal head alone."""
        all_weight = np.ones(len(self.trained_on_shares), np.float32)
        return self._ranking(self.is_other_scene, self.scores.personal, all_weight, expands)

    def _ranking(self, candidates: NDArray[np.bool_], scores: Floats, weights: Floats, expands: bool) -> Floats:
        ranking = np.where(candidates, scores, np.float32(-np.inf))
        if not expands:
            return ranking
        again = self.index.expanded_scores(self.queries, ranking, weights)
        return np.where(candidates, again, np.float32(-np.inf))


def _batches(photos: Ints) -> list[Ints]:
    return [photos[start : start + BATCH_SIZE] for start in range(0, max(len(photos), 1), BATCH_SIZE)]
