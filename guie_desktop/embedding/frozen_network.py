"""A backbone with its normalisation inside, and how it is written to a file once; importing this imports torch."""

from collections.abc import Mapping
from pathlib import Path

import torch

from guie_desktop.embedding.assets import ModelCard
from guie_desktop.embedding.backbone import family_of
from guie_desktop.embedding.weights import checked_file, read_tensors
from guie_desktop.errors import UserError
from guie_desktop.sentences import Sentence


class FrozenNetwork(torch.nn.Module):
    """Maps the views of one photo, uint8 (V, S, S, 3), to pooled, un-normalised features float32 (V, D)."""

    mean: torch.Tensor
    std: torch.Tensor

    def __init__(self, card: ModelCard, backbone: torch.nn.Module) -> None:
        super().__init__()
        self.backbone = backbone
        self.register_buffer("mean", torch.tensor(card.mean).view(1, 3, 1, 1))
        self.register_buffer("std", torch.tensor(card.std).view(1, 3, 1, 1))
        self.eval().requires_grad_(False)

    def forward(self, pixels: torch.Tensor) -> torch.Tensor:
        """See the class."""
        colours = pixels.permute(0, 3, 1, 2).to(torch.float32) / 255
        normalised = (colours - self.mean) / self.std
        features: torch.Tensor = self.backbone(normalised.to(next(self.backbone.parameters()).dtype))
        return features


def load_network(card: ModelCard, weights: Path) -> FrozenNetwork:
    """The card's network with its installed weights; UserError where they are missing, damaged or another model's.

    `weights` is the folder of fetched weights.
    """
    return FrozenNetwork(card, with_weights(card, checked_file(card, weights)))


def with_weights(card: ModelCard, file: Path) -> torch.nn.Module:
    """The card's backbone with the weights of a file; UserError where they do not belong to it."""
    backbone = family_of(card).build(card)
    wanted = backbone.state_dict()
    tensors = family_of(card).own_weights(read_tensors(file), wanted)
    unfit = misfits(wanted, tensors)
    if unfit:
        raise UserError(
            Sentence(
                "{file} holds the weights of another model than {model} "
                "({number} of {total} parts do not fit, such as {first}).",
                file=file.name,
                model=card.title,
                number=len(unfit),
                total=len(wanted),
                first=unfit[0],
            ),
            "Choose the file of this model, or the model of this file.",
        )
    backbone.load_state_dict(tensors)
    return backbone


def misfits(wanted: Mapping[str, torch.Tensor], tensors: Mapping[str, torch.Tensor]) -> list[str]:
    """Names of a network's tensors that are missing or of another shape."""
    return [name for name in wanted if name not in tensors or tensors[name].shape != wanted[name].shape]


def write_onnx(card: ModelCard, network: FrozenNetwork, file: Path) -> None:
    """Write the card's network for the views of one photo, weights included; takes some seconds."""
    example = torch.zeros((len(card.views), card.input_size, card.input_size, 3), dtype=torch.uint8)
    with torch.inference_mode():
        program = torch.onnx.export(
            network,
            (example,),
            dynamo=True,
            verbose=False,
            input_names=["pixels"],
            output_names=["features"],
        )
    if program is None:
        raise RuntimeError("torch.onnx.export returned nothing")
    program.save(file)
