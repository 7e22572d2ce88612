"""Networks that timm builds: DINOv2, and the image encoder of Segment Anything."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from guie_desktop.embedding.assets import ModelCard
from guie_desktop.errors import UserError
from guie_desktop.sentences import Sentence

if TYPE_CHECKING:
    import torch


def build(card: ModelCard) -> "torch.nn.Module":
    """Normalised pixels (N, 3, S, S) to what the network pools before its classifier."""
    import timm

    if not timm.is_model(card.architecture):
        raise UserError(
            Sentence("timm does not know the network {architecture}.", architecture=card.architecture),
            "Update the program.",
        )
    network: torch.nn.Module = timm.create_model(
        card.architecture, pretrained=False, num_classes=0, img_size=card.input_size
    )
    return network


def own_weights(
    stored: "Mapping[str, torch.Tensor]", wanted: "Mapping[str, torch.Tensor]"
) -> "dict[str, torch.Tensor]":
    """The tensors under the network's own names; a classifier is left behind."""
    return {name: tensor for name, tensor in stored.items() if name in wanted}
