"""How what is asked all the time, and a batch of new photos, grow with a library.

    python -m tests.benchmarks.at_scale LIBRARY [--json FILE]

LIBRARY is one of made_library.py, of 10^3 to 10^6 photos; a copy of its catalog is measured, and brought up to date by
this version of the program first. Milliseconds are of a processor, the least of several times. Run it with another
version of the program on PYTHONPATH to compare: what that one lacks is left out.
"""

import argparse
import json
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable
from itertools import count, islice
from pathlib import Path
from typing import Any

import numpy as np
from sqlalchemy import insert, select

from guie_desktop.domain import Place
from guie_desktop.library.catalog_writer import CatalogWriter
from guie_desktop.library.colours import Colours
from guie_desktop.library.database import reading, writing
from guie_desktop.library.directories import read_directories
from guie_desktop.library.feature_store import FeatureStore
from guie_desktop.library.ordered_photos import Order
from guie_desktop.library.photo_notes import PhotoNotesTable
from guie_desktop.library.photo_rows import PendingPhoto, Reading
from guie_desktop.library.tables import features, folders, photos

Table = dict[str, float]

_TIMES, _BATCHES, _IN_A_BATCH = 3, 8, 4
_LONG = 2.0
"""Seconds from which on once is enough."""
_NEW = Path("/made/New")


def cost(work: Callable[[], object], times: int = _TIMES) -> float:
    """Milliseconds of a processor."""
    least = float("inf")
    for _ in range(times):
        started = time.process_time()
        work()
        least = min(least, time.process_time() - started)
        if least > _LONG:
            break
    return least * 1000


def measure(library: Path) -> Table:
    """Each statement, and a batch in both processes."""
    with tempfile.TemporaryDirectory() as work:
        path = Path(work) / "catalogue.sqlite"
        shutil.copyfile(library / "catalogue.sqlite", path)
        told: Table = {"bring up to date": cost(lambda: CatalogWriter.open(path).close(), 1)}
        catalog = CatalogWriter.open(path)
        with reading(catalog.database) as connection:
            told["photos"] = connection.exec_driver_sql("SELECT count(*) FROM photos").scalar_one()
            backbone = connection.execute(select(features.c.backbone).limit(1)).scalar_one()
        _plug_in(catalog)
        if hasattr(catalog, "settle"):
            told["settle, once"] = cost(lambda: catalog.settle(backbone), 1)
        told |= {name: cost(work) for name, work in _statements(catalog, backbone)}
        told |= _batches(catalog, backbone)
        catalog.close()
    return told


def _plug_in(catalog: CatalogWriter) -> None:
    """As if the folders were there, and an empty one more."""
    with writing(catalog.database) as connection:
        connection.execute(folders.update().values(online=True))
        connection.execute(insert(folders).values(path=_NEW, online=True, added_at=1.0))


def _statements(catalog: CatalogWriter, backbone: str) -> Iterable[tuple[str, Callable[[], object]]]:
    store = FeatureStore(catalog, backbone)
    newest = int(store.ids()[-1])
    notes, colours = PhotoNotesTable(catalog), Colours(catalog.database)
    yield "photo_ids", catalog.photo_ids
    yield "photo_ids of a folder", lambda: catalog.photo_ids(2)
    yield "photo_ids of an album", lambda: catalog.photo_ids(album_id=1)
    yield "ordered by name", lambda: catalog.ordered(Order("name"), Place(folder_id=2))
    yield "folders", catalog.folders
    yield "directories", lambda: read_directories(catalog, [folder.path for folder in catalog.folders()])
    yield "albums", catalog.albums
    yield "counts", catalog.counts
    yield "embedded_count", lambda: catalog.embedded_count(backbone)
    yield "pending_count", lambda: catalog.pending_count(backbone)
    yield "pending, 256", lambda: list(islice(catalog.pending(backbone), 256))
    yield "live_ids", store.live_ids
    yield "live_ids, newer", lambda: store.live_ids(after=newest)
    yield "notes that wait", notes.waiting_count
    yield "colours unknown", colours.unknown
    yield "failures", catalog.failures
    yield "troubled directories", catalog.troubled_directories
    yield "vanished", lambda: catalog.vanished(time.time())
    yield "settle_rules", catalog.settle_rules
    yield "settle_contents", catalog.settle_contents


def _batches(catalog: CatalogWriter, backbone: str) -> Table:
    """The mean of some batches: what the worker's catalog does for each, and what the window reads after it."""
    store, numbers = FeatureStore(catalog, backbone), count(1)
    dimension = len(next(iter(store.by_id(store.ids()[:1])))[1][0])
    folder = next(one.id for one in catalog.folders() if one.path == _NEW)
    with writing(catalog.database) as connection:
        row = {"folder_id": folder, "directory": _NEW, "bytes": 1, "inode": 0, "state": "new"}
        rows = [row | {"name": Path(f"{n}.jpg"), "mtime_ns": n} for n in range(_BATCHES * _IN_A_BATCH)]
        connection.execute(insert(photos), rows)
    pending = catalog.pending()
    newest, known = int(store.ids()[-1]), None
    followed = getattr(catalog, "followed", None)
    worker = window = 0.0
    for _ in range(_BATCHES):
        batch: list[PendingPhoto] = list(islice(pending, _IN_A_BATCH))
        readings = [Reading(one, b"new %012d" % next(numbers), 4000, 3000, 1.7e9 + one.id) for one in batch]
        vectors = {one.content_hash: np.ones(dimension, np.float32) for one in readings}
        started = time.process_time()
        catalog.record(readings, vectors, store)
        found = store.live_ids(after=newest)
        worker += time.process_time() - started
        newest = int(found[-1])
        known = followed(Order()) if followed is not None and known is None else known
        started = time.process_time()
        known = _refresh(catalog, followed, known)
        window += time.process_time() - started
    return {"batch, worker": worker * 1000 / _BATCHES, "batch, window": window * 1000 / _BATCHES}


def _refresh(catalog: CatalogWriter, followed: Callable[..., Any] | None, known: Any) -> Any:
    found = catalog.ordered(Order()) if followed is None else followed(Order(), before=known)
    roots = [folder.path for folder in catalog.folders()]
    read_directories(catalog, roots)
    catalog.albums()
    catalog.counts()
    return found


def main() -> None:
    """As the user says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("library", type=Path)
    parser.add_argument("--json", type=Path, metavar="FILE")
    asked = parser.parse_args()
    told = measure(asked.library)
    for name, value in told.items():
        print(f"{name:24} {value:12,.1f}")
    if asked.json is not None:
        asked.json.write_text(json.dumps(told))


if __name__ == "__main__":
    main()
