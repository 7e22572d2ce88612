"""The study's heads, our baselines: pooling by hand, and a layer that learns, repeatably, with every loss."""

from collections.abc import Iterator

import numpy as np
import pytest

from guie_desktop.embedding.projection import unit_rows
from guie_desktop.learning.ablation import baselines
from guie_desktop.learning.ablation.baselines import average_pooled, train_linear_probe
from guie_desktop.learning.data.curation import TrainingSet, make_training_set
from guie_desktop.learning.losses import LOSSES, make_loss
from guie_desktop.learning.training.study_hyperparameters import DIMENSION, LOSS_OPTIONS
from guie_desktop.learning.training.trainer import single_threaded
from tests.heads import matrix_of


@pytest.fixture(autouse=True)
def _few_steps(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(baselines, "MIN_STEPS", 60)
    with single_threaded():
        yield


def some_training_set(albums: int = 4, photos: int = 12, dimension: int = 80) -> TrainingSet:
    """Albums that differ in eight directions, amid a greater variance in others."""
    rng = np.random.default_rng(2)
    rows = 1.5 * rng.normal(size=(albums * photos, dimension))
    rows[:, :8] = 0.2 * rows[:, :8] + np.repeat(rng.normal(size=(albums, 8)), photos, axis=0)
    members = {f"album {number}": range(number * photos, (number + 1) * photos) for number in range(albums)}
    return make_training_set(members, {}, dict(enumerate(unit_rows(rows.astype(np.float32)))))


def nearest_shares_album(training_set: TrainingSet, embedded: np.ndarray) -> float:
    similarity = embedded @ embedded.T
    np.fill_diagonal(similarity, -1)
    return float((training_set.membership & training_set.membership[similarity.argmax(axis=1)]).any(axis=1).mean())


def test_pooling_takes_the_means_of_neighbours() -> None:
    rows = np.random.default_rng(7).normal(size=(3, 1152)).astype(np.float32)
    by_hand = rows.reshape(3, 64, 18).mean(axis=2)
    np.testing.assert_allclose(
        average_pooled(rows), by_hand / np.linalg.norm(by_hand, axis=1, keepdims=True), atol=1e-6
    )
    assert average_pooled(rows[:, :1000]).shape == (3, 64)


@pytest.mark.parametrize("loss", LOSSES)
def test_with_every_loss_something_is_learned(loss: str) -> None:
    training_set = some_training_set()
    projection = train_linear_probe(training_set, loss, seed=3)
    assert matrix_of(projection).shape == (80, DIMENSION)
    assert nearest_shares_album(training_set, projection.embed(training_set.features)) > 0.95
    assert nearest_shares_album(training_set, training_set.features) < 0.7


def test_the_seed_alone_makes_the_difference() -> None:
    training_set = some_training_set()
    one, again, other = (matrix_of(train_linear_probe(training_set, "arcface", seed)) for seed in (1, 1, 2))
    np.testing.assert_array_equal(one, again)
    assert not np.allclose(one, other)


def test_progress_is_reported_and_it_can_be_stopped() -> None:
    reported: list[float] = []
    train_linear_probe(some_training_set(), "arcface", 1, reported.append)
    assert reported == sorted(reported)
    assert 0.9 < reported[-1] < 1

    def stop(_done: float) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        train_linear_probe(some_training_set(), "arcface", 1, stop)


def test_one_album_is_too_few() -> None:
    with pytest.raises(ValueError, match="two"):
        train_linear_probe(some_training_set(albums=1), "arcface", 1)


@pytest.mark.parametrize(("loss", "options"), LOSS_OPTIONS.items(), ids=LOSS_OPTIONS)
def test_the_studys_options_are_options_of_the_losses(loss: str, options: dict[str, float]) -> None:
    made = make_loss(loss, 8, 4, [3, 3, 3, 3], generator=None, **options)
    assert {name: getattr(made, name) for name in options} == options
