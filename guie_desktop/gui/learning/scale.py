"""The lines of a scale of shares: round numbers, few enough to be read, and not from nought where all is high."""

import math

_STEPS = 0.05, 0.1, 0.2, 0.25
_FEWEST, _MOST = 2, 4
"""Steps of a scale."""


def scale_between(least: float, most: float) -> tuple[float, ...]:
    """Round shares of which the first is no higher than the least value that is shown, and the last no lower."""
    for step in _STEPS:
        first, last = math.floor(least / step + 1e-9), math.ceil(most / step - 1e-9)
        while last - first < _FEWEST:
            first, last = (first - 1, last) if first > 0 else (first, last + 1)
        if last - first <= _MOST:
            return tuple(round(step * number, 2) for number in range(first, last + 1))
    raise AssertionError("a share is not below nought or above one")
