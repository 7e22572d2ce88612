"""The picture of how learning works: photos of three albums, before and after, drawn with what the program computes.

Points are made up, in two numbers each in place of a thousand. What is done to them is within-class whitening, the
first step of the program's own method (guie_desktop/learning/README.md).
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
Albums = NDArray[np.int64]

_ALBUMS: Final = (("cups: mine", 0.0), ("cups: my sister's", 0.8), ("cups: the neighbour's", 1.6))
_SHAPES: Final = ("circle", "square", "triangle")
_PHOTOS = 11
_LIGHT, _KIND = 3.2, 0.15
"""How far photos of one album lie apart by the light that they were taken in, and by what they show."""
_SIDE, _EDGE = 300, 26
_ASKED = 18
_NEAREST = 5


def learning_picture() -> str:
    """Two planes for the page itself, whose colours and width they take, and what the dots stand for."""
    before, albums = _photos()
    after = _whitened(before, albums)
    planes = (_plane(before, albums, "As it looks to anyone"), _plane(after, albums, "As you sorted it"))
    names = (
        f'<span><svg viewBox="0 0 20 20" class="dot">{_dot(number, 10, 10)}</svg> {name}</span>'
        for number, (name, _) in enumerate(_ALBUMS)
    )
    return "\n".join(['<div class="learning">', *planes, "<p>", *names, "</p>", "</div>"])


def _photos() -> tuple[Points, Albums]:
    """Points (N, 2) and the album of each (N): the light is what differs most, and tells nothing."""
    chance = np.random.default_rng(7)
    albums = np.repeat(np.arange(len(_ALBUMS)), _PHOTOS)
    light = chance.uniform(-_LIGHT, _LIGHT, len(albums))
    kind = np.array([place for _, place in _ALBUMS])[albums] + chance.normal(0, _KIND, len(albums))
    slant = np.array([[0.82, 0.57], [-0.57, 0.82]])
    return np.stack([light, kind], 1) @ slant, albums


def _whitened(points: Points, albums: Albums) -> Points:
    """The same points, where what makes photos of one album differ has the same length in all directions."""
    around = points - np.stack([points[albums == album].mean(0) for album in albums])
    lengths, directions = np.linalg.eigh(around.T @ around / len(points))
    whitened: Points = points @ directions / np.sqrt(lengths)
    return whitened


def _plane(points: Points, albums: Albums, title: str) -> str:
    top = 48
    low, high = points.min(0), points.max(0)
    scale = (_SIDE - 2 * _EDGE) / float((high - low).max())
    placed = (points - (low + high) / 2) * scale + np.array([_SIDE / 2 + 1, top + _SIDE / 2])
    near = np.argsort(((points - points[_ASKED]) ** 2).sum(1))[1 : _NEAREST + 1]
    right = int((albums[near] == albums[_ASKED]).sum())
    told = f"{right} of the {_NEAREST} nearest are of the same album"
    (x, y), lines = placed[_ASKED], placed[near]
    return "\n".join(
        [
            f'<svg viewBox="0 0 {_SIDE + 2} {top + _SIDE + 1}" role="img" aria-label="{title}: {told}.">',
            f'<rect class="plane" x="1" y="{top}" width="{_SIDE}" height="{_SIDE}" rx="8"/>',
            f'<text x="1" y="18">{title}</text>',
            f'<text class="quiet" x="1" y="37">{told}</text>',
            *(f'<line class="near" x1="{x:.1f}" y1="{y:.1f}" x2="{a:.1f}" y2="{b:.1f}"/>' for a, b in lines),
            *(_dot(int(album), a, b) for album, (a, b) in zip(albums, placed, strict=True)),
            f'<circle class="asked" cx="{x:.1f}" cy="{y:.1f}" r="11"/>',
            "</svg>",
        ]
    )


def _dot(album: int, x: float, y: float) -> str:
    match _SHAPES[album]:
        case "circle":
            return f'<circle class="album{album}" cx="{x:.1f}" cy="{y:.1f}" r="6"/>'
        case "square":
            return f'<rect class="album{album}" x="{x - 5:.1f}" y="{y - 5:.1f}" width="10.5" height="10.5"/>'
        case _:
            return f'<path class="album{album}" d="M{x:.1f} {y - 7:.1f}l6.5 12h-13z"/>'
