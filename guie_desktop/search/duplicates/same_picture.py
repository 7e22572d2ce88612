"""Whether two photos are one picture: looked at in small first, then closely, block by block."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from guie_desktop.arrays import Floats, Mask
from guie_desktop.search.duplicates.alignment import (
    Placement,
    align,
    correlations,
    reduced,
    turned_each,
)
from guie_desktop.search.duplicates.glances import Glances
from guie_desktop.search.duplicates.near_pairs import Pairs

SIDE = 32
"""Of the grey squares that all photos are compared by."""
CLOSE_SIDE = 96
"""Of those by which it is decided."""

# Chosen on one half of the photos of tests/benchmarks/duplicates.py, and judged on the other.
_ROUGHLY, _ROUGH_SIDE, _ROUGHEST_SIDE = 0.72, 16, 8
_GOOD, _ABOUT = 0.9, 0.2
_LIKELY = 0.88
_LIKELY_OVERHANG = 0.06
_SURE = 0.95
_SURE_BLOCKS, _ODD_BLOCKS, _ODDEST = 0.85, 0.05, 0.5
"""All but a few of the blocks correlate so much, such as one that bears a date, and those at least so much."""
_SURE_OVERHANG = 0.03
_BLOCKS = 8
_LEAST_PART = 0.6
"""Of the area; a smaller one is a detail of a picture, and no copy of it."""
_FLAT = 16.0
"""Variance of brightness below which a block is noise."""
_ROUGH_STEPS, _STEPS = ((_ROUGHEST_SIDE, 2), (_ROUGH_SIDE, 3)), ((SIDE, 4),)
_CLOSE_STEPS = (CLOSE_SIDE // 2, 3), (CLOSE_SIDE, 3)
_TURNS_TRIED = 2


@dataclass(frozen=True, slots=True)
class Likeness:
    """P pairs that may be one picture: the second one, turned, is part of the first, or the other way round."""

    pairs: Pairs
    turns: NDArray[np.int64]
    """(P,)"""
    is_swapped: Mask
    """(P,): whether the first is part of the second, as that is turned."""
    placement: Placement

    def at(self, rows: NDArray[np.int64]) -> "Likeness":
        """Some of them."""
        return Likeness(self.pairs[rows], self.turns[rows], self.is_swapped[rows], self.placement.at(rows))


class SmallPictures:
    """Grey squares (N, SIDE, SIDE) of photos, and what is seen of them at a glance."""

    def __init__(self, pictures: NDArray[np.uint8]) -> None:
        self._pictures = pictures
        self._glances = Glances(pictures)

    def alike_at_a_glance(self, pairs: Pairs, least: float) -> Pairs:
        """Those of the pairs (P, 2) that correlate so much at a glance, whichever way one of them is turned."""
        found: Pairs = pairs[self._glances.alike(pairs).max(axis=1) >= least]
        return found

    def likely_same(self, pairs: Pairs) -> Likeness:
        """Those of the pairs (P, 2) that may be one picture."""
        turns, alike = self._glances.likeliest_turns(pairs, _TURNS_TRIED)
        one, other = (self._pictures[pairs[:, side]].astype(np.float32) for side in (0, 1))
        return _looked_at(pairs, one, other, turns, alike)


def _looked_at(pairs: Pairs, one: Floats, other: Floats, turns: NDArray[np.int64], alike: Floats) -> Likeness:
    """Those of the pairs that may be one picture, which these squares (P, SIDE, SIDE) are of."""
    rough_one, rough_other = reduced(one, _ROUGH_SIDE), reduced(other, _ROUGH_SIDE)
    best = np.full(len(pairs), -1, np.float32)
    turn, swapped = turns[:, 0].copy(), np.zeros(len(pairs), bool)
    numbers = Placement.all_of_it(len(pairs)).numbers
    for tried in range(_TURNS_TRIED):
        # Another way to turn it is tried where it is about as good, and as long as none was good enough.
        which = np.flatnonzero((best < _GOOD) & (alike[:, tried] >= alike[:, 0] - _ABOUT))
        first, second = rough_one[which], turned_each(rough_other[which], turns[which, tried])
        for is_swapped, (whole, part) in enumerate(((first, second), (second, first))):
            start = Placement.all_of_it(len(which))
            found = align(whole, part, start, _ROUGH_STEPS)
            score = _correlation(whole, part, found)
            better = score > best[which]
            chosen = which[better]
            best[chosen], turn[chosen], swapped[chosen] = score[better], turns[chosen, tried], bool(is_swapped)
            numbers[chosen] = found.numbers[better]
    # Where all of the part is seen to be more than the whole, it is the other way round.
    is_larger = Placement(numbers).area > 1
    numbers[is_larger] = Placement(numbers[is_larger]).inverse.numbers
    likeness = Likeness(pairs, turn, swapped ^ is_larger, Placement(numbers))
    kept = np.flatnonzero(best >= _ROUGHLY)
    likeness, one, other = likeness.at(kept), one[kept], other[kept]
    likeness, whole, part = _placed(likeness, one, other, _STEPS)
    score = _correlation(whole, part, likeness.placement)
    return likeness.at(np.flatnonzero((score >= _LIKELY) & (likeness.placement.overhang <= _LIKELY_OVERHANG)))


def surely_same(likeness: Likeness, firsts: Floats, seconds: Floats) -> Mask:
    """Which of the pairs are one picture, as their grey squares (P, CLOSE_SIDE, CLOSE_SIDE) show."""
    likeness, whole, part = _placed(likeness, firsts, seconds, _CLOSE_STEPS)
    placement = likeness.placement
    shown, inside = placement.cut_out(whole)
    blocks, variances = correlations(shown, part, inside, _BLOCKS)
    blocks = np.sort(np.where(variances > _FLAT, blocks, 1), axis=1)
    odd = round(_ODD_BLOCKS * blocks.shape[1])
    found: Mask = (
        (_correlation(whole, part, placement) >= _SURE)
        & (blocks[:, odd] >= _SURE_BLOCKS)
        & (blocks[:, 0] >= _ODDEST)
        & (placement.overhang <= _SURE_OVERHANG)
        & (placement.area >= _LEAST_PART)
    )
    return found


def _placed(
    likeness: Likeness, firsts: Floats, seconds: Floats, steps: tuple[tuple[int, int], ...]
) -> tuple[Likeness, Floats, Floats]:
    """The same pairs laid over each other more closely, with the wholes and the parts."""
    seconds = turned_each(seconds, likeness.turns)
    swapped = likeness.is_swapped[:, None, None]
    whole, part = np.where(swapped, seconds, firsts), np.where(swapped, firsts, seconds)
    placement = align(whole, part, likeness.placement, steps)
    return Likeness(likeness.pairs, likeness.turns, likeness.is_swapped, placement), whole, part


def _correlation(whole: Floats, part: Floats, placement: Placement) -> Floats:
    shown, inside = placement.cut_out(whole)
    return correlations(shown, part, inside)[0][:, 0]
