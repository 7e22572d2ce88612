"""How long words take in a library of a million photos, and how much room.

    python -m tests.benchmarks.words_at_scale FOLDER [PHOTOS]

FOLDER gets a library of so many photos that were never taken, and keeps it for the next time.
"""

import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from guie_desktop.library.catalog_writer import CatalogWriter
from guie_desktop.library.database import reading, writing
from guie_desktop.library.word_index import WordIndex
from guie_desktop.library.word_table import INDEX, TABLE
from guie_desktop.paths import LibraryPaths
from tests.benchmarks.made_library import make_library

_TIMES = 15
_TYPED = (
    *("i", "im", "img", "img_20", "sunset", "sunset beach", "baum", "weihnachtsbaum", "nikon", "nikon 2015 img"),
    *("münchen", "munchen rose", "東京", "京", "img_2015", "12345", "2015", '"canon eos r5"', "anna sunset"),
    *("nothingness", "s b r", "person8"),
)


def main() -> None:
    """Fill, then ask."""
    folder, total = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000
    library = folder / f"words-{total}"
    path = LibraryPaths(library).catalog
    if not path.exists():
        _fill(library, total)
    catalog = CatalogWriter.open_read_only(path)
    words = WordIndex(catalog.database)
    with reading(catalog.database) as connection:
        for name in (TABLE, INDEX):
            pages = "SELECT coalesce(sum(pgsize), 0) FROM dbstat WHERE name LIKE ?"
            try:
                size = connection.exec_driver_sql(pages, (f"{name}%",)).scalar_one()
            except Exception as error:  # noqa: BLE001 - not every SQLite was built with it
                print(f"{name}: size unknown ({type(error).__name__})")
                break
            print(f"{name}*: {size / 1e6:.0f} MB")
    print(f"{'typed':22} {'found':>8} {'find 200, ms':>13} {'count 10,000, ms':>17}")
    slowest = 0.0
    for typed in _TYPED:
        found = words.count(typed, 10_000)
        finding = _milliseconds(partial(words.find, typed, 200))
        counting = _milliseconds(partial(words.count, typed, 10_000))
        slowest = max(slowest, finding)
        print(f"{typed:22} {found:8,} {finding:13.1f} {counting:17.1f}")
    print(f"slowest: {slowest:.1f} ms")
    catalog.close()


def _milliseconds(work: Callable[[], object]) -> float:
    """The median of several times."""
    taken = []
    for _ in range(_TIMES):
        started = time.perf_counter()
        work()
        taken.append(1000 * (time.perf_counter() - started))
    return sorted(taken)[_TIMES // 2]


def _fill(folder: Path, total: int) -> None:
    started = time.perf_counter()
    make_library(folder, total)
    taken = time.perf_counter() - started
    print(f"filled with {total:,} photos in {taken:.0f} s, {1e6 * taken / total:.0f} µs each")
    catalog = CatalogWriter.open(LibraryPaths(folder).catalog)
    started = time.perf_counter()
    with writing(catalog.database) as connection:
        connection.exec_driver_sql("INSERT OR IGNORE INTO words_outdated SELECT id FROM photos LIMIT 2000")
    print(f"a transaction that outdates 2,000 photos whose words stay: {time.perf_counter() - started:.2f} s")
    largest = max(catalog.albums(), key=lambda album: album.photos)
    with writing(catalog.database) as connection:
        started = time.perf_counter()
        connection.exec_driver_sql("UPDATE albums SET name = 'Another name' WHERE id = ?", (largest.id,))
    print(f"another name for an album of {largest.photos:,} photos: {time.perf_counter() - started:.2f} s")
    catalog.close()


if __name__ == "__main__":
    main()
