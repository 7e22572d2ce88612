"""Pictures to features: prepares the views of a picture and runs the frozen network on them."""

import math
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from guie_desktop.embedding.assets import ModelCard
from guie_desktop.embedding.backbone import backbone_key
from guie_desktop.embedding.runtime import DEFAULT_PRECISION, OpenVinoRuntime, Runtime, prepared_network
from guie_desktop.embedding.views import View

_REDUCING_GAP = 3.0
"""Large pictures are first reduced by whole numbers, down to three times the target: cheaper, and as good."""


class Embedder:
    """Turns pictures into the features of one backbone.

    `prepare` may run in many threads at once and spends its time outside the GIL; `embed` belongs to one thread.
    """

    def __init__(self, card: ModelCard, key: str, runtime: Runtime) -> None:
        self.card = card
        self.key = key
        self._runtime = runtime
        self._views = [View.named(name) for name in card.views]
        self._filter = Image.Resampling[card.interpolation.upper()]

    @property
    def dimension(self) -> int:
        """Length of a feature."""
        return self.card.feature_dimension

    @property
    def smallest_side(self) -> int:
        """Shorter side in pixels that a decoded picture should have, so that no view is enlarged."""
        return math.ceil(self.card.input_size / min(view.part for view in self._views))

    def prepare(self, image: Image.Image) -> NDArray[np.uint8]:
        """The views of an upright picture of any size as (V, S, S, 3) RGB: each squashed to the network's square."""
        upright = image if image.mode == "RGB" else image.convert("RGB")
        side = self.card.input_size
        pixels = np.empty((len(self._views), side, side, 3), dtype=np.uint8)
        for slot, view in zip(pixels, self._views, strict=True):
            box = view.box(upright.width, upright.height)
            squashed = upright.resize((side, side), self._filter, box=box, reducing_gap=_REDUCING_GAP)
            slot[:] = np.asarray(squashed)[:, ::-1] if view.mirrored else np.asarray(squashed)
        return pixels

    def embed(self, prepared: Sequence[NDArray[np.uint8]]) -> NDArray[np.float32]:
        """Features (N, D) of prepared pictures: the mean over the views of the network's features at unit length.

        Unit length first, so that each view has one vote; a feature that is zero stays zero.
        RuntimeError if the network answers with something that is not a number.
        """
        features = np.empty((len(prepared), self.dimension), dtype=np.float32)
        for row, pixels in zip(features, prepared, strict=True):
            views = self._runtime.run(pixels)
            if not np.isfinite(views).all():
                raise RuntimeError(f"{self.key} gave a feature that is not finite")
            lengths = np.linalg.norm(views, axis=1, keepdims=True)
            row[:] = np.divide(views, lengths, out=np.zeros_like(views), where=lengths > 0).mean(axis=0)
        return features


def open_embedder(
    card: ModelCard,
    models: Path,
    threads: int,
    decode_rule: int,
    on_preparing: Callable[[str], None] | None = None,
    *,
    precision: str = DEFAULT_PRECISION,
) -> Embedder:
    """The card's network, ready on the CPU with so many threads.

    `models` is the folder for converted and compiled networks (a cache). The first start of a model converts it with
    torch (`on_preparing` is called before that), later ones take a fraction of a second and do without torch.
    UserError if the weights are missing or damaged.
    """
    key = backbone_key(card, precision, decode_rule)
    network = prepared_network(card, models, on_preparing)
    return Embedder(card, key, OpenVinoRuntime(network, threads, precision))
