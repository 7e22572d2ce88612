"""Features with a known answer: albums that differ in directions of small variance, not in those of large variance."""

import numpy as np
from numpy.typing import NDArray

from guie_desktop.arrays import Floats
from guie_desktop.embedding.general_head import fit_general_head
from guie_desktop.embedding.projection import unit_rows
from guie_desktop.learning.data.curation import TrainingSet, make_training_set
from guie_desktop.learning.testing.trial import LibraryContext
from guie_desktop.learning.training.feature_statistics import FeatureStatistics
from guie_desktop.learning.training.recipe import Recipe

DIMENSION = 64
WEAK, STRONG = 16, 24
QUICK = Recipe(dimension=48)
"""As the real recipe, for features that are this short."""


class World:
    """Things of which photos can be taken, and a domain that has nothing to do with them."""

    def __init__(self, seed: int = 0, things: int = 10, signal: float = 0.35) -> None:
        """`signal` is how far the things lie apart, where photos of one thing are 0.15 apart in these directions."""
        self.rng = np.random.default_rng(seed)
        turned, _ = np.linalg.qr(self.rng.normal(size=(DIMENSION, DIMENSION)))
        self._axes = turned.T
        self._things = self.rng.normal(size=(things, WEAK)) * signal

    def photos(self, thing: int, count: int) -> Floats:
        """Unit features (count, D) of photos of one thing, each taken in other circumstances."""
        features = np.zeros((count, DIMENSION))
        features[:, :WEAK] = self._things[thing] + 0.15 * self.rng.normal(size=(count, WEAK))
        features[:, WEAK : WEAK + STRONG] = self.rng.normal(size=(count, STRONG))
        features[:, -1] = 3
        return unit_rows((features @ self._axes).astype(np.float32))

    def albums(self, photos: int) -> Floats:
        """So many photos of each thing, thing by thing."""
        return np.concatenate([self.photos(thing, photos) for thing in range(len(self._things))])

    def far_away(self, count: int = 150) -> Floats:
        """Unit features of a domain on the other side of the space."""
        features = 0.5 * self.rng.normal(size=(count, DIMENSION))
        features[:, -1] = -3
        return unit_rows((features @ self._axes).astype(np.float32))


def training_set_of(
    rows: Floats, labels: NDArray[np.int64], refusals: dict[str, list[int]] | None = None
) -> TrainingSet:
    """Albums "album 0", "album 1" ... are the labels (N,); -1 is none. Keys count the features from 1."""
    albums = {f"album {label}": [*(np.flatnonzero(labels == label) + 1)] for label in np.unique(labels[labels >= 0])}
    return make_training_set(albums, refusals or {}, dict(enumerate(rows, start=1)))


def labels_of(things: int, photos: int) -> NDArray[np.int64]:
    """Which thing each of `World.albums` shows."""
    return np.repeat(np.arange(things), photos)


def library_context(rows: Floats, unlabelled: Floats) -> LibraryContext:
    """The library of photos in albums (N, D) and those in none (M, D)."""
    every = np.concatenate([rows, unlabelled])
    return LibraryContext(fit_general_head(every), FeatureStatistics.of(every), unlabelled, 1.0)
