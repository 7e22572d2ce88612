"""The space of pictures and words: a feature as the backbone's own projection has it, at unit length."""

import numpy as np
import pytest

from guie_desktop.embedding.joint_space import JointHead
from guie_desktop.embedding.projection import Projection

CHANCE = np.random.default_rng(0)
ROWS = CHANCE.normal(size=(5, 6)).astype(np.float32)
MATRIX, BIAS = CHANCE.normal(size=(6, 3)).astype(np.float32), CHANCE.normal(size=3).astype(np.float32)


@pytest.mark.parametrize("bias", [BIAS, None], ids=["with a bias", "without"])
def test_it_is_the_written_formula(bias: np.ndarray | None) -> None:
    head = JointHead(Projection.of(6, matrix=MATRIX, bias=bias))
    expected = ROWS @ MATRIX + (0 if bias is None else bias)
    expected /= np.linalg.norm(expected, axis=1, keepdims=True)
    np.testing.assert_allclose(head.apply(ROWS), expected, atol=1e-6)
    assert (head.output_dimension, head.name, head.cutoff) == (3, "words", None)


def test_the_length_of_a_feature_counts_where_there_is_a_bias() -> None:
    head = JointHead(Projection.of(6, matrix=MATRIX, bias=BIAS))
    assert np.abs(head.apply(ROWS) - head.apply(9 * ROWS)).max() > 0.1


def test_a_backbone_that_does_not_project_gives_its_features() -> None:
    head = JointHead(Projection.of(6))
    np.testing.assert_allclose(head.apply(ROWS), ROWS / np.linalg.norm(ROWS, axis=1, keepdims=True), atol=1e-6)
    assert head.output_dimension == 6
