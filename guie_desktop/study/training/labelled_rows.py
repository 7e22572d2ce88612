"""The photos of a study that are trained on: their classes, and their features from memory or from the table."""

import hashlib
from collections.abc import Callable, Generator
from dataclasses import dataclass

import numpy as np
import psutil
import pyarrow.compute as pc
from numpy.typing import NDArray

from guie_desktop.arrays import Mask, StoredFeatures
from guie_desktop.errors import UserError
from guie_desktop.messages import Progress
from guie_desktop.sentences import Sentence
from guie_desktop.study.study_features import StudyFeatures
from guie_desktop.study.training.row_order import Rows

_SHARE_OF_MEMORY = 0.5
"""Of what is free: features that take more stay where they are."""
_DIGEST_BYTES = 16
"""Of a feature."""
FEWEST_CLASSES = 3
"""What every loss can be trained with."""


@dataclass(frozen=True, slots=True, eq=False)
class LabelledRows:
    """N photos, in the order of the manifest: the table's changes whenever another model is embedded with."""

    labels: Rows
    """(N,) numbers of their classes, from 0 on and each in use."""
    domains: Rows
    """(N,) numbers of their domains, likewise."""
    datasets: tuple[str, ...]
    """Where they come from."""
    take: Callable[[Rows], StoredFeatures]
    """The features (n, D) of some of the rows."""
    dimension: int
    """D"""
    fingerprint: str
    """Equal where the same photos, in the same order, have the same classes and features, wherever in the table."""
    in_memory: bool
    unusable: int
    """Photos that were left out because their feature is zero or not finite."""

    @property
    def classes(self) -> int:
        """How many classes there are."""
        return int(self.labels.max()) + 1


def read_labelled_rows(
    features: StudyFeatures, chosen: Mask | None = None, *, hold: bool | None = None
) -> Generator[Progress, None, LabelledRows]:
    """Go through all features of the split "train" once; of those that `chosen` (rows of the manifest) holds, if given.

    They are kept in memory as float16 where they take no more than half of what is free, or as `hold` says. UserError
    where there are too few classes to train with.
    """
    manifest = features.manifest.rows
    expected = pc.sum(pc.equal(manifest["split"], "train")).as_py() or 0
    if hold is None:
        hold = expected * features.dimension * 2 <= _SHARE_OF_MEMORY * psutil.virtual_memory().available
    held = np.empty((expected if hold else 0, features.dimension), np.float16)
    places, positions = np.empty(expected, np.int64), np.empty(expected, np.int64)
    digests = np.empty((expected, _DIGEST_BYTES), np.uint8)
    count = unusable = 0
    for part in features.scan("train"):
        wanted = np.ones(len(part.places), bool) if chosen is None else chosen[part.places]
        usable = wanted & np.isfinite(part.features).all(axis=1) & part.features.any(axis=1)
        unusable += int((wanted & ~usable).sum())
        kept = np.ascontiguousarray(part.features[usable])
        here = slice(count, count + len(kept))
        places[here], positions[here] = part.places[usable], part.positions[usable]
        if hold:
            held[here] = kept
        digests[here] = _digests(kept)
        count = here.stop
        yield Progress("features", count, expected)
    order = np.argsort(places[:count])
    rows = manifest.select(["label", "domain", "dataset"]).take(places[order])
    labels, _ = _numbers(rows["label"])
    if count == 0 or labels.max() + 1 < FEWEST_CLASSES:
        raise UserError(
            Sentence(
                "There are photos of fewer than {number} classes to train with.",
                number=FEWEST_CLASSES,
            ),
            "Add data sets, and have them embedded.",
            "study curate",
        )
    domains, _ = _numbers(rows["domain"])
    from_table = positions[order]
    whole = hashlib.sha256(features.column.encode())
    for column in (places[order], labels, digests[order]):
        whole.update(column.tobytes())
    return LabelledRows(
        labels,
        domains,
        _numbers(rows["dataset"])[1],
        (lambda some: held[order[some]]) if hold else (lambda some: features.take(from_table[some])),
        features.dimension,
        whole.hexdigest(),
        in_memory=hold,
        unusable=unusable,
    )


def _digests(features: StoredFeatures) -> NDArray[np.uint8]:
    """One for each feature (N, D), so that they can be put in another order than they were read in."""
    each = b"".join(hashlib.blake2b(row, digest_size=_DIGEST_BYTES).digest() for row in features)
    return np.frombuffer(each, np.uint8).reshape(len(features), _DIGEST_BYTES)


def _numbers(column: "pc.ChunkedArray") -> tuple[NDArray[np.int64], tuple[str, ...]]:
    """Number the values of a column in their alphabetic order, in which classes of one data set are neighbours."""
    names = pc.unique(column)
    names = names.take(pc.array_sort_indices(names))
    numbers = pc.index_in(column, names).to_numpy().astype(np.int64)
    return numbers, tuple(names.to_pylist())
