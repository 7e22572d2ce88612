"""The weights reach the right places: the networks name what is on well-known photos."""

import dataclasses

import numpy as np
import pytest
import skimage.data
import torch
from numpy.typing import NDArray
from PIL import Image

from guie_desktop.embedding.assets import load_card
from guie_desktop.embedding.embedder import Embedder
from guie_desktop.embedding.frozen_network import with_weights
from guie_desktop.errors import UserError
from tests.embedding.make_shipped import published_weights, reference_network

pytestmark = pytest.mark.slow

CATS, COFFEE = range(281, 288), (504, 925, 967, 968)
"""ImageNet classes: the cats; coffee mug, consommé, espresso, cup."""


class Unused:
    """A runtime for an embedder that only prepares."""

    photos_at_once = 1

    def run(self, photos: NDArray[np.uint8]) -> NDArray[np.float32]:
        raise NotImplementedError


@pytest.mark.parametrize("name", ["efficientnet-lite0", "efficientnet-lite2"])
@pytest.mark.parametrize(("photo", "classes"), [("chelsea", CATS), ("coffee", COFFEE)])
def test_known_photos_are_recognised(name: str, photo: str, classes: range | tuple[int, ...]) -> None:
    card = load_card(name)
    pixels = Embedder(card, "", Unused()).prepare(Image.fromarray(getattr(skimage.data, photo)()))
    normalised = (torch.from_numpy(pixels).permute(0, 3, 1, 2).float() / 255 - 0.5) / 0.5
    file = published_weights(card)
    features = with_weights(card, file).eval()(normalised).detach()
    stored = torch.load(file, map_location="cpu", weights_only=True)
    scores = features @ stored["_fc.weight"].T + stored["_fc.bias"]
    assert all(int(best) in classes for best in scores.argmax(dim=1))


def test_the_network_is_frozen_and_in_eval_mode() -> None:
    network = reference_network(load_card("efficientnet-lite2"))
    assert not any(module.training for module in network.modules())
    assert not any(parameter.requires_grad for parameter in network.parameters())
    assert sum(parameter.numel() for parameter in network.parameters()) == load_card("efficientnet-lite2").parameters


def test_a_pooling_that_is_not_known_is_told() -> None:
    with pytest.raises(UserError, match="maximum"):
        reference_network(dataclasses.replace(load_card("efficientnet-lite2"), pooling="maximum"))
