"""A scan believes that something is gone only where the disk says so; of all else it keeps what is known."""

import errno
import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from guie_desktop.disk.scan import Lister, Listing, list_directory
from guie_desktop.disk.skipping import SkipRules
from guie_desktop.disk.volumes import mounted_volumes
from guie_desktop.jobs.scanning import Scanner, Tally
from guie_desktop.paths import LibraryPaths
from guie_desktop.workspace.open_library import WritableLibrary
from tests.permissions import mode
from tests.running import finish
from tests.scanned import read_all

posix = pytest.mark.skipif(os.name == "nt", reason="permissions are POSIX")


class World:
    """A library of a folder with photos "top.jpg" and "in/a.jpg", "in/deep/b.jpg" that were read."""

    def __init__(self, library: WritableLibrary, root: Path) -> None:
        self.library, self.root, self.inner = library, root, root / "in"
        (self.inner / "deep").mkdir(parents=True)
        for name in ("top.jpg", "in/a.jpg", "in/deep/b.jpg"):
            (root / name).write_bytes(name.encode())
        library.catalog.add_folder(root)
        self.scan()
        read_all(library.catalog)

    def scan(self, lister: Lister = list_directory) -> None:
        finish(Scanner(self.library, mounted_volumes(), Tally(), lister=lister).scan_all())

    def look_at(self, *directories: Path, lister: Lister = list_directory) -> None:
        """As when something happened in these."""
        finish(Scanner(self.library, mounted_volumes(), Tally(), lister=lister).scan_directories(set(directories)))

    def photos(self) -> set[str]:
        catalog = self.library.catalog
        paths = [photo.path for photo in catalog.photos(catalog.photo_ids()).values()]
        return {path.relative_to(self.root).as_posix() for path in paths}

    def failures(self) -> dict[Path, str]:
        return {failure.path: failure.reason for failure in self.library.catalog.failures()}


PATIENCE = 60
"""Seconds that only a disk is waited for which hangs for good."""
ALL = {"top.jpg", "in/a.jpg", "in/deep/b.jpg"}


@pytest.fixture
def world(paths: LibraryPaths, tmp_path: Path) -> Iterator[World]:
    with WritableLibrary(paths) as library:
        yield World(library, tmp_path / "photos")


def failing(directory: Path, number: int) -> Lister:
    def lister(asked: Path, rules: SkipRules) -> Listing:
        if asked == directory:
            return Listing(asked, error=OSError(number, os.strerror(number)))
        return list_directory(asked, rules)

    return lister


@posix
def test_a_folder_without_permission_is_listed_at_every_scan_until_it_has_it(world: World) -> None:
    with mode(world.inner, 0):
        for _ in range(4):
            world.scan()
            assert world.photos() == ALL
            assert list(world.failures()) == [world.inner]
            assert "not allowed" in world.failures()[world.inner]
        for _ in range(2):
            world.look_at(world.inner)
            world.look_at(world.root)
            assert list(world.failures()) == [world.inner]
    world.scan()
    assert world.failures() == {}
    assert world.photos() == ALL


@posix
def test_a_folder_that_may_not_be_entered_keeps_its_photos_and_says_so(world: World) -> None:
    (world.inner / "new.jpg").write_bytes(b"new")
    with mode(world.inner, 0o444):
        for _ in range(2):
            world.scan()
            world.look_at(world.inner)
            assert world.photos() == ALL
            assert set(world.failures()) == {world.inner, world.inner / "deep"}
            assert "2 files in this folder, such as a.jpg," in world.failures()[world.inner]
    world.look_at(world.inner)
    world.look_at(world.inner / "deep")
    assert world.failures() == {}
    read_all(world.library.catalog)
    assert world.photos() == {*ALL, "in/new.jpg"}


@posix
def test_a_whole_folder_of_the_library_without_permission_is_told_of(world: World) -> None:
    with mode(world.root, 0):
        world.scan()
        assert world.photos() == ALL
        assert list(world.failures()) == [world.root]
    world.scan()
    assert world.failures() == {}
    world.root.rename(world.root.with_name("away"))
    world.scan()
    assert world.failures() == {}
    assert world.photos() == ALL


@pytest.mark.parametrize(
    "number", [errno.EIO, errno.ESTALE, errno.EACCES, errno.ETIMEDOUT, errno.ENAMETOOLONG, errno.EMFILE, errno.EBADMSG]
)
def test_an_error_of_the_disk_keeps_what_is_known(world: World, number: int) -> None:
    lister = failing(world.inner, number)
    for _ in range(2):
        world.scan(lister)
        world.look_at(world.inner, lister=lister)
        assert world.photos() == ALL
        assert list(world.failures()) == [world.inner]
    world.scan()
    assert world.failures() == {}


@pytest.mark.parametrize("number", [errno.ENOENT, errno.ENOTDIR])
def test_what_does_not_exist_is_gone_and_no_failure(world: World, number: int) -> None:
    (world.inner / "a.jpg").unlink()  # the same is true of the disk, else the next scan would find it
    (world.inner / "deep" / "b.jpg").unlink()
    world.scan(failing(world.inner, number))
    assert world.photos() == {"top.jpg"}
    assert world.failures() == {}


def test_a_file_that_cannot_be_looked_at_stays_and_the_others_go_on(world: World) -> None:
    (world.root / "other.jpg").write_bytes(b"other")

    def lister(asked: Path, rules: SkipRules) -> Listing:
        found = list_directory(asked, rules)
        left = tuple(file for file in found.files if file.name != "top.jpg")
        unclear = (("top.jpg", OSError(errno.EIO, "Input/output error")),) if asked == world.root else ()
        return Listing(asked, left, found.subdirectories, unclear=unclear)

    world.scan(lister)
    read_all(world.library.catalog)
    assert world.photos() == {*ALL, "other.jpg"}
    assert "The file top.jpg could not be looked at" in world.failures()[world.root]


def hanging(directory: Path, may_end: threading.Event) -> Lister:
    def lister(asked: Path, rules: SkipRules) -> Listing:
        if asked == directory:
            assert may_end.wait(PATIENCE)
        return list_directory(asked, rules)

    return lister


def test_a_directory_that_does_not_answer_is_waited_for_told_and_passed_over(world: World) -> None:
    may_end = threading.Event()
    (world.root / "other").mkdir()
    (world.root / "other" / "new.jpg").write_bytes(b"new")
    scanner = Scanner(world.library, mounted_volumes(), Tally(), lister=hanging(world.inner, may_end), patience=2.0)
    assert str(world.inner) in [progress.detail for progress in scanner.scan_all()]
    read_all(world.library.catalog)
    assert world.photos() == {*ALL, "other/new.jpg"}
    assert list(world.failures()) == [world.inner]
    assert "does not answer" in world.failures()[world.inner]
    assert [folder.online for folder in world.library.catalog.folders()] == [True]
    may_end.set()
    world.scan()
    assert world.failures() == {}


def test_it_is_waited_for_while_others_may_go_on_and_then_it_is_as_if_nothing_had_been(world: World) -> None:
    may_end = threading.Event()
    (world.inner / "new.jpg").write_bytes(b"new")
    job = Scanner(world.library, mounted_volumes(), Tally(), lister=hanging(world.inner, may_end)).scan_all()
    told = (progress.waits_for for progress in job)
    assert next(filter(None, told)) == str(world.inner)
    may_end.set()
    assert len(list(told)) < 1000
    read_all(world.library.catalog)
    assert world.photos() == {*ALL, "in/new.jpg"}
    assert world.failures() == {}


def test_a_job_that_is_ended_while_the_disk_is_silent_ends_at_once(world: World) -> None:
    may_end = threading.Event()
    job = Scanner(world.library, mounted_volumes(), Tally(), lister=hanging(world.root, may_end)).scan_all()
    next(job)
    job.close()
    assert not may_end.is_set()
    may_end.set()


def test_a_drive_that_goes_away_while_it_is_scanned_keeps_its_photos(world: World) -> None:
    def lister(asked: Path, rules: SkipRules) -> Listing:
        if asked == world.inner and world.root.exists():
            world.root.rename(world.root.with_name("away"))
        return list_directory(asked, rules)

    world.scan(lister)
    assert world.photos() == ALL
    assert [folder.online for folder in world.library.catalog.folders()] == [False]
    world.root.with_name("away").rename(world.root)
    world.look_at(world.inner, lister=lister)
    assert world.photos() == ALL
    world.root.with_name("away").rename(world.root)
    world.scan()
    assert world.photos() == ALL


def test_what_the_user_leaves_out_vanishes_and_comes_back_as_it_was(world: World) -> None:
    catalog, choices = world.library.catalog, world.library.choices
    kept = catalog.photo_at(world.inner / "a.jpg")
    assert kept is not None
    album = world.library.albums.create("Mine", [kept.id])
    choices.skip(["in/", "*.png"])
    world.scan()
    assert world.photos() == {"top.jpg"}
    world.look_at(world.inner)  # something happened there, which is of no interest
    assert world.photos() == {"top.jpg"}
    choices.skip(["*.png"])
    world.look_at(world.root)
    assert world.photos() == ALL
    assert catalog.photo_at(world.inner / "a.jpg") == kept
    assert catalog.album(album).photos == 1


@pytest.mark.parametrize("trash", [".Trash-0/files", "@eaDir", "$RECYCLE.BIN"])
def test_a_photo_that_is_trashed_while_it_is_watched_is_gone(world: World, trash: str) -> None:
    bin_ = world.root / trash
    bin_.mkdir(parents=True)
    (world.root / "top.jpg").rename(bin_ / "top.jpg")
    world.look_at(world.root, bin_)
    read_all(world.library.catalog)
    assert world.photos() == ALL - {"top.jpg"}


def test_the_library_is_not_scanned_whatever_it_is_called_by(models_folder: Path, tmp_path: Path) -> None:
    real = tmp_path / "photos" / "library"
    real.mkdir(parents=True)
    (tmp_path / "link").symlink_to(real, target_is_directory=True)
    paths = LibraryPaths(tmp_path / "link")
    paths.networks.symlink_to(models_folder, target_is_directory=True)
    with WritableLibrary(paths) as library:
        (paths.pasted / "a.jpg").write_bytes(b"x")
        (tmp_path / "photos" / "b.jpg").write_bytes(b"x")
        library.catalog.add_folder(tmp_path / "photos")
        finish(Scanner(library, mounted_volumes(), Tally()).scan_all())
        assert library.catalog.pending_count() == 1


@pytest.mark.skipif(not hasattr(os, "fchdir"), reason="folders are made step by step on POSIX only")
def test_a_path_that_is_too_long_is_one_folders_failure_with_a_remedy_that_is_true(world: World) -> None:
    home = os.open(".", os.O_RDONLY)
    try:
        os.chdir(world.root)
        for _ in range(20):
            Path("d" * 250).mkdir()
            os.chdir("d" * 250)
        Path("deep.jpg").write_bytes(b"deep")
    finally:
        os.fchdir(home)
        os.close(home)
    world.scan()
    assert world.photos() == ALL
    (reason,) = world.failures().values()
    assert "longer than the system takes" in reason
    assert "shorter names" in reason
