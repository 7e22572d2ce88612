"""The guarded margin on an angle."""

import math

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from guie_desktop.learning.margin_softmax import angular_margin

ANGLES = st.floats(0, math.pi)
MARGINS = st.floats(0, math.pi / 2)


def widened(angle: float, margin: float) -> float:
    return angular_margin(torch.tensor(math.cos(angle), dtype=torch.float64), margin).item()


def test_the_threshold_lies_at_pi_less_the_margin() -> None:
    threshold = math.pi - 0.5
    assert math.cos(threshold) == pytest.approx(-0.87758256189, abs=1e-11)
    assert widened(threshold - 1e-9, 0.5) == pytest.approx(-1, abs=1e-8)
    assert widened(threshold + 1e-9, 0.5) == pytest.approx(-0.87758256189 - 0.23971276930, abs=1e-8)


@given(ANGLES, ANGLES, MARGINS)
def test_a_larger_angle_never_scores_higher(one: float, other: float, margin: float) -> None:
    near, far = sorted([one, other])
    assert widened(far, margin) <= widened(near, margin) + 1e-12


@given(ANGLES, MARGINS)
def test_a_margin_never_helps(angle: float, margin: float) -> None:
    assert widened(angle, margin) <= math.cos(angle) + 1e-12


@given(ANGLES)
def test_no_margin_changes_nothing(angle: float) -> None:
    assert widened(angle, 0.0) == pytest.approx(math.cos(angle), abs=1e-12)


@given(st.lists(st.tuples(ANGLES, MARGINS), min_size=1, max_size=9))
def test_each_cosine_may_have_its_own_margin(pairs: list[tuple[float, float]]) -> None:
    angles, margins = torch.tensor(pairs, dtype=torch.float64).T
    expected = [widened(angle, margin) for angle, margin in pairs]
    assert angular_margin(angles.cos(), margins).tolist() == pytest.approx(expected, abs=1e-12)
