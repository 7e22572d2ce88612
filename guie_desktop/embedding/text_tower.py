"""A backbone's text tower: words to the space that they share with pictures; importing this imports torch."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch
from open_clip import get_model_config
from open_clip.model import _build_text_tower
from open_clip.tokenizer import SimpleTokenizer, get_clean_fn

from guie_desktop.arrays import Embedding, Floats
from guie_desktop.embedding.assets import ModelCard
from guie_desktop.embedding.frozen_network import misfits
from guie_desktop.embedding.joint_space import JointHead
from guie_desktop.embedding.projection import Projection, unit_rows
from guie_desktop.embedding.weights import TOKENIZER_FILES, checked_file, read_tensors
from guie_desktop.errors import UserError
from guie_desktop.sentences import Sentence

_TEXT_TOWER = "text."
# Where the networks keep the projection of the pooled feature: open_clip's own, and timm's.
_MATRICES = ("visual.proj",)
_WEIGHTS = ("visual.trunk.head.weight", "visual.head.proj.weight")
_BIASES = ("visual.trunk.head.bias", "visual.head.proj.bias")


class TextTower:
    """The text tower of one backbone, in memory until it is dropped."""

    def __init__(self, card: ModelCard, weights: Path) -> None:
        """`weights` is the folder of fetched weights; UserError where they have no text tower or no tokenizer."""
        settings = get_model_config(card.architecture)
        assert settings is not None
        file = checked_file(card, weights)
        tensors = read_tensors(file)
        tower = _tower(settings)
        own = _own_weights(tower, tensors)
        if misfits(tower.state_dict(), own):
            raise UserError(
                Sentence(
                    "The weights of {model} on this computer are those of its image tower alone.", model=card.title
                ),
                "Add a file that holds its text tower too, after which all photos are read again.",
                f"model download {card.name}",
            )
        tower.load_state_dict(own)
        self._tower = tower.eval().requires_grad_(False)
        self._tokenize = tokenizer_of(card, settings["text_cfg"], file.parent)
        self.head = joint_head(card, tensors)

    def embed(self, text: str) -> Embedding:
        """A unit vector (d,) in the space of `head`."""
        with torch.inference_mode():
            embedded: Floats = self._tower(self._tokenize(text)).float().numpy()
        unit: Embedding = unit_rows(embedded)[0]
        return unit


def has_text_tower(card: ModelCard, file: Path) -> bool:
    """Whether a weight file holds the text tower, too."""
    with torch.device("meta"):
        tower = _tower(get_model_config(card.architecture))
    return not misfits(tower.state_dict(), _own_weights(tower, read_tensors(file)))


def _tower(settings: Mapping[str, Any]) -> torch.nn.Module:
    tower: torch.nn.Module = _build_text_tower(
        settings["embed_dim"], settings["text_cfg"], settings.get("quick_gelu", False)
    )
    return tower


def _own_weights(tower: torch.nn.Module, tensors: Mapping[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    wanted = tower.state_dict()
    own = {name.removeprefix(_TEXT_TOWER): tensor for name, tensor in tensors.items()}
    return {name: tensor for name, tensor in own.items() if name in wanted}


def joint_head(card: ModelCard, tensors: Mapping[str, torch.Tensor]) -> JointHead:
    """The projection that lies in a file of both towers."""

    def first(names: tuple[str, ...]) -> Floats | None:
        found = next((tensors[name] for name in names if name in tensors), None)
        return None if found is None else found.float().numpy()

    weight = first(_WEIGHTS)
    matrix = first(_MATRICES) if weight is None else np.ascontiguousarray(weight.T)
    return JointHead(Projection.of(card.feature_dimension, matrix=matrix, bias=first(_BIASES)))


def tokenizer_of(card: ModelCard, text: Mapping[str, Any], folder: Path) -> Any:
    """A function from a string to tokens (1, context length)."""
    length = text.get("context_length", 77)
    if "hf_tokenizer_name" not in text:
        return SimpleTokenizer(context_length=length)
    try:
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(folder / TOKENIZER_FILES[0]))
        pad = json.loads((folder / TOKENIZER_FILES[1]).read_text(encoding="utf-8"))["pad_token"]
        pad = pad["content"] if isinstance(pad, dict) else pad
    except Exception as error:  # the library raises bare exceptions
        raise UserError(
            Sentence("The tokenizer of {model} is not beside its weights, or damaged.", model=card.title),
            "Add a folder that holds both.",
            f"model download {card.name}",
        ) from error
    tokenizer.enable_truncation(length)
    tokenizer.enable_padding(length=length, pad_id=tokenizer.token_to_id(pad), pad_token=pad)
    clean = get_clean_fn(text.get("tokenizer_kwargs", {}).get("clean", "whitespace"))

    def tokenize(words: str) -> torch.Tensor:
        return torch.tensor([tokenizer.encode(clean(words)).ids])

    return tokenize
