"""A catalog of every earlier schema becomes one of this version, nothing in it is lost, and a copy is made first."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import inspect

from guie_desktop.errors import NoRoom, UserError
from guie_desktop.library.catalog import Catalog
from guie_desktop.library.catalog_writer import CatalogWriter
from guie_desktop.library.database import open_database
from guie_desktop.library.migrations import SCHEMA_VERSION, is_older, migrate
from guie_desktop.library.tables import metadata
from guie_desktop.library.writer_lock import lock_library
from guie_desktop.paths import LibraryPaths
from guie_desktop.workspace.open_library import OpenLibrary
from tests.killing import ended_before_each_change
from tests.old_catalogs import SCHEMAS, Columns, as_written_in, columns_of, rows_of

ROWS = 40
"""Of each table: folders, photos, features, heads, choices, albums, decisions, learned heads, and what comes."""
LARGE = 6000
"""Bytes of a blob that is too large for one page."""


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A catalog of now, with something in every column of every table."""
    path = tmp_path_factory.mktemp("filled") / "catalogue.sqlite"
    CatalogWriter.open(path).close()
    with closing(sqlite3.connect(path)) as connection:
        for table in metadata.sorted_tables:
            for number in range(1, ROWS + 1):
                values = [_value(column, number) for column in table.columns]
                connection.execute(f"INSERT INTO {table.name} VALUES ({', '.join('?' * len(values))})", values)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        connection.commit()
    return path


def _value(column: Any, number: int) -> object:
    """Another one in each row; where it names a row of another table, the one with this number."""
    kind = column.type.python_type
    if kind is bytes or column.type.__class__.__name__ == "PathBytes":
        return f"{column.name} {number}".encode().ljust(LARGE if column.name in {"data", "vector"} else 24)
    return {bool: number % 2, float: number / 4}.get(kind, number if kind is int else f"{column.name} {number}")


@pytest.fixture(params=sorted(SCHEMAS))
def schema(request: pytest.FixtureRequest) -> int:
    """The number of an earlier schema."""
    number: int = request.param
    return number


@pytest.fixture
def old(schema: int, filled: Path, tmp_path: Path) -> Path:
    """A catalog in that schema, with all that it has room for."""
    path = tmp_path / "catalogue.sqlite"
    as_written_in(schema, filled, path)
    return path


@pytest.fixture
def columns(old: Path) -> Columns:
    """What it has room for."""
    return columns_of(old)


def copies_beside(catalog: Path) -> list[Path]:
    return sorted(catalog.parent.glob("*before-schema*"))


def test_every_earlier_schema_is_kept_here() -> None:
    assert sorted(SCHEMAS) == list(range(1, SCHEMA_VERSION))


def test_an_old_catalog_gets_the_schema_of_a_new_one(old: Path, tmp_path: Path) -> None:
    CatalogWriter.open(tmp_path / "new.sqlite").close()
    catalog = CatalogWriter.open(old)
    new = Catalog.open_read_only(tmp_path / "new.sqlite")
    for table in metadata.tables:
        columns = [
            [
                (column["name"], str(column["type"]), column["nullable"])
                for column in inspect(one.database).get_columns(table)
            ]
            for one in (catalog, new)
        ]
        assert columns[0] == columns[1]
        indexes, others = (
            {index["name"] for index in inspect(one.database).get_indexes(table)} for one in (catalog, new)
        )
        assert indexes == others
    new.close()
    catalog.close()


def test_all_is_there_after_it_and_in_a_copy_that_was_made_first(old: Path, schema: int, columns: Columns) -> None:
    before = rows_of(old, columns)
    assert len(before["features"]) == ROWS
    assert schema < 3 or len(before["album_photos"]) == len(before["personal_heads"]) == ROWS
    CatalogWriter.open(old).close()
    assert rows_of(old, columns) == before
    (copy,) = copies_beside(old)
    assert copy.name == f"catalogue-before-schema-{schema + 1}.sqlite"
    assert columns_of(copy) == columns
    assert rows_of(copy, columns) == before


def test_reading_an_old_library_brings_it_up_to_date(old: Path) -> None:
    with OpenLibrary(LibraryPaths(old.parent)) as library:
        assert not is_older(library.catalog.database)


def test_an_old_library_that_somebody_writes_to_is_not_brought_up_to_date_beside_him(
    old: Path, columns: Columns
) -> None:
    paths = LibraryPaths(old.parent)
    lock = lock_library(paths)  # as the window of the earlier version has it
    with pytest.raises(UserError, match="in use"):
        OpenLibrary(paths)
    lock.release()
    assert columns_of(old) == columns
    OpenLibrary(paths).close()


def test_a_newer_catalog_is_told_with_the_copy_that_this_version_knows(old: Path, schema: int) -> None:
    CatalogWriter.open(old).close()
    with closing(sqlite3.connect(old)) as connection:
        connection.execute(f"PRAGMA user_version={SCHEMA_VERSION + 2}")
    for open_one in (CatalogWriter.open, Catalog.open_read_only):
        with pytest.raises(UserError, match="written by a newer version") as told:
            open_one(old)
        assert told.value.remedy.endswith(f"doctor --restore before-{schema + 1}")
    for copy in copies_beside(old):
        with closing(sqlite3.connect(copy)) as connection:
            connection.execute(f"PRAGMA user_version={SCHEMA_VERSION + 1}")
    with pytest.raises(UserError, match="another library folder"):
        CatalogWriter.open(old)


def test_a_catalog_of_now_is_left_as_it_is(filled: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(filled, tmp_path))
    CatalogWriter.open(path).close()
    assert rows_of(path, columns_of(path)) == rows_of(filled, columns_of(filled))
    assert copies_beside(path) == []


def test_a_disk_that_fills_up_on_the_way_leaves_the_old_catalog(old: Path, schema: int, columns: Columns) -> None:
    before = rows_of(old, columns)
    with closing(sqlite3.connect(old)) as connection:
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
    refused = 0
    while not migrated_within(old, pages + refused):
        refused += 1
        assert rows_of(old, columns) == before
        for copy in copies_beside(old):
            assert rows_of(copy, columns) == before
    assert refused or schema >= 6  # a column more takes no room
    assert rows_of(old, columns) == before


def migrated_within(catalog: Path, pages: int) -> bool:
    """Whether this many pages were enough; if not, that was told in a sentence."""
    database = open_database(catalog)
    with database.connect() as connection:  # the pool hands out this connection again
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
    try:
        migrate(database, catalog)
    except NoRoom:
        return False
    finally:
        database.dispose()
    return True


def test_without_room_for_the_copy_no_step_is_taken(old: Path, schema: int, columns: Columns) -> None:
    before = rows_of(old, columns)
    with files_of_at_most(old.stat().st_size // 2), pytest.raises(UserError, match="how much of it is free"):
        CatalogWriter.open(old)
    assert rows_of(old, columns) == before
    assert columns_of(old) == columns
    assert copies_beside(old) == []
    CatalogWriter.open(old).close()
    assert [copy.name for copy in copies_beside(old)] == [f"catalogue-before-schema-{schema + 1}.sqlite"]


@contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    """Let no file of this process grow beyond so many bytes."""
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_what_a_killed_program_left_of_a_copy_does_not_count(old: Path, schema: int, columns: Columns) -> None:
    torn = old.with_name(f"catalogue-before-schema-{schema + 1}.part")
    torn.write_bytes(b"torn")
    before = rows_of(old, columns)
    CatalogWriter.open(old).close()
    (copy,) = copies_beside(old)
    assert rows_of(copy, columns) == before


@pytest.mark.slow
def test_a_migration_that_was_killed_is_taken_up_again(old: Path, tmp_path: Path, columns: Columns) -> None:
    paths = LibraryPaths(tmp_path / "library")
    paths.root.mkdir()
    old.rename(paths.catalog)
    before = rows_of(paths.catalog, columns)
    for killed in ended_before_each_change("open", paths):
        for catalog in (killed.catalog, *copies_beside(killed.catalog)):
            assert rows_of(catalog, columns) == before
        CatalogWriter.open(killed.catalog).close()
        assert rows_of(killed.catalog, columns) == before
        assert len(copies_beside(killed.catalog)) == 1
