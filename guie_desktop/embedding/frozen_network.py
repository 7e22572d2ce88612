"""A backbone with its normalisation inside, and how it is written to a file once; importing this imports torch."""

from pathlib import Path

import torch

from guie_desktop.embedding.assets import ModelCard
from guie_desktop.embedding.backbone import family_of


class FrozenNetwork(torch.nn.Module):
    """Maps the views of one photo, uint8 (V, S, S, 3), to pooled, un-normalised features float32 (V, D)."""

    mean: torch.Tensor
    std: torch.Tensor

    def __init__(self, card: ModelCard) -> None:
        super().__init__()
        self.backbone = family_of(card).build(card)
        self.register_buffer("mean", torch.tensor(card.mean).view(1, 3, 1, 1))
        self.register_buffer("std", torch.tensor(card.std).view(1, 3, 1, 1))
        self.eval()

    def forward(self, pixels: torch.Tensor) -> torch.Tensor:
        """See the class."""
        colours = pixels.permute(0, 3, 1, 2).to(torch.float32) / 255
        features: torch.Tensor = self.backbone((colours - self.mean) / self.std)
        return features


def write_onnx(card: ModelCard, file: Path) -> None:
    """Write the card's network for the views of one photo, weights included; takes some seconds."""
    example = torch.zeros((len(card.views), card.input_size, card.input_size, 3), dtype=torch.uint8)
    with torch.inference_mode():
        program = torch.onnx.export(
            FrozenNetwork(card),
            (example,),
            dynamo=True,
            verbose=False,
            input_names=["pixels"],
            output_names=["features"],
        )
    if program is None:
        raise RuntimeError("torch.onnx.export returned nothing")
    program.save(file)
