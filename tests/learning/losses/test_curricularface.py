"""CurricularFace: which wrong classes are hard, and how its t moves on."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from guie_desktop.learning.losses.curricularface import CurricularFace
from tests.learning.losses.batches import guarded, placed, plain_cosines, plain_cross_entropy, random_batch, seeded


def test_a_first_row_by_hand() -> None:
    loss = CurricularFace(2, 3)
    logits = loss.logits(placed(loss, [[0.8, 0.75, 0.3]]), torch.tensor([0]))
    assert loss.t.item() == pytest.approx(0.008, abs=1e-12)
    # 0.75 is hard, and 64 * 0.75 * (0.008 + 0.75) shows that t had moved before its use.
    assert logits.tolist() == [pytest.approx([26.5222864864, 36.384, 19.2], abs=1e-9)]


def test_hardness_is_judged_without_the_guard() -> None:
    loss = CurricularFace(2, 3, scale=1).eval()
    logits = loss.logits(placed(loss, [[-0.95, -0.99, -0.97]]), torch.tensor([0]))
    # cos(theta_y + m) is -0.9834, the guarded target -1.1897: -0.99 lies between them and is not hard.
    assert logits.tolist() == [pytest.approx([-1.18971276930, -0.99, 0.97**2], abs=1e-10)]


@given(st.integers(0, 2**32 - 1), st.integers(1, 5))
def test_three_steps_are_the_formula_written_out(seed: int, sub_centres: int) -> None:
    loss = seeded("curricularface", 5, 4, seed, sub_centres=sub_centres)
    assert isinstance(loss, CurricularFace)
    t = 0.0
    for step in range(3):
        embeddings, labels = random_batch(loss, seed + step)
        cosines = plain_cosines(loss, embeddings)
        t = 0.99 * t + 0.01 * float(np.mean([row[y] for row, y in zip(cosines, labels, strict=True)]))
        expected = cosines.copy()
        for row, label in zip(expected, labels.tolist(), strict=True):
            bound = np.cos(np.arccos(row[label]) + 0.5)
            for j in range(4):
                if j == label:
                    row[j] = guarded(row[j], 0.5)
                elif row[j] > bound:
                    row[j] *= t + row[j]
        got = loss(embeddings, labels).item()
        assert got == pytest.approx(plain_cross_entropy(64 * expected, labels), abs=1e-9)
        assert loss.t.item() == pytest.approx(t, abs=1e-12)
        np.testing.assert_allclose(loss.eval().logits(embeddings, labels).detach(), 64 * expected, atol=1e-9)
        loss.train()


def test_t_is_not_trained_through() -> None:
    loss = seeded("curricularface", 5, 4)
    embeddings, labels = random_batch(loss, seed=2)
    loss(embeddings.requires_grad_(), labels).backward()
    assert not loss.t.requires_grad
