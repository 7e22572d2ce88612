"""The general head: fitted to a library's own features, without labels."""

import numpy as np

from guie_desktop.embedding.head import AnyFloats, Floats, Head, identity_head, unit_rows
from guie_desktop.embedding.spread import principal_spreads

FEWEST_PHOTOS = 100
"""Below this the directions and the cut-off would say more about single photos than about the library."""
MOST_PHOTOS = 16_384
"""More do not move the result, and the fit stays under two seconds."""
DIMENSIONS = 512
WHITENING = 0.25
"""0 keeps the spread of the features, 1 makes it equal in all directions; measured in model_assets/README.md."""
CUTOFF_QUANTILE = 0.99
"""Two photos count as similar if they are more alike than 99 of 100 random pairs of the library."""
_HIGHEST_CUTOFF = 0.9
"""Copies always count as similar, also where the library consists of little else."""
_RANDOM_PAIRS = 200_000
_NO_SPREAD = 1e-6
"""Rounding leaves about 1e-11 where features of unit length do not vary at all."""


def fit_general_head(features: AnyFloats) -> Head:
    """Centring and a mildly whitened PCA to at most 512 dimensions, from features (N, D) of the library.

    Centring matters most for the cut-off: without it a photo from outside is far from everything. The same features in
    the same order give the same head. With fewer than 100 photos, or if all are the same, it is the identity and has
    no cut-off.
    """
    photos, dimension = features.shape
    if photos < FEWEST_PHOTOS:
        return identity_head(dimension)
    chosen = np.linspace(0, photos - 1, num=min(photos, MOST_PHOTOS)).round().astype(np.intp)
    rows = unit_rows(features[chosen].astype(np.float32))
    mean = rows.mean(axis=0)
    centred = rows - mean
    spreads, directions = principal_spreads(centred.T @ centred / np.float32(len(centred)))
    if spreads[0] < _NO_SPREAD:
        return identity_head(dimension)
    kept = min(DIMENSIONS, int((spreads > _NO_SPREAD * spreads[0]).sum()))
    # The average spread is added so that directions in which the library hardly varies are not blown up.
    scales = (spreads[:kept] + spreads.clip(0).mean()) ** (-WHITENING / 2)
    matrix = _upright(directions[:, :kept]) * scales
    fitted = Head("general", dimension, mean, np.ascontiguousarray(matrix, dtype=np.float32), None, photos)
    cutoff = _score_of_unlike_pairs(fitted.apply(rows))
    return Head(fitted.name, dimension, mean, fitted.matrix, cutoff, photos)


def _upright(directions: Floats) -> Floats:
    """Fix the sign, which an eigenvector leaves open: the largest number of each column is positive."""
    largest = np.take_along_axis(directions, np.abs(directions).argmax(axis=0)[np.newaxis], axis=0)
    return np.where(largest < 0, -directions, directions)


def _score_of_unlike_pairs(embeddings: Floats) -> float:
    """The score that only the most alike of random pairs exceed."""
    chance = np.random.default_rng(seed=0)
    scores = []
    for _ in range(-(-_RANDOM_PAIRS // len(embeddings))):
        shuffled = embeddings[chance.permutation(len(embeddings))]
        scores.append(np.einsum("nd,nd->n", shuffled, np.roll(shuffled, 1, axis=0)))
    return min(_HIGHEST_CUTOFF, float(np.quantile(np.concatenate(scores), CUTOFF_QUANTILE)))
