"""What is asked all the time reads no table from end to end and sorts nothing: SQLite finds all by its indexes."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sqlalchemy import Engine, event

from guie_desktop.asking import Filter
from guie_desktop.domain import Place
from guie_desktop.library.albums import AlbumWriter
from guie_desktop.library.catalog_writer import CatalogWriter
from guie_desktop.library.colours import Colours
from guie_desktop.library.content_checks import ContentChecks
from guie_desktop.library.directories import read_directories
from guie_desktop.library.feature_store import FeatureStore
from guie_desktop.library.ordered_photos import Order
from guie_desktop.library.photo_notes import PhotoNotesTable
from guie_desktop.library.photo_rows import Reading
from guie_desktop.library.word_table import WordTable
from tests.scanned import BACKBONE

SMALL = {
    *("folders", "albums", "choices", "settled_for", "unsettled_photos", "changed_photos", "words_outdated"),
    *("counted_directories", "counted_albums", "not_duplicates", "CONSTANT", "(subquery-1)", "anon_1"),
}
"""What hardly grows with a library, or holds only what changes, may be read whole."""

PARTIAL = ("photos_unconfirmed", "notes_without_place", "photos_raw", "album_photos_said_of")
"""Indexes that hold only what is still to be done, or RAWs, or what other photos stand for."""
WHOLE = ("(folder_id=?)", "(folder_id>?)", "(content_hash>?)", "(backbone=?)")
"""Searches that find nearly all."""


@contextmanager
def statements(database: Engine) -> Iterator[list[tuple[str, Any]]]:
    """All that SQLite is asked meanwhile, with its values."""
    asked: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, _context: Any, many: bool) -> None:
        asked.append((statement, values[0] if many else values))

    event.listen(database, "before_cursor_execute", note)
    yield asked
    event.remove(database, "before_cursor_execute", note)


def complaints(catalog: CatalogWriter, work: Callable[[], object], *, sorts: bool = False) -> list[str]:
    """What of it reads a large table whole, or sorts; `sorts` where only what was found already is sorted."""
    with statements(catalog.database) as asked:
        work()
    connection = catalog.database.raw_connection()
    found = []
    for statement, values in asked:
        if statement.split()[0] not in {"SELECT", "UPDATE", "DELETE"}:
            continue
        plan = connection.cursor().execute(f"EXPLAIN QUERY PLAN {statement}", values).fetchall()
        lines = [row[3] for row in plan]
        bad = [
            line
            for line in lines
            if line.split()[0] == "SCAN" and line.split()[1] not in SMALL and not line.endswith(PARTIAL)
        ]
        bad += [line for line in lines if line.endswith(WHOLE) and "LIMIT" not in statement and "counted" not in line]
        bad += [line for line in lines if "TEMP B-TREE" in line and not sorts]
        found += [f"{line} in {statement}" for line in bad]
    connection.close()
    return found


@pytest.fixture
def opened(catalog: CatalogWriter) -> CatalogWriter:
    """One of which nothing is left to be done."""
    AlbumWriter(catalog).create("Album")
    catalog.settle(BACKBONE)
    return catalog


def asked_by_the_window(catalog: CatalogWriter) -> Iterable[tuple[str, Callable[[], object]]]:
    yield "folders", catalog.folders
    yield "directories", lambda: read_directories(catalog, [Path("/photos")])
    yield "albums", catalog.albums
    yield "counts", catalog.counts
    yield "photos", lambda: catalog.photos([1, 2])


def asked_by_the_worker(catalog: CatalogWriter) -> Iterable[tuple[str, Callable[[], object]]]:
    store, checks = FeatureStore(catalog, BACKBONE), ContentChecks(catalog)
    yield "newer features", lambda: store.live_ids(after=1)
    yield "which of a few pass", lambda: store.passing(np.array([1, 2]), Filter(taken=((0.0, 9.0),), rating=2))
    yield "whether any waits", lambda: catalog.is_pending(BACKBONE)
    yield "how many wait", lambda: catalog.pending_count(BACKBONE)
    yield "how many wait to be shown", catalog.pending_count
    yield "how many wait in a directory", lambda: catalog.pending_count(within={Path("/photos")})
    yield "embedded", lambda: catalog.embedded_count(BACKBONE)
    yield "notes that wait", PhotoNotesTable(catalog).waiting_count
    yield "words", WordTable(catalog.database).outdated_count
    yield "troubled directories", catalog.troubled_directories
    yield "files of a directory", lambda: catalog.known_files(Path("/photos"), retry=False)
    yield "vanished", lambda: catalog.vanished(1.0)
    yield "unconfirmed", checks.unconfirmed_count
    yield "rules", catalog.settle_rules
    yield "contents that wait", catalog.waiting_contents
    yield "a known content", lambda: catalog.known_content(b"x")
    yield "settling", lambda: catalog.settle(BACKBONE)
    yield "moved files", catalog.adopt_moved


def sorted_when_found(catalog: CatalogWriter) -> Iterable[tuple[str, Callable[[], object]]]:
    before = catalog.followed(Order())
    yield "what changed", lambda: catalog.followed(Order(), before=before)
    yield "albums of photos", lambda: catalog.albums_of([1, 2])
    yield "contents that are settled", catalog.settle_contents
    yield "pending", lambda: list(catalog.pending(BACKBONE))
    yield "colours", Colours(catalog.database).unknown
    yield "failures", catalog.failures
    yield "an album", lambda: catalog.photo_ids(album_id=1)
    yield "a directory", lambda: catalog.ordered(Order(), Place(folder_id=1, directory=Path("/photos"), deep=False))
    yield "photos that show features", lambda: catalog.photos_showing([1, 2], Filter(albums=(1,)))


def test_what_is_asked_all_the_time_is_found_by_indexes(opened: CatalogWriter) -> None:
    for asked, sorts in ((asked_by_the_window, False), (asked_by_the_worker, False), (sorted_when_found, True)):
        for name, work in asked(opened):
            assert complaints(opened, work, sorts=sorts) == [], name


def read_anew(catalog: CatalogWriter, photos: int, tmp_path: Path) -> list[Reading]:
    """Readings of so many photos, each of a content of its own."""
    (tmp_path / "photos").mkdir()
    folder = catalog.add_folder(tmp_path / "photos")
    with catalog.database.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO photos (folder_id, directory, name, bytes, mtime_ns, inode, state, passing, crashes) "
            "VALUES (?, ?, ?, 1, 1, 1, 'new', 0, 0)",
            [(folder.id, b"/photos", b"%d.jpg" % number) for number in range(photos)],
        )
    return [Reading(one, b"content %d" % one.id, 4, 3, 1.0) for one in catalog.pending()]


def test_a_batch_is_recorded_by_indexes(opened: CatalogWriter, tmp_path: Path) -> None:
    readings = read_anew(opened, 2, tmp_path)
    store = FeatureStore(opened, BACKBONE)
    vectors = {read.content_hash: np.ones(4, np.float32) for read in readings}
    assert complaints(opened, lambda: opened.record(readings, vectors, store), sorts=True) == []


def test_many_new_photos_are_recorded_with_as_many_statements_as_few(opened: CatalogWriter, tmp_path: Path) -> None:
    readings = read_anew(opened, 40, tmp_path)
    opened.record(readings[:2], {}, FeatureStore(opened, BACKBONE))
    asked = []
    for some in (readings[2:4], readings[4:]):
        with statements(opened.database) as of_some:
            opened.record(some, {}, FeatureStore(opened, BACKBONE))
        asked.append(len(of_some))
    assert asked[0] == asked[1]


def test_the_grid_of_all_photos_is_read_in_its_order_from_one_index(opened: CatalogWriter) -> None:
    with statements(opened.database) as asked:
        opened.photo_ids()
    ((statement, values),) = [one for one in asked if one[0].startswith("SELECT")]
    connection = opened.database.raw_connection()
    plan = connection.cursor().execute(f"EXPLAIN QUERY PLAN {statement}", values).fetchall()
    connection.close()
    assert [row[3] for row in plan] == ["SCAN photos USING COVERING INDEX photos_shown"]


def test_who_stands_for_a_photo_is_asked_of_those_that_are_gone_not_of_all_words_of_albums(
    opened: CatalogWriter,
) -> None:
    found = complaints(opened, AlbumWriter(opened).follow_copies, sorts=True)
    outside = "SEARCH photos USING COVERING INDEX photos_by_folder (folder_id=?)"  # those of no folder
    assert [line for line in found if not line.startswith(outside)] == []
