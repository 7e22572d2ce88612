"""mMP@5, the measure of the Google Universal Image Embedding Challenge, and precision at 1."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

CUTOFF = 5


def modified_precision(relevant: Sequence[bool], in_index: int, cutoff: int = CUTOFF) -> float:
    """Modified precision at `cutoff` of one query.

    `relevant` tells of the ranks, best first, whether they show the query's object; `in_index` is n_q, how many index
    photos do. Only the first min(n_q, cutoff) ranks count, as in `CalibratedPrecision` of
    google-research/universal_embedding_challenge/metrics.py. ValueError for n_q < 1, as there.
    """
    if in_index < 1:
        raise ValueError("a query without a relevant photo in the index cannot be judged")
    ranks = min(in_index, cutoff)
    return sum(relevant[:ranks]) / ranks


@dataclass(frozen=True, slots=True)
class Score:
    """How well a ranking finds photos of the same label; `unmatched` queries have no such photo and do not count."""

    mmp5: float
    p1: float
    queries: int
    unmatched: int


def evaluate(
    index: NDArray[np.float32],
    index_labels: Sequence[str],
    queries: NDArray[np.float32] | None = None,
    query_labels: Sequence[str] | None = None,
) -> Score:
    """Judge unit embeddings, index (N, d) against queries (Q, d), by exact cosine search.

    Without queries each index photo asks for all others.
    """
    among_themselves = queries is None or query_labels is None
    asking = index if queries is None or query_labels is None else queries
    labels = np.asarray(index_labels)
    asked = labels if queries is None or query_labels is None else np.asarray(query_labels)
    precisions: list[float] = []
    firsts: list[bool] = []
    for start in range(0, len(asking), 512):
        scores = asking[start : start + 512] @ index.T
        for row, score in enumerate(scores):
            query = start + row
            if among_themselves:
                score[query] = -np.inf
            in_index = int((labels == asked[query]).sum()) - among_themselves
            if in_index < 1:
                continue
            best = np.argsort(-score, kind="stable")[:CUTOFF]
            relevant = [bool(labels[found] == asked[query]) for found in best]
            precisions.append(modified_precision(relevant, in_index))
            firsts.append(relevant[0])
    count = len(precisions)
    return Score(
        mmp5=float(np.mean(precisions)) if count else 0.0,
        p1=float(np.mean(firsts)) if count else 0.0,
        queries=count,
        unmatched=len(asking) - count,
    )
