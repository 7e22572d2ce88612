"""The map of a library as it is kept: where each photo lies, in a file that the window reads."""

import hashlib
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from guie_desktop.arrays import Keys, Mask

NO_CLASS = -1
_DIGEST = 16
"""Bytes at the beginning of the file, which tell whether it is whole."""


@dataclass(frozen=True, slots=True)
class LibraryMap:
    """N photos in the plane, by the ids of their features, ascending."""

    keys: Keys
    positions: NDArray[np.float32]
    """(N, 2)"""
    is_landmark: Mask
    """(N,): of which it was drawn; the others were placed among these."""
    classes: NDArray[np.int16]
    """(N,): what a classifier sees in each first of all, NO_CLASS where that is not clear."""
    drawn_of: int
    """How many photos there were when it was drawn."""
    space: str
    """Backbone and heads whose embeddings these are."""

    def rows_of(self, keys: Keys) -> NDArray[np.int64]:
        """Where these keys are, in their order; -1 where they are not."""
        if not len(self.keys):
            return np.full(len(keys), -1)
        rows = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        found: NDArray[np.int64] = np.where(self.keys[rows] == keys, rows, -1)
        return found


def map_file(folder: Path, backbone_key: str) -> Path:
    """Where the map of a backbone's embeddings lies, in the folder of the search index."""
    return folder / f"{backbone_key}.map"


def read_map(path: Path) -> LibraryMap | None:
    """The map, or None where there is none or its file is damaged: it is a cache."""
    try:
        data = path.read_bytes()
        if data[:_DIGEST] != _digest(data[_DIGEST:]):
            return None
        with np.load(BytesIO(data[_DIGEST:])) as kept:
            read = LibraryMap(
                kept["keys"],
                kept["positions"],
                kept["is_landmark"],
                kept["classes"],
                int(kept["drawn_of"]),
                str(kept["space"]),
            )
    except (OSError, ValueError, KeyError):
        return None
    return read if _fits(read) else None


def write_map(path: Path, drawn: LibraryMap) -> None:
    """Write it beside and rename it into place; OSError where the disk does not take it."""
    arrays = BytesIO()
    np.savez(
        arrays,
        keys=drawn.keys,
        positions=drawn.positions,
        is_landmark=drawn.is_landmark,
        classes=drawn.classes,
        drawn_of=drawn.drawn_of,
        space=drawn.space,
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".tmp")
    try:
        beside.write_bytes(_digest(arrays.getvalue()) + arrays.getvalue())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _digest(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=_DIGEST).digest()


def _fits(read: LibraryMap) -> bool:
    one_each = (len(read.keys),)
    return (
        read.positions.shape == (*one_each, 2)
        and read.is_landmark.shape == read.classes.shape == one_each
        and bool(np.isfinite(read.positions).all() and (np.diff(read.keys) > 0).all())
    )
