"""A catalog of every earlier schema becomes one of this version, and nothing in it is lost."""

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import inspect

from guie_desktop.library.catalog import Catalog
from guie_desktop.library.catalog_writer import CatalogWriter
from guie_desktop.library.migrations import SCHEMA_VERSION, is_older
from guie_desktop.library.tables import metadata
from guie_desktop.paths import LibraryPaths
from guie_desktop.workspace.open_library import OpenLibrary

SCHEMAS = sorted(Path(__file__).with_name("schemas").glob("*.sql"))


@pytest.fixture(params=SCHEMAS, ids=lambda file: file.stem)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A catalog in an earlier schema, with a folder in it."""
    path = tmp_path / "catalogue.sqlite"
    with sqlite3.connect(path) as connection:
        connection.executescript(request.param.read_text())
        connection.execute("INSERT INTO folders (path, online, added_at) VALUES (?, 1, 0)", (b"/photos",))
    connection.close()
    return path


def test_every_earlier_schema_is_kept_here() -> None:
    assert [int(file.stem) for file in SCHEMAS] == list(range(1, SCHEMA_VERSION))


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
    assert [folder.path for folder in catalog.folders()] == [Path("/photos")]
    new.close()
    catalog.close()
    assert list(tmp_path.glob("*before-schema*"))


def test_reading_an_old_library_brings_it_up_to_date(old: Path) -> None:
    with OpenLibrary(LibraryPaths(old.parent)) as library:
        assert not is_older(library.catalog.database)
