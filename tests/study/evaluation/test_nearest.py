"""What is found in portions is what is found among all at once."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guie_desktop.learning.testing.evaluation import top_ranked
from guie_desktop.study.evaluation import nearest
from guie_desktop.study.evaluation.nearest import NOTHING, NearestInPortions


@given(
    seed=st.integers(0, 2**32 - 1),
    queries=st.integers(1, 9),
    rows=st.integers(0, 40),
    portion=st.integers(1, 12),
    count=st.integers(1, 7),
)
def test_portions_of_any_size_give_the_best_of_all(
    seed: int, queries: int, rows: int, portion: int, count: int
) -> None:
    rng = np.random.default_rng(seed)
    # Small whole numbers: products are exact, and many of them are equal.
    asked = rng.integers(-2, 3, (queries, 3)).astype(np.float32)
    index = rng.integers(-2, 3, (rows, 3)).astype(np.float32)
    places = rng.permutation(1000)[:rows]
    search = NearestInPortions(asked, count)
    for start in range(0, rows, portion):
        search.add(index[start : start + portion], places[start : start + portion])
    expected = np.full((queries, count), NOTHING)
    best = top_ranked(asked @ index.T, count)
    expected[:, : best.shape[1]] = places[best]
    assert np.array_equal(search.places, expected)


def test_many_queries_are_compared_in_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nearest, "_QUERIES_AT_ONCE", 2)
    asked = np.eye(5, dtype=np.float32)
    search = NearestInPortions(asked, 1)
    for start in range(5):
        search.add(asked[start : start + 1], np.array([10 + start]))
    assert search.places.ravel().tolist() == [10, 11, 12, 13, 14]
