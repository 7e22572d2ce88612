"""The weight of the personal half grows with the neighbours that were trained on, from none to all."""

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given

from guie_desktop.embedding.weight_curve import CURVES, NEIGHBOURS, WeightCurve


@given(st.lists(st.integers(0, NEIGHBOURS), min_size=1, max_size=5), st.sampled_from(CURVES))
def test_the_weight_grows_with_the_trained_on_neighbours_up_to_all(trained_on: list[int], curve: WeightCurve) -> None:
    weights = curve.weights(np.array(sorted(trained_on), np.float32) / np.float32(NEIGHBOURS))
    assert list(weights) == sorted(weights)
    assert ((weights >= 0) & (weights <= 1)).all()
    for count, weight in zip(sorted(trained_on), weights, strict=True):
        assert (weight == 0) == (count == 0)
        assert (weight == 1) == (count / NEIGHBOURS >= curve.full - 1e-6)


def test_it_is_the_written_formula() -> None:
    weights = WeightCurve(0.5, 2).weights(np.array([0, 0.1, 0.25, 0.5, 1], np.float32))
    assert list(weights) == pytest.approx([0, 0.04, 0.25, 1, 1])


def test_curves_are_tried_from_the_most_careful_on() -> None:
    shares = np.arange(NEIGHBOURS + 1, dtype=np.float32) / np.float32(NEIGHBOURS)
    means = [curve.weights(shares).mean() for curve in CURVES]
    assert means == sorted(means)


@pytest.mark.parametrize(
    ("full", "power"),
    [(0, 1), (1e-300, 1), (1.1, 1), (0.3, 0), (0.3, 1e-300), (0.3, -1), (0.3, 101), (float("nan"), 1)],
)
def test_a_curve_that_does_not_rise_from_none_to_all_is_refused(full: float, power: float) -> None:
    with pytest.raises(ValueError, match="rises"):
        WeightCurve(full, power)
