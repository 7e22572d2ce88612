"""Which numbers to compute a backbone's features in: the fastest that keep the ranking."""

import time
from collections.abc import Sequence
from io import BytesIO
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from guie_desktop.arrays import Floats
from guie_desktop.embedding.assets import ModelCard
from guie_desktop.embedding.embedder import device_of, open_embedder
from guie_desktop.embedding.projection import unit_rows
from guie_desktop.embedding.runtime import DEFAULT_PRECISION, cpu_capabilities
from guie_desktop.embedding.weights import comes_with_the_program
from guie_desktop.workspace.machine import worker_threads
from guie_desktop.workspace.open_library import WritableLibrary

FAITHFUL = 0.99
"""Share of the ten nearest neighbours that must be the same as in f32."""
_WORTH_IT = 0.8
"""Of the time in f32; where less is saved, exact numbers are worth more."""
_PICTURES = 96
_NEAREST = 10


class TimedEmbedding(Protocol):
    """What pictures become in a precision, and in how much time."""

    def __call__(
        self, library: WritableLibrary, card: ModelCard, pictures: Sequence[Image.Image], precision: str
    ) -> tuple[Floats, float]:
        """Features (N, D), and the seconds that they took."""


def embed_timed(
    library: WritableLibrary, card: ModelCard, pictures: Sequence[Image.Image], precision: str
) -> tuple[Floats, float]:
    """Features (N, D) of pictures as this machine computes them, and the seconds that it took."""
    embedder = open_embedder(card, precision, library.paths, worker_threads(), precision=precision)
    prepared = [embedder.prepare(picture) for picture in pictures]
    embedder.embed(prepared[:1])
    started = time.perf_counter()
    features = embedder.embed(prepared)
    return features, time.perf_counter() - started


def fastest_precision(library: WritableLibrary, card: ModelCard, embed: TimedEmbedding = embed_timed) -> str:
    """f16 on a GPU; on a CPU that computes bf16 itself, bf16 if a trial on the library's pictures is in its favour.

    On some processors bf16 is many times faster, on others many times slower. The models that come with the program
    stay in f32 on every CPU: they are small, and every library begins with one of them so.
    """
    if device_of(card, library.device) != "cpu":
        return "f16"
    if comes_with_the_program(card) or "BF16" not in cpu_capabilities():
        return DEFAULT_PRECISION
    pictures = _some_pictures(library)
    if len(pictures) <= 2 * _NEAREST:
        return DEFAULT_PRECISION
    exact, exact_seconds = embed(library, card, pictures, DEFAULT_PRECISION)
    fast, fast_seconds = embed(library, card, pictures, "bf16")
    is_better = fast_seconds < _WORTH_IT * exact_seconds and ranking_overlap(exact, fast, _NEAREST) >= FAITHFUL
    return "bf16" if is_better else DEFAULT_PRECISION


def ranking_overlap(one: Floats, other: Floats, nearest: int) -> float:
    """Mean share of each row's `nearest` neighbours (cosine) that two features (N, D) of the same photos agree on."""
    agreed = [
        np.intersect1d(a, b).size for a, b in zip(_neighbours(one, nearest), _neighbours(other, nearest), strict=True)
    ]
    return float(np.mean(agreed)) / nearest


def _neighbours(features: Floats, nearest: int) -> NDArray[np.intp]:
    rows = unit_rows(features)
    similarity = rows @ rows.T
    np.fill_diagonal(similarity, -np.inf)
    return np.argsort(-similarity, axis=1, kind="stable")[:, :nearest]


def _some_pictures(library: WritableLibrary) -> list[Image.Image]:
    """Thumbnails, spread over the library."""
    ids = library.catalog.photo_ids()
    photos = library.catalog.photos(ids[:: max(1, len(ids) // _PICTURES)][:_PICTURES])
    found = (library.thumbnails.get(photo.content_hash) for photo in photos.values())
    return [Image.open(BytesIO(jpeg)).convert("RGB") for jpeg in found if jpeg is not None]
