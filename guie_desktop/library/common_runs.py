"""What two arrays have in common, so that only what lies between is worked out anew."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

_WINDOW = 16
"""Values that must be the same for two arrays to go on alike."""
_FARTHEST = 8
"""Values that are passed over for that in both together; where more differ, all from there to the common end do."""
_MOST = 64
"""Runs; where there are more, little is gained by them."""
_AT_ONCE = 1 << 16


class Run(NamedTuple):
    """So many values that are the same in both, from these places on."""

    old_at: int
    new_at: int
    length: int


def common_runs(old: NDArray[Any], new: NDArray[Any]) -> Iterator[Run]:
    """Runs in which both are the same, first to last: as a few values were put in and taken out, here and there.

    The last one, which may be empty, reaches to the end of both.
    """
    most = min(len(old), len(new))
    length = _alike(old[:most], new[:most])
    ending = _alike(old[len(old) - most + length :][::-1], new[len(new) - most + length :][::-1])
    old_end, new_end = len(old) - ending, len(new) - ending
    old_at = new_at = 0
    for _ in range(_MOST):
        yield Run(old_at, new_at, length)
        old_at, new_at = old_at + length, new_at + length
        passed = _passed_over(old[old_at:], new[new_at:])
        if passed is None or old_at + passed[0] >= old_end or new_at + passed[1] >= new_end:
            break
        old_at, new_at = old_at + passed[0], new_at + passed[1]
        most = min(old_end - old_at, new_end - new_at)
        length = _alike(old[old_at : old_at + most], new[new_at : new_at + most])
    yield Run(old_end, new_end, ending)


def _passed_over(old: NDArray[Any], new: NDArray[Any]) -> tuple[int, int] | None:
    """How few values of each to pass over for the next ones to be the same; None where these are too many."""
    for both in range(1, _FARTHEST + 1):
        for removed in range(both + 1):
            one, other = old[removed:][:_WINDOW], new[both - removed :][:_WINDOW]
            if len(one) == _WINDOW and np.array_equal(one, other):
                return removed, both - removed
    return None


def _alike(one: NDArray[Any], other: NDArray[Any]) -> int:
    """How many values both of the same length begin with."""
    for start in range(0, len(one), _AT_ONCE):
        differ = one[start : start + _AT_ONCE] != other[start : start + _AT_ONCE]
        if differ.any():
            return start + int(np.argmax(differ))
    return len(one)
