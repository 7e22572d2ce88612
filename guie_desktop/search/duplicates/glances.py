"""What is seen of two pictures at a glance: how alike they are at their best, whichever way one of them is turned."""

import numpy as np
from numpy.typing import NDArray

from guie_desktop.arrays import Floats
from guie_desktop.search.duplicates.alignment import reduced
from guie_desktop.search.duplicates.fingerprints import cosine_waves
from guie_desktop.search.duplicates.near_pairs import Pairs

SIDE = 8
"""Of the pictures as they are seen at a glance."""
_PARITIES = 4
_TOO_FLAT = 1e-3
_ROWS_AT_ONCE = 4096
_SIGNS = np.array(
    [[(-1) ** ((turn & 1) * (parity & 1) + (turn >> 1) * (parity >> 1)) for turn in range(4)] for parity in range(4)],
    np.float32,
)
"""(parity, turn): what turns 0 to 3, which mirror a square, make of its waves; see `alignment.TURNS`."""


class Glances:
    """Pictures (N, S, S) as the cosine waves of their glances, by which all turns are compared at once.

    Mirroring changes the signs of waves that are odd in that direction, and turning by 90 degrees swaps directions. So
    the inner products of the four kinds of waves (even or odd across, even or odd down), of a picture as it is and
    with its axes swapped, say how alike two pictures are in all eight ways: a fourth of the work of turning them.
    """

    def __init__(self, pictures: NDArray[np.uint8]) -> None:
        across, down = np.meshgrid(np.arange(SIDE), np.arange(SIDE))
        order = np.argsort((across % 2 + 2 * (down % 2)).ravel(), kind="stable")
        swapped = np.arange(SIDE * SIDE).reshape(SIDE, SIDE).T.ravel()[order]
        waves = cosine_waves(SIDE, SIDE)
        kinds = len(pictures), _PARITIES, SIDE * SIDE // _PARITIES
        self._as_they_are, self._swapped = np.empty(kinds, np.float32), np.empty(kinds, np.float32)
        for start in range(0, len(pictures), _ROWS_AT_ONCE):
            part = slice(start, start + _ROWS_AT_ONCE)
            small = reduced(pictures[part].astype(np.float32), SIDE)
            own = _directions((waves @ small @ waves.T).astype(np.float32).reshape(-1, SIDE * SIDE))
            self._as_they_are[part] = own[:, order].reshape(-1, *kinds[1:])
            self._swapped[part] = own[:, swapped].reshape(-1, *kinds[1:])

    def alike(self, pairs: Pairs) -> Floats:
        """The correlation of each pair (P, 2) in all ways to turn the second one, (P, TURNS)."""
        ours, other = self._as_they_are[pairs[:, 0]], pairs[:, 1]
        halves = (np.einsum("pkw,pkw->pk", ours, theirs[other]) for theirs in (self._as_they_are, self._swapped))
        return np.concatenate([half @ _SIGNS for half in halves], axis=1)

    def likeliest_turns(self, pairs: Pairs, most: int) -> tuple[NDArray[np.int64], Floats]:
        """How the second ones are to be turned to look like the first: the `most` best ways of each, best first.

        Both answers are (P, most): the turn, and the correlation of both pictures.
        """
        alike = self.alike(pairs)
        turns = np.argsort(-alike, axis=1, kind="stable")[:, :most]
        return turns, np.take_along_axis(alike, turns, axis=1)


def _directions(waves: Floats) -> Floats:
    """Waves (N, SIDE²), the constant one first, to rows of unit length without it; zeros where a picture is flat."""
    waves[:, 0] = 0
    lengths = np.linalg.norm(waves, axis=1, keepdims=True)
    found: Floats = np.divide(waves, lengths, out=np.zeros_like(waves), where=lengths > _TOO_FLAT)
    return found
