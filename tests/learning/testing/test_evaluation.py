"""mMP@5 as the challenge's code defines it: only the first min(n_q, 5) ranks count."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from guie_desktop.learning.testing.evaluation import (
    RetrievalMetrics,
    average_precisions,
    evaluate,
    precisions_of_ranks,
    retrieval_precisions,
    top_ranked,
)


def precision_of(ranked: list[bool], in_index: int) -> float:
    """mMP@5 of one query whose ranking starts so, where the index has `in_index` relevant photos in all."""
    relevant = [*ranked, *[False] * 20, *[True] * (in_index - sum(ranked))]
    scores = -np.arange(len(relevant), dtype=np.float32)
    return float(retrieval_precisions(scores[np.newaxis], np.array([relevant]))[0][0])


def test_a_hit_below_rank_n_q_counts_nothing() -> None:
    # The well-known wrong form, "hits in the top 5 / min(n_q, 5)", gives 1.0 here.
    assert precision_of([False, True, False, False, False], in_index=1) == 0.0


def test_a_hit_at_rank_one_of_one_is_everything() -> None:
    assert precision_of([True, False, False, False, False], in_index=1) == 1.0


def test_with_two_in_the_index_only_two_ranks_count() -> None:
    assert precision_of([True, False, True], in_index=2) == 0.5


def test_with_many_in_the_index_five_ranks_count() -> None:
    assert precision_of([True, True, False, True, False, True], in_index=40) == pytest.approx(0.6)


def test_fewer_candidates_than_ranks_count_as_wrong() -> None:
    scores, relevant = np.array([[0.9, -np.inf, -np.inf]], np.float32), np.array([[True, False, False]])
    assert retrieval_precisions(scores, relevant)[0][0] == 1.0
    assert retrieval_precisions(-scores, relevant[:, ::-1])[0][0] == 0.0


def test_a_query_without_a_match_in_the_index_does_not_count() -> None:
    assert np.isnan(precision_of([False] * 5, in_index=0))


@given(st.lists(st.booleans(), max_size=12), st.integers(12, 20))
def test_it_is_a_share_and_ranks_beyond_the_cutoff_do_not_matter(ranked: list[bool], in_index: int) -> None:
    score = precision_of(ranked, in_index)
    assert 0.0 <= score <= 1.0
    assert score == precision_of([*ranked[:5], *[not value for value in ranked[5:]]], in_index + 12)


def evaluated(
    index: NDArray[np.float32],
    labels: list[str],
    queries: NDArray[np.float32] | None = None,
    query_labels: list[str] | None = None,
) -> RetrievalMetrics:
    return evaluate(lambda rows: (index if queries is None else queries)[rows] @ index.T, labels, query_labels)


def test_a_query_among_the_index_does_not_find_itself() -> None:
    rows = np.eye(3, dtype=np.float32)[[0, 0, 1]]
    metrics = evaluated(rows, ["a", "a", "b"])
    # Both "a" find each other; "b" has nobody to find, and is left out.
    assert (metrics.mmp5, metrics.p1, metrics.queries, metrics.unmatched) == (1.0, 1.0, 2, 1)


def test_queries_whose_label_the_index_lacks_are_counted_apart() -> None:
    index = np.eye(2, dtype=np.float32)
    metrics = evaluated(index, ["a", "b"], index, ["a", "z"])
    assert (metrics.mmp5, metrics.queries, metrics.unmatched) == (1.0, 1, 1)


@given(st.integers(0, 2**32 - 1))
def test_it_agrees_with_the_definition_written_out(seed: int) -> None:
    rng = np.random.default_rng(seed)
    index, queries = rng.normal(size=(30, 4)).astype(np.float32), rng.normal(size=(9, 4)).astype(np.float32)
    index /= np.linalg.norm(index, axis=1, keepdims=True)
    queries /= np.linalg.norm(queries, axis=1, keepdims=True)
    labels, query_labels = [str(n) for n in rng.integers(0, 6, 30)], [str(n) for n in rng.integers(0, 6, 9)]
    total, first, counted = 0.0, 0.0, 0
    for query, label in zip(queries, query_labels, strict=True):
        n_q = labels.count(label)
        if n_q == 0:
            continue
        # The official code ranks by Euclidean distance, which is the same order for unit vectors.
        ranked = sorted(range(30), key=lambda i: float(((index[i] - query) ** 2).sum()))
        hits = [labels[i] == label for i in ranked[: min(n_q, 5)]]
        total += sum(hits) / min(n_q, 5)
        first += hits[0]
        counted += 1
    metrics = evaluated(index, labels, queries, query_labels)
    assert metrics.queries == counted
    if counted:
        assert metrics.mmp5 == pytest.approx(total / counted)
        assert metrics.p1 == pytest.approx(first / counted)


@given(st.integers(0, 2**32 - 1), st.integers(1, 8), st.integers(1, 30))
def test_first_ranks_are_those_of_sorting_all(seed: int, ranks: int, photos: int) -> None:
    rng = np.random.default_rng(seed)
    scores = rng.integers(0, 4, (3, photos)).astype(np.float32)  # with many equals
    scores[rng.random(scores.shape) < 0.2] = -np.inf
    expected = np.argsort(-scores, axis=1, kind="stable")[:, :ranks]
    np.testing.assert_array_equal(top_ranked(scores, ranks), expected)


def test_what_is_not_relevant_comes_first_where_scores_are_equal() -> None:
    scores = np.array([[3, 2, 2, 2, 1, -np.inf]], np.float32)
    relevant = np.array([[True, True, False, True, False, False]])
    expected = (1 / 1 + 2 / 3 + 3 / 4) / 3
    for order in (np.arange(6), np.arange(6)[::-1]):
        assert average_precisions(scores[:, order], relevant[:, order])[0] == pytest.approx(expected)


@given(st.lists(st.lists(st.booleans(), min_size=6, max_size=6), min_size=1, max_size=4), st.integers(0, 99))
def test_average_precision_is_the_mean_of_precisions_at_what_is_relevant(rows: list[list[bool]], seed: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(len(rows), 6)).astype(np.float32)
    found = average_precisions(scores, np.array(rows))
    for row, score, value in zip(rows, scores, found, strict=True):
        ranked = [row[at] for at in np.argsort(-score)]
        precisions = [sum(ranked[: at + 1]) / (at + 1) for at in range(6) if ranked[at]]
        assert value == pytest.approx(np.mean(precisions), abs=1e-6) if precisions else np.isnan(value)


def test_first_ranks_alone_tell_as_much_as_all_scores() -> None:
    rng = np.random.default_rng(1)
    scores = rng.normal(size=(20, 30)).astype(np.float32)
    relevant = rng.random((20, 30)) < np.linspace(0, 0.4, 20)[:, np.newaxis]
    found = np.take_along_axis(relevant, np.argsort(-scores, axis=1)[:, :5], axis=1)
    for from_ranks, from_scores in zip(
        precisions_of_ranks(found, relevant.sum(axis=1)), retrieval_precisions(scores, relevant), strict=True
    ):
        assert np.array_equal(from_ranks, from_scores, equal_nan=True)
