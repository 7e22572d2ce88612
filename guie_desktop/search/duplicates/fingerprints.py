"""What is compared of photos: their small grey pictures, in a form that turning and mirroring do not change."""

import numpy as np
from numpy.typing import NDArray

from guie_desktop.arrays import Embeddings, Features, Floats
from guie_desktop.embedding.pca import principal_components
from guie_desktop.embedding.projection import Projection, unit_rows

_WAVES = 8
"""Waves across and down; more tell crops apart from what they are of."""
_DIRECTIONS = 128
"""That most of what tells features apart lies in."""
_SAMPLE = 4096
_ENOUGH = 256
"""Features, whose mean is that of photos in general."""
_ROWS_AT_ONCE = 512


def fingerprints(pictures: NDArray[np.uint8]) -> Embeddings:
    """Grey squares (N, S, S) to unit rows (N, 64) which are the same for all eight ways to turn and mirror a picture.

    The lowest cosine waves: mirroring changes their signs alone, so magnitudes are taken; turning swaps across and
    down, so the sums and differences of both are.
    """
    count, side = len(pictures), pictures.shape[-1]
    waves = cosine_waves(side, _WAVES)
    above, below = np.triu_indices(_WAVES), np.triu_indices(_WAVES, 1)
    found = np.empty((count, len(above[0]) + len(below[0])), np.float32)
    for start in range(0, count, _ROWS_AT_ONCE):
        part = slice(start, start + _ROWS_AT_ONCE)
        heights = np.abs(waves @ pictures[part].astype(np.float32) @ waves.T)
        heights[:, 0, 0] = 0  # brightness
        swapped = np.swapaxes(heights, 1, 2)
        sums, differences = heights + swapped, np.abs(heights - swapped)
        found[part] = np.concatenate([sums[:, *above], differences[:, *below]], axis=1)
    return unit_rows(found)


def cosine_waves(side: int, count: int) -> Floats:
    """The first so many rows of the orthonormal DCT-II of this length, (count, side)."""
    places = (np.arange(side) + 0.5) * np.pi / side
    waves = np.cos(np.arange(count)[:, None] * places) * np.sqrt(2 / side)
    waves[0] /= np.sqrt(2)
    found: Floats = waves.astype(np.float32)
    return found


def flatness(pictures: NDArray[np.uint8]) -> Floats:
    """(N,): the deviation of brightness in grey squares (N, S, S), of 255; where there is hardly any, all are alike."""
    variances = np.empty(len(pictures), np.float32)
    points = pictures.shape[1] * pictures.shape[2]
    for start in range(0, len(pictures), _ROWS_AT_ONCE):
        flat = pictures[start : start + _ROWS_AT_ONCE].reshape(-1, points)
        centred = flat.astype(np.float32) - flat.mean(axis=1, keepdims=True, dtype=np.float32)
        variances[start : start + _ROWS_AT_ONCE] = np.einsum("np,np->n", centred, centred) / points
    found: Floats = np.sqrt(variances)
    return found


def main_directions(features: Features) -> Projection:
    """The directions in which features (N, D) differ most, from an even sample of them: (N, D) to (N, d)."""
    step = max(1, len(features) // _SAMPLE)
    sample = unit_rows(features[::step].astype(np.float32))
    # The mean of a few photos says what these few show, and not what all photos have in common.
    mean = sample.mean(axis=0) * (len(sample) >= _ENOUGH)
    centred = sample - mean
    _, directions = principal_components(centred.T @ centred)
    matrix = np.ascontiguousarray(directions[:, :_DIRECTIONS])
    return Projection.of(features.shape[1], mean=mean, matrix=matrix)
