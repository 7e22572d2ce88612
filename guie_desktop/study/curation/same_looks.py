"""Classes of different data sets that look the same, by the means of their features."""

from collections.abc import Sequence

import numpy as np

from guie_desktop.arrays import Floats
from guie_desktop.study.curation.same_names import SameThing, data_set_of

_ALIKE = 0.8
"""Cosine of mean features. Of groceries whose classes were torn apart at random, three to eight photos to each part,
72 of 81 pairs were found from here on, and two wrong ones; from 0.85 on 53 and none, from 0.7 on 77 and seven."""
_ROWS_AT_ONCE = 4096


def same_looks(labels: Sequence[str], means: Floats) -> list[SameThing]:
    """Pairs of classes ("dataset/class") that each look more like the other than like any other of its data set.

    `means` (C, D) are unit rows, as seen from the middle of their domain.
    """
    sets = np.array([data_set_of(label) for label in labels])
    places = {name: np.flatnonzero(sets == name) for name in sorted(set(sets.tolist()))}
    found = []
    for name, ones in places.items():
        for other_name, others in places.items():
            if name < other_name:
                nearest, likeness = _nearest(means[ones], means[others])
                back, _ = _nearest(means[others], means[ones])
                mutual = np.flatnonzero((back[nearest] == np.arange(len(ones))) & (likeness >= _ALIKE))
                found += [
                    SameThing(labels[ones[place]], labels[others[nearest[place]]], "look", float(likeness[place]))
                    for place in mutual
                ]
    return sorted(found)


def _nearest(rows: Floats, others: Floats) -> tuple[np.typing.NDArray[np.int64], Floats]:
    places, likeness = np.empty(len(rows), np.int64), np.empty(len(rows), np.float32)
    for start in range(0, len(rows), _ROWS_AT_ONCE):
        alike = rows[start : start + _ROWS_AT_ONCE] @ others.T
        part = slice(start, start + len(alike))
        places[part] = alike.argmax(axis=1)
        likeness[part] = alike.max(axis=1)
    return places, likeness
