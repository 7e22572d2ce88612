"""AdaCos: the scale by the number of classes, and by the angles reached."""

import math

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from guie_desktop.learning.losses.adacos import AdaCos, FixedAdaCos
from tests.learning.losses.batches import placed, plain_cosines, plain_cross_entropy, random_batch, seeded

ROWS = [[0.8, 0.1, -0.2], [0.2, 0.6, 0.0]]


def test_the_fixed_scale_by_hand() -> None:
    loss = FixedAdaCos(3, 3)
    logits = loss.logits(placed(loss, ROWS), torch.tensor([0, 1]))
    np.testing.assert_allclose(logits.detach(), 0.98025814347 * np.array(ROWS), atol=1e-10)
    assert FixedAdaCos(2, 34_800).scale.item() == pytest.approx(14.79, abs=0.005)


def test_the_first_fitted_scale_by_hand() -> None:
    loss = AdaCos(3, 3)
    assert loss.scale.item() == pytest.approx(0.98025814347, abs=1e-11)
    logits = loss.logits(placed(loss, ROWS), torch.tensor([0, 1]))
    # B = 2.07077538437; the lower of two median angles is 0.6435.
    assert loss.scale.item() == pytest.approx(0.90990389870, abs=1e-10)
    np.testing.assert_allclose(logits.detach(), 0.90990389870 * np.array(ROWS), atol=1e-9)


@given(st.integers(0, 2**32 - 1), st.integers(1, 5))
def test_three_steps_are_the_formula_written_out(seed: int, sub_centres: int) -> None:
    loss = seeded("adacos", 8, 11, seed, sub_centres=sub_centres)
    assert isinstance(loss, AdaCos)
    scale = math.sqrt(2) * math.log(10)
    for step in range(3):
        embeddings, labels = random_batch(loss, seed + step)
        cosines = plain_cosines(loss, embeddings)
        total, angles = 0.0, []
        for row, label in zip(cosines, labels.tolist(), strict=True):
            total += sum(math.exp(scale * c) for j, c in enumerate(row) if j != label)
            angles.append(math.acos(row[label]))
        lower_median = sorted(angles)[(len(angles) - 1) // 2]
        scale = math.log(total / len(labels)) / math.cos(min(math.pi / 4, lower_median))
        got = loss(embeddings, labels).item()
        assert loss.scale.item() == pytest.approx(scale, abs=1e-10)
        assert got == pytest.approx(plain_cross_entropy(scale * cosines, labels), abs=1e-9)


def test_the_scale_does_not_turn_negative() -> None:
    loss = AdaCos(2, 3)
    loss(placed(loss, [[1.0, -1.0, -1.0]]), torch.tensor([0]))
    assert loss.scale.item() == 0
    loss(placed(loss, [[1.0, -1.0, -1.0]]), torch.tensor([0]))
    assert loss.scale.item() == pytest.approx(math.log(2))


def test_a_large_scale_does_not_leave_float32() -> None:
    loss = AdaCos(2, 3).float()
    loss.scale.fill_(200)
    loss(placed(loss, [[1.0, 0.9, 0.5]]).float(), torch.tensor([0]))
    assert loss.scale.item() == pytest.approx(180, abs=0.01)


@pytest.mark.parametrize("classes", [1, 2])
def test_too_few_classes_have_no_scale(classes: int) -> None:
    with pytest.raises(ValueError, match="three classes"):
        AdaCos(4, classes)
