"""Folders are known again where they lie now, and those whose drive is away keep their photos."""

import os
import shutil
import typing
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import numpy as np
import pytest

from guie_desktop.disk.content import content_hash
from guie_desktop.disk.mounts import Mount
from guie_desktop.disk.volumes import FolderHome, VolumePlace, Volumes
from guie_desktop.domain import Folder
from guie_desktop.errors import UserError
from guie_desktop.jobs.folder_places import add_folder, elsewhere_now, home_now, relocate_folder, sight_of
from guie_desktop.library.albums import AlbumWriter
from guie_desktop.library.catalog_writer import CatalogWriter
from guie_desktop.library.feature_store import FeatureStore
from guie_desktop.library.photo_rows import Reading
from tests.scanned import BACKBONE, scan

Form = Literal["NFC", "NFD"]
NAMES = ("a.jpg", "b.jpg", "é.jpg", "sub/c.jpg", "sub/é/d.jpg")


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[CatalogWriter]:
    opened = CatalogWriter.open(tmp_path / "catalogue.sqlite")
    yield opened
    opened.close()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path.resolve()


def mounted(**points: Path) -> Volumes:
    """Volumes by their names and where they are."""
    return Volumes([Mount(name, Path(), point) for name, point in points.items()])


NONE = mounted()


def make(folder: Path, *, by: str = "") -> Path:
    """Photos whose content is their name, and whose they are."""
    for number, name in enumerate(NAMES):
        photo = folder / name
        photo.parent.mkdir(parents=True, exist_ok=True)
        photo.write_bytes(f"{by}{name}".encode())
        os.utime(photo, (1000 + number, 1000 + number))
    return folder


def bring_up(catalog: CatalogWriter, volumes: Volumes) -> dict[Path, bool]:
    """As a scan begins; folder to whether it is there."""
    for folder in catalog.folders():
        catalog.set_online(folder.id, home_now(catalog, folder, volumes))
    return {folder.path: folder.online for folder in catalog.folders()}


def known(catalog: CatalogWriter, path: Path, volumes: Volumes = NONE) -> Folder:
    """The folder, indexed."""
    folder = catalog.add_folder(path)
    for directory in (path, path / "sub", path / "sub" / "é"):
        scan(catalog, folder.id, directory)
    readings = [
        Reading(photo, content_hash(photo.path.read_bytes()), 4, 3, None) for photo in catalog.pending(BACKBONE)
    ]
    vectors = {reading.content_hash: np.ones(8, np.float32) for reading in readings}
    catalog.record(readings, vectors, FeatureStore(catalog, BACKBONE))
    bring_up(catalog, volumes)
    return catalog.folder(folder.id)


def find_folders(catalog: CatalogWriter, volumes: Volumes) -> int:
    """As a scan follows folders; how many photos went along."""
    places = ((folder.id, elsewhere_now(catalog, folder, volumes)) for folder in catalog.folders())
    return catalog.relocate_folders({number: place for number, place in places if place is not None})


def photos(catalog: CatalogWriter) -> set[Path]:
    return {photo.path for photo in catalog.photos(catalog.photo_ids()).values()}


def below(folder: Path) -> set[Path]:
    return {folder / name for name in NAMES}


def test_a_drive_is_followed_to_where_it_is_mounted_now(catalog: CatalogWriter, root: Path) -> None:
    folder = known(catalog, make(root / "media/STICK/Photos"), mounted(stick=root / "media/STICK"))
    assert catalog.home_of(folder.path).place == VolumePlace("stick", Path("Photos"))
    ids = catalog.photo_ids()
    album = AlbumWriter(catalog).create("All", ids)
    (root / "media").rename(root / "run")
    volumes = mounted(stick=root / "run/STICK")
    assert find_folders(catalog, volumes) == len(NAMES)
    assert bring_up(catalog, volumes) == {root / "run/STICK/Photos": True}
    assert photos(catalog) == below(root / "run/STICK/Photos")
    assert catalog.photo_ids() == ids
    assert catalog.album(album).photos == len(NAMES)
    assert catalog.pending_count(BACKBONE) == 0
    assert find_folders(catalog, volumes) == 0


def test_a_drive_that_is_away_keeps_its_photos_also_where_an_empty_folder_is_left(
    catalog: CatalogWriter, root: Path
) -> None:
    stick = root / "STICK"
    known(catalog, make(stick), mounted(stick=stick))
    stick.rename(root / "away")
    assert bring_up(catalog, NONE) == {stick: False}
    stick.mkdir()
    assert bring_up(catalog, mounted(disk=root)) == {stick: False}
    assert find_folders(catalog, mounted(disk=root)) == 0
    assert photos(catalog) == below(stick)
    stick.rmdir()
    (root / "away").rename(stick)
    assert bring_up(catalog, mounted(stick=stick)) == {stick: True}


def test_a_folder_that_was_emptied_on_its_own_volume_is_there(catalog: CatalogWriter, root: Path) -> None:
    volumes = mounted(stick=root / "STICK")
    known(catalog, make(root / "STICK"), volumes)
    shutil.rmtree(root / "STICK")
    (root / "STICK").mkdir()
    assert bring_up(catalog, volumes) == {root / "STICK": True}


def test_another_drive_of_the_same_name_is_not_taken_for_it(catalog: CatalogWriter, root: Path) -> None:
    disk = root / "USB DISK"
    known(catalog, make(disk), mounted(mine=disk))
    disk.rename(root / "USB DISK1")
    make(disk, by="another")
    assert bring_up(catalog, mounted(other=disk)) == {disk: False}
    both = mounted(other=disk, mine=root / "USB DISK1")
    assert find_folders(catalog, both) == len(NAMES)
    assert bring_up(catalog, both) == {root / "USB DISK1": True}


def test_drives_of_one_name_that_come_back_in_another_order_exchange_their_places(
    catalog: CatalogWriter, root: Path
) -> None:
    first, second = root / "DISK", root / "DISK1"
    volumes = mounted(one=first, two=second)
    mine, other = known(catalog, make(first), volumes), known(catalog, make(second, by="two"), volumes)
    first.rename(root / "t")
    second.rename(first)
    (root / "t").rename(second)
    volumes = mounted(one=second, two=first)
    assert find_folders(catalog, volumes) == 2 * len(NAMES)
    assert bring_up(catalog, volumes) == {first: True, second: True}
    assert {folder.id: folder.path for folder in catalog.folders()} == {mine.id: second, other.id: first}


def test_a_copy_of_all_photos_on_a_new_disk_at_the_same_place_is_the_folder(catalog: CatalogWriter, root: Path) -> None:
    folder = known(catalog, make(root / "Photos"), mounted(old=root))
    assert bring_up(catalog, mounted(new=root)) == {root / "Photos": True}
    assert catalog.home_of(folder.path).place == VolumePlace("new", Path("Photos"))


def test_a_folder_of_an_older_library_learns_its_volume(catalog: CatalogWriter, root: Path) -> None:
    folder = known(catalog, make(root / "Photos"))
    assert catalog.home_of(folder.path).place is None
    bring_up(catalog, mounted(disk=root))
    assert catalog.home_of(folder.path).place == VolumePlace("disk", Path("Photos"))


def test_without_names_another_device_with_other_photos_is_not_the_folder(catalog: CatalogWriter, root: Path) -> None:
    folder = known(catalog, make(root / "Photos"))
    device = (root / "Photos").stat().st_dev
    catalog.set_online(folder.id, FolderHome(device + 1, None))  # as if it had been on another one
    assert bring_up(catalog, NONE) == {root / "Photos": True}
    catalog.set_online(folder.id, FolderHome(device + 1, None))
    shutil.rmtree(root / "Photos")
    make(root / "Photos", by="another")
    assert bring_up(catalog, NONE) == {root / "Photos": False}


def test_a_renamed_folder_that_is_added_is_the_one_that_is_gone(catalog: CatalogWriter, root: Path) -> None:
    folder = known(catalog, make(root / "Photos"))
    (root / "Photos").rename(root / "Pictures")
    assert add_folder(catalog, root / "Pictures", NONE) == len(NAMES)
    assert [(one.id, one.path) for one in catalog.folders()] == [(folder.id, root / "Pictures")]
    assert photos(catalog) == below(root / "Pictures")


def test_a_folder_is_found_in_one_that_is_added_above_it(catalog: CatalogWriter, root: Path) -> None:
    known(catalog, make(root / "old/me/Photos"))
    (root / "old").rename(root / "new")
    assert add_folder(catalog, root / "new", NONE) == len(NAMES)
    assert [one.path for one in catalog.folders()] == [root / "new"]
    assert photos(catalog) == below(root / "new/me/Photos")


@pytest.mark.parametrize("times", ["kept", "to the second", "new"])
@pytest.mark.parametrize("form", typing.get_args(Form))
def test_a_copy_is_known_on_another_machine_whatever_came_of_times_and_accents(
    catalog: CatalogWriter, root: Path, times: str, form: Form
) -> None:
    known(catalog, make(root / "Photos"))
    for name in NAMES:
        copy = root / "copied" / unicodedata.normalize(form, name)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(root / "Photos" / name, copy)
        if times != "kept":
            os.utime(copy, ns=(0, copy.stat().st_mtime_ns + 10**9 if times == "to the second" else 0))
    shutil.rmtree(root / "Photos")
    assert add_folder(catalog, root / "copied", NONE) == len(NAMES)


@pytest.mark.parametrize("left", ["there", "edited", "few"])
def test_what_is_no_copy_of_a_folder_that_is_gone_is_added_beside_it(
    catalog: CatalogWriter, root: Path, left: str
) -> None:
    known(catalog, make(root / "Photos"))
    shutil.copytree(root / "Photos", root / "other")
    match left:
        case "edited":
            for name in NAMES:
                (root / "other" / name).write_bytes(b"other")
        case "few":
            for name in NAMES[:2]:
                (root / "other" / name).unlink()
    if left != "there":
        shutil.rmtree(root / "Photos")
    assert add_folder(catalog, root / "other", NONE) == 0
    assert [one.path for one in catalog.folders()] == [root / "Photos", root / "other"]


@pytest.mark.parametrize(("old", "new"), [("Photos", "photos"), ("Été", "E\u0301te\u0301")])
def test_a_folder_is_followed_where_only_the_spelling_of_its_name_changed(
    catalog: CatalogWriter, root: Path, old: str, new: str
) -> None:
    known(catalog, make(root / old))
    (root / old).rename(root / new)
    assert find_folders(catalog, NONE) == len(NAMES)
    assert [one.path for one in catalog.folders()] == [root / new]


def test_a_folder_that_is_gone_with_all_that_is_above_it_is_away(catalog: CatalogWriter, root: Path) -> None:
    known(catalog, make(root / "media/Photos"))
    shutil.rmtree(root / "media")
    assert find_folders(catalog, NONE) == 0
    assert bring_up(catalog, NONE) == {root / "media/Photos": False}


def test_two_folders_that_are_spelled_alike_are_two(catalog: CatalogWriter, root: Path) -> None:
    known(catalog, make(root / "Photos"))
    (root / "photos").mkdir()
    assert add_folder(catalog, root / "photos", NONE) == 0
    assert [one.path for one in catalog.folders()] == [root / "Photos", root / "photos"]


def test_another_folder_that_is_spelled_alike_is_left_alone(catalog: CatalogWriter, root: Path) -> None:
    known(catalog, make(root / "Photos"))
    make(root / "photos", by="another")
    shutil.rmtree(root / "Photos")
    assert find_folders(catalog, NONE) == 0


def test_the_user_says_where_a_folder_is(catalog: CatalogWriter, root: Path) -> None:
    folder = known(catalog, make(root / "Photos"))
    (root / "Photos").rename(root / "elsewhere")
    for name in NAMES[1:]:
        (root / "elsewhere" / name).unlink()
    assert relocate_folder(catalog, folder, root / "elsewhere") == len(NAMES)
    make(root / "other", by="another")
    with pytest.raises(UserError, match="does not hold the photos"):
        relocate_folder(catalog, catalog.folder(folder.id), root / "other")
    with pytest.raises(UserError, match="no folder"):
        relocate_folder(catalog, folder, root / "nowhere")


def test_an_empty_folder_may_be_anywhere(catalog: CatalogWriter, root: Path) -> None:
    (root / "Photos").mkdir()
    (root / "other").mkdir()
    folder = catalog.add_folder(root / "Photos")
    (root / "Photos").rmdir()
    assert find_folders(catalog, NONE) == 0
    assert relocate_folder(catalog, folder, root / "other") == 0
    assert [one.path for one in catalog.folders()] == [root / "other"]


def test_what_is_seen_of_a_folder_changes_when_it_comes_and_when_it_goes(catalog: CatalogWriter, root: Path) -> None:
    here, there = mounted(stick=root / "STICK"), mounted(stick=root / "STICK1")
    path = make(root / "STICK/Photos")
    known(catalog, path, here)
    at_first = sight_of(catalog, path, here)
    (path / "new.jpg").write_bytes(b"x")
    assert sight_of(catalog, path, here) == at_first
    (root / "STICK").rename(root / "STICK1")
    assert sight_of(catalog, path, NONE) == (None, ())
    assert sight_of(catalog, path, there) == (None, (root / "STICK1/Photos",))
    (root / "STICK1").rename(root / "STICK")
    assert sight_of(catalog, path, here) == at_first


def test_of_what_is_no_folder_of_the_library_the_place_alone_is_seen(catalog: CatalogWriter, root: Path) -> None:
    assert sight_of(catalog, root / "nowhere", NONE) == (None, ())
