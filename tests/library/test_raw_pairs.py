"""A RAW and the JPEG of its name are one photo; what was decided of it stays with what is shown of it."""

import os
from pathlib import Path

import pytest
from sqlalchemy import select

from guie_desktop.domain import RawBesideJpeg
from guie_desktop.library.albums import AlbumWriter
from guie_desktop.library.catalog_writer import CatalogWriter
from guie_desktop.library.raw_pairs import directories_with_raws
from guie_desktop.library.tables import photos
from tests.scanned import BACKBONE, read_all, scan


class Pairs:
    """A folder that is scanned as the program scans it."""

    def __init__(self, catalog: CatalogWriter, folder: Path) -> None:
        self.catalog = catalog
        self.folder = folder
        self.folder_id = catalog.add_folder(folder).id
        self.albums = AlbumWriter(catalog)

    def put(self, *names: str) -> None:
        for name in names:
            (self.folder / name).write_bytes(name.encode())

    def follow(self, choice: RawBesideJpeg = "one") -> None:
        scan(self.catalog, self.folder_id, self.folder)
        self.catalog.adopt_moved()
        self.catalog.pair_raws(choice, {self.folder})
        read_all(self.catalog)
        self.catalog.settle_contents()
        self.albums.follow_copies()

    def shown(self) -> dict[str, int]:
        """Name to id of what is shown."""
        return {photo.path.name: photo.id for photo in self.catalog.photos(self.catalog.photo_ids()).values()}

    def in_album(self, album: int) -> set[str]:
        return {photo.path.name for photo in self.catalog.photos(self.catalog.photo_ids(album_id=album)).values()}


@pytest.fixture
def pairs(catalog: CatalogWriter, tmp_path: Path) -> Pairs:
    folder = tmp_path / "photos"
    folder.mkdir()
    return Pairs(catalog, folder)


def test_the_jpeg_is_shown_and_the_raw_goes_along(pairs: Pairs) -> None:
    pairs.put("IMG_1.CR2", "IMG_1.JPG", "IMG_2.CR2", "IMG_3.jpg", "b.ARW", "b.HIF", "B.dng")
    pairs.follow()
    assert pairs.shown().keys() == {"IMG_1.JPG", "IMG_2.CR2", "IMG_3.jpg", "b.HIF", "B.dng"}
    assert pairs.catalog.counts().photos == 5
    assert pairs.catalog.pending_count(BACKBONE) == 0  # what is not shown need not be read
    assert [folder.photos for folder in pairs.catalog.folders()] == [5]
    photo = pairs.catalog.photo_at(pairs.folder / "IMG_2.CR2")
    assert photo is not None
    assert photo.kind == "raw"


def test_both_are_shown_where_that_was_chosen(pairs: Pairs) -> None:
    pairs.put("a.nef", "a.jpg")
    pairs.follow("both")
    assert pairs.shown().keys() == {"a.nef", "a.jpg"}
    pairs.catalog.pair_raws("one")
    assert pairs.shown().keys() == {"a.jpg"}
    pairs.catalog.pair_raws("both")
    assert pairs.shown().keys() == {"a.nef", "a.jpg"}


def test_a_raw_whose_jpeg_goes_is_shown_with_what_was_decided(pairs: Pairs) -> None:
    pairs.put("a.nef", "a.jpg", "b.jpg")
    pairs.follow()
    album = pairs.albums.create("Sea", [pairs.shown()["a.jpg"], pairs.shown()["b.jpg"]])
    (pairs.folder / "a.jpg").unlink()
    pairs.follow()
    assert pairs.shown().keys() == {"a.nef", "b.jpg"}
    assert pairs.in_album(album) == {"a.nef", "b.jpg"}
    pairs.put("a.jpg")
    pairs.follow()
    assert pairs.in_album(album) == {"a.jpg", "b.jpg"}


def test_a_jpeg_that_comes_later_takes_over_what_was_decided(pairs: Pairs) -> None:
    pairs.put("a.nef")
    pairs.follow()
    album = pairs.albums.create("Sea", list(pairs.shown().values()))
    pairs.put("a.jpg")
    pairs.follow()
    assert pairs.in_album(album) == {"a.jpg"}


def test_a_jpeg_that_is_renamed_keeps_its_own(pairs: Pairs) -> None:
    pairs.put("a.nef", "a.jpg")
    pairs.follow()
    album = pairs.albums.create("Sea", list(pairs.shown().values()))
    (pairs.folder / "a.jpg").rename(pairs.folder / "best.jpg")
    pairs.follow()
    assert pairs.shown().keys() == {"a.nef", "best.jpg"}
    assert pairs.in_album(album) == {"best.jpg"}


def test_a_jpeg_that_turns_up_elsewhere_keeps_its_own(pairs: Pairs) -> None:
    pairs.put("a.nef", "a.jpg")
    pairs.follow()
    album = pairs.albums.create("Sea", list(pairs.shown().values()))
    (pairs.folder / "best.jpg").write_bytes((pairs.folder / "a.jpg").read_bytes())  # as another volume would have it
    (pairs.folder / "a.jpg").unlink()
    pairs.follow()
    assert pairs.in_album(album) == {"best.jpg"}


def test_decisions_of_both_come_together_and_part_again(pairs: Pairs) -> None:
    pairs.put("a.nef", "a.jpg")
    pairs.follow("both")
    ids = pairs.shown()
    sea, hills = pairs.albums.create("Sea", [ids["a.nef"]]), pairs.albums.create("Hills", [ids["a.jpg"]])
    pairs.follow("one")
    assert pairs.in_album(sea) == pairs.in_album(hills) == {"a.jpg"}
    pairs.follow("both")
    assert (pairs.in_album(sea), pairs.in_album(hills)) == ({"a.nef"}, {"a.jpg"})


def test_a_jpeg_that_cannot_be_read_hides_no_raw(pairs: Pairs) -> None:
    pairs.put("a.nef", "a.jpg")
    pairs.follow()
    album = pairs.albums.create("Sea", list(pairs.shown().values()))
    with pairs.catalog.database.begin() as connection:
        connection.execute(
            photos.update().where(photos.c.name == Path("a.jpg")).values(state="failed", reason="It is cut off.")
        )
    assert pairs.catalog.pair_raws("one") == 1
    read_all(pairs.catalog)
    pairs.albums.follow_copies()
    assert "a.nef" in pairs.shown()
    assert pairs.in_album(album) == {"a.nef"}


def test_a_raw_that_changed_still_goes_along(pairs: Pairs) -> None:
    pairs.put("a.nef", "a.jpg")
    pairs.follow()
    (pairs.folder / "a.nef").write_bytes(b"another")
    os.utime(pairs.folder / "a.nef", (1, 1))
    pairs.follow()
    assert pairs.shown().keys() == {"a.jpg"}


def test_both_gone_and_back_are_as_they_were(pairs: Pairs) -> None:
    pairs.put("a.nef", "a.jpg")
    pairs.follow()
    album = pairs.albums.create("Sea", list(pairs.shown().values()))
    for name in ("a.nef", "a.jpg"):
        (pairs.folder / name).rename(pairs.folder / f".{name}")
    pairs.follow()
    assert pairs.shown() == {}
    for name in ("a.nef", "a.jpg"):
        (pairs.folder / f".{name}").rename(pairs.folder / name)
    pairs.follow()
    assert pairs.in_album(album) == {"a.jpg"}


def test_directories_are_known_by_their_raws(pairs: Pairs) -> None:
    pairs.put("a.jpg")
    pairs.follow()
    with pairs.catalog.database.connect() as connection:
        assert directories_with_raws(connection) == set()
        assert connection.execute(select(photos.c.kind)).scalars().all() == [None]
    pairs.put("a.raf")
    pairs.follow()
    with pairs.catalog.database.connect() as connection:
        assert directories_with_raws(connection) == {pairs.folder}


def test_jpegs_that_swap_their_names_keep_their_own(pairs: Pairs) -> None:
    pairs.put("a.nef", "a.jpg", "b.nef", "b.jpg")
    pairs.follow()
    album = pairs.albums.create("Sea", [pairs.shown()["a.jpg"]])
    os.utime(pairs.folder / "a.jpg", (1000, 1000))
    pairs.follow()
    for old, new in (("a.jpg", "c"), ("b.jpg", "a.jpg"), ("c", "b.jpg")):
        (pairs.folder / old).rename(pairs.folder / new)
    pairs.follow()
    assert pairs.shown().keys() == {"a.jpg", "b.jpg"}
    assert pairs.in_album(album) == {"b.jpg"}


def test_what_was_decided_of_a_raw_goes_over_to_a_copy_that_is_shown(pairs: Pairs) -> None:
    for name in ("b.nef", "b.jpg", "c.nef", "a.nef"):
        (pairs.folder / name).write_bytes(b"a JPEG" if name == "b.jpg" else b"a RAW")
        pairs.follow("both")
    album = pairs.albums.create("Sea", [pairs.shown()["a.nef"]])
    pairs.follow("one")
    (pairs.folder / "a.nef").unlink()
    pairs.follow("one")
    assert pairs.in_album(album) == {"c.nef"}
    (pairs.folder / "c.nef").unlink()
    pairs.follow("one")
    assert pairs.in_album(album) == {"b.jpg"}
