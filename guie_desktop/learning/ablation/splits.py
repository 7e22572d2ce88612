"""Splits of photos in labelled folders: what is trained on and searched, and what are the queries."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from guie_desktop.arrays import Floats
from guie_desktop.learning.data.curation import Ints, TrainingSet, cap_classes, make_training_set
from guie_desktop.learning.data.splitting import FOLDS, assign_folds, folds_to_test
from guie_desktop.learning.losses import LOSSES, fewest_classes

_SEED = 42
"""Of the folds, which all seeds of a training share."""
MIN_LABELS = max(map(fewest_classes, LOSSES))
"""So that every loss can be compared."""


@dataclass(frozen=True, slots=True, eq=False)
class LabelledPhotos:
    """Photos under labels, each content once; first the gallery, then those that are only queries."""

    names: tuple[str, ...]
    """(C,) of the labels."""
    membership: NDArray[np.bool_]
    """(N, C); copies in several folders have several labels."""
    gallery_size: int
    """The first so many are the gallery; if that is all of them, some are held out as queries."""
    features: Mapping[str, Floats]
    """Backbone to features (N, D) of unit length."""

    def training_set(self, backbone: str) -> TrainingSet:
        """The gallery, curated as albums are; the keys are positions here."""
        membership, features = self.membership[: self.gallery_size], self.features[backbone][: self.gallery_size]
        members = {name: np.flatnonzero(membership[:, number]).tolist() for number, name in enumerate(self.names)}
        capped = cap_classes({name: photos for name, photos in members.items() if photos}, _SEED)
        return make_training_set(capped, {}, dict(enumerate(features)))


@dataclass(frozen=True, slots=True, eq=False)
class RetrievalSplit:
    """Photos by position: the gallery is trained on and searched."""

    gallery: Ints
    queries: Ints

    def has_match(self, labelled: LabelledPhotos) -> NDArray[np.bool_]:
        """(Q,) whether each query can be found: a photo of the gallery has its label."""
        labels = labelled.membership[self.gallery].any(axis=0)
        return np.asarray((labelled.membership[self.queries] & labels).any(axis=1))

    def training_part(self, training_set: TrainingSet) -> TrainingSet:
        """Those of the training set that are in the gallery."""
        return training_set.subset(np.flatnonzero(np.isin(training_set.keys, self.gallery)))


def make_splits(labelled: LabelledPhotos, training_set: TrainingSet, groups: Ints) -> list[RetrievalSplit]:
    """Where queries are given, one split; else one for each fold that is held out, near-duplicates together.

    `groups` (N,) are the near-duplicates. Splits that have too few labels to train on are left out.
    """
    return [
        split
        for split in _splits(labelled, groups)
        if len(split.queries) and split.training_part(training_set).trainable_classes >= MIN_LABELS
    ]


def _splits(labelled: LabelledPhotos, groups: Ints) -> Iterator[RetrievalSplit]:
    membership = labelled.membership
    photos = np.arange(len(membership))
    if labelled.gallery_size < len(photos):
        yield RetrievalSplit(photos[: labelled.gallery_size], photos[labelled.gallery_size :])
        return
    no_features = np.empty((len(photos), 0), np.float32)
    everything = TrainingSet(photos, no_features, labelled.names, membership, np.zeros_like(membership), groups)
    fold_of = assign_folds(everything, FOLDS, _SEED)
    for fold in range(folds_to_test(len(photos))):
        yield RetrievalSplit(np.flatnonzero(fold_of != fold), np.flatnonzero(fold_of == fold))
