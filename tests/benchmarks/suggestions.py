"""How long suggestions for an album take, in a made-up library of so many photos and dimensions.

python -m tests.benchmarks.suggestions [--photos N] [--dimension D]
"""

import argparse
import tempfile
import time
from pathlib import Path

import numpy as np
from sqlalchemy import insert

from guie_desktop.embedding.general_head import identity_head
from guie_desktop.embedding.projection import unit_rows
from guie_desktop.library.albums import AlbumWriter
from guie_desktop.library.catalog_writer import CatalogWriter
from guie_desktop.library.database import writing
from guie_desktop.library.feature_store import FeatureStore
from guie_desktop.library.tables import photos
from guie_desktop.search.space import Space
from guie_desktop.search.suggestions import suggest

ALBUM_SIZES = (5, 200, 2000)


def make_library(folder: Path, count: int, dimension: int) -> tuple[CatalogWriter, Space]:
    """Photos in clusters of about fifty."""
    catalog = CatalogWriter.open(folder / "catalogue.sqlite")
    features = FeatureStore(catalog, "backbone")
    rng = np.random.default_rng(0)
    centres = rng.normal(size=(count // 50, dimension))
    rows = centres[np.arange(count) % len(centres)] + 0.8 * rng.normal(size=(count, dimension))
    keys = [number.to_bytes(16, "big") for number in range(count)]
    (folder / "photos").mkdir()
    row = {"folder_id": catalog.add_folder(folder / "photos").id, "bytes": 1, "mtime_ns": 1, "state": "ready"}
    row |= {"width": 4, "height": 3, "taken": 0.0, "passing": False, "crashes": 0}
    place = {"directory": folder / "photos"}
    with writing(catalog.database) as connection:
        made = [
            row | place | {"name": Path(f"{number}.jpg"), "inode": number, "content_hash": key}
            for number, key in enumerate(keys)
        ]
        connection.execute(insert(photos), made)
        features.keep_within(connection, dict(zip(keys, unit_rows(rows.astype(np.float32)), strict=True)))
    space = Space(identity_head(dimension), "0", features)
    for _ in space.reconcile():
        pass
    space.grow()
    return catalog, space


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--photos", type=int, default=10_000)
    parser.add_argument("--dimension", type=int, default=256)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        catalog, space = make_library(Path(folder), arguments.photos, arguments.dimension)
        albums, rng = AlbumWriter(catalog), np.random.default_rng(1)
        for size in ALBUM_SIZES:
            ids = [int(photo) for photo in rng.permutation(catalog.photo_ids())]
            album = albums.create(f"{size} photos", ids[:size])
            albums.decide(album, ids[size : size + size // 4], "not")
            times = []
            for _ in range(30):
                start = time.perf_counter()
                found = suggest(catalog, space, album, 60).hits
                times.append((time.perf_counter() - start) * 1000)
            median, high = np.percentile(times, (50, 95))
            print(f"{size} photos in the album: median {median:.1f}, 95 % {high:.1f} ms, {len(found)} suggestions")
        catalog.close()


if __name__ == "__main__":
    main()
