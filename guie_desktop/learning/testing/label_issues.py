"""Label issues: photos that may be in the wrong album, because their nearest neighbours all are in another one.

The neighbours' vote is that of Wilson (Asymptotic Properties of Nearest Neighbor Rules Using Edited Data, IEEE
Transactions on Systems, Man, and Cybernetics, 1972). Confident learning (Northcutt, Jiang, Chuang, JAIR 70, 2021)
serves the same end, and needs a classifier's probabilities, which there are none of here.
"""

import numpy as np

from guie_desktop.arrays import Floats
from guie_desktop.learning.data.curation import Ints, TrainingSet
from guie_desktop.learning.testing.evaluation import top_ranked

_NEIGHBOURS = 5
_MAX_ISSUES = 24
_BATCH_SIZE = 1024


def find_label_issues(training_set: TrainingSet, general: Floats) -> list[tuple[int, int, int]]:
    """(position in the training set, an album it is in, the album it looks like), the clearest first.

    `general` (N, d) are its embeddings by the general head, which no wrong label can have misled. A photo is an issue
    if its five nearest all are in one album in which it is not.
    """
    photos = training_set.in_albums
    if len(photos) <= _NEIGHBOURS:
        return []
    found: list[tuple[float, int, int, int]] = []
    for start in range(0, len(photos), _BATCH_SIZE):
        batch = photos[start : start + _BATCH_SIZE]
        similarity = general[batch] @ general[photos].T
        similarity[np.arange(len(batch)), np.arange(start, start + len(batch))] = -np.inf
        nearest = top_ranked(similarity, _NEIGHBOURS)
        found += _outvoted(training_set, batch, photos[nearest], np.take_along_axis(similarity, nearest, axis=1))
    return [issue[1:] for issue in sorted(found, reverse=True)[:_MAX_ISSUES]]


def _outvoted(
    training_set: TrainingSet, photos: Ints, nearest: Ints, similarity: Floats
) -> list[tuple[float, int, int, int]]:
    membership = training_set.membership
    votes = membership[nearest].sum(axis=1)
    return [
        (float(similarity[row].mean()), int(photo), int(membership[photo].argmax()), int(votes[row].argmax()))
        for row, photo in enumerate(photos)
        if votes[row].max() == _NEIGHBOURS and not membership[photo, votes[row] == _NEIGHBOURS].any()
    ]
