"""A catalogue of every earlier schema becomes one of this version, and nothing in it is lost."""

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import inspect

from guie_desktop.jobs.open_library import OpenLibrary
from guie_desktop.library.catalog import Catalog
from guie_desktop.library.catalog_writer import CatalogWriter
from guie_desktop.library.choices import MODEL, choose, chosen
from guie_desktop.library.migrations import SCHEMA_VERSION, is_older
from guie_desktop.library.tables import metadata
from guie_desktop.paths import LibraryPaths

SCHEMAS = sorted(Path(__file__).with_name("schemas").glob("*.sql"))


@pytest.fixture(params=SCHEMAS, ids=lambda file: file.stem)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A catalogue in an earlier schema, with a folder in it."""
    path = tmp_path / "catalogue.sqlite"
    with sqlite3.connect(path) as connection:
        connection.executescript(request.param.read_text())
        connection.execute("INSERT INTO folders (path, online, added_at) VALUES (?, 1, 0)", (b"/photos",))
    connection.close()
    return path


def test_every_earlier_schema_is_kept_here() -> None:
    assert [int(file.stem) for file in SCHEMAS] == list(range(1, SCHEMA_VERSION))


def test_an_old_catalogue_gets_the_schema_of_a_new_one(old: Path, tmp_path: Path) -> None:
    CatalogWriter.open(tmp_path / "new.sqlite").close()
    catalog = CatalogWriter.open(old)
    new = Catalog.open_read_only(tmp_path / "new.sqlite")
    for table in metadata.tables:
        columns = [
            [
                (column["name"], str(column["type"]), column["nullable"])
                for column in inspect(one.engine).get_columns(table)
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
        assert not is_older(library.catalog.engine)


def test_a_choice_is_kept_changed_and_forgotten(tmp_path: Path) -> None:
    catalog = CatalogWriter.open(tmp_path / "c.sqlite")
    assert chosen(catalog.engine, MODEL, "default") == "default"
    choose(catalog.engine, {MODEL: "a"})
    choose(catalog.engine, {MODEL: "b", "other": "c"})
    assert (chosen(catalog.engine, MODEL), chosen(catalog.engine, "other")) == ("b", "c")
    choose(catalog.engine, {MODEL: None})
    assert chosen(catalog.engine, MODEL) == ""
    catalog.close()
