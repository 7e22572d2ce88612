"""A backbone's own classifier: features to the probabilities of the classes that it was trained to tell apart."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from guie_desktop.arrays import Features, Floats
from guie_desktop.embedding.assets import ModelCard
from guie_desktop.embedding.backbone import network_key
from guie_desktop.embedding.checksummed_file import is_intact, write_with_checksum
from guie_desktop.embedding.weights import checked_file, read_tensors, weights_hash
from guie_desktop.errors import UserError, not_written
from guie_desktop.sentences import Sentence

# Where the networks keep it: EfficientNet-Lite's own name, and timm's.
_NAMES = ("_fc", "classifier")


@dataclass(frozen=True, slots=True, eq=False)
class Classifier:
    """`softmax(sharpness * feature @ matrix + bias)`, over stored features."""

    matrix: Floats
    """(D, C)"""
    bias: Floats
    """(C,)"""
    sharpness: float
    """What a feature is multiplied by: a stored one is a mean of features of unit length, whose own length is lost."""

    def log_probabilities(self, features: Features) -> Floats:
        """Natural logarithms (N, C) of the probabilities of the classes, of features (N, D) as they are stored."""
        scores: Floats = features.astype(np.float32) @ self.matrix
        scores *= np.float32(self.sharpness)
        scores += self.bias
        scores -= scores.max(axis=1, keepdims=True)
        scores -= np.log(np.exp(scores).sum(axis=1, keepdims=True))
        return scores


def open_classifier(card: ModelCard, networks: Path, weights: Path) -> Classifier:
    """The card's classifier, taken out of its weights once, since reading these takes torch.

    `networks` and `weights` are the folders of converted networks and of fetched weights. UserError where the weights
    hold none, or the disk does not take it.
    """
    file = networks / network_key(card, weights_hash(card, weights)) / "classifier.npy"
    if not is_intact(file):
        numbers = _from_weights(card, weights)

        def write(beside: Path) -> None:
            with beside.open("wb") as opened:
                np.save(opened, numbers)

        try:
            write_with_checksum(file, write)
        except OSError as error:
            raise not_written(Sentence("The network {network}", network=file), error) from error
    numbers = np.load(file)
    return Classifier(np.ascontiguousarray(numbers[:, :-1].T), numbers[:, -1].copy(), card.sharpness)


def _from_weights(card: ModelCard, weights: Path) -> Floats:
    """Weights and, in the last column, bias of each class (C, D + 1)."""
    tensors = read_tensors(checked_file(card, weights))
    for name in _NAMES:
        if f"{name}.weight" in tensors:
            weight, bias = tensors[f"{name}.weight"].float().numpy(), tensors[f"{name}.bias"].float().numpy()
            return np.concatenate([weight, bias[:, np.newaxis]], axis=1)
    raise UserError(
        Sentence("The weights of {model} hold no classifier.", model=card.title), "Search by a photo instead."
    )
