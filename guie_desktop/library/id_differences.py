"""What must be taken out of a list of ids, and put in, to make another of it."""

from array import array
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from guie_desktop.library.common_runs import common_runs

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
    before, after = np.asarray(old, np.int64), np.asarray(new, np.int64)
    steps: list[Step] = []
    old_at = new_at = 0
    for run in common_runs(before, after):
        between = _steps_within(before[old_at : run.old_at], after[new_at : run.new_at])
        steps += (Step(old_at + one.old_at, one.removed, new_at + one.new_at, one.inserted) for one in between)
        old_at, new_at = run.old_at + run.length, run.new_at + run.length
    return steps


def _steps_within(before: Rows, after: Rows) -> list[Step]:
    goes, comes = ~np.isin(before, after), ~np.isin(after, before)
    if np.array_equal(before[~goes], after[~comes]):
        return list(_steps_around(np.flatnonzero(goes), np.flatnonzero(comes)))
    old, new = before.tolist(), after.tolist()
    in_old, in_new = set(old), set(new)
    steps: list[Step] = []
    i = j = 0
    while i < len(old) or j < len(new):
        first_i, first_j = i, j
        while i < len(old) and old[i] not in in_new:
            i += 1
        while j < len(new) and new[j] not in in_old:
            j += 1
        if i < len(old) and j < len(new) and old[i] != new[j]:
            # Both lists have both ids, in another order: the old one counts as moved.
            in_new.discard(old[i])
            in_old.discard(old[i])
        if i > first_i or j > first_j:
            steps.append(Step(first_i, i - first_i, first_j, j - first_j))
        while i < len(old) and j < len(new) and old[i] == new[j]:
            i += 1
            j += 1
    return steps


def _steps_around(goes: Rows, comes: Rows) -> Iterator[Step]:
    """The steps where what stays is in the same order, by the rows that go and that come."""
    gaps_before, gaps_now = goes - np.arange(len(goes)), comes - np.arange(len(comes))
    gaps = np.union1d(gaps_before, gaps_now)
    first, last = np.searchsorted(gaps_before, gaps), np.searchsorted(gaps_before, gaps, "right")
    first_now, last_now = np.searchsorted(gaps_now, gaps), np.searchsorted(gaps_now, gaps, "right")
    steps = np.stack([gaps + first, last - first, gaps + first_now, last_now - first_now], axis=1)
    return (Step(*step) for step in steps.tolist())
