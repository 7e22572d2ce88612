"""Whether a library takes a general head in that was trained elsewhere: tested on what belongs together there."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from guie_desktop.arrays import Floats
from guie_desktop.domain import ALBUMS_TO_LEARN, PHOTOS_TO_LEARN
from guie_desktop.embedding.general_head import GeneralHead
from guie_desktop.embedding.projection import unit_rows
from guie_desktop.learned import GeneralHeadTest, TestedBy
from guie_desktop.learning.data.curation import MAX_TRAINING_PHOTOS, TrainingSet, cap_classes, make_training_set
from guie_desktop.learning.testing.general_trial import compare_general_heads
from guie_desktop.library.catalog import Catalog
from guie_desktop.library.feature_store import FeatureStore
from guie_desktop.library.labels import read_labels
from guie_desktop.library.occasions import read_occasions
from guie_desktop.messages import Progress

_SEED = 42
_LARGEST_OCCASION = 40
"""Photos of one that are looked at, so that there is room for many."""
_SAMPLE = 4096
"""Photos whose nearest others tell what is the same picture, and whose mean is that of the library."""
_FEW_TWINS = 10
_BATCH_SIZE = 512
_PARTS = 100
"""Of the work, to count its progress in."""


@dataclass(frozen=True, slots=True)
class EntranceTest:
    """What came of it."""

    test: GeneralHeadTest | None
    """None where nothing says which photos belong together."""
    same: float
    """Score of the tested head from which on a hit is the same picture."""


def give_entrance_test(
    catalog: Path, backbone_key: str, current: GeneralHead, candidate: GeneralHead, tell: Callable[[Progress], None]
) -> EntranceTest:
    """By the albums, or where these tell nothing by the occasions of the photos.

    The file of the catalog is only read, and needs no open library. What `tell` raises ends it.
    """
    with closing(Catalog.open_read_only(catalog)) as opened:
        store = FeatureStore(opened, backbone_key)
        sample = unit_rows(store.sample(_SAMPLE).astype(np.float32))
        first: GeneralHeadTest | None = None
        for tested_by, classes in _truths(store):
            photos = _photos(store, classes, sample)
            if len(photos.names) >= ALBUMS_TO_LEARN:
                test = compare_general_heads(
                    photos,
                    tested_by,
                    current,
                    candidate,
                    lambda done: tell(Progress("test", round(_PARTS * done), _PARTS)),
                )
                first = first or test
                if test.outcome != "tells nothing":
                    return EntranceTest(test, same_score(sample, current, candidate))
        return EntranceTest(first, candidate.same)


def same_score(sample: Floats, current: GeneralHead, candidate: GeneralHead) -> float:
    """The score from which on as many photos have a twin as by the head in use, from unit features (N, D).

    A head that draws together what is of one kind gives two pears the score that copies have elsewhere. Where a library
    has hardly any twins to tell it by, it is as the head says itself, and no photo that has none gets one.
    """
    before, after = (np.sort(_nearest(head.apply(sample)))[::-1] for head in (current, candidate))
    twins = int((before >= current.same).sum())
    if twins >= _FEW_TWINS:
        return float(np.clip(after[twins - 1], 0, 1))
    return float(np.clip(max(candidate.same, after.max(initial=0.0)), 0, 1))


def _nearest(rows: Floats) -> Floats:
    """Cosine of each row (N, d) with the nearest other."""
    best = np.empty(len(rows), np.float32)
    for start in range(0, len(rows), _BATCH_SIZE):
        scores = rows[start : start + _BATCH_SIZE] @ rows.T
        scores[np.arange(len(scores)), np.arange(start, start + len(scores))] = -1
        best[start : start + len(scores)] = scores.max(axis=1, initial=-1)
    return best


def _truths(store: FeatureStore) -> Iterator[tuple[TestedBy, Mapping[str, Sequence[int]]]]:
    yield "albums", cap_classes(read_labels(store).members, _SEED)
    yield "occasions", _some(read_occasions(store))


def _some(occasions: Mapping[str, Sequence[int]]) -> dict[str, list[int]]:
    """So many that their photos can all be compared, drawn from all."""
    rng = np.random.default_rng(_SEED)
    names = [name for name, keys in occasions.items() if len(keys) >= PHOTOS_TO_LEARN]
    chosen: dict[str, list[int]] = {}
    room = MAX_TRAINING_PHOTOS
    for number in rng.permutation(len(names)):
        keys = occasions[names[number]]
        drawn = rng.choice(keys, min(len(keys), _LARGEST_OCCASION), replace=False)
        room -= len(drawn)
        if room < 0:
            break
        chosen[names[number]] = sorted(drawn.tolist())
    return chosen


def _photos(store: FeatureStore, classes: Mapping[str, Sequence[int]], sample: Floats) -> TrainingSet:
    wanted = np.array(sorted({key for keys in classes.values() for key in keys}), np.int64)
    features: dict[int, Floats] = {}
    for keys, rows in store.by_id(wanted):
        features.update(zip(keys.tolist(), unit_rows(rows.astype(np.float32)), strict=True))
    return make_training_set(classes, {}, features, sample.mean(axis=0) if len(sample) else None)
