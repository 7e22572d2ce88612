"""Linear maps of features, and the geometry of a library."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from guie_desktop.embedding.head import unit_rows
from guie_desktop.learning.geometry import Geometry
from guie_desktop.learning.projection import Projection

SEEDS = st.integers(0, 2**32 - 1)


def normal(seed: int, *shape: int) -> NDArray[np.float32]:
    return np.random.default_rng(seed).normal(size=shape).astype(np.float32)


def some_projection(seed: int) -> Projection:
    return Projection(normal(seed, 5), normal(seed + 1, 5, 3), normal(seed + 2, 3))


@given(SEEDS)
def test_it_is_the_written_formula(seed: int) -> None:
    projection, rows = some_projection(seed), unit_rows(normal(seed + 3, 7, 5))
    expected = (rows.astype(np.float64) - projection.mean) @ projection.matrix + projection.bias
    np.testing.assert_allclose(projection.apply(rows), expected, atol=1e-4)
    np.testing.assert_allclose(np.linalg.norm(projection.embed(rows), axis=1), 1, atol=1e-5)


@given(SEEDS)
def test_a_layer_behind_it_is_applied_to_what_it_makes(seed: int) -> None:
    projection, rows = some_projection(seed), normal(seed + 3, 7, 5)
    matrix, bias = normal(seed + 4, 3, 2), normal(seed + 5, 2)
    expected = projection.apply(rows) @ matrix + bias
    np.testing.assert_allclose(projection.then(matrix, bias).apply(rows), expected, atol=1e-4)


def test_the_geometry_is_mean_and_covariance() -> None:
    rows = normal(3, 40, 4)
    geometry = Geometry.of(rows)
    np.testing.assert_allclose(geometry.mean, rows.mean(axis=0), atol=1e-5)
    np.testing.assert_allclose(geometry.covariance, np.cov(rows.T, bias=True), atol=1e-5)
