"""The plain loop and indexing, timed for the benchmark of throughput."""

import resource
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from open_clip.transform import PreprocessCfg, image_transform_v2
from PIL import Image

from guie_desktop.embedding.assets import ModelCard, load_card
from guie_desktop.embedding.frozen_network import load_network
from guie_desktop.embedding.weights import comes_with_the_program
from guie_desktop.jobs.indexing import embed_photos, show_photos, together
from guie_desktop.paths import LibraryPaths
from guie_desktop.workspace.open_library import WritableLibrary
from tests.embedding.make_quantised import MADE_OF
from tests.embedding.make_shipped import reference_network
from tests.running import finish


def plain_loop(card: ModelCard, paths: LibraryPaths, photos: Sequence[Path]) -> float:
    """Photos per second; one view, though ours looks at all views of the card."""
    exact = load_card(MADE_OF.get(card.name, card.name))
    is_shipped = comes_with_the_program(card)
    backbone = (reference_network(exact) if is_shipped else load_network(card, paths.weights)).backbone
    settings = PreprocessCfg(
        size=card.input_size,
        mean=card.mean,
        std=card.std,
        interpolation=card.interpolation,
        resize_mode=card.resize_mode,
    )
    transform = image_transform_v2(settings, is_train=False)
    with torch.inference_mode():
        backbone(torch.zeros(1, 3, card.input_size, card.input_size))
        started = time.perf_counter()
        for photo in photos:
            with Image.open(photo) as image:
                backbone(transform(image.convert("RGB")).unsqueeze(0))
    return len(photos) / (time.perf_counter() - started)


@dataclass(frozen=True, slots=True)
class Indexing:
    """What indexing took."""

    photos_per_second: float
    showing: float
    """Milliseconds of processors a photo, as are the others."""
    embedding: float
    decoders: float

    def __str__(self) -> str:
        return (
            f"{self.photos_per_second:.1f} photos/s, "
            f"{self.showing + self.embedding + self.decoders:.0f} ms of processors a photo "
            f"(showing {self.showing:.1f}, embedding {self.embedding:.1f}, decoders {self.decoders:.1f})"
        )


def indexing(card: ModelCard, paths: LibraryPaths, folder: Path) -> Indexing:
    """The program at work."""
    with WritableLibrary(paths) as library:
        library.choices.choose_model(card.name)
    decoders_before = _processor_time(resource.RUSAGE_CHILDREN)
    with WritableLibrary(paths) as library:
        library.backbone.embedder()  # converted and compiled once per machine
        library.catalog.add_folder(folder)
        begun = _processor_time(resource.RUSAGE_SELF)
        shown = finish(show_photos(library))
        all_shown = _processor_time(resource.RUSAGE_SELF)
        report = together(shown, finish(embed_photos(library)))
        embedded = _processor_time(resource.RUSAGE_SELF)
    decoders = _processor_time(resource.RUSAGE_CHILDREN) - decoders_before  # those that have ended
    a_photo = 1000 / report.added
    return Indexing(
        report.added / report.seconds,
        (all_shown - begun) * a_photo,
        (embedded - all_shown) * a_photo,
        decoders * a_photo,
    )


def _processor_time(who: int) -> float:
    used = resource.getrusage(who)
    return used.ru_utime + used.ru_stime
