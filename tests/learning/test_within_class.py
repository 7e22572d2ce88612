"""The space that training starts from: within-class whitening, written out step by step, and what it is for."""

import numpy as np
import pytest
from numpy.typing import NDArray

from guie_desktop.embedding.head import unit_rows
from guie_desktop.learning.geometry import Geometry
from guie_desktop.learning.projection import Projection
from guie_desktop.learning.within_class import MOST_SAY, WithinClassSpace
from tests.learning.worlds import World, labels_of

Rows = NDArray[np.float32]
Albums = tuple[NDArray[np.int64], ...]


def start_of(
    rows: Rows, albums: Albums, library: Geometry | None = None, *, most: int, shrinkage: float = 0.4
) -> Projection:
    """The projection to the widest directions."""
    space = WithinClassSpace.of(rows, albums, library or Geometry.of(rows), most=most, shrinkage=shrinkage)
    return space.whitening.then(space.widest, np.zeros(space.widest.shape[1], np.float32))


def albums_of(seed: int, dimension: int) -> tuple[Rows, Albums]:
    """Two albums of ten, apart in the last direction, strewn widely in the first."""
    chance = np.random.default_rng(seed)
    rows = (chance.normal(size=(20, dimension)) * 0.05).astype(np.float32)
    rows[:, 0] = chance.normal(size=20)
    rows[:10, -1] += 0.3
    rows[10:, -1] -= 0.3
    return unit_rows(rows), (np.arange(10), np.arange(10, 20))


def test_it_is_the_whitening_and_then_the_widest_directions() -> None:
    chance = np.random.default_rng(3)
    sizes = (4, 20, 9, 203, 16, 8)
    things = np.repeat(chance.normal(size=(6, 20)), sizes, axis=0)
    rows = unit_rows((things + 0.4 * chance.normal(size=(260, 20))).astype(np.float32))
    library = Geometry.of(unit_rows(np.concatenate([rows, chance.normal(size=(200, 20))]).astype(np.float32)))
    albums = tuple(np.split(np.arange(260), np.cumsum(sizes)[:-1]))

    says = (4, 20, 9, MOST_SAY, 16, 8)
    within = sum(say * np.cov(rows[album].T, bias=True) for say, album in zip(says, albums, strict=True)) / sum(says)
    spreads, directions = np.linalg.eigh(within + 0.4 * np.trace(within) / 20 * np.eye(20))
    whitening = directions / np.sqrt(spreads) @ directions.T
    taught = np.zeros((20, 20))
    for say, album in zip(says, albums, strict=True):
        away = (rows[album] - library.mean) @ whitening
        taught += say * away.T @ away / len(album)
    shared = sum(spread / np.trace(spread) for spread in (taught, whitening.T @ library.covariance @ whitening))
    widest = whitening @ np.linalg.eigh(shared)[1][:, ::-1][:, :8]
    expected = (rows - library.mean) @ widest
    expected /= np.sqrt(np.square(expected).mean())
    got = start_of(rows, albums, library, most=8).apply(rows)
    np.testing.assert_allclose(np.abs(got), np.abs(expected), rtol=2e-3, atol=2e-3)


def test_in_it_photos_of_one_album_differ_as_much_in_every_direction() -> None:
    rows, albums = albums_of(4, 6)
    space = WithinClassSpace.of(rows, albums, Geometry.of(rows), most=3, shrinkage=1e-6)
    whitened = space.whitening.apply(rows)
    within = np.mean([np.cov(whitened[album].T, bias=True) for album in albums], axis=0)
    np.testing.assert_allclose(within / within[0, 0], np.eye(6), atol=0.01)
    np.testing.assert_allclose(space.widest.T @ space.widest, np.eye(3), atol=1e-5)


def test_where_training_starts_albums_are_apart_and_their_own_differences_are_small() -> None:
    world = World(1, things=4)
    rows, things = world.albums(20), labels_of(4, 20)
    albums = tuple(np.flatnonzero(things == thing) for thing in range(4))
    start = start_of(rows, albums, most=48, shrinkage=0.1)

    def right(embeddings: Rows) -> float:
        """Share of new photos whose nearest is of their thing."""
        return float((things[(embeddings[80:] @ embeddings[:80].T).argmax(axis=1)] == things).mean())

    together = np.concatenate([rows, world.albums(20)])
    assert right(unit_rows(together - rows.mean(axis=0))) < 0.5
    assert right(start.embed(together)) > 0.8
    assert float(start.apply(rows).std()) == pytest.approx(1, abs=1e-3)


def test_with_full_shrinkage_only_the_scale_is_left_of_whitening() -> None:
    rows, albums = albums_of(2, 8)
    start = start_of(rows, albums, most=8, shrinkage=1e6)
    centred = unit_rows(rows - rows.mean(axis=0))
    np.testing.assert_allclose(start.embed(rows) @ start.embed(rows).T, centred @ centred.T, atol=1e-2)


@pytest.mark.parametrize("dimension", [1, 2, 3, 30])
def test_there_are_no_more_directions_than_features_have(dimension: int) -> None:
    rows, albums = albums_of(3, max(dimension, 2))
    rows = unit_rows(rows[:, :dimension])
    start = start_of(rows, albums, most=20)
    assert start.matrix.shape == (dimension, min(dimension, 20))
    assert np.isfinite(start.apply(rows)).all()


def test_photos_that_do_not_differ_at_all_do_not_break_it() -> None:
    rows = unit_rows(np.ones((6, 8), np.float32))
    start = start_of(rows, (np.arange(3), np.arange(3, 6)), most=8)
    assert np.isfinite(start.embed(rows)).all()
