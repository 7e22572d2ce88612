"""Running a frozen network through torch: on a GPU, and on the CPU as the reference."""

import logging
import time
from pathlib import Path

import numpy as np
import torch

from guie_desktop.arrays import Floats, ViewPixels
from guie_desktop.embedding.assets import ModelCard
from guie_desktop.embedding.frozen_network import FrozenNetwork, load_network

logger = logging.getLogger(__name__)

LARGEST_BATCH = 128
_FIRST_BATCH = 8
_WORTH_IT = 1.05
"""A batch twice as large must bring this much more photos a second, or the smaller one is kept."""
_NUMBERS = {"f32": torch.float32, "f16": torch.float16, "bf16": torch.bfloat16}


class TorchRuntime:
    """A network on one of torch's devices; what does not fit its memory is halved until it does."""

    def __init__(self, network: FrozenNetwork, device: str = "cpu", precision: str = "f32") -> None:
        self._device = torch.device(device)
        self._precision = _NUMBERS[precision]
        self._network = network.to(self._device)
        if self._precision is not torch.float32:
            self._network.backbone.to(self._precision)
        self._largest = LARGEST_BATCH
        self.photos_at_once = 1 if self._device.type == "cpu" else _FIRST_BATCH

    @classmethod
    def load(cls, card: ModelCard, weights: Path, device: str = "cpu", precision: str = "f32") -> "TorchRuntime":
        """The card's network with its installed weights; UserError where they are missing or damaged."""
        return cls(load_network(card, weights), device, precision)

    def run(self, photos: ViewPixels) -> Floats:
        """See runtime.Runtime."""
        done: list[Floats] = []
        start = 0
        while start < len(photos):
            part = photos[start : start + self._largest]
            try:
                done.append(self._run_together(part))
            except torch.OutOfMemoryError:
                if len(part) == 1:
                    raise
                self._largest = len(part) // 2
                self.photos_at_once = min(self.photos_at_once, self._largest)
                logger.warning("the GPU's memory holds no %d photos; trying %d", len(part), self._largest)
                if self._device.type == "cuda":
                    torch.cuda.empty_cache()
                continue
            start += len(part)
        return np.concatenate(done)

    def _run_together(self, photos: ViewPixels) -> Floats:
        count, views = photos.shape[:2]
        pixels = torch.from_numpy(np.ascontiguousarray(photos)).to(self._device).flatten(0, 1)
        with torch.inference_mode():
            features: Floats = self._network(pixels).float().cpu().numpy()
        return features.reshape(count, views, -1)

    def find_batch_size(self, views: int, side: int) -> int:
        """Try larger and larger batches until they bring no more photos a second; sets and returns `photos_at_once`."""
        best_rate, size = 0.0, _FIRST_BATCH
        while size <= self._largest:
            photos = np.zeros((size, views, side, side, 3), np.uint8)
            self.run(photos)  # the first of a size also sets up memory and kernels
            started = time.perf_counter()
            self.run(photos)
            rate = size / (time.perf_counter() - started)
            if size > self._largest or rate < best_rate * _WORTH_IT:
                break
            self.photos_at_once, best_rate, size = size, rate, size * 2
        self.photos_at_once = min(self.photos_at_once, self._largest)
        return self.photos_at_once
