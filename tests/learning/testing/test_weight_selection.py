"""The curve of the weight is the most careful that does as much good as any."""

import numpy as np
import pytest
from numpy.typing import NDArray

from guie_desktop.embedding.weight_curve import CURVES
from guie_desktop.learning.testing.weight_selection import Gains, select_curve

QUERIES = 60
BOLDER = np.linspace(0, 1, len(CURVES), dtype=np.float32)[:, np.newaxis]
"""From the most careful curve to the boldest."""


def of_queries(found: NDArray[np.float32], groups: NDArray[np.int64] | None = None, share: float = 0.3) -> Gains:
    """All with this share of neighbours that were trained on."""
    count = found.shape[1]
    return Gains(found, np.arange(count) if groups is None else groups, np.full(count, share, np.float32))


def gains(of_boldest: float, seed: int = 0, deviation: float = 0.01) -> Gains:
    """They grow from the most careful curve to the boldest, with noise."""
    noise = np.random.default_rng(seed).normal(scale=deviation, size=(len(CURVES), QUERIES))
    return of_queries((of_boldest * BOLDER + noise).astype(np.float32))


def no_gains(queries: int) -> Gains:
    return of_queries(np.zeros((len(CURVES), queries), np.float32))


def test_what_helps_the_albums_and_harms_nothing_is_taken_to_its_end() -> None:
    assert select_curve(gains(0.2), gains(0.0, 1)) == CURVES[-1]
    assert select_curve(gains(0.2), gains(0.1, 1)) == CURVES[-1]


def test_what_harms_the_others_is_left() -> None:
    assert select_curve(gains(0.2), gains(-0.1, 1)) == CURVES[0]


def test_in_between_the_harm_sets_in_where_it_does() -> None:
    harm = np.where(np.arange(len(CURVES)) > 3, -0.2, 0)[:, np.newaxis]
    assert select_curve(gains(0.2), of_queries(gains(0.0, 1).gains + harm)) == CURVES[3]


@pytest.mark.parametrize("unseen", [0, 9])
def test_of_those_that_do_as_much_good_the_most_careful_is_taken(unseen: int) -> None:
    """Where albums are easily separated, the test cannot show what a bolder weight does to other photos."""
    for seed in range(20):
        draws = np.random.default_rng(seed).random(QUERIES)
        same = np.tile(np.where(draws > 0.8, 0.2, 0.0).astype(np.float32), (len(CURVES), 1))
        same[-1, :3] += [0.2, 0.2, -0.2]  # which is within the error
        assert select_curve(of_queries(same), no_gains(unseen)) == CURVES[0]


def boldest_better_for_some(groups: NDArray[np.int64]) -> Gains:
    """Forty queries are found better by the boldest curve, twenty worse."""
    found = np.zeros((len(CURVES), len(groups)), np.float32)
    found[-1, :60] = np.repeat([0.5, 0.5, -0.5], 20)
    return of_queries(found, groups)


def test_photos_of_one_scene_count_once() -> None:
    apart = np.arange(400)
    assert select_curve(boldest_better_for_some(apart), no_gains(0)) == CURVES[-1]
    assert select_curve(boldest_better_for_some(apart // 20), no_gains(0)) == CURVES[0]


def test_the_error_of_a_loss_is_as_large_as_the_loss_is_counted() -> None:
    """The boldest is better by as much as it harms, counted three times; a few unseen queries cannot settle it."""
    seen, unseen = no_gains(400), no_gains(40)
    seen.gains[-1] += 0.1
    unseen.gains[-1, :2] = -0.5
    chosen = select_curve(seen, unseen)
    worth = 0.1 - 3 * 0.025
    error = 3 * np.sqrt(np.square([-0.5 + 0.025] * 2 + [0.025] * 38).sum()) / 40
    assert (chosen == CURVES[-1]) == (worth > error)
    assert chosen == CURVES[0]


def test_queries_that_nothing_can_be_found_for_do_not_count() -> None:
    unfound = of_queries(np.full((len(CURVES), 5), np.nan, np.float32))
    both = Gains.joined([gains(0.2), unfound])
    assert select_curve(both, unfound) == CURVES[-1]


def test_without_any_query_it_is_the_most_careful() -> None:
    assert select_curve(no_gains(0), no_gains(0)) == CURVES[0]


@pytest.mark.parametrize("share", [0.0, 0.3, 0.375, 0.5, 0.75, 1.0])
def test_what_the_albums_own_photos_do_not_need_is_not_taken(share: float) -> None:
    """It would give the head weight for photos that merely lie near what was sorted, and no test could show it."""
    found = gains(0.2).gains
    chosen = select_curve(of_queries(found, share=share), no_gains(9))
    assert chosen == next(curve for curve in reversed(CURVES) if curve.full >= 0.4 * share - 1e-6)
