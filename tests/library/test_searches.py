"""Saved searches in the catalog: named once, changed, removed and brought back, carried along and saved from damage."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from guie_desktop.errors import UserError
from guie_desktop.library.backups import make_copy
from guie_desktop.library.catalog import Catalog
from guie_desktop.library.catalog_writer import CatalogWriter
from guie_desktop.library.database import writing
from guie_desktop.library.kept_questions import question_text
from guie_desktop.library.recalling import recall
from guie_desktop.library.relocation import relocate
from guie_desktop.library.restoring import restore
from guie_desktop.library.searches import SearchWriter, saved_searches, search_named
from guie_desktop.library.tables import folders
from guie_desktop.paths import LibraryPaths
from guie_desktop.question import Question

CUP = question_text(Question(text="a cup"))


@pytest.fixture
def writer(catalog: CatalogWriter) -> SearchWriter:
    return SearchWriter(catalog)


def names(catalog: Catalog) -> list[str]:
    return [search.name for search in saved_searches(catalog)]


def test_they_are_listed_by_name_and_found_whatever_the_case(catalog: CatalogWriter, writer: SearchWriter) -> None:
    writer.save("möwen", CUP)
    writer.save("  Red   cups ", CUP)
    writer.save("apples", CUP)
    assert names(catalog) == ["apples", "möwen", "Red cups"]
    found = search_named(catalog, "MÖWEN")
    assert found is not None
    assert (found.name, found.question) == ("möwen", CUP)
    assert search_named(catalog, "cups") is None


def test_a_name_is_had_once(catalog: CatalogWriter, writer: SearchWriter) -> None:
    first, second = writer.save("Cups", CUP), writer.save("Birds", CUP)
    with pytest.raises(UserError, match="named cups already"):
        writer.save("cups", CUP)
    with pytest.raises(UserError, match="already"):
        writer.rename(second, "CUPS")
    with pytest.raises(UserError, match="needs a name"):
        writer.save(" ", CUP)
    assert writer.rename(first, "CUPS") == "Cups"
    assert names(catalog) == ["Birds", "CUPS"]


def test_what_it_asks_is_replaced_and_told(catalog: CatalogWriter, writer: SearchWriter) -> None:
    search, spoon = writer.save("Cups", CUP), question_text(Question(text="a spoon"))
    assert writer.replace(search, spoon) == CUP
    assert saved_searches(catalog)[0].question == spoon


def test_a_removed_one_comes_back_unless_its_name_is_taken(catalog: CatalogWriter, writer: SearchWriter) -> None:
    search = writer.save("Cups", CUP)
    writer.remove(search)
    assert names(catalog) == []
    for refused in (lambda: writer.remove(search), lambda: writer.rename(search, "x"), lambda: writer.restore(99)):
        with pytest.raises(UserError, match="no longer there"):
            refused()
    writer.restore(search)
    assert names(catalog) == ["Cups"]
    writer.remove(search)
    writer.save("cups", CUP)
    with pytest.raises(UserError, match="cannot come back"):
        writer.restore(search)


def test_they_look_where_a_folder_lies_now(catalog: CatalogWriter, writer: SearchWriter, tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    old.mkdir()
    folder = catalog.add_folder(old)
    removed = writer.save("Removed", question_text(Question(scope=old / "in")))
    writer.save("Cups", question_text(Question(text="a cup", scope=old / "in")))
    writer.remove(removed)
    with writing(catalog.database) as connection:
        relocate(connection, {folder.id: new})
    writer.restore(removed)
    for search in saved_searches(catalog):
        assert recall(search.question, catalog).question.scope == new / "in"
        assert recall(search.question, catalog).is_whole


def test_they_are_saved_from_a_damaged_catalog(tmp_path: Path) -> None:
    paths = LibraryPaths(tmp_path / "library")
    paths.root.mkdir()
    catalog = CatalogWriter.open(paths.catalog)
    writer = SearchWriter(catalog)
    cups = writer.save("Mugs", CUP)
    catalog.close()
    make_copy(paths)
    catalog = CatalogWriter.open(paths.catalog)
    writer = SearchWriter(catalog)
    writer.rename(cups, "Cups")
    for name in ("Birds", "Damaged"):
        writer.save(name, CUP)
    with writing(catalog.database) as connection:
        connection.execute(folders.insert().values(path=Path("/a"), added_at=0.0))
    catalog.close()
    with closing(sqlite3.connect(paths.catalog)) as connection_below:
        connection_below.execute("UPDATE searches SET question = x'00' WHERE name = 'Damaged'")
        connection_below.execute("UPDATE folders SET path = 7")  # so that it is found damaged
        connection_below.commit()
    assert restore(paths).was_damaged
    restored = Catalog.open_read_only(paths.catalog)
    assert names(restored) == ["Birds", "Cups"]
    restored.close()
