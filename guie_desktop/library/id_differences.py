"""What must be taken out of a list of ids, and put in, to make another of it."""

from array import array
from dataclasses import dataclass


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
