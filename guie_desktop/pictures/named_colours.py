"""Which colours a small picture shows, by the names that people give them."""

import io
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PIL import Image, UnidentifiedImageError

if TYPE_CHECKING:
    from guie_desktop.asking import Colour

LEAST_SHARE = 5
"""Percent of a picture below which a colour is not named; one of twelve always has more."""

_SIDE = 64
"""Pixels of the square of which each is named; the share of a colour is as good by more of them."""
_LEVELS = 32
"""Steps of red, green and blue that are told apart: a name is looked up, so that a picture takes half a millisecond."""
_LIGHTNESS = 0.6
"""How much a difference in lightness counts against one in colour: shade does not make another name of most."""

# What people call by these names, light and dark, clear and dull. The eleven are the basic ones of all languages that
# have as many (Berlin and Kay, Basic Color Terms, 1969); teal lies between two of them, and is asked for.
_CENTRES: "Mapping[Colour, str]" = {
    "red": "e50000 c4161c ff2d2d 8c000f a31420 d6403a 6e0a12 b8383b 55090e 8a2a26",
    "orange": "f97306 ff9020 ff8c3a e06a1c ffae55 d96a10 ef7f4a bd5c10 c8742a",
    "yellow": "ffff14 ffd700 f5c518 e6cf3a fdf078 d4b82a fff3a0 c9a91a b08d1e a0801a b59a3c d0b050",
    "green": "15b01a 008000 2e5a1c 6fc040 4f7a28 0a3a0c 96b04a 7f9f5f 566b3a aaff32 3d5a40 8fce8f c2dfa0 2a3a20 b5c94a"
    " a8ac3a 868a2c 6e7028 b9bd5e c9cc70",
    "teal": "029386 00a8a0 13eac9 1f6f6a 40e0d0 7fd0c8 0b4f4c 4f8f8c",
    "blue": "0343df 0000c0 1e488f 75bbfd 4a90d9 95d0fc 01153e 5f86b3 3a5a8a 10a0e8 b4cfe8 2a3f60",
    "purple": "7e1e9c 800080 5b2a86 9a4fc0 b790d4 42104e 6a4c93 c79fef 5a4070 3d1f4d 7a3b6a",
    "pink": "ff81c0 e0218a ff5ca8 f4a6b8 ffc0cb d8688c c20078 ff69b4 e8a3a3 f08090",
    "brown": "653700 8b4513 5a3a1e a0693c 3e2412 7a5230 b08050 4a2c1a c49a6c 6b4a38 94704f",
    "white": "ffffff f4f4f4 f6f2ea e6e8ea e4e2dc efe0c4 e0d0b4 dccfbd",
    "grey": "929591 bfbfbf 6a6a6a 4d4d4d a8a298 9aa3ab 78726a 5a5752 c9c5bc 404448"
    " b8a88c a4937a 8c7b66 70604e 584a3e c6b69e",
    "black": "000000 141414 262626 12161c 1e2420 2c1e14 33271f 200f08",
}


def colours_in(jpeg: bytes) -> "dict[Colour, int]":
    """Each colour that a stored JPEG shows, with its share in percent; empty where the JPEG is damaged."""
    try:
        with Image.open(io.BytesIO(jpeg)) as opened:
            opened.draft("RGB", (_SIDE, _SIDE))
            pixels = np.asarray(opened.convert("RGB").resize((_SIDE, _SIDE), Image.Resampling.BOX))
    except (OSError, UnidentifiedImageError, ValueError):
        return {}
    red, green, blue = (pixels.reshape(-1, 3) // (256 // _LEVELS)).astype(np.intp).T
    named = _names()[red, green, blue]
    shares = np.bincount(named, minlength=len(_CENTRES)) * 100 / len(named)
    return {
        colour: round(share) for colour, share in zip(_CENTRES, shares.tolist(), strict=True) if share >= LEAST_SHARE
    }


@cache
def _names() -> NDArray[np.uint8]:
    """The place among _CENTRES of each (red, green, blue), in steps: the nearest centre's."""
    centres = [(place, one) for place, many in enumerate(_CENTRES.values()) for one in many.split()]
    known = _oklab(np.array([list(bytes.fromhex(one)) for _, one in centres]) / 255)
    steps = (np.arange(_LEVELS) + 0.5) / _LEVELS
    asked = _oklab(np.stack(np.meshgrid(steps, steps, steps, indexing="ij"), axis=-1).reshape(-1, 3))
    for colours in (known, asked):
        colours[:, 0] *= _LIGHTNESS
    # The nearest one has the largest product less half of its square. One after the other they stay in the processor's
    # cache, which the products with all of them do not.
    lightness, red, yellow = np.ascontiguousarray(asked.T, np.float32)
    names, largest = np.zeros(len(asked), np.uint8), np.full(len(asked), -np.inf, np.float32)
    for (place, _), centre in zip(centres, known.astype(np.float32), strict=True):
        near = lightness * centre[0] + red * centre[1] + yellow * centre[2] - (centre**2).sum() / 2
        np.copyto(names, place, where=near > largest)
        np.maximum(near, largest, out=largest)
    return names.reshape(_LEVELS, _LEVELS, _LEVELS)


def _oklab(srgb: NDArray[np.float64]) -> NDArray[np.float64]:
    """(N, 3) sRGB from 0 to 1 as lightness and two axes of colour, as far apart as they look.

    B. Ottosson, A perceptual color space for image processing, 2020, https://bottosson.github.io/posts/oklab.
    """
    linear = np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)
    laid: NDArray[np.float64] = np.cbrt(linear @ _TO_CONES.T) @ _TO_LAB.T
    return laid


_TO_CONES = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
_TO_LAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)
