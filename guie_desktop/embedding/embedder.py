"""Pictures to features: prepares the views of a picture and runs the frozen network on them."""

import logging
import math
from collections.abc import Sequence

import numpy as np
from PIL import Image

from guie_desktop.arrays import Floats, ViewPixels
from guie_desktop.embedding.assets import ModelCard
from guie_desktop.embedding.devices import Device
from guie_desktop.embedding.runtime import (
    DEFAULT_PRECISION,
    OpenVinoRuntime,
    Runtime,
    computable_precision,
    prepared_network,
)
from guie_desktop.embedding.views import View
from guie_desktop.paths import LibraryPaths

logger = logging.getLogger(__name__)

_REDUCING_GAP = 3.0
"""Large pictures are first reduced by whole numbers, down to three times the target: cheaper, and as good."""

_LARGEST_ENLARGEMENT = 1.15
"""With less, the tightest view of the embedded model would have a 12 megapixel JPEG decoded at twice the scale."""


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
    def photos_at_once(self) -> int:
        """How many photos a call of `embed` should have."""
        return self._runtime.photos_at_once

    @property
    def smallest_side(self) -> int:
        """Shorter side in pixels that a decoded picture should have, so that no view is enlarged by much."""
        return math.ceil(self.card.input_size / (_LARGEST_ENLARGEMENT * min(view.part for view in self._views)))

    def prepare(self, image: Image.Image) -> ViewPixels:
        """The views of an upright picture of any size as (V, S, S, 3) RGB, each resized as the card says."""
        upright = image if image.mode == "RGB" else image.convert("RGB")
        side = self.card.input_size
        pixels = np.empty((len(self._views), side, side, 3), dtype=np.uint8)
        for slot, view in zip(pixels, self._views, strict=True):
            box = view.box(upright.width, upright.height)
            if self.card.resize_mode == "shortest":
                box = centred_square(box)
            squashed = upright.resize((side, side), self._filter, box=box, reducing_gap=_REDUCING_GAP)
            slot[:] = np.asarray(squashed)[:, ::-1] if view.mirrored else np.asarray(squashed)
        return pixels

    def embed(self, prepared: Sequence[ViewPixels]) -> Floats:
        """Features (N, D) of prepared pictures, as the network pools them, un-normalised.

        Of several views it is the mean of the features at unit length, so that each view has one vote; a feature that
        is zero stays zero. RuntimeError if the network answers with something that is not a number.
        """
        features = np.empty((len(prepared), self.dimension), dtype=np.float32)
        for start in range(0, len(prepared), self.photos_at_once):
            views = self._runtime.run(np.stack(prepared[start : start + self.photos_at_once]))
            if not np.isfinite(views).all():
                raise RuntimeError(f"{self.key} gave a feature that is not finite")
            if len(self._views) > 1:
                lengths = np.linalg.norm(views, axis=2, keepdims=True)
                views = np.divide(views, lengths, out=np.zeros_like(views), where=lengths > 0)
            features[start : start + len(views)] = views.mean(axis=1)
        return features


def open_embedder(
    card: ModelCard,
    key: str,
    paths: LibraryPaths,
    threads: int,
    *,
    device: Device = "cpu",
    precision: str = DEFAULT_PRECISION,
) -> Embedder:
    """The card's network, ready on the device; on the CPU with so many threads.

    On the CPU the first start of a model converts it with torch, later ones take a fraction of a second and do without
    torch. On a device whose memory does not hold the network, the CPU is taken. UserError if the weights are missing or
    damaged.
    """
    if device != "cpu":
        import torch

        try:
            return Embedder(card, key, _on_gpu(card, paths, device, precision))
        except torch.OutOfMemoryError:
            logger.warning("the memory of %s does not hold %s; taking the processor", device, card.name, exc_info=True)
        precision = computable_precision(precision, "cpu")
    network = prepared_network(card, paths.networks, paths.weights)
    return Embedder(card, key, OpenVinoRuntime(network, threads, precision))


def _on_gpu(card: ModelCard, paths: LibraryPaths, device: Device, precision: str) -> Runtime:
    from guie_desktop.embedding.torch_runtime import TorchRuntime

    runtime = TorchRuntime.load(card, paths.weights, device, precision)
    runtime.find_batch_size(len(card.views), card.input_size)
    return runtime


def centred_square(box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    """The largest square in the middle of a box: what resizing the shortest side and a centre crop leave."""
    left, top, right, bottom = box
    side = min(right - left, bottom - top)
    left, top = (left + right - side) / 2, (top + bottom - side) / 2
    return left, top, left + side, top + side
