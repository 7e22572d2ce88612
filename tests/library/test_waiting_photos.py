"""What waits to be read, and in which order."""

import os
from pathlib import Path

from guie_desktop.library.catalog_writer import CatalogWriter
from tests.scanned import BACKBONE, read_all, scan


def added(catalog: CatalogWriter, folder: Path, *names: str) -> None:
    """A folder with these photos, each of which is newer than the one before."""
    folder.mkdir()
    for number, name in enumerate(names):
        (folder / name).write_bytes(name.encode())
        os.utime(folder / name, (1_000 + number, 1_000 + number))
    scan(catalog, catalog.add_folder(folder).id, folder)


def test_the_newest_of_the_folder_that_was_added_last_come_first(catalog: CatalogWriter, tmp_path: Path) -> None:
    added(catalog, tmp_path / "first", "a.jpg", "b.jpg")
    added(catalog, tmp_path / "second", "c.jpg", "d.jpg")
    assert [photo.path.name for photo in catalog.pending()] == ["d.jpg", "c.jpg", "b.jpg", "a.jpg"]
    within = {tmp_path / "first"}
    assert [photo.path.name for photo in catalog.pending(within=within)] == ["b.jpg", "a.jpg"]
    assert (catalog.pending_count(), catalog.pending_count(within=within)) == (4, 2)
    assert catalog.counts().unread == 4


def test_what_is_shown_waits_for_other_backbones_only(catalog: CatalogWriter, tmp_path: Path) -> None:
    added(catalog, tmp_path / "photos", "a.jpg")
    read_all(catalog)
    assert list(catalog.pending()) == list(catalog.pending(BACKBONE)) == []
    (waiting,) = catalog.pending("another")
    assert waiting.is_shown
    (tmp_path / "photos" / "a.jpg").write_bytes(b"edited")
    scan(catalog, catalog.folders()[0].id, tmp_path / "photos")
    (waiting,) = catalog.pending("another")
    assert not waiting.is_shown


def test_what_waits_no_more_when_its_turn_comes_is_left_out(catalog: CatalogWriter, tmp_path: Path) -> None:
    added(catalog, tmp_path / "photos", *(f"{number:03d}.jpg" for number in range(300)))
    waiting = catalog.pending()
    next(waiting)
    read_all(catalog)
    assert len(list(waiting)) == 255  # those that were looked up already
