"""Queries are expanded where that surely gains, and nowhere else."""

import numpy as np
import pytest

from guie_desktop.learning.testing.evaluation import average_precisions
from guie_desktop.learning.testing.expansion_selection import ExpansionGains, select_expansion


def gains(mean: float, spread: float, count: int = 60) -> ExpansionGains:
    noise = np.random.default_rng(3).normal(size=count)
    values = mean + spread * (noise - noise.mean())
    return ExpansionGains(values.astype(np.float32), np.arange(count))


NONE = ExpansionGains(np.empty(0, np.float32), np.empty(0, np.int64))


def test_it_is_chosen_where_it_surely_gains_and_harms_no_unseen_class() -> None:
    assert select_expansion(gains(0.03, 0.02), gains(0.0, 0.05), 0)
    assert select_expansion(gains(0.03, 0.02), NONE, 0)
    assert not select_expansion(gains(0.003, 0.05), gains(0.0, 0.05), 0)  # it may be chance
    assert not select_expansion(gains(0.03, 0.02), gains(-0.03, 0.02), 0)
    assert not select_expansion(NONE, NONE, 0)


def test_near_duplicates_tell_one_thing_several_times() -> None:
    once = gains(0.012, 0.02, 10)
    assert select_expansion(once, NONE, 0) == select_expansion(
        ExpansionGains(np.tile(once.gains, 20), np.tile(once.groups, 20)), NONE, 0
    )


def test_what_could_find_nothing_does_not_count() -> None:
    part = ExpansionGains(np.array([0.1, np.nan, 0.2], np.float32), np.array([0, 1, 2]))
    joined = ExpansionGains.joined([part, part])
    assert joined.gains == pytest.approx([0.1, 0.2, 0.1, 0.2])
    assert joined.groups.tolist() == [0, 2, 0, 2]


def test_average_precision_is_that_of_the_textbook() -> None:
    scores = np.array([[0.9, 0.8, 0.7, -np.inf], [0.9, 0.8, 0.7, 0.6]], np.float32)
    relevant = np.array([[True, False, True, False], [False, False, False, False]])
    found = average_precisions(scores, relevant)
    assert found[0] == pytest.approx((1 + 2 / 3) / 2)
    assert np.isnan(found[1])
