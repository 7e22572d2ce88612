"""What a backbone family must offer, and the key under which its features are stored."""

import hashlib
import importlib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol, cast

from guie_desktop.embedding.assets import USUAL_ENLARGEMENT, ModelCard
from guie_desktop.errors import UserError
from guie_desktop.sentences import Sentence

if TYPE_CHECKING:
    import torch

NETWORK_RULE = 1
"""Version of what frozen_network.py puts around a backbone."""
FEATURE_RULE = 1
"""Version of how embedder.py makes pixels from a picture and one feature from its views."""

_EXACT = "f32"


class BackboneFamily(Protocol):
    """A module in embedding/backbones; it is found by the name in the card, so to add one is to add a file."""

    def build(self, card: ModelCard) -> "torch.nn.Module":
        """The network with random weights: normalised pixels (N, 3, S, S) float32 to pooled features (N, D) float32.

        The feature is what the backbone pools before any projection. UserError where the family does not
        know the card's architecture.
        """

    def own_weights(
        self, stored: "Mapping[str, torch.Tensor]", wanted: "Mapping[str, torch.Tensor]"
    ) -> "dict[str, torch.Tensor]":
        """Those tensors of a weight file that belong to the network, under the names `wanted` has for them."""


def family_of(card: ModelCard) -> BackboneFamily:
    """The family that the card names; UserError if this version of the program does not have it."""
    module = f"guie_desktop.embedding.backbones.{card.family}"
    try:
        return cast(BackboneFamily, importlib.import_module(module))
    except ModuleNotFoundError as error:
        if error.name != module:
            raise
        raise UserError(
            Sentence(
                "The model {model} needs the backbone family {family}, which is not there.",
                model=card.name,
                family=card.family,
            ),
            "Update the program, or choose another model.",
        ) from error


def backbone_key(card: ModelCard, weights_hash: str, precision: str, decode_rule: int) -> str:
    """Name of a feature space: two features may be compared if and only if their keys are equal.

    It is safe as a file name, and covers all that changes a feature: weights, preparation of the pixels, views,
    pooling, the numeric precision, and the version of the rule by which photos are decoded. A precision other than
    f32 is written out at its end, so that `without_precision` can tell whether nothing else differs.
    """
    around_the_network = {
        "decode_rule": decode_rule,
        "feature_rule": FEATURE_RULE,
        "interpolation": card.interpolation,
        "precision": _EXACT,
        "resize_mode": card.resize_mode,
        "views": card.views,
    }
    if card.largest_enlargement != USUAL_ENLARGEMENT:  # else keys are as they were before cards could say it
        around_the_network["largest_enlargement"] = card.largest_enlargement
    exact = _named_by_content(card.name, _network_parts(card, weights_hash) | around_the_network)
    return exact if precision == _EXACT else f"{exact}-{precision}"


def without_precision(key: str) -> str:
    """What a backbone key says beside the precision; photos are ranked alike in all that are chosen."""
    return key.removesuffix("-bf16").removesuffix("-f16")


def network_key(card: ModelCard, weights_hash: str) -> str:
    """Name of the network in a file: what it computes, whatever is done around it."""
    return _named_by_content(card.name, _network_parts(card, weights_hash) | {"views": len(card.views)})


def _network_parts(card: ModelCard, weights_hash: str) -> dict[str, object]:
    return {
        "architecture": card.architecture,
        "family": card.family,
        "feature_dimension": card.feature_dimension,
        "input_size": card.input_size,
        "mean": card.mean,
        "network_rule": NETWORK_RULE,
        "pooling": card.pooling,
        "std": card.std,
        "weights": weights_hash,
    }


def _named_by_content(name: str, parts: Mapping[str, object]) -> str:
    written = "\n".join(f"{part}={parts[part]!r}" for part in sorted(parts))
    return f"{name}-{hashlib.blake2b(written.encode(), digest_size=6).hexdigest()}"
