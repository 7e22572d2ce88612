"""The head is the layer: the same embeddings, from a file as well."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch.nn import functional

from guie_desktop.arrays import Floats
from guie_desktop.embedding.general_head import GeneralHead
from guie_desktop.study.training.folding import folded
from guie_desktop.study.training.input_space import InputSpace


def made(seed: int, dimension: int, outputs: int, *, whitened: bool) -> tuple[InputSpace, Floats, Floats, Floats]:
    rng = np.random.default_rng(seed)
    mean = rng.normal(size=dimension) / dimension
    matrix = (
        rng.normal(size=(dimension, dimension)) + 3 * np.eye(dimension) if whitened else rng.uniform(5, 50, dimension)
    )
    start = np.linalg.qr(rng.normal(size=(dimension, outputs)))[0] if whitened else None
    space = InputSpace(
        mean.astype(np.float32), matrix.astype(np.float32), None if start is None else start.astype(np.float32)
    )
    weight, bias = rng.normal(size=(dimension, outputs)), rng.normal(size=outputs)
    features = rng.normal(size=(20, dimension)) + rng.normal(size=dimension)
    return space, weight.astype(np.float32), bias.astype(np.float32), features.astype(np.float32)


def by_torch(space: InputSpace, weight: Floats, bias: Floats, features: Floats) -> Floats:
    inputs = functional.normalize(torch.from_numpy(features)) - torch.from_numpy(space.mean)
    matrix = torch.from_numpy(space.matrix)
    inputs = inputs @ matrix if matrix.ndim == 2 else inputs * matrix
    layer = torch.nn.Linear(*weight.shape)
    with torch.no_grad():
        layer.weight.copy_(torch.from_numpy(weight.T))
        layer.bias.copy_(torch.from_numpy(bias))
        embeddings: Floats = functional.normalize(layer(inputs)).numpy()
    return embeddings


@given(seed=st.integers(0, 1000), outputs=st.integers(1, 16), more=st.integers(16, 60), whitened=st.booleans())
def test_it_embeds_as_the_layer_does(seed: int, outputs: int, more: int, whitened: bool) -> None:
    space, weight, bias, features = made(seed, outputs + more, outputs, whitened=whitened)
    head = GeneralHead("made", folded(space, weight, bias), None, 20)
    read = GeneralHead.from_bytes(head.to_bytes())
    np.testing.assert_allclose(read.apply(features), by_torch(space, weight, bias, features), atol=1e-5)


def test_at_the_size_of_the_study_it_does_so_too() -> None:
    space, weight, bias, features = made(1, 1152, 64, whitened=False)
    np.testing.assert_allclose(
        folded(space, weight, bias).embed_features(features), by_torch(space, weight, bias, features), atol=1e-5
    )


def test_the_layer_may_be_averaged_with_what_it_started_from() -> None:
    space, weight, bias, features = made(5, 40, 8, whitened=True)
    assert space.start is not None
    mixed = by_torch(space, (0.3 * weight + 0.7 * space.start).astype(np.float32), np.float32(0.3) * bias, features)
    np.testing.assert_allclose(folded(space, weight, bias, 0.3).embed_features(features), mixed, atol=1e-5)


def test_a_bias_that_would_be_lost_is_noticed() -> None:
    space, weight, bias, _ = made(1, 40, 8, whitened=False)
    weight[:, 1] = weight[:, 0]
    with pytest.raises(ValueError, match="depend"):
        folded(space, weight, bias)
