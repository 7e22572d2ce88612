"""What a shared library tells of its photos."""

from dataclasses import dataclass

import numpy as np

from guie_desktop.arrays import Keys, Scores


@dataclass(frozen=True, slots=True)
class SharedPhoto:
    """One photo; its row is its name in the table for as long as it is there, whatever else changes."""

    row: int
    path: str
    """Of the file or object, whole."""
    content_hash: bytes | None
    bytes: int | None
    modified: float | None
    """Seconds since the epoch."""
    taken: float | None
    """As in the catalog; None where it is not known."""
    width: int | None
    """Of the upright picture, in pixels."""
    height: int | None
    reason: str | None
    """Why it could not be read; else None."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page ends: the photo after which the next one begins."""

    taken: float | None
    path: str


@dataclass(frozen=True, slots=True)
class PhotoPage:
    """Some photos, the newest first, and after them those whose date is not known."""

    photos: tuple[SharedPhoto, ...]
    after: Place | None
    """Where to go on; None where there are no more."""


@dataclass(frozen=True, slots=True, eq=False)
class SharedHits:
    """What a search has found, best first."""

    rows: Keys
    """(N,)"""
    scores: Scores
    """(N,): as the head has them, exactly."""
    personal: float
    """The weight that the personal head had, between 0 and 1."""
    cutoff: float | None
    """The score from which on a hit counts as similar; None where the head knows none."""

    @classmethod
    def none(cls) -> "SharedHits":
        """Where there is nothing to be found."""
        return cls(np.empty(0, np.int64), np.empty(0, np.float32), 0.0, None)
