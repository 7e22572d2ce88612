"""Where training starts: the directions in which albums differ, those in which their own photos differ made small.

Within-class covariance normalisation (Hatch, Kajarekar, Stolcke: Within-Class Covariance Normalization for SVM-based
Speaker Recognition, Interspeech 2006), with the covariance shrunk towards a multiple of the identity as by Ledoit and
Wolf (2004). What makes two photos of one thing differ (light, angle, distance) is much the same for things that nobody
has put into an album yet, so this part of what is learned is of use for them too.
"""

from dataclasses import dataclass

import numpy as np
from scipy.linalg import cholesky, eigh, solve_triangular

from guie_desktop.embedding.head import Floats
from guie_desktop.learning.curation import Ints
from guie_desktop.learning.geometry import Geometry
from guie_desktop.learning.projection import Projection

MOST_SAY = 100
"""Photos; a larger album has no more say than one of so many."""
_LEAST_SPREAD = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class WithinClassSpace:
    """Where photos of one album differ as much in every direction."""

    whitening: Projection
    """(D, D) unit features to this space, in units of the spread along the widest directions."""
    widest: Floats
    """(D, d) the directions in which photos of all albums, and of the library, differ most; columns of unit length."""

    @classmethod
    def of(
        cls, rows: Floats, albums: tuple[Ints, ...], library: Geometry, *, most: int, shrinkage: float
    ) -> "WithinClassSpace":
        """The space of unit features `rows` (N, D), with at most so many widest directions.

        `albums` are the rows of each album, each photo in one album only. An album's say grows up to `MOST_SAY` photos,
        so that a few large albums of one kind of thing do not settle what varies in all others. Half of the say in
        which directions are the widest is the library's, so that its geometry is held where nobody has sorted anything.
        """
        says = np.array([min(len(album), MOST_SAY) for album in albums], np.float32)
        means = np.stack([rows[album].mean(axis=0) for album in albums])
        deviations = np.concatenate(
            [
                (rows[album] - mean) * np.sqrt(say / np.float32(len(album)))
                for album, mean, say in zip(albums, means, says, strict=True)
            ]
        )
        scatter = deviations.T @ deviations
        away = (means - library.mean) * np.sqrt(says)[:, np.newaxis]
        taught = scatter + away.T @ away
        within: Floats = scatter / says.sum()
        within += np.eye(len(within), dtype=np.float32) * max(shrinkage * float(np.diag(within).mean()), _LEAST_SPREAD)
        whiten = solve_triangular(cholesky(within), np.eye(len(within), dtype=np.float32))
        inverse = whiten @ whiten.T
        shared = sum(
            spread / np.float32(max(float(np.vdot(inverse, spread)), _LEAST_SPREAD))  # its size after whitening
            for spread in (taught, library.covariance)
        )
        last = len(within) - 1
        _, directions = eigh(whiten.T @ shared @ whiten, subset_by_index=(max(last + 1 - most, 0), last))
        widest = np.ascontiguousarray(directions[:, ::-1])
        scale = max(float(np.sqrt(np.square((rows - library.mean) @ (whiten @ widest)).mean())), _LEAST_SPREAD)
        return cls(Projection(library.mean, whiten / np.float32(scale), np.zeros(len(within), np.float32)), widest)
