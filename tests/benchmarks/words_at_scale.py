"""How long words take in a library of a million photos, and how much room.

    python -m tests.benchmarks.words_at_scale FOLDER [PHOTOS]

FOLDER gets a catalog of so many photos that were never taken, and keeps it for the next time.
"""

import random
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select

from guie_desktop.library.catalog_writer import CatalogWriter
from guie_desktop.library.database import reading, writing
from guie_desktop.library.tables import album_photos, albums, folders, notes, photos
from guie_desktop.library.word_index import WordIndex
from guie_desktop.library.word_table import INDEX, TABLE, WordTable

_AT_ONCE = 10_000
_TIMES = 15
_SUBJECTS = [
    *("sunset", "beach", "mountain", "lake", "river", "forest", "cat", "dog", "bird", "horse", "birthday", "wedding"),
    *("christmas", "garden", "flower", "rose", "tree", "house", "street", "market", "church", "castle", "bridge"),
    *("tower", "boat", "train", "car", "bicycle", "snow", "rain", "cloud", "child", "family", "friends", "dinner"),
]
_GERMAN = ("Weihnachtsbaum", "Hausboot", "Geburtstagsfeier", "Gartenmöbel", "Straßenbahn", "Großeltern", "Sommerurlaub")
_CHINESE = ("東京タワー", "京都", "北京大学", "富士山")
_PLACES = [f"{city}, {country}" for country in ("Italy", "France", "Deutschland", "España", "日本") for city in (
    "Rome", "Lyon", "München", "Málaga", "東京", "Trastevere", "Oslo", "Köln")]  # fmt: skip
_CAMERAS = ("NIKON D90", "Canon EOS R5", "Apple iPhone 15 Pro", "samsung SM-G991B", "FUJIFILM X-T4", "SONY ILCE-7M3")
_TYPED = (
    *("i", "im", "img", "img_20", "sunset", "sunset beach", "baum", "weihnachtsbaum", "nikon", "nikon 2015 img"),
    *("münchen", "munchen rose", "東京", "京", "img_2015", "12345", "2015", '"canon eos r5"', "anna sunset"),
    *("nothingness", "s b r", "person8"),
)


def main() -> None:
    """Fill, then ask."""
    folder, total = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"words-{total}.sqlite"
    if not path.exists():
        _fill(path, total)
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


def _fill(path: Path, total: int) -> None:
    chance = random.Random(7)
    catalog = CatalogWriter.open(path)
    started = time.perf_counter()
    with writing(catalog.database) as connection:
        root = Path("/media/user/drive/Pictures")
        connection.execute(insert(folders).values(id=1, path=root, online=True, added_at=0.0))
        connection.execute(
            insert(albums),
            [{"id": n + 1, "name": f"Album {n} {_SUBJECTS[n % len(_SUBJECTS)]}", "made_at": 0.0} for n in range(200)],
        )
    for start in range(0, total, _AT_ONCE):
        rows = [_photo(number, root, chance) for number in range(start + 1, min(start + _AT_ONCE, total) + 1)]
        with writing(catalog.database) as connection:
            connection.execute(insert(photos), rows)
            connection.execute(insert(notes), [_notes(row["id"], chance) for row in rows])
            members = [row["id"] for row in rows if row["id"] % 5 == 0]
            said = {"verdict": "member", "decided_at": 0.0}
            connection.execute(insert(album_photos), [said | {"album_id": n % 200 + 1, "photo_id": n} for n in members])
    words = WordTable(catalog.database)
    while words.outdated_count():
        words.renew_some()
    taken = time.perf_counter() - started
    print(f"filled with {total:,} photos in {taken:.0f} s, {1e6 * taken / total:.0f} µs each")
    started = time.perf_counter()
    with writing(catalog.database) as connection:
        connection.exec_driver_sql("INSERT OR IGNORE INTO words_outdated SELECT id FROM photos LIMIT 2000")
    print(f"a transaction that outdates 2,000 photos whose words stay: {time.perf_counter() - started:.2f} s")
    with writing(catalog.database) as connection:
        some = connection.execute(select(album_photos.c.album_id).limit(1)).scalar_one()
        started = time.perf_counter()
        connection.exec_driver_sql("UPDATE albums SET name = 'Another name' WHERE id = ?", (some,))
    print(f"another name for an album of {total // 1000:,} photos: {time.perf_counter() - started:.2f} s")
    catalog.close()


def _photo(number: int, root: Path, chance: random.Random) -> dict[str, Any]:
    year, month, day = 2005 + number * 20 // 1_000_001, chance.randint(1, 12), chance.randint(1, 28)
    name = f"IMG_{year}{month:02}{day:02}_{number:06}.jpg" if number % 3 else f"DSC{number % 10_000:05}.JPG"
    subject = chance.choice(_SUBJECTS)
    return {
        "id": number, "folder_id": 1, "directory": root / f"{year}" / f"{month:02} {subject} {number // 2000}",
        "name": Path(f"{number}-{name}" if number % 3 == 0 else name), "bytes": 1, "mtime_ns": number, "inode": number,
        "state": "ready", "content_hash": number.to_bytes(16), "width": 4000, "height": 3000, "taken": float(number),
    }  # fmt: skip


def _notes(photo_id: int, chance: random.Random) -> dict[str, object]:
    keywords = chance.sample(_SUBJECTS, 3) + ([chance.choice(_GERMAN)] if photo_id % 4 == 0 else [])
    return {
        "photo_id": photo_id, "rule": 1, "content_hash": photo_id.to_bytes(16), "camera": chance.choice(_CAMERAS),
        "lens": f"{chance.choice((24, 35, 50, 85))}mm f/1.8", "keywords": "\n".join(keywords),
        "title": f"{chance.choice(_GERMAN)} {chance.choice(_CHINESE)}" if photo_id % 10 == 0 else None,
        "description": f"A {keywords[0]} with a {keywords[1]} behind the {keywords[2]}." if photo_id % 3 == 0 else None,
        "people": f"Anna Person{photo_id % 50}" if photo_id % 4 == 0 else None, "place": chance.choice(_PLACES),
    }  # fmt: skip


if __name__ == "__main__":
    main()
