"""What parts of the map are called: by the albums, things or folders that most of their photos have in common."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from guie_desktop.gui.map.plane import Points

_KERNEL = np.array([1, 4, 6, 4, 1], np.float32) / 16
_REACH = 2
"""Cells around a dense spot whose photos belong to it; a cell is a quarter of what lies between two names."""
_LEAST = 6
"""Photos of a part that has a name."""
_LIFT = 1.5
"""How many times more frequent what names a part is in it than anywhere."""


@dataclass(frozen=True, slots=True)
class Naming:
    """Names of one kind, and which photos (P,) bear which name; a photo may bear several."""

    names: Sequence[str]
    rows: NDArray[np.int64]
    """(P,)"""
    which: NDArray[np.int64]
    """(P,): numbers of names."""
    least: float
    """Share of a part's photos that bear its name."""
    weight: float = 1.0
    """How much more than others they are worth."""


@dataclass(frozen=True, slots=True)
class Label:
    """A name at a point of the map."""

    x: float
    y: float
    words: str
    photos: int


def labels(points: Points, namings: Sequence[Naming], apart: float) -> tuple[Label, ...]:
    """Names of the dense parts, about so far apart, that with the most photos first.

    Of all names it is the one that says most: borne by many, and rare elsewhere.
    """
    if len(points) < _LEAST:
        return ()
    spots, spot_of = _dense_spots(points, apart / 4)
    sizes = np.bincount(spot_of[spot_of >= 0], minlength=len(spots))
    words, said_most = [""] * len(spots), np.zeros(len(spots))
    for naming in namings:
        best, says = _best(naming, spot_of, sizes, len(points))
        for number in np.flatnonzero((says > said_most) & (sizes >= _LEAST)):
            words[number], said_most[number] = naming.names[best[number]], says[number]
    found = [
        Label(float(x), float(y), said, int(size))
        for (x, y), said, size in zip(spots, words, sizes, strict=True)
        if said
    ]
    return tuple(sorted(found, key=lambda label: -label.photos))


def _best(
    naming: Naming, spot_of: NDArray[np.int64], sizes: NDArray[np.int64], count: int
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """The number of the name that says most of each spot (S,), and how much; 0 where it is not enough."""
    names = len(naming.names)
    if not names:
        return np.zeros(len(sizes), np.int64), np.zeros(len(sizes))
    spots = spot_of[naming.rows]
    inside = spots >= 0
    table = np.bincount(spots[inside] * names + naming.which[inside], minlength=len(sizes) * names)
    shares = table.reshape(len(sizes), names) / np.maximum(sizes, 1)[:, np.newaxis]
    anywhere = np.maximum(np.bincount(naming.which, minlength=names) / count, 1e-9)
    lifts = shares / anywhere
    says = np.where((shares >= naming.least) & (lifts >= _LIFT), shares * np.log(np.maximum(lifts, 1)), 0)
    best = says.argmax(axis=1)
    return best, naming.weight * says[np.arange(len(sizes)), best]


def _dense_spots(points: Points, size: float) -> tuple[Points, NDArray[np.int64]]:
    """The middles (S, 2) of the parts around which most photos lie, and of each photo its spot, or -1."""
    low = points.min(axis=0) - 3 * size
    places = ((points - low) / size).astype(np.int64)
    width, height = places.max(axis=0) + 4
    density = np.bincount(places[:, 0] * height + places[:, 1], minlength=width * height).reshape(width, height)
    smooth = density.astype(np.float32)
    for axis in (0, 1):
        smooth = sum(share * np.roll(smooth, step - _REACH, axis) for step, share in enumerate(_KERNEL))
    around = smooth
    for axis in (0, 1):
        around = np.max([np.roll(around, step, axis) for step in range(-_REACH, _REACH + 1)], axis=0)
    columns, lines = np.nonzero((smooth == around) & (smooth > 0))
    spot_at = np.full((width, height), -1, np.int64)
    order = np.argsort(smooth[columns, lines], kind="stable")  # so that the densest is the last to write
    for number in order:
        across = slice(max(columns[number] - _REACH, 0), columns[number] + _REACH + 1)
        spot_at[across, max(lines[number] - _REACH, 0) : lines[number] + _REACH + 1] = number
    spot_of = spot_at[places[:, 0], places[:, 1]]
    belongs = spot_of >= 0
    sizes = np.maximum(np.bincount(spot_of[belongs], minlength=len(columns)), 1)
    middles = [np.bincount(spot_of[belongs], points[belongs, axis], len(columns)) / sizes for axis in (0, 1)]
    return np.column_stack(middles).astype(np.float32), spot_of
