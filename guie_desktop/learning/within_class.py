"""Where training starts: the directions in which albums differ, those in which their own photos differ made small.

Within-class covariance normalisation (Hatch, Kajarekar, Stolcke: Within-Class Covariance Normalization for SVM-based
Speaker Recognition, Interspeech 2006), with the covariance shrunk towards a multiple of the identity as by Ledoit and
Wolf (2004). What makes two photos of one thing differ (light, angle, distance) is much the same for things that nobody
has put into an album yet, so this part of what is learned is of use for them too.
"""

import numpy as np
from scipy.linalg import cho_factor, cho_solve, eigh

from guie_desktop.embedding.head import Floats
from guie_desktop.learning.curation import Ints
from guie_desktop.learning.geometry import Geometry
from guie_desktop.learning.projection import Projection

MOST_SAY = 100
"""Photos; a larger album has no more say than one of so many."""
_LEAST_SPREAD = 1e-9


def within_class_projection(
    rows: Floats, albums: tuple[Ints, ...], library: Geometry, *, width: int, shrinkage: float
) -> Projection:
    """Unit features `rows` (N, D) to at most `width` directions, in units of their spread.

    `albums` are the rows of each album, each photo in one album only. An album's say grows up to `MOST_SAY` photos, so
    that a few large albums of one kind of thing do not settle what varies in all others. Half of the say in which
    directions are kept is the library's, so that its geometry is held where nobody has sorted anything.
    """
    deviations = _weighted([rows[album] - rows[album].mean(axis=0) for album in albums])
    within: Floats = deviations.T @ deviations / np.float32(sum(_say(album) for album in albums))
    within += np.eye(len(within), dtype=np.float32) * max(shrinkage * float(np.diag(within).mean()), _LEAST_SPREAD)
    taught = _weighted([rows[album] - library.mean for album in albums])
    # The widest directions after whitening are those of a generalised eigenproblem, which needs no whitening matrix.
    inverse = cho_solve(cho_factor(within), np.eye(len(within), dtype=np.float32))
    spreads = [
        spread / max(float(np.vdot(inverse, spread)), _LEAST_SPREAD)  # of all directions together after whitening
        for spread in (taught.T @ taught, library.covariance)
    ]
    last = len(within) - 1
    _, kept = eigh(spreads[0] + spreads[1], within, subset_by_index=(max(last + 1 - width, 0), last))
    matrix = np.ascontiguousarray(kept[:, ::-1])
    scale = max(float(np.sqrt(np.square((rows - library.mean) @ matrix).mean())), _LEAST_SPREAD)
    return Projection(library.mean, (matrix / scale).astype(np.float32), np.zeros(matrix.shape[1], np.float32))


def _say(album: Ints | Floats) -> int:
    return min(len(album), MOST_SAY)


def _weighted(albums: list[Floats]) -> Floats:
    """All rows, so scaled that those of an album together weigh in a covariance what the album has to say."""
    return np.concatenate([rows * np.float32(np.sqrt(_say(rows) / len(rows))) for rows in albums])
