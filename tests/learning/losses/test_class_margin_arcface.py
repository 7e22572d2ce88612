"""ArcFace with class margins: rare classes get the larger one."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from guie_desktop.learning.losses.arcface import ArcFace
from guie_desktop.learning.losses.class_margin_arcface import ClassMarginArcFace
from tests.learning.losses.batches import guarded, plain_cosines, random_batch, seeded


def test_the_margin_falls_from_the_rarest_to_the_largest_class() -> None:
    loss = ClassMarginArcFace(4, 4, [103, 3, 28, 53])
    # A quarter of the way it is 0.2 + 0.15 (1 + cos(pi/4)), halfway 0.2 + 0.15.
    assert loss.margins.tolist() == pytest.approx([0.2, 0.5, 0.45606601718, 0.35], abs=1e-11)


def test_classes_of_one_size_make_it_arcface() -> None:
    loss = ClassMarginArcFace(4, 3, [7, 7, 7])
    arcface = ArcFace(4, 3)
    arcface.centres.data = loss.centres.data
    assert loss.margins.tolist() == [0.5, 0.5, 0.5]
    embeddings, labels = random_batch(loss, seed=1)
    torch.testing.assert_close(loss(embeddings, labels), arcface(embeddings, labels))


def test_it_needs_the_sizes_of_all_classes() -> None:
    with pytest.raises(ValueError, match="class sizes"):
        ClassMarginArcFace(4, 3)
    with pytest.raises(ValueError, match="2 class sizes for 3 classes"):
        ClassMarginArcFace(4, 3, [7, 8])


@given(st.integers(0, 2**32 - 1), st.integers(1, 5))
def test_it_is_the_formula_written_out(seed: int, sub_centres: int) -> None:
    loss = seeded("class-margin-arcface", 5, 4, seed, sub_centres=sub_centres)  # sizes 3, 4, 5, 6
    margins = [0.2 + 0.15 * (1 + np.cos(np.pi * share)) for share in (0, 1 / 3, 2 / 3, 1)]
    embeddings, labels = random_batch(loss, seed)
    expected = plain_cosines(loss, embeddings)
    for row, label in zip(expected, labels, strict=True):
        row[label] = guarded(row[label], margins[label])
    np.testing.assert_allclose(loss.logits(embeddings, labels).detach(), 30 * expected, atol=1e-10)
