"""ArcFace against values worked out by hand, its formula written out, and pytorch-metric-learning."""

import math

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from pytorch_metric_learning.losses import ArcFaceLoss

from guie_desktop.learning.losses.arcface import ArcFace
from tests.learning.losses.batches import (
    gradient,
    guarded,
    placed,
    plain_cosines,
    plain_cross_entropy,
    random_batch,
    seeded,
)


def test_the_target_has_the_margin_on_its_angle() -> None:
    loss = ArcFace(2, 2, scale=64, margin=0.5)
    logits = loss.logits(placed(loss, [[0.8, 0.3]]), torch.tensor([0]))
    assert logits.tolist() == [pytest.approx([26.5222864864, 19.2], abs=1e-9)]


def test_beyond_pi_the_guard_of_insightface_holds() -> None:
    loss = ArcFace(2, 2, scale=1, margin=0.5)
    logits = loss.logits(placed(loss, [[-0.95, 0.1]]), torch.tensor([0]))
    # Without the guard it would be -0.98340401024.
    assert logits.tolist() == [pytest.approx([-1.18971276930, 0.1], abs=1e-10)]


@given(st.integers(0, 2**32 - 1), st.floats(0, 1.5))
def test_it_is_the_formula_written_out(seed: int, margin: float) -> None:
    loss = seeded("arcface", 5, 4, seed, margin=margin)
    embeddings, labels = random_batch(loss, seed)
    expected = plain_cosines(loss, embeddings)
    for row, label in zip(expected, labels, strict=True):
        row[label] = guarded(row[label], margin)
    np.testing.assert_allclose(loss.logits(embeddings, labels).detach(), 30 * expected, atol=1e-10)
    assert loss(embeddings, labels).item() == pytest.approx(plain_cross_entropy(30 * expected, labels), abs=1e-10)


@given(st.integers(0, 2**32 - 1))
def test_it_agrees_with_pytorch_metric_learning_and_so_do_its_gradients(seed: int) -> None:
    loss = seeded("arcface", 16, 11, seed)
    theirs = ArcFaceLoss(11, 16, margin=math.degrees(0.5), scale=30)  # in degrees
    theirs.W.data = loss.centres.detach()[:, 0].T.clone()
    embeddings, labels = random_batch(loss, seed)
    mine, other = embeddings.clone().requires_grad_(), embeddings.clone().requires_grad_()
    ours, expected = loss(mine, labels), theirs(other, labels)
    ours.backward()
    expected.backward()
    assert ours.item() == pytest.approx(expected.item(), abs=1e-12)
    torch.testing.assert_close(mine.grad, other.grad, rtol=0, atol=1e-12)
    torch.testing.assert_close(gradient(loss.centres)[:, 0], theirs.W.grad.T, rtol=0, atol=1e-12)
