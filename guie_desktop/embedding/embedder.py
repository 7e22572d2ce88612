"""Pictures to features: prepares the views of a picture and runs the frozen network on them."""

import logging
import threading
from collections.abc import Sequence

import numpy as np
from PIL import Image

from guie_desktop.arrays import Floats, ViewPixels
from guie_desktop.domain import DeviceChoice
from guie_desktop.embedding.assets import ModelCard
from guie_desktop.embedding.devices import Device, choose_device
from guie_desktop.embedding.runtime import (
    DEFAULT_PRECISION,
    Runtime,
    computable_precision,
    open_runtime,
)
from guie_desktop.embedding.torch_at_hand import need_torch
from guie_desktop.embedding.view_preparation import ViewPreparation
from guie_desktop.embedding.weights import comes_with_the_program
from guie_desktop.paths import LibraryPaths

logger = logging.getLogger(__name__)


class Embedder:
    """Turns pictures into the features of one backbone; safe in any thread, which take turns."""

    def __init__(self, card: ModelCard, key: str, runtime: Runtime) -> None:
        self.card = card
        self.key = key
        self._runtime = runtime
        self._turn = threading.Lock()
        self.preparation = ViewPreparation.of(card)

    @property
    def dimension(self) -> int:
        """Length of a feature."""
        return self.card.feature_dimension

    @property
    def photos_at_once(self) -> int:
        """How many photos a call of `embed` should have."""
        return self._runtime.photos_at_once

    def prepare(self, image: Image.Image) -> ViewPixels:
        """The views of an upright picture, as ViewPreparation makes them."""
        return self.preparation.prepare(image)

    def embed(self, prepared: Sequence[ViewPixels]) -> Floats:
        """Features (N, D) of prepared pictures, as the network pools them, un-normalised.

        Of several views it is the mean of the features at unit length, so that each view has one vote; a feature that
        is zero stays zero. RuntimeError if the network answers with something that is not a number.
        """
        features = np.empty((len(prepared), self.dimension), dtype=np.float32)
        for start in range(0, len(prepared), self.photos_at_once):
            views = self._run(np.stack(prepared[start : start + self.photos_at_once]))
            if len(self.preparation.views) > 1:
                lengths = np.linalg.norm(views, axis=2, keepdims=True)
                views = np.divide(views, lengths, out=np.zeros_like(views), where=lengths > 0)
            features[start : start + len(views)] = views.mean(axis=1)
        return features

    def embed_parts(self, parts: ViewPixels) -> Floats:
        """Features (P, D) of the parts (P, S, S, 3) of a photo, one for each."""
        # A network on the CPU takes just as many pictures as a photo has views.
        at_once = len(self.preparation.views)
        padded = np.concatenate([parts, np.zeros((-len(parts) % at_once, *parts.shape[1:]), np.uint8)])
        groups = padded.reshape(-1, at_once, *parts.shape[1:])
        runs = (groups[start : start + self.photos_at_once] for start in range(0, len(groups), self.photos_at_once))
        return np.concatenate([self._run(run) for run in runs]).reshape(len(padded), -1)[: len(parts)]

    def _run(self, photos: ViewPixels) -> Floats:
        """Features (N, V, D) of the views (N, V, S, S, 3) of photos."""
        with self._turn:  # a batch of a job is short, so that a search soon has its own
            features = self._runtime.run(photos)
        if not np.isfinite(features).all():
            raise RuntimeError(f"{self.key} gave a feature that is not finite")
        return features


def device_of(card: ModelCard, wanted: DeviceChoice) -> Device:
    """Where the card's network runs here, if the user wants it there.

    What comes with the program always runs on the processor: it is small, and there at once, without torch.
    """
    return "cpu" if comes_with_the_program(card) else choose_device(wanted)


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

    On the CPU the first start of a fetched model converts it with torch; later ones take a fraction of a second and do
    without torch, as all of what comes with the program do. On a device whose memory does not hold the network, the CPU
    is taken. UserError if the weights are missing or damaged.
    """
    if device != "cpu":
        need_torch()
        import torch

        try:
            return Embedder(card, key, _on_gpu(card, paths, device, precision))
        except torch.OutOfMemoryError:
            logger.warning("the memory of %s does not hold %s; taking the processor", device, card.name, exc_info=True)
        precision = computable_precision(precision, "cpu")
    return Embedder(card, key, open_runtime(card, paths.networks, paths.weights, threads, precision))


def _on_gpu(card: ModelCard, paths: LibraryPaths, device: Device, precision: str) -> Runtime:
    from guie_desktop.embedding.torch_runtime import TorchRuntime

    runtime = TorchRuntime.load(card, paths.weights, device, precision)
    runtime.find_batch_size(len(card.views), card.input_size)
    return runtime
