"""What scores mean: the cut-off keeps its promise on hits it has not seen, and the curve is the share of right ones."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from guie_desktop.learning.testing.calibration import calibrate


def hits(
    seed: int, count: int = 4000, steepness: float = 14.0, midpoint: float = 0.4
) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """Scores, and hits that are relevant with the probability of a logistic curve."""
    rng = np.random.default_rng(seed)
    scores = rng.uniform(-0.2, 1, count)
    right = rng.random(count) < 1 / (1 + np.exp(-steepness * (scores - midpoint)))
    return scores.astype(np.float32), right


def test_the_curve_is_found_again() -> None:
    made = calibrate(*hits(0))
    assert made.steepness == pytest.approx(14, rel=0.1)
    assert made.midpoint == pytest.approx(0.4, abs=0.02)


@pytest.mark.parametrize("seed", range(5))
def test_where_scores_tell_apart_well_the_cut_off_lets_95_of_100_through_that_are_right(seed: int) -> None:
    cutoff = calibrate(*hits(seed, midpoint=-0.1)).cutoff
    scores, right = hits(seed + 100, 40_000, midpoint=-0.1)
    assert right[scores >= cutoff].mean() == pytest.approx(0.95, abs=0.02)
    # It is the lowest such line: among the hits just below it, fewer are right.
    assert right[(scores < cutoff) & (scores > cutoff - 0.1)].mean() < 0.93


def test_of_hits_seen_exactly_the_share_above_the_line_is_right() -> None:
    scores, right = hits(1, midpoint=-0.1)
    cutoff = calibrate(scores, right).cutoff
    assert right[scores >= cutoff].mean() >= 0.95
    lower = np.sort(scores[scores < cutoff])[::-1][:200]
    assert all(right[scores >= line].mean() < 0.95 for line in lower)


@pytest.mark.parametrize("steepness", [3.0, 6.0, 14.0])
def test_a_hit_that_is_likelier_right_than_wrong_is_above_the_line(steepness: float) -> None:
    cutoff = calibrate(*hits(2, steepness=steepness)).cutoff
    scores, right = hits(102, 40_000, steepness=steepness)
    below = (scores < cutoff) & (scores > cutoff - 0.05)
    assert right[below].mean() < 0.5
    assert right[(scores >= cutoff) & (scores < cutoff + 0.05)].mean() < 0.65


def test_a_relevant_handful_sets_no_cut_off() -> None:
    scores = np.linspace(0, 1, 100).astype(np.float32)
    right = np.zeros(100, bool)
    right[-8:] = True
    made = calibrate(scores, right)
    assert made.cutoff == pytest.approx(made.midpoint)


def test_where_all_hits_are_right_the_line_lies_below_them_and_where_none_is_above() -> None:
    scores = np.linspace(0.2, 0.9, 60).astype(np.float32)
    assert calibrate(scores, np.ones(60, bool)).cutoff == pytest.approx(0.2)
    assert calibrate(scores, np.zeros(60, bool)).cutoff > 0.9


@given(st.integers(0, 2**32 - 1), st.integers(1, 60), st.sampled_from([0.0, 1e-6, 1.0, 30.0]))
def test_whatever_the_hits_the_numbers_are_finite_and_a_higher_score_is_no_worse(
    seed: int, count: int, deviation: float
) -> None:
    rng = np.random.default_rng(seed)
    scores = np.clip(0.3 + deviation * rng.normal(size=count), -1, 1).astype(np.float32)
    for right in (rng.random(count) < 0.5, scores > 0.3, scores < 0.3, np.ones(count, bool), np.zeros(count, bool)):
        made = calibrate(scores, right)
        assert np.isfinite([made.cutoff, made.steepness, made.midpoint]).all()
        assert 0 < made.steepness <= 200
        assert max(abs(made.cutoff), abs(made.midpoint)) < 1e4  # a head file takes no more
