"""Near-duplicates, photos of the same scene: no group of them may be trained on and tested on at once."""

import numpy as np
import scipy  # its parts are loaded when they are used, and not when the worker starts
from numpy.typing import NDArray

from guie_desktop.arrays import Floats
from guie_desktop.embedding.projection import unit_rows

MIN_SIMILARITY = 0.85
"""Cosine of centred features from which on two photos count as of one scene. Of photos on a shop's shelves the nearest
one of the same series has 0.86 (median), the nearest one from another shop 0.66."""
_ROUNDING = 1e-5


def near_duplicate_groups(
    features: Floats, library_mean: Floats | None = None, *, block_size: int = 1024
) -> NDArray[np.int64]:
    """Unit features (N, D) to a number for each (N,): near-duplicates, directly or by way of others, share it.

    This is single-linkage clustering at a fixed similarity. Albums play no part, so that a series that was torn apart
    is one all the same. With the mean (D,) of the library that they are from, photos are compared as seen from halfway
    between it and their own. From their own alone, series of two or three albums fall apart (0.80 groups a photo for
    two kinds of groceries, 0.53 for twenty); from the library's alone, photos of one kind are all one scene (94 % of
    the tomatoes, in a library of other things). So many photos at a time are compared with all; it changes no group.
    """
    count = len(features)
    if not count:
        return np.empty(0, np.int64)
    mean = features.mean(axis=0)
    centred = features - (mean if library_mean is None else (mean + library_mean) / 2)
    if np.abs(centred).max() < _ROUNDING:
        return np.zeros(count, np.int64)  # what is left are no directions
    centred = unit_rows(centred)
    groups = np.arange(count)
    for start in range(0, count, block_size):
        one, other = np.nonzero(centred[start : start + block_size] @ centred[start:].T >= MIN_SIMILARITY)
        # Groups are joined block by block: all pairs of a long series at once would take gigabytes.
        joined = scipy.sparse.coo_array(
            (np.ones(len(one), bool), (groups[one + start], groups[other + start])), (count, count)
        )
        groups = scipy.sparse.csgraph.connected_components(joined, directed=False)[1][groups]
    return np.unique(groups, return_inverse=True)[1].astype(np.int64)
