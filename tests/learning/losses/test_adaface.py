"""AdaFace: how the length of an embedding makes its margin, and how mean and deviation move on."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from guie_desktop.learning.losses.adaface import AdaFace
from tests.learning.losses.batches import placed, plain_cosines, plain_cross_entropy, random_batch


def test_a_row_by_hand() -> None:
    loss = AdaFace(2, 2, start=(10.0, 4.0)).eval()
    logits = loss.logits(12 * placed(loss, [[0.8, 0.3]]), torch.tensor([0]))
    # z = 0.333 (12 - 10) / 4.001 = 0.16645838540
    assert logits.tolist() == [pytest.approx([64 * 0.37156446403, 19.2], abs=1e-8)]


@given(st.integers(0, 2**32 - 1), st.integers(1, 5), st.sampled_from([1.0, 0.01]))
def test_three_steps_from_the_authors_start_are_the_formula_written_out(
    seed: int, sub_centres: int, rate: float
) -> None:
    loss = AdaFace(5, 4, rate=rate, start=(20.0, 100.0), sub_centres=sub_centres)
    mean, deviation = 20.0, 100.0
    for step in range(3):
        embeddings, labels = random_batch(loss, seed + step)
        embeddings[0] *= 1000  # beyond the clip
        lengths = np.clip([np.sqrt((x * x).sum()) for x in embeddings.numpy()], 0.001, 100)
        mean = (1 - rate) * mean + rate * lengths.mean()
        deviation = (1 - rate) * deviation + rate * lengths.std(ddof=1)
        expected = np.clip(plain_cosines(loss, embeddings), -0.999, 0.999)
        for row, label, length in zip(expected, labels, lengths, strict=True):
            z = np.clip(0.333 * (length - mean) / (deviation + 0.001), -1, 1)
            angle = np.clip(np.arccos(row[label]) - 0.4 * z, 0.001, np.pi - 0.001)
            row[label] = np.cos(angle) - 0.4 - 0.4 * z
        got = loss(embeddings, labels).item()
        assert got == pytest.approx(plain_cross_entropy(64 * expected, labels), abs=1e-9)
        assert (loss.mean.item(), loss.deviation.item()) == pytest.approx((mean, deviation), abs=1e-10)
        np.testing.assert_allclose(loss.eval().logits(embeddings, labels).detach(), 64 * expected, atol=1e-9)
        loss.train()


def test_it_starts_at_what_the_first_batch_has_and_follows_slowly() -> None:
    loss = AdaFace(2, 3)
    labels = torch.tensor([0, 1, 2])
    loss(torch.tensor([[3.0, 0.0], [0.0, 5.0], [-7.0, 0.0]]), labels)
    assert (loss.mean.item(), loss.deviation.item()) == pytest.approx((5, 2))
    loss(torch.tensor([[1.0, 0.0], [0.0, 1.0], [-1.0, 0.0]]), labels)
    assert (loss.mean.item(), loss.deviation.item()) == pytest.approx((4.96, 1.98))


def test_without_a_batch_to_compare_with_all_lengths_are_average() -> None:
    for loss in (AdaFace(2, 2, scale=1), AdaFace(2, 2, scale=1).eval()):
        logits = loss.logits(50 * placed(loss, [[0.8, 0.3]]), torch.tensor([0]))  # one photo has no deviation
        assert logits.tolist() == [pytest.approx([0.8 - 0.4, 0.3], abs=1e-12)]
        assert loss.mean.isnan()


def test_one_photo_left_over_does_not_move_what_was_seen() -> None:
    loss = AdaFace(2, 2, start=(10.0, 4.0))
    assert loss(torch.tensor([[30.0, 1.0]]), torch.tensor([0])).isfinite()
    assert (loss.mean.item(), loss.deviation.item()) == (10, 4)
