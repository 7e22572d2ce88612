"""The loop that one would write first: Pillow decodes in full, and the network sees one view of a photo at a time."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from PIL import Image, ImageOps

from guie_desktop.arrays import ViewPixels
from guie_desktop.embedding.assets import ModelCard
from guie_desktop.embedding.runtime import DEFAULT_PRECISION, load_openvino
from guie_desktop.embedding.view_preparation import ViewPreparation
from guie_desktop.embedding.weights import checked_file
from guie_desktop.messages import Progress
from guie_desktop.pictures.images import silence_decoder_warnings


@dataclass(frozen=True, slots=True)
class PlainTimes:
    """Seconds that it took for all photos."""

    decoding: float
    """With the resizing of the one view."""
    network: float
    processor: float
    """Of all cores, for both."""

    @property
    def all(self) -> float:
        """By the clock."""
        return self.decoding + self.network


def plain_loop(
    card: ModelCard, weights: Path, threads: int, photos: Sequence[Path], tell: Callable[[Progress], None]
) -> PlainTimes:
    """The times for these photos, with the network of a card that comes with the program, on so many threads.

    For a process of its own: nothing guards it from what is in a file. Pillow alone must be able to read them all.
    """
    silence_decoder_warnings()
    preparation = ViewPreparation.of(replace(card, views=("whole",)))
    network = _network_of_one_view(card, weights, threads)
    network(preparation.prepare(Image.new("RGB", (256, 256))))  # the first is slower
    decoding = seeing = 0.0
    processor = time.process_time()
    for done, photo in enumerate(photos):
        tell(Progress("compare", done, len(photos)))
        began = time.perf_counter()
        with Image.open(photo) as opened:
            view = preparation.prepare(ImageOps.exif_transpose(opened).convert("RGB"))
        decoded = time.perf_counter()
        network(view)
        decoding, seeing = decoding + decoded - began, seeing + time.perf_counter() - decoded
    return PlainTimes(decoding, seeing, time.process_time() - processor)


def _network_of_one_view(card: ModelCard, weights: Path, threads: int) -> Callable[[ViewPixels], Any]:
    core = load_openvino().Core()
    model = core.read_model(checked_file(card, weights))
    model.reshape([1, card.input_size, card.input_size, 3])
    settings = {"INFERENCE_NUM_THREADS": threads, "INFERENCE_PRECISION_HINT": DEFAULT_PRECISION}
    request = core.compile_model(model, "CPU", settings).create_infer_request()
    return lambda view: request.infer({0: view})
