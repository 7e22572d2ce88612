"""The general head: fitted without labels, the same for the same photos, and sane for small or monotonous libraries."""

import numpy as np
import pytest
from numpy.typing import NDArray

from guie_desktop.embedding.general_head import DIMENSIONS, FEWEST_PHOTOS, MOST_PHOTOS, fit_general_head


def library(photos: int, dimension: int = 300, seed: int = 0) -> NDArray[np.float32]:
    """Features with a common part and a falling spectrum, like those of a network."""
    chance = np.random.default_rng(seed)
    return (chance.normal(size=(photos, dimension)) * np.geomspace(1, 0.01, dimension) + 0.3).astype(np.float32)


def test_it_centres_and_reduces() -> None:
    features = library(2000, DIMENSIONS + 40)
    head = fit_general_head(features)
    rows = head.apply(features)
    assert rows.shape == (2000, DIMENSIONS)
    assert head.fitted_on == 2000
    assert np.abs(rows.mean(axis=0)).max() < 0.05


def test_the_same_features_give_the_same_head() -> None:
    features = library(500)
    assert fit_general_head(features).to_bytes() == fit_general_head(features.copy()).to_bytes()


def test_near_copies_stay_nearest() -> None:
    features = library(600)
    near = features + 0.003 * library(600, seed=1)
    head = fit_general_head(features)
    assert ((head.apply(near) @ head.apply(features).T).argmax(axis=1) == np.arange(600)).all()


def test_the_cutoff_lets_about_one_random_pair_in_a_hundred_through() -> None:
    features = library(1500)
    head = fit_general_head(features)
    rows = head.apply(features)
    scores = (rows @ rows.T)[np.triu_indices(1500, k=1)]
    assert head.cutoff is not None
    assert 0.005 < (scores > head.cutoff).mean() < 0.02


@pytest.mark.parametrize("photos", [0, 1, FEWEST_PHOTOS - 1])
def test_few_photos_give_the_identity(photos: int) -> None:
    head = fit_general_head(library(photos))
    assert (head.matrix, head.cutoff) == (None, None)
    assert head.apply(library(3)).shape == (3, 300)


def test_half_precision_and_fewer_photos_than_dimensions() -> None:
    head = fit_general_head(library(FEWEST_PHOTOS).astype(np.float16))
    assert head.output_dimension < FEWEST_PHOTOS
    assert np.isfinite(head.apply(library(50, seed=2))).all()


def test_copies_and_equal_photos_do_no_harm() -> None:
    copies = np.repeat(library(20), 50, axis=0)
    head = fit_general_head(copies)
    assert head.output_dimension == 19
    assert head.cutoff is not None
    rows = head.apply(copies)
    assert (np.einsum("nd,nd->n", rows[:-1:50], rows[1::50]) > head.cutoff).all()
    assert fit_general_head(np.repeat(library(1), 500, axis=0)).matrix is None
    assert fit_general_head(np.zeros((500, 8), np.float32)).matrix is None


def test_large_libraries_are_sampled_evenly() -> None:
    trips = np.concatenate([library(MOST_PHOTOS, 8), library(MOST_PHOTOS, 8, seed=1) - 0.6])
    head = fit_general_head(trips)
    assert head.fitted_on == len(trips)
    assert np.abs(head.mean).max() < 0.02
