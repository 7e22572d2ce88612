"""Folds for cross-validation: the photos of albums divided, to train on some and test on others."""

import numpy as np

from guie_desktop.learning.data.curation import Ints, TrainingSet

FOLDS = 5
"""Of which one is held out at a time."""
_FOLDS_FROM_PHOTOS = ((1500, 1), (600, 2))
"""From so many photos on, so many folds are tested; of fewer photos, all of them."""


def folds_to_test(photos: int) -> int:
    """How many of the folds of so many photos are held out, one after the other."""
    return next((folds for enough, folds in _FOLDS_FROM_PHOTOS if photos >= enough), FOLDS)


def assign_folds(training_set: TrainingSet, folds: int, seed: int) -> Ints:
    """A fold, 0 to folds - 1, for each photo (N,): near-duplicates together, each album spread over all folds.

    Stratified group k-fold, as scikit-learn's `StratifiedGroupKFold`, for photos that may have several labels: large
    groups are placed first, each into the fold that has least of its albums.
    """
    rng = np.random.default_rng(seed)
    groups, sizes = np.unique(training_set.groups, return_counts=True)
    order = np.lexsort((rng.random(len(groups)), -sizes))
    share = training_set.membership / np.maximum(training_set.membership.sum(axis=0), 1)
    filled = np.zeros((folds, len(training_set.names)))
    fold_of_group = np.zeros(int(groups.max(initial=-1)) + 1, np.int64)
    members = np.split(np.argsort(training_set.groups, kind="stable"), np.cumsum(sizes)[:-1])
    for place in order:
        added = share[members[place]].sum(axis=0)
        crowded = filled @ (added > 0)
        least = np.flatnonzero(crowded <= crowded.min() + 1e-9)
        fold = int(rng.choice(least))
        fold_of_group[groups[place]] = fold
        filled[fold] += added
    return fold_of_group[training_set.groups]
