"""What must be taken out of a list of ids, and put in, to make another of it."""

from array import array
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Step:
    """Replace `removed` ids at `old_at` in the old list by the `inserted` ids at `new_at` in the new one."""

    old_at: int
    removed: int
    new_at: int
    inserted: int


def steps_between(old: "array[int]", new: "array[int]") -> list[Step]:
    """The steps from old to new, first to last; an id that moved is taken out and put in."""
    start = _common_start(old, new)
    ending = _common_end(old, new, start)
    old_end, new_end = len(old) - ending, len(new) - ending
    before, after = np.asarray(old)[start:old_end], np.asarray(new)[start:new_end]
    goes, comes = ~np.isin(before, after), ~np.isin(after, before)
    if np.array_equal(before[~goes], after[~comes]):
        return list(_steps_around(start, np.flatnonzero(goes), np.flatnonzero(comes)))
    in_old = set(old[start:old_end])
    in_new = set(new[start:new_end])
    steps: list[Step] = []
    i, j = start, start
    while i < old_end or j < new_end:
        first_i, first_j = i, j
        while i < old_end and old[i] not in in_new:
            i += 1
        while j < new_end and new[j] not in in_old:
            j += 1
        if i < old_end and j < new_end and old[i] != new[j]:
            # Both lists have both ids, in another order: the old one counts as moved.
            in_new.discard(old[i])
            in_old.discard(old[i])
        if i > first_i or j > first_j:
            steps.append(Step(first_i, i - first_i, first_j, j - first_j))
        while i < old_end and j < new_end and old[i] == new[j]:
            i += 1
            j += 1
    return steps


def _steps_around(start: int, goes: Rows, comes: Rows) -> Iterator[Step]:
    """The steps where what stays is in the same order, by the rows from `start` on that go and that come."""
    gaps_before, gaps_now = goes - np.arange(len(goes)), comes - np.arange(len(comes))
    gaps = np.union1d(gaps_before, gaps_now)
    first, last = np.searchsorted(gaps_before, gaps), np.searchsorted(gaps_before, gaps, "right")
    first_now, last_now = np.searchsorted(gaps_now, gaps), np.searchsorted(gaps_now, gaps, "right")
    steps = np.stack([start + gaps + first, last - first, start + gaps + first_now, last_now - first_now], axis=1)
    return (Step(*step) for step in steps.tolist())


def _common_start(old: "array[int]", new: "array[int]") -> int:
    # Bytes are compared at once: a million equal ids must not cost a million comparisons in Python.
    low, high = 0, min(len(old), len(new))
    old_bytes, new_bytes = memoryview(old).cast("B"), memoryview(new).cast("B")
    while low < high:
        middle = (low + high + 1) // 2
        if old_bytes[low * 8 : middle * 8] == new_bytes[low * 8 : middle * 8]:
            low = middle
        else:
            high = middle - 1
    return low


def _common_end(old: "array[int]", new: "array[int]", start: int) -> int:
    low, high = 0, min(len(old), len(new)) - start
    old_bytes, new_bytes = memoryview(old).cast("B"), memoryview(new).cast("B")
    old_end, new_end = len(old), len(new)
    while low < high:
        middle = (low + high + 1) // 2
        old_part = old_bytes[(old_end - middle) * 8 : (old_end - low) * 8]
        if old_part == new_bytes[(new_end - middle) * 8 : (new_end - low) * 8]:
            low = middle
        else:
            high = middle - 1
    return low
