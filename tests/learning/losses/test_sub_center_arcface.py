"""Sub-center ArcFace for any number of sub-centres, against ArcFace and pytorch-metric-learning."""

import math

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from pytorch_metric_learning.losses import SubCenterArcFaceLoss

from guie_desktop.learning.losses.arcface import ArcFace
from guie_desktop.learning.losses.sub_center_arcface import SubCenterArcFace
from tests.learning.losses.batches import gradient, random_batch, seeded

SEEDS = st.integers(0, 2**32 - 1)


def test_the_nearest_sub_centre_counts() -> None:
    loss = SubCenterArcFace(2, 2, scale=64, sub_centres=2)
    with torch.no_grad():
        loss.centres.copy_(torch.tensor([[[-1.0, 0.0], [0.8, 0.6]], [[0.3, math.sqrt(0.91)], [0.0, -1.0]]]))
    logits = loss.logits(torch.tensor([[5.0, 0.0]]), torch.tensor([0]))
    assert logits.tolist() == [pytest.approx([26.5222864864, 19.2], abs=1e-9)]


@given(SEEDS)
def test_with_one_sub_centre_it_is_arcface(seed: int) -> None:
    loss = seeded("sub-center-arcface", 6, 5, seed, sub_centres=1)
    arcface = ArcFace(6, 5)
    arcface.load_state_dict(loss.state_dict())
    embeddings, labels = random_batch(loss, seed)
    assert torch.equal(loss.logits(embeddings, labels), arcface.logits(embeddings, labels))


@given(SEEDS, st.integers(1, 5))
def test_it_agrees_with_pytorch_metric_learning_and_so_do_its_gradients(seed: int, sub_centres: int) -> None:
    loss = seeded("sub-center-arcface", 16, 11, seed, sub_centres=sub_centres)
    theirs = SubCenterArcFaceLoss(
        num_classes=11, embedding_size=16, margin=math.degrees(0.5), scale=30, sub_centers=sub_centres
    )
    theirs.W.data = loss.centres.detach().flatten(0, 1).T.clone()
    embeddings, labels = random_batch(loss, seed)
    mine, other = embeddings.clone().requires_grad_(), embeddings.clone().requires_grad_()
    ours, expected = loss(mine, labels), theirs(other, labels)
    ours.backward()
    expected.backward()
    assert ours.item() == pytest.approx(expected.item(), abs=1e-12)
    torch.testing.assert_close(mine.grad, other.grad, rtol=0, atol=1e-12)
    torch.testing.assert_close(gradient(loss.centres).flatten(0, 1), theirs.W.grad.T, rtol=0, atol=1e-12)
