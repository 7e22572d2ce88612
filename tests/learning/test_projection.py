"""Linear maps of features, the geometry of a library, and the projection that training starts from."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from guie_desktop.embedding.head import unit_rows
from guie_desktop.learning.geometry import Geometry, principal_directions
from guie_desktop.learning.projection import Projection
from guie_desktop.learning.within_class import within_class_projection
from tests.learning.worlds import World, labels_of

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


@given(SEEDS, st.floats(0, 1))
def test_a_blend_of_two_maps_what_the_blend_of_both_is(seed: int, share: float) -> None:
    one, rows = some_projection(seed), normal(seed + 3, 7, 5)
    other = Projection(one.mean, normal(seed + 4, 5, 3), normal(seed + 5, 3))
    blended = one.blended(other, share).apply(rows)
    np.testing.assert_allclose(blended, (1 - share) * one.apply(rows) + share * other.apply(rows), atol=1e-4)


def test_turned_by_a_rotation_embeddings_keep_their_angles() -> None:
    projection, rows = some_projection(1), normal(9, 7, 5)
    turned = projection.turned(np.linalg.qr(normal(4, 3, 3))[0])
    one, other = projection.embed(rows), turned.embed(rows)
    np.testing.assert_allclose(one @ one.T, other @ other.T, atol=1e-5)


def test_the_geometry_is_mean_and_covariance() -> None:
    rows = normal(3, 40, 4)
    geometry = Geometry.of(rows)
    np.testing.assert_allclose(geometry.mean, rows.mean(axis=0), atol=1e-5)
    np.testing.assert_allclose(geometry.covariance, np.cov(rows.T, bias=True), atol=1e-5)


def test_directions_are_chosen_by_all_spreads_alike_whatever_their_size() -> None:
    one, other = np.diag(np.array([1000.0, 0, 0, 1])), np.diag(np.array([0, 0.0001, 0, 0]))
    directions = principal_directions([one.astype(np.float32), other.astype(np.float32)], 2)
    assert directions.shape == (4, 2)
    assert np.abs(directions).argmax(axis=0).tolist() in ([0, 1], [1, 0])


def albums_of(seed: int, dimension: int) -> tuple[NDArray[np.float32], tuple[NDArray[np.int64], ...]]:
    """Two albums of ten, apart in the last direction, strewn widely in the first."""
    rows = normal(seed, 20, dimension) * np.float32(0.05)
    rows[:, 0] = normal(seed + 1, 20)
    rows[:10, -1] += 0.3
    rows[10:, -1] -= 0.3
    return unit_rows(rows), (np.arange(10), np.arange(10, 20))


def test_where_it_starts_albums_are_apart_and_their_own_differences_are_small() -> None:
    world = World(1, things=4)
    rows, things = world.albums(20), labels_of(4, 20)
    start = within_class_projection(
        rows, tuple(np.flatnonzero(things == thing) for thing in range(4)), Geometry.of(rows), width=48, shrinkage=0.1
    )

    def right(embeddings: NDArray[np.float32]) -> float:
        """Share of new photos whose nearest is of their thing."""
        return float((things[(embeddings[80:] @ embeddings[:80].T).argmax(axis=1)] == things).mean())

    together = np.concatenate([rows, world.albums(20)])
    assert right(unit_rows(together - rows.mean(axis=0))) < 0.5
    assert right(start.embed(together)) > 0.8
    assert float(start.apply(rows).std()) == pytest.approx(1, abs=1e-3)


def test_with_full_shrinkage_only_the_scale_is_left_of_whitening() -> None:
    rows, albums = albums_of(2, 8)
    start = within_class_projection(rows, albums, Geometry.of(rows), width=8, shrinkage=1e6)
    centred = unit_rows(rows - rows.mean(axis=0))
    np.testing.assert_allclose(start.embed(rows) @ start.embed(rows).T, centred @ centred.T, atol=1e-2)


@pytest.mark.parametrize("dimension", [1, 2, 3, 30])
def test_there_are_no_more_directions_than_features_have(dimension: int) -> None:
    rows, albums = albums_of(3, max(dimension, 2))
    rows = unit_rows(rows[:, :dimension])
    start = within_class_projection(rows, albums, Geometry.of(rows), width=20, shrinkage=0.4)
    assert start.matrix.shape == (dimension, min(dimension, 20))
    assert np.isfinite(start.apply(rows)).all()


def test_photos_that_do_not_differ_at_all_do_not_break_it() -> None:
    rows = unit_rows(np.ones((6, 8), np.float32))
    start = within_class_projection(rows, (np.arange(3), np.arange(3, 6)), Geometry.of(rows), width=8, shrinkage=0.4)
    assert np.isfinite(start.embed(rows)).all()
