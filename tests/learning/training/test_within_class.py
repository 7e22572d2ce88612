"""The space that training starts from: within-class whitening, written out step by step, and what it is for."""

import numpy as np
import pytest
from numpy.typing import NDArray

from guie_desktop.embedding.projection import Projection, unit_rows
from guie_desktop.learning.training.feature_statistics import FeatureStatistics
from guie_desktop.learning.training.within_class import MAX_CLASS_WEIGHT, WithinClassSpace
from tests.heads import matrix_of
from tests.learning.worlds import World, labels_of

Rows = NDArray[np.float32]
Albums = tuple[NDArray[np.int64], ...]


def start_of(
    rows: Rows, albums: Albums, library: FeatureStatistics | None = None, *, max_directions: int, shrinkage: float = 0.4
) -> Projection:
    """The projection to the leading directions."""
    space = WithinClassSpace.of(
        rows, albums, library or FeatureStatistics.of(rows), max_directions=max_directions, shrinkage=shrinkage
    )
    return space.whitening.then(space.leading_directions, np.zeros(space.leading_directions.shape[1], np.float32))


def albums_of(seed: int, dimension: int) -> tuple[Rows, Albums]:
    """Two albums of ten, apart in the last direction, with a large variance in the first."""
    rng = np.random.default_rng(seed)
    rows = (rng.normal(size=(20, dimension)) * 0.05).astype(np.float32)
    rows[:, 0] = rng.normal(size=20)
    rows[:10, -1] += 0.3
    rows[10:, -1] -= 0.3
    return unit_rows(rows), (np.arange(10), np.arange(10, 20))


def test_it_is_the_whitening_and_then_the_leading_directions() -> None:
    rng = np.random.default_rng(3)
    sizes = (4, 20, 9, 203, 16, 8)
    things = np.repeat(rng.normal(size=(6, 20)), sizes, axis=0)
    rows = unit_rows((things + 0.4 * rng.normal(size=(260, 20))).astype(np.float32))
    library = FeatureStatistics.of(unit_rows(np.concatenate([rows, rng.normal(size=(200, 20))]).astype(np.float32)))
    albums = tuple(np.split(np.arange(260), np.cumsum(sizes)[:-1]))

    weights = (4, 20, 9, MAX_CLASS_WEIGHT, 16, 8)
    within = sum(
        weight * np.cov(rows[album].T, bias=True) for weight, album in zip(weights, albums, strict=True)
    ) / sum(weights)
    eigenvalues, directions = np.linalg.eigh(within + 0.4 * np.trace(within) / 20 * np.eye(20))
    whitening = directions / np.sqrt(eigenvalues) @ directions.T
    total_scatter = np.zeros((20, 20))
    for weight, album in zip(weights, albums, strict=True):
        centred = (rows[album] - library.mean) @ whitening
        total_scatter += weight * centred.T @ centred / len(album)
    combined = sum(
        covariance / np.trace(covariance)
        for covariance in (total_scatter, whitening.T @ library.covariance @ whitening)
    )
    leading_directions = whitening @ np.linalg.eigh(combined)[1][:, ::-1][:, :8]
    expected = (rows - library.mean) @ leading_directions
    expected /= np.sqrt(np.square(expected).mean())
    got = start_of(rows, albums, library, max_directions=8).apply(rows)
    np.testing.assert_allclose(np.abs(got), np.abs(expected), rtol=2e-3, atol=2e-3)


def test_in_it_photos_of_one_album_differ_as_much_in_every_direction() -> None:
    rows, albums = albums_of(4, 6)
    space = WithinClassSpace.of(rows, albums, FeatureStatistics.of(rows), max_directions=3, shrinkage=1e-6)
    whitened = space.whitening.apply(rows)
    within = np.mean([np.cov(whitened[album].T, bias=True) for album in albums], axis=0)
    np.testing.assert_allclose(within / within[0, 0], np.eye(6), atol=0.01)
    np.testing.assert_allclose(space.leading_directions.T @ space.leading_directions, np.eye(3), atol=1e-5)


def test_where_training_starts_albums_are_apart_and_their_own_differences_are_small() -> None:
    world = World(1, things=4)
    rows, things = world.albums(20), labels_of(4, 20)
    albums = tuple(np.flatnonzero(things == thing) for thing in range(4))
    start = start_of(rows, albums, max_directions=48, shrinkage=0.1)

    def right(embeddings: Rows) -> float:
        """Share of new photos whose nearest is of their thing."""
        return float((things[(embeddings[80:] @ embeddings[:80].T).argmax(axis=1)] == things).mean())

    together = np.concatenate([rows, world.albums(20)])
    assert right(unit_rows(together - rows.mean(axis=0))) < 0.5
    assert right(start.embed(together)) > 0.8
    assert float(start.apply(rows).std()) == pytest.approx(1, abs=1e-3)


def test_with_full_shrinkage_only_the_scale_is_left_of_whitening() -> None:
    rows, albums = albums_of(2, 8)
    start = start_of(rows, albums, max_directions=8, shrinkage=1e6)
    centred = unit_rows(rows - rows.mean(axis=0))
    np.testing.assert_allclose(start.embed(rows) @ start.embed(rows).T, centred @ centred.T, atol=1e-2)


@pytest.mark.parametrize("dimension", [1, 2, 3, 30])
def test_there_are_no_more_directions_than_features_have(dimension: int) -> None:
    rows, albums = albums_of(3, max(dimension, 2))
    rows = unit_rows(rows[:, :dimension])
    start = start_of(rows, albums, max_directions=20)
    assert matrix_of(start).shape == (dimension, min(dimension, 20))
    assert np.isfinite(start.apply(rows)).all()


def test_photos_that_do_not_differ_at_all_do_not_break_it() -> None:
    rows = unit_rows(np.ones((6, 8), np.float32))
    start = start_of(rows, (np.arange(3), np.arange(3, 6)), max_directions=8)
    assert np.isfinite(start.embed(rows)).all()
