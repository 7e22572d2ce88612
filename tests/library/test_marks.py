"""Ratings and flags hold for a photo and its copies, whatever becomes of the files, and all that was said is kept."""

from pathlib import Path

import pytest
from sqlalchemy import select

from guie_desktop.errors import UserError
from guie_desktop.library.backups import make_copy
from guie_desktop.library.catalog import Catalog
from guie_desktop.library.catalog_writer import CatalogWriter
from guie_desktop.library.database import reading
from guie_desktop.library.directories import sum_up
from guie_desktop.library.marks import MarkWriter
from guie_desktop.library.restoring import restore
from guie_desktop.library.tables import mark_history
from guie_desktop.paths import LibraryPaths
from guie_desktop.workspace.open_library import WritableLibrary
from tests.library.test_decisions import bring_up_to_date, id_at, write
from tests.scanned import read_all, scan


@pytest.fixture
def opened(catalog: CatalogWriter, tmp_path: Path) -> CatalogWriter:
    """A catalog with the photos 1 to 4, of which the first and the last are copies."""
    folder = tmp_path / "photos"
    folder.mkdir()
    folder_id = catalog.add_folder(folder).id
    for name, content in zip("abcd", "abca", strict=True):
        (folder / f"{name}.jpg").write_text(content)
        scan(catalog, folder_id, folder)
    read_all(catalog)
    assert sorted(catalog.photo_ids()) == [1, 2, 3, 4]
    return catalog


def said_of(catalog: Catalog) -> dict[int, tuple[int, bool]]:
    """Photo id to its rating and flag."""
    return {photo.id: (photo.rating, photo.flagged) for photo in catalog.photos([1, 2, 3, 4]).values()}


def test_what_is_said_holds_for_all_copies_and_tells_what_was_said_before(opened: CatalogWriter) -> None:
    marks = MarkWriter(opened)
    assert marks.mark([1, 2], "rating", 3) == {0: (1, 2)}
    assert marks.mark([2], "flag", 1) == {0: (2,)}
    assert said_of(opened) == {1: (3, False), 2: (3, True), 3: (0, False), 4: (3, False)}
    assert marks.mark([4, 2, 3], "rating", 5) == {3: (2, 4), 0: (3,)}
    assert marks.mark([1, 2], "rating", 5) == {}
    assert said_of(opened) == {1: (5, False), 2: (5, True), 3: (5, False), 4: (5, False)}


def test_all_that_was_said_is_kept(opened: CatalogWriter) -> None:
    marks = MarkWriter(opened)
    for rating in (3, 3, 5, 0):
        marks.mark([1], "rating", rating)
    with reading(opened.database) as connection:
        said = connection.execute(select(mark_history.c.photo_id, mark_history.c.kind, mark_history.c.value)).all()
    assert said == [(1, "rating", 3), (1, "rating", 5), (1, "rating", 0)]


def test_what_cannot_be_said_is_told_and_not_written(opened: CatalogWriter) -> None:
    marks = MarkWriter(opened)
    for photos, value in (((1,), 6), ((1,), -1), ((1, 99), 3)):
        with pytest.raises(UserError):
            marks.mark(photos, "rating", value)
    with pytest.raises(UserError, match="no flag of 2"):
        marks.mark((1,), "flag", 2)
    assert set(said_of(opened).values()) == {(0, False)}


def test_what_photos_are_together(opened: CatalogWriter) -> None:
    marks = MarkWriter(opened)
    marks.mark([1, 2], "rating", 4)
    marks.mark([2], "flag", 1)
    together = sum_up(opened, [1, 2, 4, 99])
    assert (together.photos, together.bytes, together.rating, together.flagged) == (3, 3, 4, 1)
    assert sum_up(opened, [1, 3]).rating is None
    assert sum_up(opened, []).photos == 0


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "photos"


@pytest.fixture
def library(paths: LibraryPaths, folder: Path) -> WritableLibrary:
    folder.mkdir()
    opened = WritableLibrary(paths)
    opened.catalog.add_folder(folder)
    return opened


def ratings(library: WritableLibrary) -> dict[str, int]:
    catalog = library.catalog
    return {photo.path.name: photo.rating for photo in catalog.photos(catalog.photo_ids()).values()}


def test_a_rating_goes_where_its_photo_goes(library: WritableLibrary, folder: Path) -> None:
    write(folder / "a.jpg", "content a")
    bring_up_to_date(library)
    library.marks.mark([id_at(library, folder / "a.jpg")], "rating", 4)
    (folder / "a.jpg").rename(folder / "b.jpg")
    write(folder / "other.jpg", "other")
    bring_up_to_date(library)
    assert ratings(library) == {"b.jpg": 4, "other.jpg": 0}
    (folder / "b.jpg").unlink()
    bring_up_to_date(library)
    write(folder / "back.jpg", "content a")
    bring_up_to_date(library)
    assert ratings(library) == {"back.jpg": 4, "other.jpg": 0}
    write(folder / "copy.jpg", "content a")
    bring_up_to_date(library)
    assert ratings(library) == {"back.jpg": 4, "copy.jpg": 4, "other.jpg": 0}
    write(folder / "back.jpg", "an edit of a")
    bring_up_to_date(library)
    assert ratings(library) == {"back.jpg": 4, "copy.jpg": 4, "other.jpg": 0}
    library.close()


def test_a_raw_and_the_jpeg_beside_it_say_what_was_said_last(library: WritableLibrary, folder: Path) -> None:
    for name in ("a.nef", "a.jpg"):
        write(folder / name, name)
    bring_up_to_date(library)
    library.marks.mark([id_at(library, folder / "a.jpg")], "rating", 2)
    (folder / "a.jpg").unlink()
    bring_up_to_date(library)
    assert ratings(library) == {"a.nef": 2}
    library.marks.mark([id_at(library, folder / "a.nef")], "rating", 5)
    write(folder / "a.jpg", "a.jpg")
    bring_up_to_date(library)
    assert ratings(library) == {"a.jpg": 5}
    library.close()


def test_what_was_said_since_the_copy_is_saved(paths: LibraryPaths, tmp_path: Path) -> None:
    paths.root.mkdir(exist_ok=True)
    write(tmp_path / "photos" / "a.jpg", "content a")
    catalog = CatalogWriter.open(paths.catalog)
    scan(catalog, catalog.add_folder(tmp_path / "photos").id, tmp_path / "photos")
    read_all(catalog)
    MarkWriter(catalog).mark([1], "rating", 2)
    make_copy(paths)
    MarkWriter(catalog).mark([1], "rating", 4)
    MarkWriter(catalog).mark([1], "flag", 1)
    catalog.close()
    assert restore(paths).decisions == 2
    after = Catalog.open_read_only(paths.catalog)
    assert (after.photos([1])[1].rating, after.photos([1])[1].flagged) == (4, True)
    after.close()
