"""Precision and recall of the search for duplicates on made copies of photos, and how long it takes.

python -m tests.benchmarks.duplicates FOLDER [--half tuned|held] [--every N] [--no-features]
python -m tests.benchmarks.duplicates --time 100000

Photos are halved by their folders: thresholds were chosen on one half with the first kinds of copies, and are judged on
the other half with both. A pair that was made is found where both photos are in one group; a pair that is found is
false where it was not made. What a photographer took twice from one spot counts as false here: --sheet draws those.
"""

import argparse
import io
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable
from itertools import combinations
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps
from sqlalchemy import insert

from guie_desktop.embedding.projection import unit_rows
from guie_desktop.jobs.finding_duplicates import find_duplicates
from guie_desktop.jobs.indexing import index_library, show_photos
from guie_desktop.library.database import writing
from guie_desktop.library.tables import photos as photo_rows
from guie_desktop.paths import LibraryPaths
from guie_desktop.pictures.small_pictures import make_thumbnail
from guie_desktop.search.duplicates.same_picture import SIDE
from guie_desktop.workspace.open_library import WritableLibrary
from tests.running import finish

Turn = Image.Transpose


def inner(image: Image.Image, part: float) -> Image.Image:
    """Without so much of it at each edge."""
    width, height = image.size
    box = (width * part, height * part, width * (1 - part), height * (1 - part))
    return image.crop((round(box[0]), round(box[1]), round(box[2]), round(box[3])))


def corner(image: Image.Image, part: float) -> Image.Image:
    """Without so much of it at two edges."""
    width, height = image.size
    return image.crop((round(width * part), 0, width, round(height * (1 - part))))


def halved(image: Image.Image) -> Image.Image:
    return image.resize((image.width // 2, image.height // 2), Image.Resampling.LANCZOS)


Copying = tuple[Callable[[Image.Image], Image.Image], int, str]
TUNED: dict[str, Copying] = {
    "half the size": (halved, 90, "JPEG"),
    "quality 40": (lambda image: image, 40, "JPEG"),
    "cropped 5 %": (lambda image: inner(image, 0.05), 90, "JPEG"),
    "turned by 90": (lambda image: image.transpose(Turn.ROTATE_90), 90, "JPEG"),
    "mirrored": (lambda image: image.transpose(Turn.FLIP_LEFT_RIGHT), 90, "JPEG"),
    "grey": (lambda image: ImageOps.grayscale(image).convert("RGB"), 90, "JPEG"),
}
OTHERS: dict[str, Copying] = {
    "cropped 3 %": (lambda image: inner(image, 0.03), 90, "JPEG"),
    "cropped 8 %": (lambda image: inner(image, 0.08), 85, "JPEG"),
    "10 % off two edges": (lambda image: corner(image, 0.1), 90, "JPEG"),
    "turned by 180": (lambda image: image.transpose(Turn.ROTATE_180), 80, "JPEG"),
    "turned by 270": (lambda image: image.transpose(Turn.ROTATE_270), 60, "JPEG"),
    "quality 60": (lambda image: image, 60, "JPEG"),
    "WebP": (lambda image: image, 60, "WEBP"),
    "turned, cropped 5 %": (lambda image: inner(image.transpose(Turn.ROTATE_90), 0.05), 80, "JPEG"),
}


def make_copies(files: Iterable[Path], kinds: dict[str, Copying], folder: Path) -> None:
    """Below the folder: a folder of each kind, and in it a copy of each photo, named by its number."""
    for number, file in enumerate(files):
        with Image.open(file) as opened:
            image = opened.convert("RGB")
        place = folder / "as it was" / f"{number}{file.suffix}"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(file.read_bytes())
        for kind, (copied, quality, made_as) in kinds.items():
            written = io.BytesIO()
            copied(image).save(written, made_as, quality=quality)
            place = folder / kind / f"{number}.{'webp' if made_as == 'WEBP' else 'jpg'}"
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(written.getvalue())


def judge(library: WritableLibrary, kinds: Iterable[str], number: int, sheet: Path | None) -> None:
    """Print recall by kind, and precision."""
    started = time.perf_counter()
    found = finish(find_duplicates(library))
    seconds = time.perf_counter() - started
    groups = [
        {place for places in library.catalog.places(group.contents).values() for place in places}
        for group in found.groups
        if group.kind != "burst"
    ]
    group_of = {place: at for at, group in enumerate(groups) for place in group}
    by_number: dict[tuple[str, str], Path] = {(place.parent.name, place.stem): place for place in group_of}

    def is_found(kind: str, stem: str) -> bool:
        own, copy = by_number.get(("as it was", stem)), by_number.get((kind, stem))
        return own is not None and copy is not None and group_of[own] == group_of[copy]

    for kind in kinds:
        print(f"  {kind:<22} recall {np.mean([is_found(kind, str(each)) for each in range(number)]):.4f}")
    pairs = [(one.stem, other.stem) for group in groups for one, other in combinations(sorted(group), 2)]
    right = sum(one == other for one, other in pairs)
    false = Counter(tuple(sorted(pair)) for pair in pairs if pair[0] != pair[1])
    made = number * len(list(combinations(range(len(list(kinds)) + 1), 2)))
    print(f"  all pairs              recall {right / made:.4f}  precision {right / max(1, len(pairs)):.4f}")
    print(f"  photos put together that were not made of each other: {len(false)}; {seconds:.1f} s")
    if sheet is not None and false:
        draw(sheet, [(by_number[("as it was", one)], by_number[("as it was", other)]) for one, other in false])


def draw(sheet: Path, pairs: list[tuple[Path, Path]], side: int = 180) -> None:
    """Draw pairs side by side, to be judged by eye."""
    canvas = Image.new("RGB", (8 * side, side * -(-len(pairs) // 4)), "white")
    for place, pair in enumerate(pairs):
        for half, file in enumerate(pair):
            with Image.open(file) as opened:
                small = opened.convert("RGB").resize((side - 4, side - 4))
            canvas.paste(small, ((place % 4) * 2 * side + half * (side - 2), place // 4 * side))
    canvas.save(sheet)


def time_at(count: int, dimension: int = 1280) -> None:
    """How long it takes in a made-up library: stored features in scenes of about ten, a tenth of the photos copied."""
    rng = np.random.default_rng(0)
    with tempfile.TemporaryDirectory() as work:
        root = Path(work)
        (root / "photos").mkdir()
        with WritableLibrary(LibraryPaths(root / "library")) as library:
            folder = library.catalog.add_folder(root / "photos")
            keys = [number.to_bytes(16, "big") for number in range(count)]
            scenes = rng.normal(size=(count // 10, dimension)).astype(np.float32)
            waves = rng.normal(size=(count // 10, 8, 8)) / (1 + np.add.outer(np.arange(8), np.arange(8)))
            row = {"folder_id": folder.id, "bytes": 1, "mtime_ns": 1, "state": "ready", "rule": 1, "taken": 0.0}
            row |= {"width": 4, "height": 3, "passing": False, "crashes": 0, "directory": root / "photos"}
            for start in range(0, count, 10_000):
                numbers = np.arange(start, min(count, start + 10_000))
                # What is a copy has nearly the feature and the picture of the one before it.
                source = numbers - (numbers % 10 == 1)
                own = np.random.default_rng(start).normal(size=(len(numbers), dimension)).astype(np.float32)
                is_copy = source != numbers
                rows = unit_rows(scenes[source // 10] + 0.8 * own[source - start] + 0.05 * is_copy[:, None] * own)
                pictures = _drawn(waves[source // 10], source)
                with writing(library.catalog.database) as connection:
                    made = [
                        row | {"name": Path(f"{number}.jpg"), "inode": int(number), "content_hash": keys[number]}
                        for number in numbers
                    ]
                    connection.execute(insert(photo_rows), made)
                    vectors = {keys[number]: vector for number, vector in zip(numbers, rows, strict=True)}
                    library.backbone.features.keep_within(connection, vectors)
                library.thumbnails.put_squares(
                    {keys[number]: picture.tobytes() for number, picture in zip(numbers, pictures, strict=True)}
                )
                looked_at = (numbers % 10) < 2
                library.thumbnails.put(
                    (keys[number], make_thumbnail(Image.fromarray(picture).resize((320, 320)).convert("RGB")))
                    for number, picture in zip(numbers[looked_at], pictures[looked_at], strict=True)
                )
            started, worked = time.perf_counter(), time.process_time()
            found = finish(find_duplicates(library))
            seconds, of_processor = time.perf_counter() - started, time.process_time() - worked
            print(f"{count} photos: {seconds:.1f} s, {of_processor:.1f} s of a core; {len(found.groups)} groups")


def _drawn(waves: NDArray[np.float64], numbers: NDArray[np.int64]) -> NDArray[np.uint8]:
    """Grey squares: the waves of a scene, with those of each photo."""
    places = np.cos(np.arange(8)[:, None] * (np.arange(SIDE) + 0.5) * np.pi / SIDE)
    each = np.stack([np.random.default_rng(int(number)).normal(size=(8, 8)) for number in numbers])
    own = each / (1 + np.add.outer(np.arange(8), np.arange(8)))
    pictures = np.einsum("nuv,ux,vy->nxy", waves + own, places, places)
    drawn: NDArray[np.uint8] = np.clip(128 + 25 * pictures, 0, 255).astype(np.uint8)
    return drawn


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--half", choices=("tuned", "held"), default="held")
    parser.add_argument("--every", type=int, default=1, help="take only each so manieth photo")
    parser.add_argument("--no-features", action="store_true", help="before any photo is embedded")
    parser.add_argument("--sheet", type=Path, help="draw what was put together wrongly")
    parser.add_argument("--time", type=int, metavar="N")
    arguments = parser.parse_args()
    if arguments.time:
        time_at(arguments.time)
        return
    files = sorted(arguments.folder.rglob("*.jpg"))
    folders = sorted({file.parent for file in files})
    wanted = folders[arguments.half == "held" :: 2]
    chosen = [file for file in files if file.parent in set(wanted)][:: arguments.every]
    kinds = TUNED if arguments.half == "tuned" else TUNED | OTHERS
    with tempfile.TemporaryDirectory() as work:
        make_copies(chosen, kinds, Path(work) / "photos")
        with WritableLibrary(LibraryPaths(Path(work) / "library")) as library:
            library.catalog.add_folder(Path(work) / "photos")
            finish(show_photos(library) if arguments.no_features else index_library(library))
            print(f"{len(chosen)} photos, {len(chosen) * (len(kinds) + 1)} files")
            judge(library, list(kinds), len(chosen), arguments.sheet)


if __name__ == "__main__":
    main()
