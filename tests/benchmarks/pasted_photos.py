"""How often a photo that lies in another one is found among the first five: by whole photos, and by parts as well.

python -m tests.benchmarks.pasted_photos PHOTOS [--queries N] [--others N] [--seed N] [--keep FOLDER]

PHOTOS is a folder of labelled folders of photos. Each query's photo is pasted into a photo or a shelf of twelve photos
of other labels, at a random place, with 2, 5, 10 and 25 % of its area. A library holds these, and some others without
one. It is asked for the photo that was pasted, among those with one share and the others; and for another
photo of its label, where any photo counts that this label was pasted into.
"""

import argparse
import random
import tempfile
import time
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from guie_desktop.asking import EVERYTHING, Query
from guie_desktop.file_kinds import PHOTO_SUFFIXES
from guie_desktop.jobs.looking_inside import look_inside, parts_held
from guie_desktop.paths import LibraryPaths
from guie_desktop.workspace.open_library import WritableLibrary
from tests.running import finish, index_folder

SHARES = (2, 5, 10, 25)
"""Percent of the area."""
SIZE = (1600, 1200)
SHELF = (4, 3)
FIRST = 5


@dataclass(frozen=True, slots=True)
class Pasted:
    """A photo that lies in others, and another one of its label."""

    label: str
    photo: Path
    other: Path


def filled(path: Path, size: tuple[int, int]) -> Image.Image:
    """The middle of a photo, in this size."""
    image = Image.open(path).convert("RGB")
    scale = max(size[0] / image.width, size[1] / image.height)
    larger = image.resize((round(image.width * scale) + 1, round(image.height * scale) + 1), Image.Resampling.BICUBIC)
    return larger.crop((0, 0, *size))


def background(rng: random.Random, photos: Sequence[Path]) -> Image.Image:
    """One of the photos, or a shelf of them."""
    if rng.random() < 0.5:
        return filled(rng.choice(photos), SIZE)
    shelf, cell = Image.new("RGB", SIZE), (SIZE[0] // SHELF[0], SIZE[1] // SHELF[1])
    for column in range(SHELF[0]):
        for row in range(SHELF[1]):
            shelf.paste(filled(rng.choice(photos), cell), (column * cell[0], row * cell[1]))
    return shelf


def pasted(rng: random.Random, into: Image.Image, photo: Path, percent: int) -> Image.Image:
    image = Image.open(photo).convert("RGB")
    scale = (SIZE[0] * SIZE[1] * percent / 100 / (image.width * image.height)) ** 0.5
    size = min(round(image.width * scale), SIZE[0]), min(round(image.height * scale), SIZE[1])
    made = into.copy()
    place = rng.randint(0, SIZE[0] - size[0]), rng.randint(0, SIZE[1] - size[1])
    made.paste(image.resize(size, Image.Resampling.LANCZOS), place)
    return made


def make(folder: Path, photos: dict[str, list[Path]], queries: int, others: int, seed: int) -> list[Pasted]:
    """Folders of photos with something in them, one for each share, and one of photos without; what was pasted."""
    rng, asked = random.Random(seed), []
    labels = sorted(label for label, of_label in photos.items() if len(of_label) > 1)
    for number in range(queries):
        label = rng.choice(labels)
        photo, other = rng.sample(photos[label], 2)
        asked.append(Pasted(label, photo, other))
        into = background(rng, [path for name, paths in photos.items() if name != label for path in paths])
        for percent in SHARES:
            place = folder / f"{percent}" / f"{number}.jpg"
            place.parent.mkdir(parents=True, exist_ok=True)
            pasted(rng, into, photo, percent).save(place, quality=90)
    everything = [path for paths in photos.values() for path in paths]
    (folder / "others").mkdir(parents=True, exist_ok=True)
    for number in range(others):
        background(rng, everything).save(folder / "others" / f"{number}.jpg", quality=90)
    return asked


def found(
    library: WritableLibrary, folder: Path, asked: list[Pasted], percent: int, *, same: bool, parts: bool
) -> float:
    """The share of queries with a right photo among the first, in the photos of one share and the others."""
    right = 0
    for number, one in enumerate(asked):
        labels = {n: other.label for n, other in enumerate(asked)}
        query = Query(images=(one.photo if same else one.other,), parts=parts, top=2000)
        hits = [hit.path for hit in library.search_engine.answer(query).hits]
        first = [path for path in hits if path.parent.name in (f"{percent}", "others")][:FIRST]
        within = [int(path.stem) for path in first if path.parent.name == f"{percent}"]
        right += number in within if same else any(labels[n] == one.label for n in within)
    return right / len(asked)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("photos", type=Path)
    parser.add_argument("--queries", type=int, default=50)
    parser.add_argument("--others", type=int, default=60)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--keep", type=Path, help="where photos and library stay, to be used again")
    arguments = parser.parse_args()
    photos: dict[str, list[Path]] = {}
    for path in sorted(arguments.photos.rglob("*")):
        if path.suffix.lower() in PHOTO_SUFFIXES:
            photos.setdefault(path.parent.name, []).append(path)
    with nullcontext(arguments.keep) if arguments.keep else tempfile.TemporaryDirectory() as base:
        folder = Path(base) / "photos"
        asked = make(folder, photos, arguments.queries, arguments.others, arguments.seed)
        paths = LibraryPaths(Path(base) / "library")
        began = time.perf_counter()
        count = index_folder(paths, folder).embedded
        indexed = time.perf_counter()
        with WritableLibrary(paths) as library:
            library.choices.look_into([EVERYTHING])
            looked_into = finish(look_inside(library))
            done = time.perf_counter()
            print(f"{count} photos read, {1000 * (indexed - began) / max(1, count):.0f} ms each")
            print(f"{looked_into} looked into, {1000 * (done - indexed) / max(1, looked_into):.0f} ms each")
            print(f"{parts_held(library).bytes / max(1, library.backbone.parts.photos) / 1000:.0f} kB each on the disk")
            for same in (True, False):
                print("the photo that was pasted" if same else "another photo of its label")
                for parts in (False, True):
                    shares = [found(library, folder, asked, one, same=same, parts=parts) for one in SHARES]
                    row = "  ".join(f"{one:3d} %: {share:.2f}" for one, share in zip(SHARES, shares, strict=True))
                    print(f"  {'with parts ' if parts else 'whole only '} {row}")


if __name__ == "__main__":
    main()
