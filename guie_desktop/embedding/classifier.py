"""A backbone's own classifier: features to the probabilities of the classes that it was trained to tell apart."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from guie_desktop.arrays import Features, Floats
from guie_desktop.embedding.assets import ModelCard
from guie_desktop.embedding.weights import checked_file


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


def open_classifier(card: ModelCard) -> Classifier:
    """The classifier that lies beside the card's network, which comes with the program; UserError if it is damaged."""
    # Weights and, in the last column, bias of each class (C, D + 1).
    numbers = np.load(checked_file(card, Path()).with_name("classifier.npy")).astype(np.float32)
    return Classifier(np.ascontiguousarray(numbers[:, :-1].T), numbers[:, -1].copy(), card.sharpness)
