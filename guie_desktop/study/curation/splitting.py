"""What each photo is for: whole classes are held out, so that it is tested how unseen things are told apart."""

import numpy as np
from numpy.typing import NDArray

from guie_desktop.study.curation.candidates import INDEX, QUERY, TRAIN, Candidates
from guie_desktop.study.curation.fates import Fate
from guie_desktop.study.curation.selecting import rank_in_class

LEAST_HELD_OUT = 2
"""Classes of a domain; a photo could be taken for none but its own where there is one alone."""
_ENOUGH_CLASSES = 2 * LEAST_HELD_OUT


def leave_out_tests_of_trained(candidates: Candidates) -> None:
    """Leave out photos that their data set tests with, where it trains on the same class: here classes are unseen."""
    kept = candidates.kept
    trained = np.zeros(len(candidates.labels), bool)
    trained[candidates.class_of[kept[~_for_testing(candidates)[kept]]]] = True
    seen = _for_testing(candidates)[kept] & trained[candidates.class_of[kept]]
    candidates.fates[kept[seen]] = Fate.TEST_OF_TRAINED


def split(candidates: Candidates, held_out: float) -> NDArray[np.int8]:
    """TRAIN, QUERY or INDEX for each photo (N,); what it says of those that are left out means nothing.

    Data sets that hold out classes themselves are split as they say. Of the others this share of each domain's classes
    is held out, two at least where there are four, with one half of their photos as queries among the other half. Where
    a data set only has queries of a class, or only index photos, they are halved likewise or stay in the index.
    """
    kept = candidates.kept
    sizes = candidates.sizes
    given_out = np.zeros(len(sizes), bool)
    given_out[candidates.class_of[kept[_for_testing(candidates)[kept]]]] = True
    splits_itself = np.zeros(len(candidates.datasets), bool)
    splits_itself[candidates.dataset_of[given_out]] = True
    chosen = given_out | _chosen(candidates, (sizes > 0) & ~splits_itself[candidates.dataset_of], held_out)

    answered = np.zeros(len(sizes), bool)  # by photos of the index that the data set names
    answered[candidates.class_of[kept[candidates.given[kept] == INDEX]]] = True
    splits = np.full(len(candidates.fates), TRAIN)
    classes = candidates.class_of[kept]
    halved = np.where(rank_in_class(candidates, kept) < sizes[classes] // 2, QUERY, INDEX)
    as_given = (given_out & answered)[classes]
    splits[kept] = np.where(chosen[classes], np.where(as_given, candidates.given[kept], halved), TRAIN)
    return splits


def leave_out_copies_of_held_out(candidates: Candidates, splits: NDArray[np.int8], contents: NDArray[np.int64]) -> None:
    """Leave out what would be trained on and is, by its content (N,), a file that is held out.

    It is the photo to be trained on that goes: so a test stays what it is, whatever is added to what is trained on.
    """
    kept = candidates.kept
    is_trained = splits[kept] == TRAIN
    copies = kept[is_trained & np.isin(contents[kept], contents[kept[~is_trained]])]
    candidates.fates[copies] = Fate.COPY_OF_HELD_OUT


def _chosen(candidates: Candidates, choosable: NDArray[np.bool_], share: float) -> NDArray[np.bool_]:
    """Which classes (C,) are held out of those that can be."""
    chosen = np.zeros(len(choosable), bool)
    for domain in range(len(candidates.domains)):
        classes = np.flatnonzero(choosable & (candidates.domain_of == domain))
        if share > 0 and len(classes) >= _ENOUGH_CLASSES:
            count = max(LEAST_HELD_OUT, round(share * len(classes)))
            chosen[classes[np.argsort(candidates.class_chance[classes], kind="stable")[:count]]] = True
    return chosen


def _for_testing(candidates: Candidates) -> NDArray[np.bool_]:
    return candidates.given >= QUERY
