"""From albums to a training set: which photos are trained on, and which albums are left out and why.

The study curated its training set in the same way (Florek et al., 2024): classes with fewer than three photos are left
out, large ones are capped.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from guie_desktop.arrays import Floats
from guie_desktop.domain import PHOTOS_TO_LEARN
from guie_desktop.learned import LeftOutReason, TooFewPhotos
from guie_desktop.learning.data.near_duplicates import near_duplicate_groups

MAX_PHOTOS_PER_CLASS = 400
"""Of one album; a random sample of larger ones."""
MAX_TRAINING_PHOTOS = 16_384
"""Of all albums; the cross-validation compares each held-out photo with all others."""

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class TrainingSet:
    """Labelled photos, each album a class. A photo may be in several: `membership[n, c]`, photo n in album c."""

    keys: Ints
    """(N,) feature ids; photos with the same content are one."""
    features: Floats
    """(N, D), of unit length."""
    names: tuple[str, ...]
    """(C,) of the albums."""
    membership: NDArray[np.bool_]
    """(N, C)"""
    refused: NDArray[np.bool_]
    """(N, C) negatives, photos that are "not this"; such photos may be in no album at all."""
    groups: Ints
    """(N,) near-duplicates have the same number."""
    left_out: tuple[tuple[str, LeftOutReason], ...] = ()
    """Albums that are not among the classes, each with the reason."""

    @property
    def is_in_album(self) -> NDArray[np.bool_]:
        """(N,) whether each photo is in an album; those that are not were refused for one."""
        return np.asarray(self.membership.any(axis=1))

    @property
    def in_albums(self) -> Ints:
        """The photos that are in an album, as positions."""
        return np.flatnonzero(self.is_in_album)

    @property
    def trainable_classes(self) -> int:
        """Albums with two photos or more, which have something in common to be learned."""
        return int((self.membership.sum(axis=0) >= 2).sum())

    def subset(self, positions: Ints) -> "TrainingSet":
        """These photos alone; albums keep their numbers."""
        return TrainingSet(
            self.keys[positions],
            self.features[positions],
            self.names,
            self.membership[positions],
            self.refused[positions],
            self.groups[positions],
            self.left_out,
        )

    def exclusive_to(self, albums: NDArray[np.bool_]) -> Ints:
        """The photos (positions) that are in some of these albums (C,) and in no other."""
        return np.flatnonzero(self.is_in_album & ~self.without(albums).is_in_album)

    def without(self, albums: NDArray[np.bool_]) -> "TrainingSet":
        """The training set as if nobody had made these albums (C,)."""
        return replace(self, membership=self.membership & ~albums, refused=self.refused & ~albums)

    def most_specific(self) -> tuple[Ints, ...]:
        """The photos (positions) of each album that has two or more, each photo in the smallest of these.

        Where there is any such album there is at least one part, for the smallest keeps all of its photos.
        """
        sizes = self.membership.sum(axis=0)
        trainable = self.membership & (sizes >= 2)
        photos = np.flatnonzero(trainable.any(axis=1))
        album = np.where(trainable[photos], sizes, np.iinfo(np.int64).max).argmin(axis=1)
        parts = (photos[album == number] for number in range(len(self.names)))
        return tuple(part for part in parts if len(part) >= 2)


def cap_classes(albums: Mapping[str, Sequence[int]], seed: int) -> dict[str, list[int]]:
    """As many photos (feature ids) of each album as are trained on: at most 400, fewer where all have too many."""
    members = {name: sorted(set(ids)) for name, ids in albums.items()}
    sizes = np.array([len(ids) for ids in members.values()])
    cap = MAX_PHOTOS_PER_CLASS
    while cap > PHOTOS_TO_LEARN and np.minimum(sizes, cap).sum() > MAX_TRAINING_PHOTOS:
        cap -= 1
    rng = np.random.default_rng(seed)
    return {
        name: ids if len(ids) <= cap else sorted(rng.choice(ids, cap, replace=False).tolist())
        for name, ids in members.items()
    }


def make_training_set(
    albums: Mapping[str, Sequence[int]],
    refusals: Mapping[str, Sequence[int]],
    features: Mapping[int, Floats],
    library_mean: Floats | None = None,
) -> TrainingSet:
    """From albums and refusals, name to feature ids, and the unit features (D,) of those ids.

    Photos whose feature is not there are passed over. `library_mean` (D,) is that of all photos, albums or not.
    """
    left_out: list[tuple[str, LeftOutReason]] = []
    members: dict[str, list[int]] = {}
    for name, ids in albums.items():
        known = sorted({key for key in ids if key in features})
        if len(known) < PHOTOS_TO_LEARN:
            left_out.append((name, TooFewPhotos(len(known))))
            continue
        members[name] = known
    names = tuple(members)
    refused = {name: [key for key in refusals.get(name, ()) if key in features] for name in names}
    keys = np.array(sorted({key for part in (members, refused) for ids in part.values() for key in ids}), np.int64)
    rows = np.stack([features[int(key)] for key in keys]) if len(keys) else np.empty((0, 0), np.float32)
    position = {int(key): row for row, key in enumerate(keys)}
    membership = np.zeros((len(keys), len(names)), bool)
    is_refused = np.zeros_like(membership)
    for number, name in enumerate(names):
        membership[[position[key] for key in members[name]], number] = True
        is_refused[[position[key] for key in refused[name]], number] = True
    is_refused &= ~membership
    groups = near_duplicate_groups(rows, library_mean)
    return TrainingSet(keys, rows, names, membership, is_refused, groups, tuple(left_out))
