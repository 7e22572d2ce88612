"""What was read of the grid is kept for the next start, and used only where it is of this catalog as it is."""

import shutil
from array import array
from pathlib import Path

import pytest

from guie_desktop.library.catalog import Catalog
from guie_desktop.library.catalog_writer import CatalogWriter
from guie_desktop.library.database import writing
from guie_desktop.library.followed_photos import FollowedPhotos
from guie_desktop.library.kept_photos import WORTH_KEEPING, keep_photos, kept_photos
from guie_desktop.library.ordered_photos import OrderedPhotos

IDS = array("q", range(WORTH_KEEPING, 0, -1))
READ = OrderedPhotos(IDS, array("f", [1.5]) * WORTH_KEEPING, array("d", map(float, IDS)))


@pytest.fixture
def followed(catalog: CatalogWriter) -> FollowedPhotos:
    """Photos as they were at a change that the catalog has noted."""
    with writing(catalog.database) as connection:
        connection.exec_driver_sql("INSERT INTO changed_photos VALUES (7, 70), (8, 80)")
    return FollowedPhotos(READ, 8)


@pytest.fixture
def file(catalog: CatalogWriter, followed: FollowedPhotos, tmp_path: Path) -> Path:
    keep_photos(tmp_path / "grid.photos", catalog, "all", followed)
    return tmp_path / "grid.photos"


def test_what_is_kept_is_what_was_read(
    catalog: CatalogWriter, followed: FollowedPhotos, file: Path, tmp_path: Path
) -> None:
    assert kept_photos(file, catalog, "all") == followed
    assert kept_photos(file, catalog, "an album") is None
    undated = FollowedPhotos(OrderedPhotos(READ.ids, READ.shapes), 8)
    keep_photos(file, catalog, "by name", undated)
    assert kept_photos(file, catalog, "by name") == undated
    assert sorted(path.name for path in tmp_path.glob("grid*")) == ["grid.photos"]


def test_few_photos_are_not_kept(catalog: CatalogWriter, tmp_path: Path) -> None:
    keep_photos(tmp_path / "grid.photos", catalog, "all", FollowedPhotos(OrderedPhotos(IDS[1:], READ.shapes[1:]), 0))
    assert kept_photos(tmp_path / "grid.photos", catalog, "all") is None


@pytest.mark.parametrize("at", [0, 20, -1], ids=["checksum", "head", "dates"])
def test_a_damaged_file_is_as_none(catalog: CatalogWriter, file: Path, at: int) -> None:
    data = bytearray(file.read_bytes())
    data[at] ^= 1
    file.write_bytes(data)
    assert kept_photos(file, catalog, "all") is None


def test_where_the_change_is_another_one_it_is_another_catalog(catalog: CatalogWriter, file: Path) -> None:
    with writing(catalog.database) as connection:
        connection.exec_driver_sql("UPDATE changed_photos SET photo_id = 81 WHERE number = 8")
    assert kept_photos(file, catalog, "all") is None


def test_another_file_is_another_catalog(catalog: CatalogWriter, file: Path, tmp_path: Path) -> None:
    catalog.close()
    shutil.copy(catalog.path, tmp_path / "copy.sqlite")
    copy = Catalog.open_read_only(tmp_path / "copy.sqlite")
    assert kept_photos(file, copy, "all") is None
    copy.close()


def test_where_it_cannot_be_written_nothing_is_said(
    catalog: CatalogWriter, followed: FollowedPhotos, tmp_path: Path
) -> None:
    keep_photos(tmp_path / "no folder" / "grid.photos", catalog, "all", followed)
    with writing(catalog.database) as connection:
        connection.exec_driver_sql("DROP TABLE changed_photos")
    keep_photos(tmp_path / "grid.photos", catalog, "all", followed)
    assert list(tmp_path.glob("grid*")) == []
