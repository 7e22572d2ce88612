"""What two arrays have in common at their beginnings and ends, so that only what lies between is worked out anew."""

from typing import Any

import numpy as np
from numpy.typing import NDArray


def common_ends(old: NDArray[Any], new: NDArray[Any]) -> tuple[int, int]:
    """How many values both begin with, and how many of the others both end with."""
    most = min(len(old), len(new))
    begin = _equal(old[:most], new[:most])
    most -= begin
    return begin, _equal(old[len(old) - most :][::-1], new[len(new) - most :][::-1])


def _equal(one: NDArray[Any], other: NDArray[Any]) -> int:
    differ = one != other
    first = int(np.argmax(differ)) if len(differ) else 0
    return first if len(differ) and differ[first] else len(differ)
