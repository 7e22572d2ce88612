"""Acceptance: from the held-out test to whether a head is taken into use, why, and what would make it better."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from guie_desktop.arrays import Floats
from guie_desktop.learned import Advice, AlbumTest, Confusion, Quality, Reason
from guie_desktop.learning.data.curation import Ints, TrainingSet
from guie_desktop.learning.testing.confidence_interval import ConfidenceInterval, cluster_bootstrap
from guie_desktop.learning.testing.cross_validation import CrossValidation
from guie_desktop.learning.testing.evaluation import TOP_K
from guie_desktop.learning.testing.trial import QueryOutcomes

MAX_UNSEEN_LOSS = 0.02
"""mMP@5 that unseen classes, albums that were not trained on, may lose in the held-out test."""
MIN_AGREEMENT = 0.5
"""Of the ten nearest of photos without an album, the share that has to stay. Where most of a library is in albums of
many kinds it was 0.75, with few albums 0.98."""
_CONFIDENCE = 0.99
"""How sure it must be that a head is better. At 95 %, one of thirty sets of shuffled labels was taken into use."""
_MIN_CONFUSION = 0.15
"""Share of the five nearest from which on two albums are told to be confused."""
_MIN_QUERIES = 30
"""Queries below which a test seldom tells."""
_SMALL_ALBUM = 8
"""Photos up to which an album is called small when it is not found well."""
_LOW_MMP5 = 0.5
_NOTHING_TO_GAIN = 0.97
"""mMP@5 of the general head above which no head can be clearly better."""
_MAX_CONFUSIONS = 3
"""In the advice."""


@dataclass(frozen=True, slots=True, eq=False)
class Acceptance:
    """The decision, with what the report shows."""

    accepted: bool
    reason: Reason
    advice: tuple[Advice, ...]
    before: Quality
    after: Quality
    tests: tuple[AlbumTest, ...]
    confused: tuple[Confusion, ...]


def decide_acceptance(training_set: TrainingSet, validation: CrossValidation, seed: int) -> Acceptance:
    """Better on held-out photos of the albums, and no harm to unseen classes: taken into use; else refused."""
    outcomes = validation.held_out
    seen = ~np.isnan(outcomes.mmp5_after) & ~outcomes.is_unseen
    groups = training_set.groups[outcomes.photos]
    gain = cluster_bootstrap(outcomes.mmp5_after[seen] - outcomes.mmp5_before[seen], groups[seen], seed, _CONFIDENCE)
    change = validation.unseen.mmp5_after - validation.unseen.mmp5_before
    matched = ~np.isnan(change)
    unseen_groups = training_set.groups[validation.unseen.photos]
    unseen_gain = cluster_bootstrap(change[matched], unseen_groups[matched], seed)
    before = _quality(outcomes.mmp5_before[seen], outcomes.p1_before[seen], groups[seen], 1.0, seed)
    after = _quality(outcomes.mmp5_after[seen], outcomes.p1_after[seen], groups[seen], validation.agreement, seed)
    tests = _album_tests(training_set, outcomes, seen)
    confused = _confusions(training_set, outcomes, seen)
    reason = _reason(gain, unseen_gain, before.mmp5, after.mmp5, int(seen.sum()))
    if reason.outcome == "better" and validation.agreement is not None and validation.agreement < MIN_AGREEMENT:
        reason = Reason("unlabelled ranked anew", before.mmp5, after.mmp5, agreement=validation.agreement)
    held_out = np.asarray(training_set.membership[validation.unseen.photos].any(axis=0))
    return Acceptance(
        accepted=reason.outcome == "better",
        reason=reason,
        advice=(
            *((Advice("more photos"),) if seen.sum() < _MIN_QUERIES else ()),
            *_advice(training_set, tests, confused, held_out),
        ),
        before=before,
        after=after,
        tests=tests,
        confused=confused,
    )


def _reason(
    gain: ConfidenceInterval, unseen_gain: ConfidenceInterval, before: float, after: float, queries: int
) -> Reason:
    if not queries:
        return Reason("no queries")
    if gain.low > 0:
        if unseen_gain.mean < -MAX_UNSEEN_LOSS and unseen_gain.high < 0:
            return Reason("unseen worse", before, after, unseen_loss=-unseen_gain.mean)
        return Reason("better", before, after)
    if before > _NOTHING_TO_GAIN:
        return Reason("nothing to gain", before, after)
    if gain.high < 0:
        return Reason("worse", before, after)
    if queries < _MIN_QUERIES:
        return Reason("too few queries", before, after, queries=queries)
    return Reason("not clearly better", before, after)


def _advice(
    training_set: TrainingSet,
    tests: tuple[AlbumTest, ...],
    confused: tuple[Confusion, ...],
    held_out: NDArray[np.bool_],
) -> tuple[Advice, ...]:
    """`held_out` (C,) tells which albums were held out whole, and lack a test for that alone."""
    small = (test for test in tests if test.photos <= _SMALL_ALBUM)
    poor = tuple(test.album for test in small if test.after is not None and test.after < _LOW_MMP5)
    pairs = zip(tests, held_out, strict=True)
    untested = tuple(test.album for test, was_held_out in pairs if test.after is None and not was_held_out)
    left_out = tuple(name for name, _ in training_set.left_out)
    return (
        *((Advice("more photos in", poor),) if poor else ()),
        *(Advice("confused", (pair.album, pair.other)) for pair in confused[:_MAX_CONFUSIONS]),
        *((Advice("other occasions in", untested),) if untested else ()),
        *((Advice("left out", left_out),) if left_out else ()),
    )


def _quality(mmp5: Floats, p1: Floats, groups: Ints, unlabelled: float | None, seed: int) -> Quality:
    interval = cluster_bootstrap(mmp5, groups, seed)
    return Quality(interval.mean, float(p1.mean()) if len(p1) else 0.0, interval.low, interval.high, unlabelled)


def _album_tests(training_set: TrainingSet, outcomes: QueryOutcomes, seen: NDArray[np.bool_]) -> tuple[AlbumTest, ...]:
    tests = []
    for number, name in enumerate(training_set.names):
        photos = training_set.membership[:, number]
        of_album = photos[outcomes.photos] & seen
        before = float(outcomes.mmp5_before[of_album].mean()) if of_album.any() else None
        after = float(outcomes.mmp5_after[of_album].mean()) if of_album.any() else None
        tests.append(AlbumTest(name, int(photos.sum()), int(of_album.sum()), before, after))
    return tuple(tests)


def _confusions(training_set: TrainingSet, outcomes: QueryOutcomes, seen: NDArray[np.bool_]) -> tuple[Confusion, ...]:
    """Share of each album's five nearest that are in another album, and in none that the query is in."""
    pairs = []
    for number, name in enumerate(training_set.names):
        of_album = training_set.membership[outcomes.photos, number] & seen
        if not of_album.any():
            continue
        # Of an album with two photos to be found, what comes third is in another one in any case.
        counts = (np.arange(TOP_K) < outcomes.relevant_count[of_album, np.newaxis]) & (
            outcomes.hits[of_album, :TOP_K] >= 0
        )
        wrong = outcomes.hits[of_album, :TOP_K][counts & ~outcomes.is_relevant[of_album, :TOP_K]]
        shares = training_set.membership[wrong].sum(axis=0) / max(counts.sum(), 1)
        other = int(shares.argmax())
        if shares[other] >= _MIN_CONFUSION:
            pairs.append(Confusion(name, training_set.names[other], float(shares[other])))
    return tuple(sorted(pairs, key=lambda pair: -pair.share))
