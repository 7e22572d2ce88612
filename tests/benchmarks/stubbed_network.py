"""A network that costs nothing, and photos for it: what indexing takes beside the network, with real files."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

import numpy as np
from PIL import Image

from guie_desktop.arrays import Floats, ViewPixels
from guie_desktop.embedding.assets import ModelCard
from guie_desktop.embedding.embedder import Embedder

_SIZE = 320, 240
_PICTURES = 16
_IN_A_DIRECTORY = 500


class Drawn:
    """Features that are drawn, whatever a photo shows."""

    photos_at_once = 4

    def __init__(self, dimension: int) -> None:
        self._dimension, self._random = dimension, np.random.default_rng(0)

    def run(self, photos: ViewPixels) -> Floats:
        """Features (N, V, D) of views (N, V, S, S, 3)."""
        return self._random.random((*photos.shape[:2], self._dimension), np.float32)


@contextmanager
def stubbed_network() -> Iterator[None]:
    """No network is loaded in this process meanwhile; decoders do all that they do."""

    def stubbed(card: ModelCard, key: str, *_: object, **__: object) -> Embedder:
        return Embedder(card, key, Drawn(card.feature_dimension))

    with patch("guie_desktop.workspace.open_backbone.open_embedder", stubbed):
        yield


def write_photos(folder: Path, count: int, size: tuple[int, int] = _SIZE) -> None:
    """So many small JPEGs; bytes behind the picture make each a content of its own."""
    random = np.random.default_rng(0)
    pictures = [_picture(random, size) for _ in range(_PICTURES)]
    for number in range(count):
        directory = folder / f"{number // _IN_A_DIRECTORY:05}"
        directory.mkdir(parents=True, exist_ok=True)
        (directory / f"{number:07}.jpg").write_bytes(pictures[number % _PICTURES] + number.to_bytes(4))


def _picture(random: np.random.Generator, size: tuple[int, int]) -> bytes:
    coarse = Image.fromarray(random.integers(0, 256, (6, 8, 3), np.uint8))
    stream = io.BytesIO()
    coarse.resize(size, Image.Resampling.BICUBIC).save(stream, "JPEG", quality=85)
    return stream.getvalue()
