"""Confidence intervals: more queries make them narrower, the same query again does not."""

import numpy as np
import pytest

from guie_desktop.learning.testing import confidence_interval
from guie_desktop.learning.testing.confidence_interval import cluster_bootstrap

VALUES = np.random.default_rng(5).random(60).astype(np.float32)
APART = np.arange(60)


def width(values: np.ndarray, groups: np.ndarray) -> float:
    interval = cluster_bootstrap(values, groups, seed=1)
    assert interval.low <= interval.mean <= interval.high
    return interval.high - interval.low


def test_it_is_as_wide_as_theory_says() -> None:
    assert cluster_bootstrap(VALUES, APART, seed=1).mean == pytest.approx(VALUES.mean())
    assert width(VALUES, APART) == pytest.approx(2 * 1.96 * VALUES.std() / np.sqrt(60), rel=0.1)


def test_copies_of_a_query_make_it_no_narrower() -> None:
    copies = np.repeat(VALUES, 9), np.repeat(APART, 9)
    assert width(*copies) == pytest.approx(width(VALUES, APART), rel=0.01)
    assert width(copies[0], np.arange(540)) < 0.5 * width(*copies)


def test_the_same_values_give_the_same_interval() -> None:
    assert cluster_bootstrap(VALUES, APART, seed=1) == cluster_bootstrap(VALUES, APART, seed=1)


def test_without_variance_and_without_values() -> None:
    assert cluster_bootstrap(np.full(9, 0.5, np.float32), np.arange(9), seed=1) == (0.5, 0.5, 0.5)
    assert cluster_bootstrap(np.empty(0, np.float32), np.empty(0, np.int64), seed=1) == (0, 0, 0)


def test_drawing_in_portions_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    at_once = cluster_bootstrap(VALUES, APART // 2, seed=1)
    monkeypatch.setattr(confidence_interval, "_DRAWN_AT_ONCE", 1000)  # 33 of the 2,000 resamples
    assert cluster_bootstrap(VALUES, APART // 2, seed=1) == at_once
