"""mMP@5, the measure of the Google Universal Image Embedding Challenge, and precision at 1."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from guie_desktop.arrays import Floats

TOP_K = 5
"""Of mMP@5."""
_BATCH_SIZE = 512


@dataclass(frozen=True, slots=True)
class RetrievalMetrics:
    """How well a ranking finds photos of the same label; `unmatched` queries have no such photo and do not count."""

    mmp5: float
    p1: float
    queries: int
    unmatched: int


def retrieval_precisions(scores: Floats, relevant: NDArray[np.bool_]) -> tuple[Floats, Floats]:
    """mMP@5 and precision at 1 of each query, from scores and relevance (Q, N); nan where nothing is relevant.

    n_q being how many are relevant, only the first min(n_q, 5) ranks count, as in `CalibratedPrecision` of
    google-research/universal_embedding_challenge/metrics.py. What is no candidate has a score of -inf and is not
    relevant. Of equal scores the first counts as better.
    """
    best = top_ranked(scores, TOP_K)
    return precisions_of_ranks(np.take_along_axis(relevant, best, axis=1), relevant.sum(axis=1))


def precisions_of_ranks(found: NDArray[np.bool_], relevant_count: NDArray[np.int64]) -> tuple[Floats, Floats]:
    """The same from what is relevant among the first ranks (Q, K) and how many are relevant in all (Q,).

    K is 5, or the number of candidates where that is less.
    """
    examined = np.minimum(relevant_count, TOP_K)
    hits = found & (np.arange(found.shape[1]) < examined[:, np.newaxis])
    undefined = np.where(examined > 0, np.float32(0), np.float32(np.nan))
    mmp5 = hits.sum(axis=1) / np.maximum(examined, 1) + undefined
    return mmp5.astype(np.float32), (found[:, :1].any(axis=1) + undefined).astype(np.float32)


def average_precisions(scores: Floats, relevant: NDArray[np.bool_]) -> Floats:
    """The mean of the precisions at the ranks of what is relevant, (Q,), from scores and relevance (Q, N).

    nan where nothing is relevant. What is no candidate has a score of -inf and is not relevant. Of equal scores the one
    that is not relevant counts as better.
    """
    means = np.full(len(scores), np.nan, np.float32)
    # Scores are sorted several times as fast as columns by their scores.
    others = np.sort(np.where(relevant, np.float32(np.inf), -scores), axis=1)
    for query in np.flatnonzero(relevant.any(axis=1)):
        own = np.sort(-scores[query, relevant[query]])
        found = np.arange(1, len(own) + 1)
        means[query] = (found / (found + np.searchsorted(others[query], own, side="right"))).mean()
    return means


def top_ranked(scores: Floats, k: int) -> NDArray[np.int64]:
    """The columns of the best scores (Q, N) of each query, (Q, min(k, N)), the best first; of equals the first."""
    remaining = np.maximum(scores, np.finfo(np.float32).min)  # -inf is for those that are taken
    best = np.empty((len(scores), min(k, scores.shape[1])), np.int64)
    for rank in range(best.shape[1]):
        best[:, rank] = remaining.argmax(axis=1)
        np.put_along_axis(remaining, best[:, rank : rank + 1], -np.inf, axis=1)
    return best


def evaluate(
    score: Callable[[slice], Floats], index_labels: Sequence[str], query_labels: Sequence[str] | None = None
) -> RetrievalMetrics:
    """Measure a ranking; `score` gives the scores (Q, N) of some queries against the whole index.

    Without labels of queries, each index photo is a query among all others (leave one out).
    """
    leave_one_out = query_labels is None
    labels = np.asarray(index_labels)
    queries = labels if query_labels is None else np.asarray(query_labels)
    batches: list[tuple[Floats, Floats]] = []
    for start in range(0, len(queries), _BATCH_SIZE):
        rows = slice(start, min(start + _BATCH_SIZE, len(queries)))
        relevant = queries[rows, np.newaxis] == labels
        scores = score(rows).copy()
        if leave_one_out:
            itself = (np.arange(rows.stop - start), np.arange(start, rows.stop))
            relevant[itself] = False
            scores[itself] = -np.inf
        batches.append(retrieval_precisions(scores, relevant))
    mmp5, p1 = (np.concatenate(part) for part in zip(*batches, strict=True)) if batches else (np.empty(0), np.empty(0))
    matched = int((~np.isnan(mmp5)).sum())
    return RetrievalMetrics(
        mmp5=float(np.nanmean(mmp5)) if matched else 0.0,
        p1=float(np.nanmean(p1)) if matched else 0.0,
        queries=matched,
        unmatched=len(queries) - matched,
    )
