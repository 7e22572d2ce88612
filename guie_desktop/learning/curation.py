"""From albums to lessons: what is learned from which photos, and which albums are left out and why.

The study curated its training set in the same way (Florek et al., 2024): classes with fewer than three photos are left
out, large ones are capped.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from guie_desktop.domain import PHOTOS_TO_LEARN
from guie_desktop.embedding.head import Floats
from guie_desktop.learning.near_duplicates import near_duplicate_groups

MOST_PHOTOS = 400
"""Of one album; chosen by chance from more."""
MOST_IN_ALL = 16_384
"""Of all albums; the test compares each held-out photo with all others."""

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Lessons:
    """Photos of albums. A photo may be in several; `belongs[n, c]` says whether photo n is in album c."""

    keys: Ints
    """(N,) feature ids; photos with the same content are one."""
    rows: Floats
    """(N, D) features of unit length."""
    names: tuple[str, ...]
    """(C,) of the albums."""
    belongs: NDArray[np.bool_]
    """(N, C)"""
    refused: NDArray[np.bool_]
    """(N, C) photos that are "not this"; such photos may be in no album at all."""
    groups: Ints
    """(N,) near-duplicates have the same number."""
    left_out: tuple[tuple[str, str], ...] = ()
    """Albums that are not among them, each with a sentence."""

    @property
    def is_in_album(self) -> NDArray[np.bool_]:
        """(N,) whether each photo is in an album; those that are not were refused for one."""
        return np.asarray(self.belongs.any(axis=1))

    @property
    def in_albums(self) -> Ints:
        """The photos that are in an album, as positions."""
        return np.flatnonzero(self.is_in_album)

    @property
    def told_apart(self) -> int:
        """Albums with two photos or more, which have something in common to be learned."""
        return int((self.belongs.sum(axis=0) >= 2).sum())

    def only(self, chosen: Ints) -> "Lessons":
        """The lessons with these photos (positions) alone; albums keep their numbers."""
        return Lessons(
            self.keys[chosen],
            self.rows[chosen],
            self.names,
            self.belongs[chosen],
            self.refused[chosen],
            self.groups[chosen],
            self.left_out,
        )

    def only_in(self, albums: NDArray[np.bool_]) -> Ints:
        """The photos (positions) that are in some of these albums (C,) and in no other."""
        return np.flatnonzero(self.is_in_album & ~self.without(albums).is_in_album)

    def without(self, albums: NDArray[np.bool_]) -> "Lessons":
        """The lessons as if nobody had made these albums (C,)."""
        return replace(self, belongs=self.belongs & ~albums, refused=self.refused & ~albums)

    def most_specific(self) -> tuple[Ints, ...]:
        """The photos (positions) of each album that has two or more, each photo in the smallest of these.

        Where there is any such album there is at least one part, for the smallest keeps all of its photos.
        """
        sizes = self.belongs.sum(axis=0)
        told_apart = self.belongs & (sizes >= 2)
        photos = np.flatnonzero(told_apart.any(axis=1))
        album = np.where(told_apart[photos], sizes, np.iinfo(np.int64).max).argmin(axis=1)
        parts = (photos[album == number] for number in range(len(self.names)))
        return tuple(part for part in parts if len(part) >= 2)


def capped(albums: Mapping[str, Sequence[int]], seed: int) -> dict[str, list[int]]:
    """As many photos (feature ids) of each album as are learned: at most 400, fewer where all albums have too many."""
    chosen = {name: sorted(set(ids)) for name, ids in albums.items()}
    sizes = np.array([len(ids) for ids in chosen.values()])
    most = MOST_PHOTOS
    while most > PHOTOS_TO_LEARN and np.minimum(sizes, most).sum() > MOST_IN_ALL:
        most -= 1
    chance = np.random.default_rng(seed)
    return {
        name: ids if len(ids) <= most else sorted(chance.choice(ids, most, replace=False).tolist())
        for name, ids in chosen.items()
    }


def make_lessons(
    albums: Mapping[str, Sequence[int]],
    refusals: Mapping[str, Sequence[int]],
    features: Mapping[int, Floats],
    library_mean: Floats | None = None,
) -> Lessons:
    """Lessons from albums and refusals, name to feature ids, and the unit features (D,) of those ids.

    Photos whose feature is not there are passed over. `library_mean` (D,) is that of all photos, albums or not.
    """
    left_out: list[tuple[str, str]] = []
    learned: dict[str, list[int]] = {}
    for name, ids in albums.items():
        known = sorted({key for key in ids if key in features})
        if len(known) < PHOTOS_TO_LEARN:
            left_out.append((name, _too_few(len(known))))
            continue
        learned[name] = known
    names = tuple(learned)
    refused = {name: [key for key in refusals.get(name, ()) if key in features] for name in names}
    keys = np.array(sorted({key for part in (learned, refused) for ids in part.values() for key in ids}), np.int64)
    rows = np.stack([features[int(key)] for key in keys]) if len(keys) else np.empty((0, 0), np.float32)
    place = {int(key): position for position, key in enumerate(keys)}
    belongs = np.zeros((len(keys), len(names)), bool)
    is_refused = np.zeros_like(belongs)
    for number, name in enumerate(names):
        belongs[[place[key] for key in learned[name]], number] = True
        is_refused[[place[key] for key in refused[name]], number] = True
    is_refused &= ~belongs
    return Lessons(keys, rows, names, belongs, is_refused, near_duplicate_groups(rows, library_mean), tuple(left_out))


def _too_few(photos: int) -> str:
    missing = PHOTOS_TO_LEARN - photos
    return f"It has {photos} {'photo' if photos == 1 else 'photos'}; put {missing} more into it."
