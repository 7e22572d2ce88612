"""The best rows, whichever way they are looked for."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from guie_desktop.search.nearness import Nearness


def told(scores: NDArray[np.float32], most: int) -> NDArray[np.float32]:
    keys, found = Nearness(np.arange(len(scores)) + 1, scores).best(most)
    assert len(set(keys)) == len(keys)
    np.testing.assert_array_equal(scores[keys - 1], found)
    return found


@settings(max_examples=60, deadline=None)
@given(count=st.integers(0, 5000), most=st.integers(0, 300), kinds=st.sampled_from([1, 2, 40, 1_000_000]))
def test_the_largest_scores_are_told_also_where_many_are_equal(count: int, most: int, kinds: int) -> None:
    scores = np.random.default_rng(count).integers(kinds, size=count).astype(np.float32)
    np.testing.assert_array_equal(told(scores, most), np.sort(scores)[::-1][:most])


@pytest.mark.parametrize("step", [2, 64])
def test_so_they_are_where_a_sample_says_little_of_them(step: int) -> None:
    scores = np.arange(64_000, dtype=np.float32)
    scores[::step] += 100_000  # with 64 as high as the sample are those in it alone
    np.testing.assert_array_equal(told(scores, 1500), np.sort(scores)[::-1][:1500])
