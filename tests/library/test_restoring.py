"""Putting a copy back: what was decided since then is saved where it can be read, and nothing is thrown away."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest

from guie_desktop.errors import DamagedLibrary, UserError
from guie_desktop.library.albums import AlbumWriter
from guie_desktop.library.backups import make_copy
from guie_desktop.library.catalog import Catalog
from guie_desktop.library.catalog_writer import CatalogWriter
from guie_desktop.library.copies import CatalogCopy, copies_before_updates, copy_before, copy_of
from guie_desktop.library.damage import problems_in
from guie_desktop.library.migrations import SCHEMA_VERSION, is_known, is_older
from guie_desktop.library.restoring import finish_restoring, restore
from guie_desktop.library.writer_lock import lock_library
from guie_desktop.paths import LibraryPaths
from tests.albums import make_album
from tests.killing import ended_before_each_change
from tests.old_catalogs import as_written_in
from tests.scanned import read_all, scan

PAGE = 4096
NOISE = bytes(range(1, 252)) * 40


@pytest.fixture
def paths(tmp_path: Path) -> LibraryPaths:
    """A library of two hundred photos, of which a hundred are in an album."""
    made = LibraryPaths(tmp_path / "library")
    made.root.mkdir()
    folder = tmp_path / "photos"
    folder.mkdir()
    for number in range(200):
        (folder / f"{number}.jpg").write_text(str(number))
    catalog = CatalogWriter.open(made.catalog)
    scan(catalog, catalog.add_folder(folder).id, folder)
    read_all(catalog)
    read_all(catalog)
    make_album(catalog, "Before", list(range(1, 101)))
    catalog.close()
    return made


def sort_more(paths: LibraryPaths) -> None:
    """Decide a little more than the copy knows of."""
    catalog = CatalogWriter.open(paths.catalog)
    make_album(catalog, "After", [5, 6, 7])
    AlbumWriter(catalog).decide(1, [1], "not")
    catalog.close()


def spoil(path: Path, page: int) -> None:
    with path.open("r+b") as file:
        file.seek(page * PAGE)
        file.write(NOISE[: 2 * PAGE])


def pages_of(path: Path) -> range:
    return range(path.stat().st_size // PAGE)


def members(paths: LibraryPaths) -> dict[str, int]:
    catalog = Catalog.open_read_only(paths.catalog)
    found = {album.name: album.photos for album in catalog.albums()}
    catalog.close()
    return found


def a_page_with(path: Path, content: bytes) -> int:
    data = path.read_bytes()
    return next(page for page in pages_of(path) if content in data[page * PAGE : (page + 1) * PAGE])


def test_what_was_decided_since_the_copy_is_saved(paths: LibraryPaths) -> None:
    make_copy(paths)
    sort_more(paths)
    spoil(paths.catalog, a_page_with(paths.catalog, b"150.jpg"))
    assert problems_in(paths.catalog)
    restored = restore(paths)
    assert (restored.albums, restored.decisions) == (1, 4)
    assert members(paths) == {"Before": 99, "After": 3}
    assert problems_in(paths.catalog, also_indexes=True) == ()
    assert restored.aside is not None
    assert problems_in(restored.aside)


def test_without_a_copy_all_that_can_be_read_is_saved(paths: LibraryPaths) -> None:
    sort_more(paths)
    spoil(paths.catalog, a_page_with(paths.catalog, b"150.jpg"))
    restored = restore(paths)
    assert restored.copy is None
    assert restored.albums == 2
    assert set(members(paths)) == {"Before", "After"}
    assert problems_in(paths.catalog, also_indexes=True) == ()


@pytest.mark.slow
def test_whatever_page_is_damaged_a_whole_catalog_comes_of_it(paths: LibraryPaths) -> None:
    make_copy(paths)
    sort_more(paths)
    whole = paths.catalog.read_bytes()
    for page in pages_of(paths.catalog):
        paths.catalog.write_bytes(whole)
        spoil(paths.catalog, page)
        restore(paths)
        assert problems_in(paths.catalog, also_indexes=True) == (), page
        assert members(paths)["Before"] >= 99, page


def test_a_whole_catalog_is_exchanged_as_it_is(paths: LibraryPaths) -> None:
    copy = make_copy(paths)
    sort_more(paths)
    restored = restore(paths, copy)
    assert (restored.albums, restored.decisions) == (0, 0)
    assert members(paths) == {"Before": 100}


def test_a_damaged_copy_is_passed_over_and_not_put_back(paths: LibraryPaths) -> None:
    before = copy_of(paths, date.today() - timedelta(days=1))
    make_copy(paths).path.rename(before.path)
    sort_more(paths)
    today = make_copy(paths)
    spoil(today.path, 3)
    with pytest.raises(UserError, match="damaged"):
        restore(paths, today)
    assert restore(paths).copy == before
    with pytest.raises(UserError, match="no copy of"):
        restore(paths, copy_of(paths, date(2000, 1, 1)))


def test_what_was_computed_from_the_catalog_is_made_again(paths: LibraryPaths) -> None:
    make_copy(paths)
    paths.vectors.mkdir()
    (paths.vectors / "a.usearch").touch()
    restore(paths)
    assert list(paths.vectors.iterdir()) == []


def test_a_library_in_use_is_left_alone(paths: LibraryPaths) -> None:
    lock = lock_library(paths)
    with pytest.raises(UserError, match="in use"):
        restore(paths)
    lock.release()


@pytest.mark.parametrize("lose", [Path.unlink, Path.touch], ids=["gone", "empty"])
def test_a_catalog_that_is_gone_is_damage_where_there_is_a_copy(
    paths: LibraryPaths, lose: Callable[[Path], None]
) -> None:
    make_copy(paths)
    paths.catalog.unlink()
    if lose is Path.touch:
        paths.catalog.touch()
    with pytest.raises(DamagedLibrary, match="empty"):
        CatalogWriter.open(paths.catalog)
    restore(paths)
    assert members(paths) == {"Before": 100}


@pytest.mark.slow
def test_a_restore_that_was_killed_loses_nothing_and_can_be_asked_for_again(paths: LibraryPaths) -> None:
    make_copy(paths)
    sort_more(paths)
    spoil(paths.catalog, a_page_with(paths.catalog, b"150.jpg"))
    for killed in ended_before_each_change("restore", paths):
        finish_restoring(killed)  # as whoever opens the library does
        if not problems_in(killed.catalog):
            assert members(killed) == {"Before": 99, "After": 3}
        restore(killed)
        assert members(killed) == {"Before": 99, "After": 3}
        assert problems_in(killed.catalog, also_indexes=True) == ()
        assert not list(killed.root.glob("*.made")) + list(killed.root.glob("*.new*"))


def test_what_was_decided_since_is_kept_when_a_whole_catalog_is_restored_without_a_day(paths: LibraryPaths) -> None:
    make_copy(paths)
    sort_more(paths)
    assert restore(paths).decisions == 4
    assert members(paths) == {"Before": 99, "After": 3}


def take_back(paths: LibraryPaths) -> None:
    """Undo decisions that the copy knows of."""
    catalog = CatalogWriter.open(paths.catalog)
    albums = AlbumWriter(catalog)
    albums.decide(1, [1, 2, 3], None)
    catalog.close()


@pytest.mark.parametrize("is_damaged", [False, True])
def test_what_was_taken_back_since_the_copy_stays_so(paths: LibraryPaths, *, is_damaged: bool) -> None:
    make_copy(paths)
    take_back(paths)
    if is_damaged:
        spoil(paths.catalog, a_page_with(paths.catalog, b"150.jpg"))
    restore(paths)
    assert members(paths) == {"Before": 97}


def test_a_catalog_without_photos_takes_nothing_back(paths: LibraryPaths, tmp_path: Path) -> None:
    make_copy(paths)
    CatalogWriter.open(tmp_path / "new.sqlite").close()
    (tmp_path / "new.sqlite").replace(paths.catalog)
    restore(paths)
    assert members(paths) == {"Before": 100}


@pytest.fixture
def updated(paths: LibraryPaths, tmp_path: Path) -> CatalogCopy:
    """The copy of before an update."""
    as_written_in(SCHEMA_VERSION - 1, paths.catalog, tmp_path / "old.sqlite")
    (tmp_path / "old.sqlite").replace(paths.catalog)
    CatalogWriter.open(paths.catalog).close()
    (copy,) = copies_before_updates(paths)
    assert copy == copy_before(paths, SCHEMA_VERSION)
    return copy


def make_newer(catalog: Path) -> None:
    with closing(sqlite3.connect(catalog)) as connection:
        connection.execute(f"PRAGMA user_version={SCHEMA_VERSION + 1}")


def test_the_copy_of_before_an_update_is_put_back(paths: LibraryPaths, updated: CatalogCopy) -> None:
    sort_more(paths)
    restored = restore(paths, updated)
    assert (restored.copy, restored.decisions) == (updated, 0)
    assert members(paths) == {"Before": 100}
    assert not is_older(CatalogWriter.open(paths.catalog).database)
    with pytest.raises(UserError, match="no copy of before format 2"):
        restore(paths, copy_before(paths, 2))


def test_an_older_program_puts_its_own_copy_in_the_place_of_a_newer_catalog(
    paths: LibraryPaths, updated: CatalogCopy
) -> None:
    daily = make_copy(paths)
    for catalog in (paths.catalog, daily.path):
        make_newer(catalog)
    with pytest.raises(UserError, match="written by a newer version"):
        restore(paths)
    with pytest.raises(UserError, match=r"copy of .* was written by a newer version"):
        restore(paths, daily)
    aside = restore(paths, updated).aside
    assert members(paths) == {"Before": 100}
    assert aside is not None
    assert not is_known(aside)
