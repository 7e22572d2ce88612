"""Neighbours, and where photos lie that the map was not drawn of."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from guie_desktop.arrays import Embeddings
from guie_desktop.search.mapping.landmarks import among_landmarks, nearest, without_itself


def unit_rows(count: int, dimension: int = 8, seed: int = 0) -> Embeddings:
    rows = np.random.default_rng(seed).normal(size=(count, dimension)).astype(np.float32)
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)


@given(st.integers(1, 600), st.integers(1, 40), st.integers(1, 20))
def test_the_nearest_are_those_with_the_largest_products(count: int, among: int, most: int) -> None:
    rows, others = unit_rows(count), unit_rows(among, seed=1)
    parts = list(nearest(rows, others, most))
    found, similar = (np.concatenate([part[number] for part in parts]) for number in (0, 1))
    wanted = -np.sort(-(rows @ others.T), axis=1)[:, :most]
    assert found.shape == wanted.shape
    assert np.allclose(similar, wanted, atol=1e-5)
    assert np.allclose(np.take_along_axis(rows @ others.T, found, axis=1), similar, atol=1e-5)


@given(st.integers(2, 60), st.integers(1, 6))
def test_nobody_is_a_neighbour_of_itself_even_among_copies(count: int, copies: int) -> None:
    rows = np.repeat(unit_rows(count), copies, axis=0)
    first, parts = 0, []
    for found, _ in nearest(rows, rows, 4):
        parts.append(without_itself(found, first))
        first += len(found)
    neighbours = np.concatenate(parts)
    assert neighbours.shape == (len(rows), min(4, len(rows)) - 1)
    assert not (neighbours == np.arange(len(rows))[:, np.newaxis]).any()


def test_a_photo_lies_where_those_lie_that_are_most_like_it() -> None:
    landmarks = unit_rows(30)
    positions = np.random.default_rng(3).uniform(-50, 50, (30, 2)).astype(np.float32)
    placed = np.concatenate(list(among_landmarks(landmarks, landmarks, positions)))
    assert np.abs(placed - positions).max() < 3
    between = landmarks[:1] + 0.01 * landmarks[1:2]
    [[x, y]] = np.concatenate(list(among_landmarks(between, landmarks, positions))).tolist()
    assert np.hypot(x - positions[0, 0], y - positions[0, 1]) < 3


def test_what_lies_between_two_groups_lies_in_one_of_them() -> None:
    landmarks = np.array([[1, 0], [0, 1]], np.float32)
    positions = np.array([[-40, 0], [40, 0]], np.float32)
    [placed] = among_landmarks(np.array([[0.7072, 0.707]], np.float32), landmarks, positions)
    assert placed.tolist() == [[-40, 0]]
