"""From an upright picture to the squares that a network looks at, as its card says."""

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Self

import numpy as np
from PIL import Image

from guie_desktop.arrays import ViewPixels
from guie_desktop.embedding.parts import PARTS, Part
from guie_desktop.embedding.views import View

if TYPE_CHECKING:
    from guie_desktop.embedding.assets import ModelCard

_REDUCING_GAP = 3.0
"""Large pictures are first reduced by whole numbers, down to three times the target: cheaper, and as good."""


@dataclass(frozen=True, slots=True)
class ViewPreparation:
    """How pictures reach one network; a value that any process may hold."""

    views: tuple[View | Part, ...]
    side: int
    """Of the square that the network sees, in pixels."""
    squash: bool
    """Whether a whole view is resized to the square, or its centred square."""
    filter: Image.Resampling
    largest_enlargement: float
    """Of a view, where that spares decoding."""

    @classmethod
    def of(cls, card: "ModelCard") -> Self:
        """What the card says."""
        return cls(
            views=tuple(View.named(name) for name in card.views),
            side=card.input_size,
            squash=card.resize_mode == "squash",
            filter=Image.Resampling[card.interpolation.upper()],
            largest_enlargement=card.largest_enlargement,
        )

    def of_parts(self) -> Self:
        """The same network's look at the parts of a photo, each of which is a view."""
        return replace(self, views=tuple(map(Part, PARTS)))

    @property
    def smallest_side(self) -> int:
        """Shorter side in pixels that a decoded picture should have, so that no view is enlarged by much."""
        return math.ceil(self.side / (self.largest_enlargement * min(view.part for view in self.views)))

    def prepare(self, image: Image.Image) -> ViewPixels:
        """The views of an upright picture of any size as (V, S, S, 3) RGB; may run in many threads at once."""
        upright = image if image.mode == "RGB" else image.convert("RGB")
        pixels = np.empty((len(self.views), self.side, self.side, 3), dtype=np.uint8)
        for slot, view in zip(pixels, self.views, strict=True):
            box = view.box(upright.width, upright.height)
            if not self.squash:
                box = centred_square(box)
            squashed = upright.resize((self.side, self.side), self.filter, box=box, reducing_gap=_REDUCING_GAP)
            if view.mirrored:  # by Pillow, which moves whole pixels; NumPy moves their bytes, seven times as slowly
                squashed = squashed.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
            slot[:] = np.asarray(squashed)
        return pixels


def centred_square(box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    """The largest square in the middle of a box: what resizing the shortest side and a centre crop leave."""
    left, top, right, bottom = box
    side = min(right - left, bottom - top)
    left, top = (left + right - side) / 2, (top + bottom - side) / 2
    return left, top, left + side, top + side
