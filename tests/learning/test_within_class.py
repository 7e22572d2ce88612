"""Within-class whitening, written out step by step."""

import numpy as np

from guie_desktop.embedding.head import unit_rows
from guie_desktop.learning.geometry import Geometry
from guie_desktop.learning.within_class import MOST_SAY, within_class_projection


def test_it_is_the_whitening_and_then_the_widest_directions() -> None:
    chance = np.random.default_rng(3)
    sizes = (4, 20, 9, 203, 16, 8)
    things = np.repeat(chance.normal(size=(6, 20)), sizes, axis=0)
    rows = unit_rows((things + 0.4 * chance.normal(size=(260, 20))).astype(np.float32))
    library = Geometry.of(unit_rows(np.concatenate([rows, chance.normal(size=(200, 20))]).astype(np.float32)))
    albums = tuple(np.split(np.arange(260), np.cumsum(sizes)[:-1]))
    projection = within_class_projection(rows, albums, library, width=8, shrinkage=0.4)

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
    got = projection.apply(rows)
    expected /= np.sqrt(np.square(expected).mean())
    np.testing.assert_allclose(np.abs(got), np.abs(expected), rtol=2e-3, atol=2e-3)


def test_it_has_no_more_directions_than_the_features() -> None:
    rows = unit_rows(np.random.default_rng(0).normal(size=(12, 5)).astype(np.float32))
    albums = (np.arange(6), np.arange(6, 12))
    assert within_class_projection(rows, albums, Geometry.of(rows), width=9, shrinkage=0.4).matrix.shape == (5, 5)
