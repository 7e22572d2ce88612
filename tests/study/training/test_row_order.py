"""An epoch has each photo once, or as often as its class and domain are to be seen."""

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from guie_desktop.study.training.recipe import HeadRecipe
from guie_desktop.study.training.row_order import epoch_order, row_weights


@given(rows=st.integers(1, 300), seed=st.integers(0, 9), epoch=st.integers(0, 9))
def test_each_photo_comes_once(rows: int, seed: int, epoch: int) -> None:
    order = epoch_order(rows, None, seed, epoch)
    assert sorted(order.tolist()) == list(range(rows))
    np.testing.assert_array_equal(order, epoch_order(rows, None, seed, epoch))


@given(
    weights=st.lists(st.floats(0.01, 100), min_size=1, max_size=60).map(np.array),
    seed=st.integers(0, 9),
)
def test_with_weights_each_comes_as_often_as_expected(weights: np.ndarray, seed: int) -> None:
    drawn = np.bincount(epoch_order(len(weights), weights, seed, 1), minlength=len(weights))
    expected = len(weights) * weights / weights.sum()
    assert drawn.sum() == len(weights)
    assert (np.abs(drawn - expected) < 1 + 1e-6).all()


def test_epochs_differ_and_domains_are_mixed() -> None:
    one, other = (epoch_order(10_000, None, 3, epoch) for epoch in (0, 1))
    assert (one != other).mean() > 0.99
    of_first_domain = (one < 5_000).reshape(-1, 100).mean(axis=1)  # batch by batch
    assert of_first_domain.min() > 0.2
    assert of_first_domain.max() < 0.8


def test_classes_and_domains_can_be_seen_alike() -> None:
    labels = np.repeat(np.arange(4), (60, 20, 10, 10))
    domains = np.repeat(np.arange(2), (80, 20))
    assert row_weights(HeadRecipe(), labels, domains) is None

    def seen(recipe: HeadRecipe) -> list[int]:
        drawn = epoch_order(100, row_weights(recipe, labels, domains), 1, 1)
        return [int(count) for count in np.bincount(labels[drawn])]

    assert seen(replace(HeadRecipe(), class_balance=1.0)) == [25, 25, 25, 25]
    assert seen(replace(HeadRecipe(), domain_balance=1.0)) in ([38, 12, 25, 25], [37, 13, 25, 25])
