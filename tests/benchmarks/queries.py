"""How long the engine takes to answer: by a photo of the library, and by a file beyond one decode and one forward pass.

python -m tests.benchmarks.queries LIBRARY FOLDER_OF_OTHER_PHOTOS [--seed N]
"""

import argparse
import random
import time
from pathlib import Path

import numpy as np

from guie_desktop.asking import Query
from guie_desktop.embedding.embedder import Embedder
from guie_desktop.file_kinds import PHOTO_SUFFIXES
from guie_desktop.paths import LibraryPaths
from guie_desktop.pictures.images import decode, read_photo
from guie_desktop.search.search_engine import SearchEngine
from guie_desktop.workspace.open_library import OpenLibrary


def milliseconds(engine: SearchEngine, query: Query) -> float:
    start = time.perf_counter()
    engine.answer(query)
    return (time.perf_counter() - start) * 1000


def decode_and_embed(embedder: Embedder, photo: Path) -> float:
    """Milliseconds of what every query by a file must do."""
    start = time.perf_counter()
    embedder.embed([embedder.prepare(decode(read_photo(photo), embedder.preparation.smallest_side).image)])
    return (time.perf_counter() - start) * 1000


def tell(what: str, times: list[float]) -> None:
    median, high = np.percentile(times, (50, 95))
    print(f"{what}: median {median:.1f}, 95 % {high:.1f}, largest {max(times):.1f} ms ({len(times)} queries)")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("library", type=Path)
    parser.add_argument("others", type=Path)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    rng = random.Random(arguments.seed)
    others = sorted(path for path in arguments.others.rglob("*") if path.suffix.lower() in PHOTO_SUFFIXES)
    with OpenLibrary(LibraryPaths(arguments.library)) as library:
        library.backbone.synchronise()
        engine, embedder = library.search_engine, library.backbone.embedder()
        ids = library.catalog.photo_ids()
        milliseconds(engine, Query(images=(others[0],)))
        tell("a photo of the library", [milliseconds(engine, Query(photos=(rng.choice(ids),))) for _ in range(200)])
        beyond = []
        for photo in rng.sample(others, min(100, len(others))):
            needed = decode_and_embed(embedder, photo)
            beyond.append(milliseconds(engine, Query(images=(photo,))) - needed)
        tell("a file, beyond decode and forward pass", beyond)


if __name__ == "__main__":
    main()
