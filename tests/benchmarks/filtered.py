"""How much of what passes a filter is found, against comparing everything, in a graph of many photos.

    python -m tests.benchmarks.filtered FOLDER [PHOTOS]

FOLDER takes a library of made photos. Ratings pass 1 %, 10 % and 50 % of them, by chance and by likeness: the latter is
the hard case, for what passes lies far from the query or all around it.
"""

import argparse
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import insert

from guie_desktop.asking import Filter, Query
from guie_desktop.embedding.projection import unit_rows
from guie_desktop.library.catalog_writer import CatalogWriter
from guie_desktop.library.database import writing
from guie_desktop.library.feature_store import STORED, FeatureStore
from guie_desktop.library.tables import features, folders, marks, photos
from guie_desktop.search.neighbours import Neighbours
from guie_desktop.search.ranking import Ranking
from guie_desktop.search.vectors import VectorIndex

_DIMENSION = 64
_CLUSTERS = 2000
_SHARES = (0.01, 0.1, 0.5)
_TOP = 100
_QUERIES = 30
_AT_ONCE = 20_000


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("photos", type=int, nargs="?", default=250_000)
    asked = arguments.parse_args()
    random = np.random.default_rng(0)
    centres = random.normal(size=(_CLUSTERS, _DIMENSION))
    rows = _around(centres[random.integers(_CLUSTERS, size=asked.photos)], random)
    queries = _around(centres[:_QUERIES], random)
    catalog = CatalogWriter.open(asked.folder / "catalogue.sqlite")
    store = _filled(catalog, rows)
    keys = store.ids()
    began = time.perf_counter()
    index = VectorIndex(_DIMENSION, is_graph=True)
    for start in range(0, len(keys), _AT_ONCE):
        index.add(keys[start : start + _AT_ONCE], rows[start : start + _AT_ONCE])
    print(f"{len(keys):,} photos, graph built in {time.perf_counter() - began:.0f} s", flush=True)
    made = Made(catalog, store, index, rows, queries)
    for name, levels in zip(("by chance", "by likeness"), _ratings(rows, queries[0], random), strict=True):
        _rate(catalog, levels)
        for share, stars in zip(_SHARES, (5, 4, 3), strict=True):
            print(f"{share:4.0%} pass, {name}: {made.told(stars, levels >= stars)}", flush=True)
    catalog.close()


def _ratings(
    rows: NDArray[np.float32], query: NDArray[np.float32], random: np.random.Generator
) -> Iterator[NDArray[np.int64]]:
    """Stars of each photo, so that 1 % have 5, 10 % at least 4 and 50 % at least 3: by chance, and the least alike."""
    for order in (random.permutation(len(rows)), np.argsort(rows @ query)):
        stars = np.zeros(len(rows), np.int64)
        for share, given in zip(reversed(_SHARES), (3, 4, 5), strict=True):
            stars[order[: round(share * len(rows))]] = given
        yield stars


def _around(centres: NDArray[np.float64], random: np.random.Generator) -> NDArray[np.float32]:
    """A unit row near each centre (N, d)."""
    return unit_rows((centres + random.normal(size=centres.shape)).astype(np.float32))


def _filled(catalog: CatalogWriter, rows: NDArray[np.float32]) -> FeatureStore:
    store = FeatureStore(catalog, "backbone")
    stored = rows.astype(STORED)
    for start in range(0, len(rows), _AT_ONCE):
        numbers = range(start, min(start + _AT_ONCE, len(rows)))
        with writing(catalog.database) as connection:
            if start == 0:
                connection.execute(insert(folders).values(id=1, path=Path("/made"), online=True, added_at=0.0))
            connection.execute(insert(photos), [_photo(number) for number in numbers])
            values = [(f"{number:09}".encode(), stored[number].tobytes()) for number in numbers]
            kept = [{"backbone": "backbone", "content_hash": key, "vector": vector} for key, vector in values]
            connection.execute(insert(features), kept)
    return store


def _rate(catalog: CatalogWriter, stars: NDArray[np.int64]) -> None:
    with writing(catalog.database) as connection:
        connection.execute(marks.delete())
        rated = np.flatnonzero(stars)
        for start in range(0, len(rated), _AT_ONCE):
            part = rated[start : start + _AT_ONCE]
            said = [{"photo_id": int(n) + 1, "kind": "rating", "value": int(stars[n]), "said_at": 0.0} for n in part]
            connection.execute(insert(marks), said)


def _photo(number: int) -> dict[str, object]:
    return {
        "id": number + 1,
        "folder_id": 1,
        "directory": Path("/made"),
        "name": Path(f"{number}.jpg"),
        "bytes": 1,
        "mtime_ns": 1,
        "inode": 1,
        "state": "ready",
        "content_hash": f"{number:09}".encode(),
        "width": 4,
        "height": 3,
        "taken": float(number),
    }


@dataclass(frozen=True, eq=False)
class Made:
    """A library of made photos, and what is looked for in it."""

    catalog: CatalogWriter
    store: FeatureStore
    index: VectorIndex
    rows: NDArray[np.float32]
    queries: NDArray[np.float32]

    def told(self, stars: int, passing: NDArray[np.bool_]) -> str:
        """How well what has so many stars is found, and in what time."""
        numbers, query = np.flatnonzero(passing), Query(which=Filter(rating=stars), top=_TOP)
        took, recall, fewest = [], [], _TOP
        for vector in self.queries:
            best = np.argsort(-(self.rows[numbers] @ vector))[:_TOP]
            exact = {int(numbers[at]) + 1 for at in best}
            began = time.perf_counter()
            ranking = Ranking(self.index, self.store, vector, None, lambda _: None, "made")
            hits = islice(Neighbours(self.catalog).of(ranking, query), _TOP)
            found = [showing.photos[0].id for showing, _ in hits]
            took.append(1000 * (time.perf_counter() - began))
            recall.append(len(exact.intersection(found)) / len(exact))
            fewest = min(fewest, len(found))
        return (
            f"recall@{_TOP} {np.mean(recall):.3f}, least {min(recall):.2f}; fewest hits {fewest}; "
            f"{np.median(took):.0f} ms (median), {max(took):.0f} ms (longest)"
        )


if __name__ == "__main__":
    main()
