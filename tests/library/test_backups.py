"""The daily copy: whole, made while somebody writes, few of them, and never of a damaged catalog."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from guie_desktop.errors import DamagedLibrary
from guie_desktop.language import date_text
from guie_desktop.library.backups import KEPT, KEPT_AFTER_AN_UPDATE, has_outgrown_copies, is_copy_due, make_copy
from guie_desktop.library.catalog_writer import CatalogWriter
from guie_desktop.library.copies import copies_before_updates, copies_of, copy_before, copy_of
from guie_desktop.library.damage import problems_in
from guie_desktop.paths import LibraryPaths
from tests.albums import make_album
from tests.killing import ended_before_each_change
from tests.scanned import read_all, scan

Fill = Callable[[str], None]


@pytest.fixture
def fill(catalog: CatalogWriter, tmp_path: Path) -> Fill:
    """Add photos in a folder of this name, and an album of them."""

    def add(name: str) -> None:
        folder = tmp_path / name
        folder.mkdir()
        for number in range(30):
            (folder / f"{number}.jpg").write_text(f"{name} {number}")
        added = catalog.add_folder(folder)
        scan(catalog, added.id, folder)
        read_all(catalog)
        make_album(catalog, name, list(catalog.photo_ids(folder_id=added.id)))

    return add


@pytest.fixture
def paths(tmp_path: Path) -> LibraryPaths:
    return LibraryPaths(tmp_path)


def album_names(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return [row[0] for row in connection.execute("SELECT name FROM albums ORDER BY name")]


def test_a_copy_holds_what_was_written(catalog: CatalogWriter, fill: Fill, paths: LibraryPaths) -> None:
    fill("cats")
    assert is_copy_due(paths)
    copy = make_copy(paths)
    assert not is_copy_due(paths)
    assert copies_of(paths) == (copy,)
    assert problems_in(copy.path, also_indexes=True) == ()
    assert album_names(copy.path) == ["cats"]
    assert [file.name for file in paths.backups.iterdir()] == [copy.path.name]
    assert len(catalog.photo_ids()) == 30


def test_a_copy_that_holds_less_than_half_of_what_there_is_is_made_anew(
    catalog: CatalogWriter, paths: LibraryPaths
) -> None:
    make_copy(paths)
    assert not is_copy_due(paths)
    with catalog.database.begin() as connection:
        row = "INSERT INTO heads (backbone, kind, fitted_on, made_at, data) VALUES ('b', 'general', 1, 0, ?)"
        connection.exec_driver_sql(row, (bytes(4_000_000),))
    assert has_outgrown_copies(paths)
    assert is_copy_due(paths)
    make_copy(paths)
    assert not is_copy_due(paths)


def test_a_copy_is_of_one_moment_whoever_writes_meanwhile(fill: Fill, paths: LibraryPaths) -> None:
    fill("cats")
    told: list[tuple[int, int]] = []

    def tell(done: int, pages: int) -> None:
        if not told:
            fill("dogs")
        told.append((done, pages))

    assert album_names(make_copy(paths, tell).path) == ["cats"]
    assert told[-1][0] == told[-1][1]


def test_a_copy_that_is_given_up_leaves_nothing(fill: Fill, paths: LibraryPaths) -> None:
    fill("cats")

    def stop(_done: int, _pages: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make_copy(paths, stop)
    assert list(paths.backups.iterdir()) == []


def test_copies_of_a_week_are_kept(fill: Fill, paths: LibraryPaths) -> None:
    fill("cats")
    today = date.today()
    for days in range(1, 12):
        before = make_copy(paths)
        with closing(sqlite3.connect(before.path)) as connection:
            connection.execute("UPDATE albums SET name = ?", (f"cats {days}",))
            connection.commit()
        before.path.rename(copy_of(paths, today - timedelta(days=days)).path)
    make_copy(paths)
    assert [copy.day for copy in copies_of(paths)] == [today - timedelta(days=days) for days in range(KEPT)]


def test_what_did_not_change_is_kept_once(fill: Fill, paths: LibraryPaths) -> None:
    fill("cats")
    yesterday = copy_of(paths, date.today() - timedelta(days=1))
    make_copy(paths).path.rename(yesterday.path)
    today = make_copy(paths)
    assert copies_of(paths) == (today,)


def test_large_copies_are_fewer(fill: Fill, paths: LibraryPaths) -> None:
    fill("cats")
    paths.backups.mkdir()
    for days in range(1, 4):
        os.truncate(_made(copy_of(paths, date.today() - timedelta(days=days)).path), 3 << 30)  # of holes
    make_copy(paths)
    assert [copy.day for copy in copies_of(paths)] == [date.today(), date.today() - timedelta(days=1)]


def _made(path: Path) -> Path:
    path.touch()
    return path


def test_of_a_damaged_catalog_no_copy_is_made_and_none_is_let_go(
    catalog: CatalogWriter, fill: Fill, paths: LibraryPaths
) -> None:
    fill("cats")
    yesterday = copy_of(paths, date.today() - timedelta(days=1))
    make_copy(paths).path.rename(yesterday.path)
    catalog.close()
    with paths.catalog.open("r+b") as file:
        file.seek(3 * 4096)
        file.write(b"\xa5" * 8192)
    with pytest.raises(DamagedLibrary, match=f"copy of {date_text(yesterday.day)}"):
        make_copy(paths)
    assert copies_of(paths) == (yesterday,)


def test_other_files_are_no_copies(paths: LibraryPaths) -> None:
    paths.backups.mkdir()
    (paths.backups / "catalogue-of-mine.sqlite").touch()
    (paths.backups / "damaged-2026-01-01-000000.sqlite").touch()
    assert copies_of(paths) == ()


@pytest.mark.slow
def test_a_copy_that_was_killed_does_not_count_and_takes_no_other_away(tmp_path: Path) -> None:
    paths = LibraryPaths(tmp_path / "library")
    paths.root.mkdir()
    CatalogWriter.open(paths.catalog).close()
    yesterday = copy_of(paths, date.today() - timedelta(days=1))
    make_copy(paths).path.rename(yesterday.path)
    catalog = CatalogWriter.open(paths.catalog)
    make_album(catalog, "cats", [])
    catalog.close()
    for killed in ended_before_each_change("copy", paths):
        assert yesterday in copies_of(killed)
        assert all(problems_in(copy.path, also_indexes=True) == () for copy in copies_of(killed))
        copy = make_copy(killed)
        assert album_names(copy.path) == ["cats"]
        assert {file.name for file in paths.backups.iterdir()} == {copy.path.name, yesterday.path.name}


def test_the_copy_of_before_the_last_update_is_kept_for_some_months(
    catalog: CatalogWriter, paths: LibraryPaths
) -> None:
    former, last = (copy_before(paths, schema).path for schema in (9, 13))
    (paths.root / "catalogue-before-schema-x.sqlite").touch()  # not one of ours
    for path in (former, last):
        path.write_bytes(b"a copy")
    make_copy(paths)
    assert [copy.path for copy in copies_before_updates(paths)] == [last]
    made = datetime.now() - KEPT_AFTER_AN_UPDATE - timedelta(days=1)
    os.utime(last, (made.timestamp(), made.timestamp()))
    make_copy(paths)
    assert copies_before_updates(paths) == ()
