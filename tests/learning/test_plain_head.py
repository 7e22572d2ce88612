"""The study's heads: pooling by hand, and a layer that learns, repeatably, with every loss."""

from collections.abc import Iterator

import numpy as np
import pytest

from guie_desktop.embedding.head import unit_rows
from guie_desktop.learning import plain_head
from guie_desktop.learning.curation import Lessons, make_lessons
from guie_desktop.learning.losses import LOSSES, make_loss
from guie_desktop.learning.plain_head import DIMENSION, STUDY_OPTIONS, pooled, train_plain
from guie_desktop.learning.trainer import one_thread


@pytest.fixture(autouse=True)
def _few_steps(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(plain_head, "_FEWEST_STEPS", 60)
    with one_thread():
        yield


def some_lessons(albums: int = 4, photos: int = 12, dimension: int = 80) -> Lessons:
    """Albums that differ in eight directions, amid a greater spread in others."""
    chance = np.random.default_rng(2)
    rows = 1.5 * chance.normal(size=(albums * photos, dimension))
    rows[:, :8] = 0.2 * rows[:, :8] + np.repeat(chance.normal(size=(albums, 8)), photos, axis=0)
    members = {f"album {number}": range(number * photos, (number + 1) * photos) for number in range(albums)}
    return make_lessons(members, {}, dict(enumerate(unit_rows(rows.astype(np.float32)))))


def nearest_shares_album(lessons: Lessons, embedded: np.ndarray) -> float:
    likeness = embedded @ embedded.T
    np.fill_diagonal(likeness, -1)
    return float((lessons.belongs & lessons.belongs[likeness.argmax(axis=1)]).any(axis=1).mean())


def test_pooling_takes_the_means_of_neighbours() -> None:
    rows = np.random.default_rng(7).normal(size=(3, 1152)).astype(np.float32)
    by_hand = rows.reshape(3, 64, 18).mean(axis=2)
    np.testing.assert_allclose(pooled(rows), by_hand / np.linalg.norm(by_hand, axis=1, keepdims=True), atol=1e-6)
    assert pooled(rows[:, :1000]).shape == (3, 64)


@pytest.mark.parametrize("loss", LOSSES)
def test_every_loss_teaches_something(loss: str) -> None:
    lessons = some_lessons()
    projection = train_plain(lessons, loss, seed=3)
    assert projection.matrix.shape == (80, DIMENSION)
    assert nearest_shares_album(lessons, projection.embed(lessons.rows)) > 0.95
    assert nearest_shares_album(lessons, lessons.rows) < 0.7


def test_the_seed_alone_makes_the_difference() -> None:
    lessons = some_lessons()
    one, again, other = (train_plain(lessons, "arcface", seed).matrix for seed in (1, 1, 2))
    np.testing.assert_array_equal(one, again)
    assert not np.allclose(one, other)


def test_it_tells_how_far_it_is_and_can_be_stopped() -> None:
    told: list[float] = []
    train_plain(some_lessons(), "arcface", 1, told.append)
    assert told == sorted(told)
    assert 0.9 < told[-1] < 1

    def stop(_done: float) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        train_plain(some_lessons(), "arcface", 1, stop)


def test_one_album_is_too_few() -> None:
    with pytest.raises(ValueError, match="two"):
        train_plain(some_lessons(albums=1), "arcface", 1)


@pytest.mark.parametrize(("loss", "options"), STUDY_OPTIONS.items(), ids=STUDY_OPTIONS)
def test_the_studys_options_are_options_of_the_losses(loss: str, options: dict[str, float]) -> None:
    made = make_loss(loss, 8, 4, [3, 3, 3, 3], **options)
    assert {name: getattr(made, name) for name in options} == options
