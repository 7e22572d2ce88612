"""The test of a general head that was trained elsewhere: how well it finds what belongs together in this library.

A head passes only where it also does clearly better than one of random numbers (a negative control): a test that any
numbers pass says nothing of a head.
"""

from collections.abc import Callable, Iterator

import numpy as np

from guie_desktop.arrays import Floats
from guie_desktop.embedding.general_head import GeneralHead
from guie_desktop.embedding.projection import Projection
from guie_desktop.learned import GeneralHeadTest, GeneralOutcome, Quality, TestedBy
from guie_desktop.learning.data.curation import Ints, TrainingSet
from guie_desktop.learning.testing.confidence_interval import ConfidenceInterval, cluster_bootstrap
from guie_desktop.learning.testing.evaluation import retrieval_precisions

TOLERANCE = 0.02
"""mMP@5 that a head may lose and still count as no worse, as classes may that were not learned (acceptance.py)."""
_CONFIDENCE = 0.99
"""How sure it must be, as with heads that are learned here."""
_QUERIES = 2048
"""Photos that are asked for at most, evenly spread; more make the interval narrower than any difference that counts."""
_BATCH_SIZE = 256
_CONTROL_DIMENSIONS = 64
"""So many random directions keep some of what features tell, and lose clearly; with hundreds little is lost."""
_SEED = 42


def compare_general_heads(
    photos: TrainingSet,
    tested_by: TestedBy,
    current: GeneralHead,
    candidate: GeneralHead,
    tell: Callable[[float], None] = lambda _: None,
) -> GeneralHeadTest:
    """Leave one out: for each photo the others of its classes are to be found, but for those of its own scene.

    Better than the one in use, or no worse by more than the tolerance, with a confidence of 99 % (of the paired
    difference, scenes drawn anew): accepted. `tell` hears which share is done.
    """
    heads = (current, candidate, _control(current, candidate))
    queries = np.linspace(0, len(photos.keys) - 1, min(len(photos.keys), _QUERIES)).astype(np.int64)
    mmp5, p1 = _precisions(photos, queries, heads, tell)
    counts = ~np.isnan(mmp5[0])
    groups = photos.groups[queries][counts]
    before, after, control = mmp5[:, counts]

    def gain_over(values: Floats) -> ConfidenceInterval:
        return cluster_bootstrap(after - values, groups, _SEED, _CONFIDENCE)

    def quality(number: int, values: Floats) -> Quality:
        interval = cluster_bootstrap(values, groups, _SEED)
        found_first = float(p1[number, counts].mean()) if counts.any() else 0.0
        return Quality(interval.mean, found_first, interval.low, interval.high, None)

    gain = gain_over(before)
    return GeneralHeadTest(
        tested_by=tested_by,
        outcome=_outcome(gain, gain_over(control)),
        before=quality(0, before),
        after=quality(1, after),
        queries=int(counts.sum()),
        low=gain.low,
        high=gain.high,
    )


def _outcome(gain: ConfidenceInterval, over_control: ConfidenceInterval) -> GeneralOutcome:
    """From what a head gains over the one in use, and over random numbers."""
    if gain.high < 0:
        return "worse"
    if over_control.low <= 0:
        return "tells nothing"
    if gain.low > 0:
        return "better"
    return "no worse" if gain.low > -TOLERANCE else "not sure"


def _control(current: GeneralHead, candidate: GeneralHead) -> GeneralHead:
    """A head of random numbers, around the mean that the one in use has."""
    dimensions = min(candidate.output_dimension, _CONTROL_DIMENSIONS)
    matrix = np.random.default_rng(_SEED).normal(size=(current.dimension, dimensions)).astype(np.float32)
    projection = Projection.of(current.dimension, mean=current.projection.mean, matrix=matrix)
    return GeneralHead("control", projection, None, fitted_on=0)


def _precisions(
    photos: TrainingSet, queries: Ints, heads: tuple[GeneralHead, ...], tell: Callable[[float], None]
) -> tuple[Floats, Floats]:
    """mMP@5 and precision at 1, (heads, queries); nan where nothing is to be found."""
    embeddings = [head.apply(photos.features) for head in heads]
    membership = photos.membership.astype(np.float32)
    parts: list[Floats] = []
    for batch in _batches(queries):
        tell(len(parts) * _BATCH_SIZE / len(queries))
        is_other_scene = photos.groups[batch][:, np.newaxis] != photos.groups
        relevant = (membership[batch] @ membership.T > 0) & is_other_scene
        scored = (np.where(is_other_scene, rows[batch] @ rows.T, -np.inf) for rows in embeddings)
        parts.append(np.array([retrieval_precisions(scores, relevant) for scores in scored]))
    whole = np.concatenate([np.empty((len(heads), 2, 0), np.float32), *parts], axis=2)
    return whole[:, 0], whole[:, 1]


def _batches(photos: Ints) -> Iterator[Ints]:
    for start in range(0, len(photos), _BATCH_SIZE):
        yield photos[start : start + _BATCH_SIZE]
