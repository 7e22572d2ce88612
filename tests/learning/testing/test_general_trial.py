"""The test of general heads on made-up photos: what is better passes, what is not does not, and it knows its limits."""

import numpy as np
import pytest

from guie_desktop.arrays import Floats
from guie_desktop.embedding.general_head import GeneralHead, fit_general_head
from guie_desktop.embedding.projection import Projection
from guie_desktop.learned import GeneralHeadTest
from guie_desktop.learning.testing.general_trial import compare_general_heads
from tests.heads import trained_head
from tests.learning.worlds import DIMENSION, World, labels_of, training_set_of

THINGS, PHOTOS = 12, 20
RANDOM = 8
"""Directions of heads of random numbers: a world of so few things is told apart by more."""


def knowing(world: World, directions: int = 16) -> GeneralHead:
    """A head that was trained on photos of other things, and kept the directions in which things differ."""
    return _of(world._axes[:directions].T, world)


def random_head(seed: int) -> GeneralHead:
    matrix = np.random.default_rng(seed).normal(size=(DIMENSION, RANDOM))
    return trained_head("lite-0123", Projection.of(DIMENSION, matrix=matrix.astype(np.float32)))


def _of(matrix: Floats, world: World) -> GeneralHead:
    mean = world.albums(20).mean(axis=0)
    return trained_head("lite-0123", Projection.of(DIMENSION, mean=mean, matrix=matrix.astype(np.float32).copy()))


def compare(
    candidate: GeneralHead, world: World, things: int = THINGS, photos: int = PHOTOS, fitted: GeneralHead | None = None
) -> GeneralHeadTest:
    rows = np.concatenate([world.photos(thing, photos) for thing in range(things)])
    told = training_set_of(rows, labels_of(things, photos))
    return compare_general_heads(told, "albums", fitted or fit_general_head(rows), candidate)


@pytest.fixture
def world() -> World:
    return World(1, THINGS)


def test_a_head_that_knows_what_matters_is_better(world: World) -> None:
    test = compare(knowing(world), world)
    assert (test.outcome, test.accepted, test.queries) == ("better", True, THINGS * PHOTOS)
    assert test.before.low <= test.before.mmp5 <= test.before.high
    assert test.after.mmp5 > test.before.mmp5 + 0.1
    assert 0 < test.low < test.after.mmp5 - test.before.mmp5 < test.high


def test_the_one_in_use_is_no_worse_than_itself(world: World) -> None:
    fitted = fit_general_head(world.albums(PHOTOS))
    test = compare(fitted, world, fitted=fitted)
    assert (test.outcome, test.accepted, test.low, test.high) == ("no worse", True, 0, 0)


@pytest.mark.parametrize("seed", range(20))
def test_random_numbers_are_never_taken_in(world: World, seed: int) -> None:
    assert compare(random_head(seed), world).outcome == "worse"


def test_a_head_that_kept_what_does_not_matter_is_worse(world: World) -> None:
    assert compare(_of(world._axes[16:24].T, world), world).outcome == "worse"


def test_of_few_photos_it_is_not_sure(world: World) -> None:
    test = compare(random_head(3), world, things=4, photos=4)
    assert test.outcome in ("not sure", "tells nothing")
    assert not test.accepted


def test_what_random_numbers_can_do_as_well_tells_nothing() -> None:
    easy = World(2, 2, signal=9.0)
    test = compare(knowing(easy), easy, things=2)
    assert (test.outcome, test.accepted) == ("tells nothing", False)


def test_photos_of_one_scene_are_not_to_be_found(world: World) -> None:
    series = np.concatenate([np.repeat(world.photos(thing, 1), 4, axis=0) for thing in range(4)])
    told = training_set_of(series, labels_of(4, 4))
    test = compare_general_heads(told, "albums", fit_general_head(series), knowing(world))
    assert (test.queries, test.outcome) == (0, "tells nothing")
    assert (test.before.mmp5, test.after.p1) == (0, 0)


def test_it_is_told_how_far_it_is(world: World) -> None:
    rows = world.albums(60)
    told: list[float] = []
    compare_general_heads(
        training_set_of(rows, labels_of(THINGS, 60)), "occasions", fit_general_head(rows), knowing(world), told.append
    )
    assert told[0] == 0
    assert len(told) > 1
    assert told == sorted(told)
    assert told[-1] < 1
