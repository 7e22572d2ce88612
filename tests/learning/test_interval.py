"""Confidence: more queries tell more, the same query again does not."""

import numpy as np
import pytest

from guie_desktop.learning.interval import interval_of

VALUES = np.random.default_rng(5).random(60).astype(np.float32)
APART = np.arange(60)


def width(values: np.ndarray, groups: np.ndarray) -> float:
    interval = interval_of(values, groups, seed=1)
    assert interval.low <= interval.mean <= interval.high
    return interval.high - interval.low


def test_it_is_as_wide_as_theory_says() -> None:
    assert interval_of(VALUES, APART, seed=1).mean == pytest.approx(VALUES.mean())
    assert width(VALUES, APART) == pytest.approx(2 * 1.96 * VALUES.std() / np.sqrt(60), rel=0.1)


def test_copies_of_a_query_tell_nothing_new() -> None:
    copies = np.repeat(VALUES, 9), np.repeat(APART, 9)
    assert width(*copies) == pytest.approx(width(VALUES, APART), rel=0.01)
    assert width(copies[0], np.arange(540)) < 0.5 * width(*copies)


def test_the_same_values_give_the_same_interval() -> None:
    assert interval_of(VALUES, APART, seed=1) == interval_of(VALUES, APART, seed=1)


def test_without_spread_and_without_values() -> None:
    assert interval_of(np.full(9, 0.5, np.float32), np.arange(9), seed=1) == (0.5, 0.5, 0.5)
    assert interval_of(np.empty(0, np.float32), np.empty(0, np.int64), seed=1) == (0, 0, 0)
