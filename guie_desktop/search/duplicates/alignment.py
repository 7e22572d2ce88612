"""Laying one small picture over another: turned or mirrored as need be, and as that part of it which it shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from guie_desktop.arrays import Floats, Mask

Kind = TypeVar("Kind", bound=np.generic)
TURNS = 8
"""Ways to turn and mirror a square: bit 0 mirrors it, bit 1 turns it upside down, bit 2 swaps its axes first."""
_AS_IT_IS = (1.0, 0.0, 1.0, 0.0)
_LONGEST_STEP = 0.1
_LEAST_SCALE, _MOST_SCALE, _FARTHEST = 0.7, 1.4, 0.35
_TOO_FLAT = 1e-3


def turned(pictures: NDArray[Kind], turn: int) -> NDArray[Kind]:
    """Square pictures (..., S, S), all of them turned in this way."""
    if turn & 4:
        pictures = np.swapaxes(pictures, -1, -2)
    if turn & 1:
        pictures = pictures[..., :, ::-1]
    if turn & 2:
        pictures = pictures[..., ::-1, :]
    return pictures


def turned_each(pictures: Floats, turns: NDArray[np.int64]) -> Floats:
    """Square pictures (N, S, S), each turned in its own way (N,)."""
    found = np.empty_like(pictures)
    for turn in range(TURNS):
        which = turns == turn
        found[which] = turned(pictures[which], turn)
    return found


def reduced(pictures: Floats, side: int) -> Floats:
    """Square pictures (..., S, S) at a side that S is a multiple of, by averaging."""
    size = pictures.shape[-1]
    if size == side:
        return pictures
    step = size // side
    # Every so manieth line is added to the next ones: a mean over a few pixels at a time takes several times as long.
    lines = reduce(np.add, (pictures[..., first::step, :] for first in range(step)))
    sums = reduce(np.add, (lines[..., first::step] for first in range(step)))
    means: Floats = sums / np.float32(step * step)
    return means


@dataclass(frozen=True, slots=True)
class Placement:
    """Where N parts lie in N wholes: a point u of a part is scale * u + shift in its whole, both axes from -1 to 1."""

    numbers: Floats
    """(N, 4): scale and shift across, scale and shift down."""

    @classmethod
    def all_of_it(cls, count: int) -> "Placement":
        """Each part is its whole."""
        return cls(np.tile(np.array(_AS_IT_IS, np.float32), (count, 1)))

    @property
    def overhang(self) -> Floats:
        """(N,): how far a part reaches beyond its whole, as a share of half its side; 0 where it lies inside."""
        n = self.numbers
        reach = np.maximum(n[:, 0] + np.abs(n[:, 1]), n[:, 2] + np.abs(n[:, 3])) - 1
        found: Floats = np.maximum(reach, 0)
        return found

    @property
    def area(self) -> Floats:
        """(N,): how much of its whole a part covers."""
        found: Floats = self.numbers[:, 0] * self.numbers[:, 2]
        return found

    @property
    def inverse(self) -> "Placement":
        """Where the wholes lie in their parts."""
        scale, shift = self.numbers[:, 0::2], self.numbers[:, 1::2]
        return Placement(np.stack([1 / scale, -shift / scale], axis=2).reshape(-1, 4))

    def at(self, rows: NDArray[np.int64]) -> "Placement":
        """Those of some rows."""
        return Placement(self.numbers[rows])

    def cut_out(self, wholes: Floats) -> tuple[Floats, Mask]:
        """What the wholes (N, S, S) show where the parts are, and which of these points they have."""
        side = wholes.shape[-1]
        middles = _middles(side)
        across = (self.numbers[:, 0, None] * middles + self.numbers[:, 1, None] + 1) * (side / 2) - 0.5
        down = (self.numbers[:, 2, None] * middles + self.numbers[:, 3, None] + 1) * (side / 2) - 0.5
        inside = _is_inside(across, side)[:, None, :] & _is_inside(down, side)[:, :, None]
        lines = np.ascontiguousarray(np.swapaxes(_between(wholes, down), 1, 2))
        return np.swapaxes(_between(lines, across), 1, 2), inside


def align(wholes: Floats, parts: Floats, start: Placement, steps: Sequence[tuple[int, int]]) -> Placement:
    """Find where the parts (N, S, S) lie in the wholes (N, S, S), from a first guess.

    Coarse to fine, by the inverse compositional method of Baker and Matthews (Lucas-Kanade 20 Years On, IJCV 2004) for
    a scale and a shift along each axis. Brightness and contrast do not matter. `steps` are sides of the pictures, by
    which they are compared, rising, and how many rounds are made by each.
    """
    numbers = start.numbers.copy()
    for side, rounds in steps:
        small, wanted = reduced(wholes, side), _normal(reduced(parts, side))
        slopes_down, slopes_across = np.gradient(wanted, axis=(1, 2))
        middles = _middles(side)
        slopes = (side / 2) * np.stack(
            [slopes_across * middles, slopes_across, slopes_down * middles[:, None], slopes_down], axis=1
        ).reshape(len(parts), 4, side * side)
        slopes = (slopes - slopes.mean(axis=2, keepdims=True)).astype(np.float32)
        curvature = slopes @ slopes.transpose(0, 2, 1)
        damping = 1e-3 * np.trace(curvature, axis1=1, axis2=2)[:, None, None] / 4 + 1e-6
        solving = np.linalg.inv(curvature + damping * np.eye(4, dtype=np.float32)) @ slopes
        for _ in range(rounds):
            shown, inside = Placement(numbers).cut_out(small)
            rest = _difference(shown, wanted, inside)
            step = np.clip((solving @ rest[..., None])[..., 0], -_LONGEST_STEP, _LONGEST_STEP)
            scale = numbers[:, 0::2] / (1 + step[:, 0::2])
            shift = numbers[:, 1::2] - scale * step[:, 1::2]
            numbers[:, 0::2] = np.clip(scale, _LEAST_SCALE, _MOST_SCALE)
            numbers[:, 1::2] = np.clip(shift, -_FARTHEST, _FARTHEST)
    return Placement(numbers)


def correlations(pictures: Floats, others: Floats, which: Mask, blocks: int = 1) -> tuple[Floats, Floats]:
    """Correlation of two pictures (N, S, S) in each block of so many by so many, and the lesser variance, (N, blocks²).

    Only the points count that are of both, `which`.
    """
    count, side = len(pictures), pictures.shape[-1]
    step = side // blocks

    def cut(values: Floats) -> Floats:
        parts = values[:, : step * blocks, : step * blocks].reshape(count, blocks, step, blocks, step)
        return parts.transpose(0, 1, 3, 2, 4).reshape(count, blocks * blocks, step * step)

    kept = cut(which.astype(np.float32))
    number = np.maximum(kept.sum(-1, keepdims=True), 1)

    def centred(values: Floats) -> Floats:
        own = cut(values)
        found: Floats = (own - (own * kept).sum(-1, keepdims=True) / number) * kept
        return found

    one, other = centred(pictures), centred(others)
    variances = (one * one).sum(-1) / number[..., 0], (other * other).sum(-1) / number[..., 0]
    product = (one * other).sum(-1) / number[..., 0]
    both = np.sqrt(variances[0] * variances[1])
    found: Floats = np.divide(product, both, out=np.zeros_like(product), where=both > _TOO_FLAT)
    return found, np.minimum(*variances)


def _middles(side: int) -> Floats:
    """The middles of so many pixels, from -1 to 1."""
    return ((np.arange(side) + 0.5) / side * 2 - 1).astype(np.float32)


def _is_inside(places: Floats, side: int) -> Mask:
    found: Mask = (places >= -0.5) & (places <= side - 0.5)
    return found


def _between(pictures: Floats, places: Floats) -> Floats:
    """Lines of pictures (N, S, S) at places between them (N, S)."""
    count, side, _ = pictures.shape
    places = np.clip(places, 0, side - 1.001)
    before = places.astype(np.int64)
    share = (places - before).astype(np.float32)[:, :, None]
    # Lines are taken out of one long row of them: numpy copies each as a whole then, and not pixel by pixel.
    lines, numbers = pictures.reshape(count * side, side), before + side * np.arange(count)[:, None]
    found: Floats = lines.take(numbers, axis=0)
    ahead: Floats = lines.take(numbers + 1, axis=0)
    ahead -= found
    ahead *= share
    found += ahead
    return found


def _difference(shown: Floats, wanted: Floats, which: Mask) -> Floats:
    """Of pictures (N, S, S) at the points that count, 0 elsewhere, (N, S²); the first ones at a deviation of 1."""
    count = len(shown)
    points = count, shown.shape[1] * shown.shape[2]
    flat, other, kept = shown.reshape(points), wanted.reshape(points), which.reshape(points).astype(np.float32)
    number = np.maximum(kept.sum(axis=1), 1)
    centred = (flat - (np.einsum("np,np->n", flat, kept) / number)[:, None]) * kept
    deviation = np.sqrt(np.einsum("np,np->n", centred, centred) / number)
    level = np.einsum("np,np->n", other, kept) / number
    found: Floats = centred / np.maximum(deviation, _TOO_FLAT)[:, None] - (other - level[:, None]) * kept
    return found


def _normal(pictures: Floats) -> Floats:
    """With a mean of 0 and a deviation of 1."""
    centred: Floats = pictures - pictures.mean(axis=(1, 2), keepdims=True, dtype=np.float32)
    deviation = np.sqrt((centred * centred).mean(axis=(1, 2), keepdims=True, dtype=np.float32))
    found: Floats = centred / np.maximum(deviation, _TOO_FLAT)
    return found
