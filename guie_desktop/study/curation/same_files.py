"""Which files are there, and which of them are the same byte by byte."""

import os
import stat
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from guie_desktop.disk.content import content_hash, content_hash_at
from guie_desktop.errors import UnreadablePhoto
from guie_desktop.messages.progress import Progress

UNREADABLE = -1
_HEAD = 16_384
"""Bytes; few pictures begin with the same ones and are different."""
_AT_ONCE = 512
_THREADS = 16
"""They wait for the disk, or for a server, most of the time."""
_Known = bytes | int | None
"""What one look tells of a file; None where it cannot be read."""
_Places = NDArray[np.int64]


def find_same_files(paths: Sequence[str]) -> Generator[Progress, None, _Places]:
    """A number for each file (N,), shared by those of one content; UNREADABLE where there is none that can be read.

    Files that have their size in common with others are read at their beginning, which tells most apart. Those that
    still are alike are read whole, piece by piece. Addresses in object stores are taken on trust, each as a content of
    its own.
    """
    groups = np.arange(len(paths))
    files = np.array([place for place, path in enumerate(paths) if "://" not in path], np.int64)
    groups[files] = 0
    with ThreadPoolExecutor(_THREADS) as pool:
        sizes = yield from _look(pool, _size, paths, files)
        _divide(groups, files, sizes)
        alike = _in_company(groups, files)
        _divide(groups, alike, (yield from _look(pool, _hash_of_head, paths, alike)))
        is_longer = np.zeros(len(paths), bool)
        is_longer[files] = [size is not None and int(size) > _HEAD for size in sizes]
        alike = _in_company(groups, alike[is_longer[alike]])
        _divide(groups, alike, (yield from _look(pool, _hash_of_all, paths, alike)))
    return groups


def _look(
    pool: ThreadPoolExecutor, at: Callable[[str], _Known], paths: Sequence[str], places: _Places
) -> Generator[Progress, None, list[_Known]]:
    known: list[_Known] = []
    portion = _AT_ONCE * _THREADS
    for start in range(0, len(places), portion):
        here = places[start : start + portion]
        parts = [[paths[place] for place in here[first : first + _AT_ONCE]] for first in range(0, len(here), _AT_ONCE)]
        for found in pool.map(lambda part: list(map(at, part)), parts):
            known.extend(found)
        yield Progress("check", len(known), len(places))
    return known


def _divide(groups: _Places, places: _Places, known: Sequence[_Known]) -> None:
    """Divide groups by what is known of the files in these places; each has the number of its first file."""
    firsts: dict[tuple[int, _Known], int] = {}
    before = groups[places].tolist()
    groups[places] = [
        UNREADABLE if one is None else firsts.setdefault((group, one), place)
        for group, one, place in zip(before, known, places.tolist(), strict=True)
    ]


def _in_company(groups: _Places, places: _Places) -> _Places:
    """Those of the places whose group has others in it."""
    readable = places[groups[places] != UNREADABLE]
    members = np.bincount(groups[readable], minlength=len(groups))
    found: _Places = readable[members[groups[readable]] > 1]
    return found


def _size(path: str) -> int | None:
    try:
        found = os.stat(path)  # noqa: PTH116 - a million of them, and `Path` takes as long as the system
    except (OSError, ValueError):
        return None
    return found.st_size if stat.S_ISREG(found.st_mode) and found.st_size else None


def _hash_of_head(path: str) -> bytes | None:
    try:
        with Path(path).open("rb") as file:
            return content_hash(file.read(_HEAD))
    except (OSError, ValueError):
        return None


def _hash_of_all(path: str) -> bytes | None:
    try:
        return content_hash_at(Path(path))
    except UnreadablePhoto:
        return None
