"""A library of as many photos as wanted, none of which was ever taken, as the program itself would have kept it.

    python -m tests.benchmarks.made_library FOLDER PHOTOS [--like LIBRARY] [--thumbnails N] [--no-words]

Folders, dates, copies, notes, colours, albums and words are made up, and the same at each call. With --like the photos
have features, drawn around those of another library, whose heads and choices are taken over as well; with --thumbnails
the newest have small pictures of that library. The folders lie nowhere, so the program takes them for unplugged drives.
"""

import argparse
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sqlalchemy import Connection, insert, select

from guie_desktop.arrays import Floats, Keys
from guie_desktop.asking import COLOURS
from guie_desktop.library.catalog import Catalog
from guie_desktop.library.catalog_writer import CatalogWriter
from guie_desktop.library.conditions import NOTES_RULE
from guie_desktop.library.database import reading, writing
from guie_desktop.library.decode_rules import DECODE_RULE
from guie_desktop.library.feature_store import STORED
from guie_desktop.library.tables import (
    album_photos,
    albums,
    choices,
    colours,
    features,
    folders,
    heads,
    notes,
    personal_heads,
    photos,
)
from guie_desktop.library.thumbnails import Thumbnails
from guie_desktop.library.word_table import WordTable
from guie_desktop.paths import LibraryPaths

Row = dict[str, Any]

ROOTS = (Path("/made/Pictures"), Path("/made/Phone"))
_AT_ONCE = 10_000
_IN_A_FOLDER = 2_000
_ALBUMS = 20
_IN_AN_ALBUM = 200
"""Photos of most albums; two are large."""
_REAL = 5_000
"""Features of the other library that are looked at."""
_SINCE, _YEARS, _YEAR = 1_104_537_600.0, 20, 31_556_952.0
_SUBJECTS = (
    *("sunset", "beach", "mountain", "lake", "river", "forest", "cat", "dog", "bird", "horse", "birthday", "wedding"),
    *("christmas", "garden", "flower", "rose", "tree", "house", "street", "market", "church", "castle", "bridge"),
    *("tower", "boat", "train", "car", "bicycle", "snow", "rain", "cloud", "child", "family", "friends", "dinner"),
)
_GERMAN = ("Weihnachtsbaum", "Hausboot", "Geburtstagsfeier", "Gartenmöbel", "Straßenbahn", "Großeltern", "Sommerurlaub")
_CHINESE = ("東京タワー", "京都", "北京大学", "富士山")
_PLACES = tuple(f"{city}, {country}" for country in ("Italy", "France", "Deutschland", "España", "日本") for city in (
    "Rome", "Lyon", "München", "Málaga", "東京", "Trastevere", "Oslo", "Köln"))  # fmt: skip
_CAMERAS = ("NIKON D90", "Canon EOS R5", "Apple iPhone 15 Pro", "samsung SM-G991B", "FUJIFILM X-T4", "SONY ILCE-7M3")
_SIZES = ((4000, 3000), (3000, 4000), (6000, 4000), (4032, 3024), (1920, 1080), (2048, 2048))


@dataclass(frozen=True, slots=True)
class Likeness:
    """What another library has of one backbone."""

    library: Path
    backbone: str
    rows: Floats
    """Some of its features (N, D)."""
    near: Keys
    """Row by row which of them are most like it, itself first (N, 25)."""


def make_library(
    folder: Path, count: int, like: Path | None = None, *, thumbnails: int = 0, with_words: bool = True
) -> None:
    """Fill a folder that has no library yet."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = LibraryPaths(folder)
    catalog = CatalogWriter.open(paths.catalog)
    chance = random.Random(7)
    likeness = None if like is None else _likeness(like)
    with writing(catalog.database) as connection:
        _begin(connection)
        if likeness is not None:
            _take_over(connection, likeness)
    for start in range(0, count, _AT_ONCE):
        ids = range(start + 1, min(start + _AT_ONCE, count) + 1)
        rows = [_photo(number, count, chance) for number in ids]
        contents = {row["content_hash"]: row for row in rows if row["content_hash"] is not None}
        with writing(catalog.database) as connection:
            connection.execute(insert(photos), rows)
            connection.execute(insert(notes), [_notes(row, chance) for row in rows])
            connection.execute(insert(colours), [_colours(content, chance) for content in contents])
            if likeness is not None:
                connection.execute(insert(features), list(_features(likeness, list(contents), start)))
            connection.execute(insert(album_photos), list(_decided(ids, count)))
    if with_words:
        words = WordTable(catalog.database)
        while words.outdated_count():
            words.renew_some()
    if likeness is not None and thumbnails:
        _take_pictures(catalog, likeness.library, Thumbnails(paths.thumbnails), thumbnails)
    catalog.close()


def _begin(connection: Connection) -> None:
    connection.execute(
        insert(folders),
        [{"id": n + 1, "path": root, "online": False, "added_at": float(n)} for n, root in enumerate(ROOTS)],
    )
    connection.execute(
        insert(albums),
        [{"id": n + 1, "name": f"Album {n} {_SUBJECTS[n]}", "made_at": 0.0} for n in range(_ALBUMS)],
    )


def _photo(number: int, count: int, chance: random.Random) -> Row:
    """One of so many: those of a folder were taken one after the other, and a few at any time."""
    place, ready = number // _IN_A_FOLDER, number % 1000 != 999
    span = _YEARS * _YEAR
    taken = _SINCE + span * (number + chance.random()) / count if number % 20 else _SINCE + span * chance.random()
    year, subject = time.gmtime(taken).tm_year if number % 20 else 2000, _SUBJECTS[place % len(_SUBJECTS)]
    root = int(place % 10 == 9)
    directory = ROOTS[root] / f"{2005 + place * _YEARS * _IN_A_FOLDER // max(count, 1)}" / f"{place:05} {subject}"
    if place % 7 == 6:
        directory /= "edited"
    name = f"IMG_{year}_{number:07}.jpg" if number % 3 else f"DSC{number:07}.JPG"
    width, height = _SIZES[number % len(_SIZES)]
    return {
        "id": number, "folder_id": root + 1, "directory": directory, "name": Path(name), "inode": number,
        "bytes": 1_000_000 + chance.randrange(9_000_000), "mtime_ns": int(taken * 1e9), "ctime_ns": int(taken * 1e9),
        "device": 1, "state": "ready" if ready else "failed", "reason": None if ready else '{"text": "Damaged."}',
        "content_hash": _content(number) if ready else None, "width": width, "height": height, "taken": taken,
        "taken_from": "exif", "rule": DECODE_RULE, "checked_at": taken, "kind": _kind(number),
        "missing_since": taken if number % 97 == 96 else None,
    }  # fmt: skip


def _content(number: int) -> bytes:
    """Its hash; one photo in fifty holds what the one before does."""
    return (number - 1 if number % 50 == 49 else number).to_bytes(16)


def _kind(number: int) -> str | None:
    return {13: "motion", 33: "raw", 77: "sidecar raw"}.get(number % 100)


def _notes(row: Row, chance: random.Random) -> Row:
    number, keywords = row["id"], chance.sample(_SUBJECTS, 3)
    return {
        "photo_id": number, "rule": NOTES_RULE, "content_hash": row["content_hash"], "camera": chance.choice(_CAMERAS),
        "lens": f"{chance.choice((24, 35, 50, 85))}mm f/1.8",
        "keywords": "\n".join([*keywords, chance.choice(_GERMAN)] if number % 4 == 0 else keywords),
        "title": f"{chance.choice(_GERMAN)} {chance.choice(_CHINESE)}" if number % 10 == 0 else None,
        "description": f"A {keywords[0]} with a {keywords[1]} behind the {keywords[2]}." if number % 3 == 0 else None,
        "people": f"Anna Person{number % 50}" if number % 4 == 0 else None, "place": chance.choice(_PLACES),
    }  # fmt: skip


def _colours(content: bytes, chance: random.Random) -> Row:
    return {"content_hash": content} | dict.fromkeys(COLOURS, 0) | dict.fromkeys(chance.sample(COLOURS, 3), 33)


def _decided(ids: range, count: int) -> Iterator[Row]:
    """One photo in ten is in the first album, one in twenty in the second; the others hold a few that lie together."""
    for number in ids:
        yield from ([_said(1, number)] if number % 10 == 0 else [])
        yield from ([_said(2, number)] if number % 20 == 1 else [])
        album = (number - 1) * (_ALBUMS - 2) // count
        first = album * count // (_ALBUMS - 2)
        if 0 <= number - first < _IN_AN_ALBUM:
            yield _said(album + 3, number, "not" if number % 15 == 0 else "member")


def _said(album: int, photo: int, verdict: str = "member") -> Row:
    return {"album_id": album, "photo_id": photo, "verdict": verdict, "decided_at": 0.0}


def _likeness(library: Path) -> Likeness:
    catalog = Catalog.open_read_only(LibraryPaths(library).catalog)
    with reading(catalog.database) as connection:
        backbone = connection.execute(select(heads.c.backbone).order_by(heads.c.id.desc()).limit(1)).scalar_one()
        stored = (
            connection.execute(select(features.c.vector).where(features.c.backbone == backbone).limit(_REAL))
            .scalars()
            .all()
        )
    catalog.close()
    rows = np.frombuffer(b"".join(stored), STORED).reshape(len(stored), -1).astype(np.float32)
    unit = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return Likeness(library, backbone, rows, np.argsort(-(unit @ unit.T), axis=1)[:, :25])


def _take_over(connection: Connection, likeness: Likeness) -> None:
    """The heads and choices of the other library."""
    catalog = Catalog.open_read_only(LibraryPaths(likeness.library).catalog)
    with reading(catalog.database) as other:
        for table in (heads, personal_heads, choices):
            if rows := [dict(zip(table.c.keys(), row, strict=True)) for row in other.execute(select(table))]:
                connection.execute(insert(table), rows)
    catalog.close()


def _features(likeness: Likeness, contents: Sequence[bytes], seed: int) -> Iterator[Row]:
    """Of each content, a mixture of one real feature and of those most like it, with a little of its own."""
    chance = np.random.default_rng(seed)
    rows, near = likeness.rows, likeness.near
    centres = chance.integers(len(rows), size=len(contents))
    mixed = near[centres[:, None], chance.integers(near.shape[1], size=(len(contents), 5))]
    mixed[:, 0] = centres
    weights = chance.dirichlet((3.0, 1.0, 1.0, 1.0, 1.0), len(contents)).astype(np.float32)
    made = np.einsum("nk,nkd->nd", weights, rows[mixed], optimize=True)
    made *= 1 + 0.1 * chance.standard_normal(made.shape, np.float32)
    for content, vector in zip(contents, made.astype(STORED), strict=True):
        yield {"backbone": likeness.backbone, "content_hash": content, "vector": vector.tobytes()}


def _take_pictures(catalog: Catalog, library: Path, thumbnails: Thumbnails, most: int) -> None:
    """Give the newest photos small pictures of the other library."""
    other, real = Catalog.open_read_only(LibraryPaths(library).catalog), Thumbnails(LibraryPaths(library).thumbnails)
    hashes = [photo.content_hash for photo in other.photos(other.photo_ids()[:500]).values()]
    jpegs = [jpeg for content in hashes if (jpeg := real.get(content)) is not None]
    newest = catalog.photos(catalog.photo_ids()[:most]).values()
    thumbnails.put((photo.content_hash, jpegs[photo.id % len(jpegs)]) for photo in newest)
    for opened in (thumbnails, real, other):
        opened.close()


def main() -> None:
    """As the user says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("photos", type=int)
    parser.add_argument("--like", type=Path, metavar="LIBRARY")
    parser.add_argument("--thumbnails", type=int, default=0, metavar="N")
    parser.add_argument("--no-words", action="store_true")
    asked = parser.parse_args()
    started = time.perf_counter()
    make_library(asked.folder, asked.photos, asked.like, thumbnails=asked.thumbnails, with_words=not asked.no_words)
    print(f"{asked.photos:,} photos in {time.perf_counter() - started:.0f} s")


if __name__ == "__main__":
    main()
