"""mMP@5, the measure of the Google Universal Image Embedding Challenge, and precision at 1."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from guie_desktop.embedding.head import Floats

CUTOFF = 5
_AT_ONCE = 512


@dataclass(frozen=True, slots=True)
class Score:
    """How well a ranking finds photos of the same label; `unmatched` queries have no such photo and do not count."""

    mmp5: float
    p1: float
    queries: int
    unmatched: int


def precisions(scores: Floats, relevant: NDArray[np.bool_]) -> tuple[Floats, Floats]:
    """mMP@5 and precision at 1 of each query, from scores and relevance (Q, N); nan where nothing is relevant.

    n_q being how many are relevant, only the first min(n_q, 5) ranks count, as in `CalibratedPrecision` of
    google-research/universal_embedding_challenge/metrics.py. What is no candidate has a score of -inf and is not
    relevant. Of equal scores the first counts as better.
    """
    best = first_ranks(scores, CUTOFF)
    found = np.take_along_axis(relevant, best, axis=1)
    wanted = np.minimum(relevant.sum(axis=1), CUTOFF)
    counts = found & (np.arange(best.shape[1]) < wanted[:, np.newaxis])
    nothing = np.where(wanted > 0, np.float32(0), np.float32(np.nan))
    mmp5 = counts.sum(axis=1) / np.maximum(wanted, 1) + nothing
    return mmp5.astype(np.float32), (found[:, 0] + nothing).astype(np.float32)


def first_ranks(scores: Floats, ranks: int) -> NDArray[np.int64]:
    """The columns of the best scores (Q, N) of each query, (Q, min(ranks, N)), the best first; of equals the first."""
    left = np.maximum(scores, np.finfo(np.float32).min)  # -inf is for those that are taken
    best = np.empty((len(scores), min(ranks, scores.shape[1])), np.int64)
    for rank in range(best.shape[1]):
        best[:, rank] = left.argmax(axis=1)
        np.put_along_axis(left, best[:, rank : rank + 1], -np.inf, axis=1)
    return best


def evaluate(
    score: Callable[[slice], Floats], index_labels: Sequence[str], query_labels: Sequence[str] | None = None
) -> Score:
    """Judge a ranking; `score` gives the scores (Q, N) of some queries against the whole index.

    Without labels of queries, each index photo asks for all others.
    """
    among_themselves = query_labels is None
    labels = np.asarray(index_labels)
    asked = labels if query_labels is None else np.asarray(query_labels)
    parts: list[tuple[Floats, Floats]] = []
    for start in range(0, len(asked), _AT_ONCE):
        rows = slice(start, min(start + _AT_ONCE, len(asked)))
        relevant = asked[rows, np.newaxis] == labels
        scores = score(rows).copy()
        if among_themselves:
            itself = (np.arange(rows.stop - start), np.arange(start, rows.stop))
            relevant[itself] = False
            scores[itself] = -np.inf
        parts.append(precisions(scores, relevant))
    mmp5, p1 = (np.concatenate(part) for part in zip(*parts, strict=True)) if parts else (np.empty(0), np.empty(0))
    judged = int((~np.isnan(mmp5)).sum())
    return Score(
        mmp5=float(np.nanmean(mmp5)) if judged else 0.0,
        p1=float(np.nanmean(p1)) if judged else 0.0,
        queries=judged,
        unmatched=len(asked) - judged,
    )
