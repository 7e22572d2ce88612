"""Image towers that open_clip builds: SigLIP, SigLIP 2, PE-Core, CLIP, CLIPA, EVA-02-CLIP, MetaCLIP, MobileCLIP 2."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from guie_desktop.embedding.assets import ModelCard
from guie_desktop.errors import UserError
from guie_desktop.sentences import Sentence

if TYPE_CHECKING:
    import torch

_IMAGE_TOWER = "visual."


def build(card: ModelCard) -> "torch.nn.Module":
    """Normalised pixels (N, 3, S, S) to what the tower pools before it is projected to the space of text."""
    import open_clip
    from open_clip.model import _build_vision_tower  # the public way builds the text tower as well

    settings = open_clip.get_model_config(card.architecture)
    if settings is None:
        raise UserError(
            Sentence("open_clip does not know the network {architecture}.", architecture=card.architecture),
            "Update the program.",
        )
    parts = settings["embed_dim"], settings["vision_cfg"], settings.get("quick_gelu", False)
    tower: torch.nn.Module = _build_vision_tower(*parts)
    trunk = getattr(tower, "trunk", None)
    if trunk is not None:  # a timm network; PE-Core, EVA-02 and MobileCLIP project in its classifier
        trunk.reset_classifier(0)
    else:
        tower.register_parameter("proj", None)
    return tower


def own_weights(
    stored: "Mapping[str, torch.Tensor]", wanted: "Mapping[str, torch.Tensor]"
) -> "dict[str, torch.Tensor]":
    """The image tower's tensors, from a file of both towers or of this one alone."""
    names = [name.removeprefix(_IMAGE_TOWER) for name in stored]
    return {name: tensor for name, tensor in zip(names, stored.values(), strict=True) if name in wanted}
