"""Training: the same lessons give the same projection, and it has learned what they say."""

import threading
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from guie_desktop.embedding.head import unit_rows
from guie_desktop.learning.curation import Lessons
from guie_desktop.learning.geometry import Geometry
from guie_desktop.learning.losses import LOSSES
from guie_desktop.learning.projection import Projection
from guie_desktop.learning.trainer import one_thread, train
from tests.learning.worlds import QUICK, World, labels_of, lessons_of


@pytest.fixture(autouse=True)
def _one_thread() -> Iterator[None]:
    with one_thread():
        yield


def some_lessons(seed: int = 0, things: int = 5, photos: int = 8) -> Lessons:
    return lessons_of(World(seed, things).albums(photos), labels_of(things, photos))


def numbers(projection: Projection) -> list[bytes]:
    return [part.tobytes() for part in (projection.mean, projection.matrix, projection.bias)]


def nearest_centre(projection: Projection, lessons: Lessons, rows: NDArray[np.float32]) -> NDArray[np.int64]:
    """The album whose mean embedding each row is nearest to."""
    centres = unit_rows(lessons.belongs.T.astype(np.float32) @ projection.embed(lessons.rows))
    return np.asarray((projection.embed(rows) @ centres.T).argmax(axis=1))


@pytest.mark.parametrize("loss", sorted(LOSSES))
def test_the_same_lessons_recipe_and_seed_give_the_same_numbers(loss: str) -> None:
    recipe = replace(QUICK, loss=loss, epochs=4)
    library = Geometry.of(some_lessons().rows)
    one, same = (numbers(train(some_lessons(), library, recipe)) for _ in range(2))
    assert one == same
    assert one != numbers(train(some_lessons(), library, replace(recipe, seed=1)))


def test_training_in_another_thread_gives_the_same_numbers() -> None:
    lessons, made = some_lessons(), []
    library = Geometry.of(lessons.rows)
    thread = threading.Thread(target=lambda: made.append(train(lessons, library, QUICK)))
    thread.start()
    thread.join()
    assert numbers(made[0]) == numbers(train(lessons, library, QUICK))


def test_chance_elsewhere_in_the_program_has_no_part_in_it() -> None:
    lessons = some_lessons()
    library = Geometry.of(lessons.rows)
    torch.manual_seed(1)
    one = numbers(train(lessons, library, QUICK))
    torch.manual_seed(2)
    assert numbers(train(lessons, library, QUICK)) == one


@pytest.mark.parametrize("loss", sorted(LOSSES))
def test_new_photos_fall_to_the_album_of_their_thing(loss: str) -> None:
    world = World(3, things=6)
    lessons = lessons_of(world.albums(16), labels_of(6, 16))
    projection = train(lessons, Geometry.of(lessons.rows), replace(QUICK, loss=loss))
    right = nearest_centre(projection, lessons, world.albums(20)) == labels_of(6, 20)
    assert right.mean() > 0.85


def test_it_has_the_dimensions_of_the_recipe_or_fewer_where_features_are_shorter() -> None:
    lessons = some_lessons()
    projection = train(lessons, Geometry.of(lessons.rows), replace(QUICK, epochs=1))
    assert (projection.matrix.shape, projection.bias.shape) == ((64, 48), (48,))
    short = replace(lessons, rows=unit_rows(lessons.rows[:, :5]))
    assert train(short, Geometry.of(short.rows), replace(QUICK, epochs=1)).matrix.shape == (5, 5)


def test_photos_in_two_albums_are_near_both() -> None:
    world = World(1, things=4, signal=0.6)
    rows = world.albums(12)
    belongs = np.zeros((48, 3), bool)
    belongs[:24, 0] = belongs[12:36, 1] = belongs[36:, 2] = True  # the second thing is in the first two albums
    plain = lessons_of(rows, np.repeat([0, 1, 2, 2], 12))
    lessons = replace(plain, belongs=belongs, refused=np.zeros_like(belongs))
    projection = train(lessons, Geometry.of(rows), replace(QUICK, blend=1.0, epochs=60))
    centres = unit_rows(belongs.T.astype(np.float32) @ projection.embed(rows))
    one, two, other = (projection.embed(world.photos(1, 30)) @ centres.T).mean(axis=0)
    assert min(one, two) > other + 0.2


def test_where_every_photo_is_in_every_album_there_is_nothing_to_tell_apart() -> None:
    lessons = some_lessons(things=2)
    lessons = replace(lessons, belongs=np.ones_like(lessons.belongs))
    library = Geometry.of(lessons.rows)
    little, much = (train(lessons, library, replace(QUICK, epochs=epochs)) for epochs in (1, 30))
    np.testing.assert_allclose(little.embed(lessons.rows), much.embed(lessons.rows), atol=1e-5)


def test_photos_that_are_refused_move_away() -> None:
    def between(world: World, count: int) -> NDArray[np.float32]:
        """Photos that show half the first thing and half the second."""
        return unit_rows(world.photos(0, count) + world.photos(1, count))

    world = World(2, things=8)
    rows = np.concatenate([world.albums(20), between(world, 20)])
    labels = np.append(labels_of(8, 20), np.full(20, -1))
    refusing = lessons_of(rows, labels, {"album 0": list(range(161, 181))})
    assert refusing.refused.sum() == 20
    new = between(World(2, things=8), 60)
    recipe = replace(QUICK, blend=1.0, epochs=60)

    def likeness(lessons: Lessons) -> float:
        """Of the new ones to the album."""
        projection = train(lessons, Geometry.of(rows), recipe)
        album = unit_rows(projection.embed(rows[:20]).mean(axis=0, keepdims=True))[0]
        return float((projection.embed(new) @ album).mean())

    assert likeness(refusing) < likeness(lessons_of(rows, labels)) - 0.05


def test_two_albums_are_needed() -> None:
    lessons = some_lessons(things=1)
    with pytest.raises(ValueError, match="two"):
        train(lessons, Geometry.of(lessons.rows), QUICK)


def test_it_tells_how_far_it_is_and_ends_when_that_raises() -> None:
    told: list[float] = []
    lessons = some_lessons()
    train(lessons, Geometry.of(lessons.rows), QUICK, told.append)
    assert told[0] == 0
    assert told == sorted(told)
    assert len(told) == QUICK.epochs
    assert max(told) < 1

    def stop(done: float) -> None:
        raise InterruptedError(done)

    with pytest.raises(InterruptedError):
        train(lessons, Geometry.of(lessons.rows), QUICK, stop)


def test_the_number_of_threads_is_put_back() -> None:
    torch.set_num_threads(2)
    with one_thread():
        assert torch.get_num_threads() == 1
    assert torch.get_num_threads() == 2


@pytest.mark.parametrize(
    ("albums", "photos"),
    [
        ({"a": [0, 1, 2], "b": [0, 1, 2]}, 3),
        ({"a": [0, 1, 2, 3, 4, 5], "b": [0, 1, 2]}, 6),
        ({"a": [0, 1], "b": [1, 2]}, 3),
    ],
    ids=["the same photos", "one inside another", "overlapping"],
)
def test_albums_that_share_photos_teach_something_finite(albums: dict[str, list[int]], photos: int) -> None:
    rows = World(1).photos(0, photos)
    belongs = np.zeros((photos, 2), bool)
    for number, members in enumerate(albums.values()):
        belongs[members, number] = True
    keys = np.arange(photos, dtype=np.int64)
    lessons = Lessons(keys, rows, tuple(albums), belongs, np.zeros_like(belongs), keys)
    assert np.isfinite(train(lessons, Geometry.of(rows), QUICK).embed(rows)).all()
