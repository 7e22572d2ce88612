"""Training: the same training set gives the same projection, and new photos are nearest to their album."""

import threading
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from guie_desktop.embedding.projection import Projection, unit_rows
from guie_desktop.learning.data.curation import TrainingSet
from guie_desktop.learning.losses import LOSSES
from guie_desktop.learning.training.feature_statistics import FeatureStatistics
from guie_desktop.learning.training.trainer import dropout, single_threaded, train
from tests.heads import matrix_of
from tests.learning.worlds import QUICK, World, labels_of, training_set_of


@pytest.fixture(autouse=True)
def _single_threaded() -> Iterator[None]:
    with single_threaded():
        yield


def some_training_set(seed: int = 0, things: int = 5, photos: int = 8) -> TrainingSet:
    return training_set_of(World(seed, things).albums(photos), labels_of(things, photos))


def numbers(projection: Projection) -> list[bytes]:
    return [part.tobytes() for part in (projection.mean, matrix_of(projection), projection.bias)]


def nearest_centre(projection: Projection, training_set: TrainingSet, rows: NDArray[np.float32]) -> NDArray[np.int64]:
    """The album whose mean embedding each row is nearest to."""
    centres = unit_rows(training_set.membership.T.astype(np.float32) @ projection.embed(training_set.features))
    return np.asarray((projection.embed(rows) @ centres.T).argmax(axis=1))


@pytest.mark.parametrize("loss", sorted(LOSSES))
def test_the_same_training_set_recipe_and_seed_give_the_same_numbers(loss: str) -> None:
    recipe = replace(QUICK, loss=loss, epochs=4)
    library = FeatureStatistics.of(some_training_set().features)
    one, same = (numbers(train(some_training_set(), library, recipe)) for _ in range(2))
    assert one == same
    assert one != numbers(train(some_training_set(), library, replace(recipe, seed=1)))


def test_training_in_another_thread_gives_the_same_numbers() -> None:
    training_set, made = some_training_set(), []
    library = FeatureStatistics.of(training_set.features)
    thread = threading.Thread(target=lambda: made.append(train(training_set, library, QUICK)))
    thread.start()
    thread.join()
    assert numbers(made[0]) == numbers(train(training_set, library, QUICK))


def test_random_numbers_elsewhere_in_the_program_have_no_part_in_it() -> None:
    training_set = some_training_set()
    library = FeatureStatistics.of(training_set.features)
    torch.manual_seed(1)
    one = numbers(train(training_set, library, QUICK))
    torch.manual_seed(2)
    assert numbers(train(training_set, library, QUICK)) == one


@pytest.mark.parametrize("loss", sorted(LOSSES))
def test_new_photos_fall_to_the_album_of_their_thing(loss: str) -> None:
    world = World(3, things=6)
    training_set = training_set_of(world.albums(16), labels_of(6, 16))
    projection = train(training_set, FeatureStatistics.of(training_set.features), replace(QUICK, loss=loss))
    right = nearest_centre(projection, training_set, world.albums(20)) == labels_of(6, 20)
    assert right.mean() > 0.85


def test_it_has_the_dimensions_of_the_recipe_or_fewer_where_features_are_shorter() -> None:
    training_set = some_training_set()
    projection = train(training_set, FeatureStatistics.of(training_set.features), replace(QUICK, epochs=1))
    assert (matrix_of(projection).shape, projection.bias.shape) == ((64, 48), (48,))
    short = replace(training_set, features=unit_rows(training_set.features[:, :5]))
    projection = train(short, FeatureStatistics.of(short.features), replace(QUICK, epochs=1))
    assert matrix_of(projection).shape == (5, 5)


@pytest.mark.parametrize(("length", "dimension"), [(64, 1), (1, 1), (1, 48), (2, 48)])
def test_one_dimension_is_enough(length: int, dimension: int) -> None:
    training_set = some_training_set()
    short = replace(training_set, features=unit_rows(training_set.features[:, :length]))
    projection = train(short, FeatureStatistics.of(short.features), replace(QUICK, dimension=dimension))
    assert matrix_of(projection).shape == (length, min(length, dimension))
    assert np.isfinite(projection.apply(short.features)).all()


def test_matrix_and_bias_are_averaged_with_the_start() -> None:
    """WiSE-FT: the start has no bias, so of the trained one its weight is left."""
    training_set = some_training_set()
    library = FeatureStatistics.of(training_set.features)
    start, average, trained = (
        train(training_set, library, replace(QUICK, wise_ft_alpha=alpha)) for alpha in (0.0, 0.25, 1.0)
    )
    assert np.abs(trained.bias).max() > 0.01
    np.testing.assert_array_equal(start.bias, 0)
    np.testing.assert_allclose(average.bias, 0.25 * trained.bias, rtol=1e-5)
    weighted = 0.75 * matrix_of(start) + 0.25 * matrix_of(trained)
    np.testing.assert_allclose(matrix_of(average), weighted, atol=1e-5)


def test_photos_in_two_albums_are_near_both() -> None:
    world = World(1, things=4, signal=0.6)
    rows = world.albums(12)
    membership = np.zeros((48, 3), bool)
    membership[:24, 0] = membership[12:36, 1] = membership[36:, 2] = True  # the second thing is in the first two albums
    plain = training_set_of(rows, np.repeat([0, 1, 2, 2], 12))
    training_set = replace(plain, membership=membership, refused=np.zeros_like(membership))
    projection = train(training_set, FeatureStatistics.of(rows), replace(QUICK, wise_ft_alpha=1.0, epochs=60))
    centres = unit_rows(membership.T.astype(np.float32) @ projection.embed(rows))
    one, two, other = (projection.embed(world.photos(1, 30)) @ centres.T).mean(axis=0)
    assert min(one, two) > other + 0.2


def test_where_every_photo_is_in_every_album_there_is_nothing_to_learn() -> None:
    training_set = some_training_set(things=2)
    training_set = replace(training_set, membership=np.ones_like(training_set.membership))
    library = FeatureStatistics.of(training_set.features)
    little, much = (train(training_set, library, replace(QUICK, epochs=epochs)) for epochs in (1, 30))
    np.testing.assert_allclose(little.embed(training_set.features), much.embed(training_set.features), atol=1e-5)


def test_photos_that_are_refused_move_away() -> None:
    def between(world: World, count: int) -> NDArray[np.float32]:
        """Photos that show half the first thing and half the second."""
        return unit_rows(world.photos(0, count) + world.photos(1, count))

    world = World(2, things=8)
    rows = np.concatenate([world.albums(20), between(world, 20)])
    labels = np.append(labels_of(8, 20), np.full(20, -1))
    refusing = training_set_of(rows, labels, {"album 0": list(range(161, 181))})
    assert refusing.refused.sum() == 20
    new = between(World(2, things=8), 60)
    recipe = replace(QUICK, wise_ft_alpha=1.0, epochs=60)

    def similarity(training_set: TrainingSet) -> float:
        """Of the new ones to the album."""
        projection = train(training_set, FeatureStatistics.of(rows), recipe)
        album = unit_rows(projection.embed(rows[:20]).mean(axis=0, keepdims=True))[0]
        return float((projection.embed(new) @ album).mean())

    assert similarity(refusing) < similarity(training_set_of(rows, labels)) - 0.05


def test_two_albums_are_needed() -> None:
    training_set = some_training_set(things=1)
    with pytest.raises(ValueError, match="two"):
        train(training_set, FeatureStatistics.of(training_set.features), QUICK)


def test_progress_is_reported_and_training_ends_when_the_callback_raises() -> None:
    reported: list[float] = []
    training_set = some_training_set()
    train(training_set, FeatureStatistics.of(training_set.features), QUICK, reported.append)
    assert reported[0] == 0
    assert reported == sorted(reported)
    assert len(reported) == QUICK.epochs
    assert max(reported) < 1

    def stop(done: float) -> None:
        raise InterruptedError(done)

    with pytest.raises(InterruptedError):
        train(training_set, FeatureStatistics.of(training_set.features), QUICK, stop)


def test_the_number_of_threads_is_put_back() -> None:
    torch.set_num_threads(2)
    with single_threaded():
        assert torch.get_num_threads() == 1
    assert torch.get_num_threads() == 2


def test_training_takes_one_core() -> None:
    training_set = some_training_set()
    seen: list[int] = []
    torch.set_num_threads(2)
    library = FeatureStatistics.of(training_set.features)
    train(training_set, library, replace(QUICK, epochs=1), lambda _: seen.append(torch.get_num_threads()))
    assert set(seen) == {1}
    assert torch.get_num_threads() == 2


def test_dropout_is_that_of_the_formula_to_the_last_bit() -> None:
    inputs, rate = torch.randn(16, 64, generator=torch.Generator().manual_seed(0)), 0.4
    kept = torch.rand(inputs.shape, generator=torch.Generator().manual_seed(1)) >= rate
    dropped = dropout(inputs, rate, torch.Generator().manual_seed(1))
    assert torch.equal(dropped, inputs * kept / (1 - rate))


@pytest.mark.parametrize(
    ("albums", "photos"),
    [
        ({"a": [0, 1, 2], "b": [0, 1, 2]}, 3),
        ({"a": [0, 1, 2, 3, 4, 5], "b": [0, 1, 2]}, 6),
        ({"a": [0, 1], "b": [1, 2]}, 3),
    ],
    ids=["the same photos", "one inside another", "overlapping"],
)
def test_albums_that_share_photos_give_a_finite_projection(albums: dict[str, list[int]], photos: int) -> None:
    rows = World(1).photos(0, photos)
    membership = np.zeros((photos, 2), bool)
    for number, members in enumerate(albums.values()):
        membership[members, number] = True
    keys = np.arange(photos, dtype=np.int64)
    training_set = TrainingSet(keys, rows, tuple(albums), membership, np.zeros_like(membership), keys)
    assert np.isfinite(train(training_set, FeatureStatistics.of(rows), QUICK).embed(rows)).all()
