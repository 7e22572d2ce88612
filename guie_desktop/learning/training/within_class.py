"""Where training starts: within-class whitening, and in it the leading directions of what tells photos apart.

Within-class covariance normalisation (Hatch, Kajarekar, Stolcke: Within-Class Covariance Normalization for SVM-based
Speaker Recognition, Interspeech 2006), with the covariance shrunk towards a multiple of the identity as by Ledoit and
Wolf (A well-conditioned estimator for large-dimensional covariance matrices, Journal of Multivariate Analysis 88,
2004). What makes two photos of one thing differ (light, angle, distance) is much the same for things that nobody has
put into an album yet, so this part of what is learned is of use for them too.
"""

from dataclasses import dataclass

import numpy as np
from scipy.linalg import cholesky, eigh, solve_triangular

from guie_desktop.arrays import Floats
from guie_desktop.embedding.projection import Projection
from guie_desktop.learning.data.curation import Ints, TrainingSet
from guie_desktop.learning.training.feature_statistics import FeatureStatistics
from guie_desktop.learning.training.recipe import Recipe

MAX_CLASS_WEIGHT = 100
"""Photos; a larger album weighs no more than one of so many."""
_MIN_VARIANCE = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class WithinClassSpace:
    """Where the within-class covariance is the same in every direction."""

    whitening: Projection
    """(D, D) unit features to this space, in units of the standard deviation along the leading directions."""
    leading_directions: Floats
    """(D, d) the principal directions of all albums' photos, and of the library; columns of unit length."""

    @classmethod
    def of(
        cls,
        features: Floats,
        albums: tuple[Ints, ...],
        library: FeatureStatistics,
        *,
        max_directions: int,
        shrinkage: float,
    ) -> "WithinClassSpace":
        """The space of unit features (N, D), with at most so many leading directions.

        `albums` are the photos (positions) of each album, each photo in one album only. An album's weight grows up to
        `MAX_CLASS_WEIGHT` photos, so that a few large albums of one kind of thing do not settle what varies in all
        others. The leading directions are those of the largest eigenvalues of two covariances of equal trace, that of
        the albums' photos around the library's mean and that of the library, so that its geometry is held where nobody
        has sorted anything.
        """
        weights = np.array([min(len(album), MAX_CLASS_WEIGHT) for album in albums], np.float32)
        means = np.stack([features[album].mean(axis=0) for album in albums])
        within_scatter = _within_scatter(features, albums, means, weights)
        between = (means - library.mean) * np.sqrt(weights)[:, np.newaxis]
        whiten = _whitening(within_scatter / weights.sum(), shrinkage)
        leading = _leading_directions(
            whiten, (within_scatter + between.T @ between, library.covariance), max_directions
        )
        scale = max(float(np.sqrt(np.square((features - library.mean) @ (whiten @ leading)).mean())), _MIN_VARIANCE)
        return cls(Projection(library.mean, whiten / np.float32(scale), np.zeros(len(whiten), np.float32)), leading)


# Each step is a function, so that its matrices are gone when the next one needs memory for its own.


def _within_scatter(features: Floats, albums: tuple[Ints, ...], means: Floats, weights: Floats) -> Floats:
    """(D, D) of photos around the means (C, D) of their albums, which have these weights (C,)."""
    deviations = np.concatenate(
        [
            (features[album] - mean) * np.sqrt(weight / np.float32(len(album)))
            for album, mean, weight in zip(albums, means, weights, strict=True)
        ]
    )
    scatter: Floats = deviations.T @ deviations
    return scatter


def _whitening(within: Floats, shrinkage: float) -> Floats:
    """(D, D) after which this covariance (D, D), once shrunk, is the same in every direction."""
    shrunk = within + np.eye(len(within), dtype=np.float32) * max(
        shrinkage * float(np.diag(within).mean()), _MIN_VARIANCE
    )
    whiten: Floats = solve_triangular(cholesky(shrunk), np.eye(len(within), dtype=np.float32))
    return whiten


def _leading_directions(whiten: Floats, covariances: tuple[Floats, ...], count: int) -> Floats:
    """(D, d) of the whitened covariances (D, D) together, each of the same trace; at most so many."""
    inverse = whiten @ whiten.T
    combined = sum(
        covariance / np.float32(max(float(np.vdot(inverse, covariance)), _MIN_VARIANCE))  # its trace once whitened
        for covariance in covariances
    )
    last = len(whiten) - 1
    _, directions = eigh(whiten.T @ combined @ whiten, subset_by_index=(max(last + 1 - count, 0), last))
    # A copy, for a single column keeps a negative stride otherwise, which torch refuses.
    leading: Floats = directions[:, ::-1].copy()
    return leading


def start_of(training_set: TrainingSet, library: FeatureStatistics, recipe: Recipe) -> WithinClassSpace:
    """Where a training on these photos, in the midst of a library, starts."""
    return WithinClassSpace.of(
        training_set.features,
        training_set.most_specific(),
        library,
        max_directions=recipe.dimension,
        shrinkage=recipe.shrinkage,
    )
