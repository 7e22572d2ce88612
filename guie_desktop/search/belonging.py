"""How likely a photo belongs to an album, by what is in it and what was refused: a logistic curve of least squares."""

from dataclasses import dataclass

import numpy as np

from guie_desktop.arrays import Embedding, Embeddings, Floats, Mask, Scores
from guie_desktop.search.feedback import Said, fitted

FEWEST_PHOTOS = 100
"""Of the library, below which its covariance says more about single photos."""
FEWEST_MEMBERS = 3
"""Of the album, below which nothing can be said of how far it reaches."""
_STEEPNESS = 13.6
_MIDPOINT = 0.563
"""The curve of what least squares give; fitted (Platt: Probabilistic Outputs for Support Vector Machines, 1999) to
simulated users who complete the classes of one half of labelled photos, and tested on the other half: see
learning/README.md."""
_TOO_UNLIKELY = 0.02
"""What is not shown, and not counted: thousands of such photos would add up to a few that are not there."""
_NOBODY = 0.5
"""About how many may be left when nothing more is shown."""


@dataclass(frozen=True, slots=True, eq=False)
class Belonging:
    """What an album looks like."""

    _direction: Embedding

    @classmethod
    def of(cls, members: Embeddings, refused: Embeddings, precision: Floats) -> "Belonging":
        """From embeddings (n, d) and (m, d), and the precision (d, d) of those of the library."""
        said = Said(np.concatenate([members, refused]), np.arange(len(members) + len(refused)) < len(members))
        return cls(fitted(said, precision, np.zeros(len(said.rows), np.float32)).direction)

    def probabilities(self, rows: Embeddings) -> Scores:
        """Of photos with these embeddings (N, d)."""
        halves = np.tanh(_STEEPNESS / 2 * (rows @ self._direction - _MIDPOINT))  # the same curve; it cannot overflow
        probabilities: Scores = ((1 + halves) / 2).astype(np.float32)
        return probabilities


def left(probabilities: Scores) -> float:
    """About how many of the photos with these probabilities belong to the album."""
    return float(probabilities[probabilities >= _TOO_UNLIKELY].sum(dtype=np.float64))


def worth_asking(probabilities: Scores) -> Mask:
    """Whether (N,) each is to be asked of; none where there is about nobody left."""
    is_worth: Mask = (probabilities >= _TOO_UNLIKELY) & (left(probabilities) >= _NOBODY)
    return is_worth
