"""Training against some of the classes is training against all where all are drawn, and moves no others."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from torch import Tensor
from torch.nn import functional

from guie_desktop.learning.losses import LOSSES
from guie_desktop.study.training.class_matrix import ClassMatrix
from guie_desktop.study.training.recipe import recipe_of

CLASSES, DIMENSION = 12, 6
SIZES = [3, 9, 4, 3, 12, 5, 3, 3, 7, 30, 3, 4]
CPU = torch.device("cpu")


def made(loss: str, at_once: int | None) -> ClassMatrix:
    recipe = replace(recipe_of("study", loss), classes_at_once=at_once)
    return ClassMatrix(recipe, DIMENSION, SIZES, torch.Generator().manual_seed(1), CPU)


def train(matrix: ClassMatrix, chosen: Tensor | None, steps: int = 5) -> tuple[list[float], list[Tensor]]:
    rng = torch.Generator().manual_seed(2)
    layer = [torch.randn(DIMENSION, 8, generator=rng).requires_grad_()]
    losses: list[float] = []
    gradients: list[Tensor] = []
    for _ in range(steps):
        embeddings = functional.linear(torch.randn(16, 8, generator=rng), layer[0])
        labels = torch.randint(CLASSES, (16,), generator=rng)
        loss, of_layer = matrix.step(embeddings, labels, layer=layer, chosen=chosen, learning_rate=0.02)
        losses.append(loss)
        gradients.extend(of_layer)
    return losses, gradients


@pytest.mark.parametrize("loss", LOSSES)
def test_with_all_classes_drawn_it_is_the_full_softmax(loss: str) -> None:
    full, sampled = made(loss, None), made(loss, CLASSES - 1)
    assert full.draw(torch.tensor([1]), torch.Generator()) is None
    losses, gradients = train(full, None)
    some, of_some = train(sampled, torch.arange(CLASSES))
    assert some == pytest.approx(losses, rel=1e-6)
    for one, other in zip(gradients, of_some, strict=True):
        torch.testing.assert_close(one, other)
    for name, part in full.state().items():
        torch.testing.assert_close(part, sampled.state()[name])


@pytest.mark.parametrize("loss", ["sub-center-arcface", "class-margin-arcface"])
def test_classes_that_are_not_drawn_stay_as_they_are(loss: str) -> None:
    matrix = made(loss, 5)
    before = {name: part.clone() for name, part in matrix.state().items()}
    layer = [torch.ones(DIMENSION, 8, requires_grad=True)]
    chosen = torch.tensor([0, 3, 4, 7, 9])
    embeddings = functional.linear(torch.randn(4, 8, generator=torch.Generator().manual_seed(1)), layer[0])
    matrix.step(embeddings, torch.tensor([9, 0, 9, 4]), layer=layer, chosen=chosen, learning_rate=0.1)
    after = matrix.state()
    others = np.setdiff1d(np.arange(CLASSES), chosen)
    for name in ("loss.centres", "first", "second"):
        moved = (after[name] != before[name]).flatten(1).any(dim=1)
        assert moved[chosen].all()
        assert not moved[others].any()


def test_those_of_the_batch_are_drawn_and_the_others_all_alike() -> None:
    matrix = made("arcface", 4)
    counts = np.zeros(CLASSES)
    rng = torch.Generator().manual_seed(4)
    draws = 3000
    for _ in range(draws):
        chosen = matrix.draw(torch.tensor([11, 11, 2]), rng)
        assert chosen is not None
        assert {2, 11} <= set(chosen.tolist())
        assert chosen.tolist() == sorted(set(chosen.tolist()))
        counts[chosen] += 1
    others = np.delete(counts, [2, 11]) / draws
    assert np.abs(others - 4 / CLASSES).max() < 0.05


@pytest.mark.parametrize("loss", ["adaface", "curricularface", "adacos", "sub-center-arcface"])
@pytest.mark.parametrize("at_once", [None, 5])
def test_what_it_remembers_can_be_given_back(loss: str, at_once: int | None) -> None:
    one, other = made(loss, at_once), made(loss, at_once)
    chosen = None if at_once is None else torch.arange(CLASSES)
    train(one, chosen, 3)
    other.restore({name: part.clone() for name, part in one.state().items()})
    assert train(one, chosen, 2)[0] == train(other, chosen, 2)[0]
    assert (one.centres, one.dimension) == (CLASSES * (3 if loss == "sub-center-arcface" else 1), DIMENSION)
