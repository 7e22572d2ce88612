"""Li-ArcFace: linear in the angle from 0 to pi."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from guie_desktop.learning.losses.li_arcface import LiArcFace
from tests.learning.losses.batches import placed, plain_cosines, plain_cross_entropy, random_batch, seeded

ANGLES = st.floats(0, np.pi)


def test_target_and_others_by_hand() -> None:
    loss = LiArcFace(2, 2)
    logits = loss.logits(placed(loss, [[0.8, 0.3]]), torch.tensor([0]))
    assert logits.tolist() == [pytest.approx([19.4467566743, 12.4142955546], abs=1e-9)]


@given(st.integers(0, 2**32 - 1), st.integers(1, 5), st.floats(0, 1.5))
def test_it_is_the_formula_written_out(seed: int, sub_centres: int, margin: float) -> None:
    loss = seeded("li-arcface", 5, 4, seed, sub_centres=sub_centres, margin=margin)
    embeddings, labels = random_batch(loss, seed)
    angles = np.arccos(plain_cosines(loss, embeddings))
    for row, label in zip(angles, labels, strict=True):
        row[label] += margin
    expected = 64 * (1 - 2 * angles / np.pi)
    np.testing.assert_allclose(loss.logits(embeddings, labels).detach(), expected, atol=1e-10)
    assert loss(embeddings, labels).item() == pytest.approx(plain_cross_entropy(expected, labels), abs=1e-10)


@given(ANGLES, ANGLES, st.floats(0, 1.5))
def test_a_larger_angle_never_scores_higher(one: float, other: float, margin: float) -> None:
    loss = LiArcFace(2, 2, margin=margin)
    near, far = (
        loss.logits(placed(loss, [[np.cos(angle), 0.0]]), torch.tensor([0]))[0, 0].item()
        for angle in sorted([one, other])
    )
    assert far <= near + 1e-9
    assert -64 * (1 + 2 * margin / np.pi) <= far
    assert near <= 64
