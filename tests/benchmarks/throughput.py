"""Photos per second of indexing, as a ratio to the plain loop that one would write first, and where its work goes.

python -m tests.benchmarks.throughput FOLDER [--weights siglip-b-16-224=FILE]

The plain loop decodes in full with Pillow, transforms as open_clip does, and runs torch on one photo after the other.
Ours is the whole of indexing: scan, decode, thumbnails, network, SQLite, index. Same photos, same run, taking turns.
Milliseconds of processors a photo do not depend on what else the machine does, as photos a second do: those of this
process when photos are shown (mostly SQLite) and when they are embedded (mostly the network), and of the decoders.
"""

import argparse
import os
import resource
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from guie_desktop.embedding.assets import DEFAULT_MODEL, ModelCard, load_card
from guie_desktop.embedding.weights import comes_with_the_program, keep_weights
from guie_desktop.file_kinds import PHOTO_SUFFIXES
from guie_desktop.jobs.indexing import embed_photos, show_photos, together
from guie_desktop.paths import LibraryPaths
from guie_desktop.workspace.open_library import WritableLibrary
from tests.running import finish


def plain_loop(card: ModelCard, paths: LibraryPaths, photos: Sequence[Path]) -> float:
    """Photos per second; one view, though ours looks at all views of the card."""
    # Here, since the decoders import this module as well: torch would take them seconds, and more memory than they may.
    import torch
    from open_clip.transform import PreprocessCfg, image_transform_v2

    from guie_desktop.embedding.frozen_network import load_network
    from tests.embedding.make_quantised import MADE_OF
    from tests.embedding.make_shipped import reference_network

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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--weights", action="append", default=[], metavar="MODEL=FILE")
    parser.add_argument("--rounds", type=int, default=2)
    arguments = parser.parse_args()
    photos = sorted(path for path in arguments.folder.rglob("*") if path.suffix.lower() in PHOTO_SUFFIXES)
    files = dict(pair.split("=", 1) for pair in arguments.weights)
    print(f"{len(photos)} photos, {os.cpu_count()} cores")
    for name in (DEFAULT_MODEL, *files):
        card = load_card(name)
        with tempfile.TemporaryDirectory() as work:
            root = Path(work)
            prepared = LibraryPaths(root / "prepared")
            prepared.create()
            if name in files:
                keep_weights(card, Path(files[name]), prepared.weights)
            for number in range(arguments.rounds):
                paths = LibraryPaths(root / f"round-{number}")
                paths.root.mkdir()
                for shared in ("models", "weights"):
                    (paths.root / shared).symlink_to(prepared.root / shared)
                plain = plain_loop(card, paths, photos)
                ours = indexing(card, paths, arguments.folder)
                ratio = ours.photos_per_second / plain
                print(
                    f"{name} ({len(card.views)} views): indexing {ours}, "
                    f"plain loop {plain:.1f} photos/s with one view, ratio {ratio:.2f} "
                    f"({ratio * len(card.views):.2f} per view)"
                )


if __name__ == "__main__":
    main()
