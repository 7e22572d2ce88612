"""The layout of the map: its forces are those of t-SNE, and neighbours come to lie together."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guie_desktop.search.mapping.tsne import Neighbours, Positions, _affinities, _attraction, _Field, lay_out


def pushed(points: Positions) -> Positions:
    """As the formula has it, over all pairs."""
    apart = points[:, np.newaxis] - points
    near = 1 / (1 + (apart**2).sum(axis=2))
    np.fill_diagonal(near, 0)
    return np.asarray(((near**2)[:, :, np.newaxis] * apart).sum(axis=1) / near.sum(), np.float32)


@pytest.mark.parametrize("extent", [0.1, 5.0, 20.0, 60.0, 95.0])
def test_the_repulsion_is_that_of_all_pairs(extent: float) -> None:
    points = np.random.default_rng(1).uniform(-extent, extent, (500, 2)).astype(np.float32)
    wanted, found = pushed(points), _Field().repulsion(points)
    assert np.linalg.norm(found - wanted) < 0.1 * np.linalg.norm(wanted)


def test_the_attraction_is_that_of_the_pairs_that_are_neighbours() -> None:
    points = np.array([[0, 0], [1, 0], [0, 3]], np.float32)
    affinities = _affinities(np.array([[1], [0], [0]]))
    assert affinities.sum() == pytest.approx(1)
    # 0 and 1 are neighbours of each other, 2 has 0 as its neighbour: twice as much between the first two.
    between = np.array([2 / 6 * 1 / (1 + 1), 1 / 6 * 1 / (1 + 9)])
    wanted = np.array([[-between[0], -3 * between[1]], [between[0], 0], [0, 3 * between[1]]])
    assert np.allclose(_attraction(affinities, points), wanted, atol=1e-6)


def ring(count: int, each: int, first: int = 0) -> Neighbours:
    """Each has those that follow it as its neighbours."""
    return first + (np.arange(count)[:, np.newaxis] + np.arange(1, each + 1)) % count


def test_what_has_no_neighbours_in_common_lies_apart() -> None:
    groups = np.concatenate([ring(40, 8, first) for first in (0, 40, 80)])
    start = np.random.default_rng(2).normal(size=(120, 2)).astype(np.float32)
    *_, points = lay_out(groups, start)
    apart = np.linalg.norm(points[:, np.newaxis] - points, axis=2)
    np.fill_diagonal(apart, np.inf)
    nearest = np.argsort(apart, axis=1)[:, :5]
    assert (nearest // 40 == np.arange(120)[:, np.newaxis] // 40).mean() > 0.95


@given(st.integers(4, 40), st.integers(1, 15), st.booleans())
def test_all_points_have_a_place(count: int, each: int, all_alike: bool) -> None:
    start = np.zeros((count, 2), np.float32) if all_alike else np.eye(count, 2, dtype=np.float32)
    steps = lay_out(ring(count, min(each, count - 1)), start)
    for _, points in zip(range(150), steps, strict=False):
        assert np.isfinite(points).all()
