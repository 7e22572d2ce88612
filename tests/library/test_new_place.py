"""A library that is moved: it is whole at one place at any moment, and what is the user's stays where it is."""

import itertools
import os
import shutil
import subprocess
import sys
from collections import namedtuple
from collections.abc import Callable
from pathlib import Path

import pytest

from guie_desktop.errors import NoRoom, UserError
from guie_desktop.library import new_place
from guie_desktop.library.catalog import Catalog
from guie_desktop.library.catalog_writer import CatalogWriter
from guie_desktop.library.new_place import check_new_place, finish_move, move_library
from guie_desktop.library.writer_lock import lock_library
from guie_desktop.paths import (
    LibraryPaths,
    LibraryPlace,
    first_place,
    keep_place,
    library_paths,
    place_kept_at,
    read_place,
)
from tests.albums import make_album

Usage = namedtuple("Usage", "total used free")


@pytest.fixture(autouse=True)
def user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A user of his own, whose library is where it is at first."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.delenv("GUIE_LIBRARY", raising=False)


@pytest.fixture
def paths() -> LibraryPaths:
    return made_library()


def made_library() -> LibraryPaths:
    found = library_paths()
    found.create()
    catalog = CatalogWriter.open(found.catalog)
    make_album(catalog, "Coffee", ())
    catalog.close()
    found.thumbnails.write_bytes(os.urandom(3_000_000))
    (found.vectors / "a.usearch").write_bytes(b"vectors")
    (found.weights / "siglip").mkdir()
    (found.weights / "siglip" / "model").write_bytes(b"weights")
    (found.pasted / "pasted.png").write_bytes(b"pasted")
    (found.full_size / "x.rgb").write_bytes(b"pixels")
    (found.weights / "linked").symlink_to("siglip")
    return found


@pytest.fixture
def target(tmp_path: Path) -> Path:
    (tmp_path / "drive").mkdir()
    return tmp_path / "drive"


def is_whole(paths: LibraryPaths) -> bool:
    catalog = Catalog.open_read_only(paths.catalog)
    try:
        albums = [album.name for album in catalog.albums()]
    finally:
        catalog.close()
    kept = (paths.weights / "linked" / "model").read_bytes() + (paths.pasted / "pasted.png").read_bytes()
    return albums == ["Coffee"] and kept == b"weightspasted" and paths.thumbnails.stat().st_size == 3_000_000


def test_it_lies_elsewhere_then_and_is_opened_there(paths: LibraryPaths, target: Path) -> None:
    told: list[tuple[int, int]] = []
    needed = check_new_place(paths, target, ())
    assert move_library(paths, target, lambda *how_far: told.append(how_far))
    assert told[-1] == (needed, needed)
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    moved = library_paths()
    assert (moved.root, moved.is_found) == (target, True)
    assert is_whole(moved)
    assert not paths.root.exists()
    assert not (target / "full-size" / "x.rgb").exists()
    assert read_place() == LibraryPlace(target)
    if os.name != "nt":
        assert target.stat().st_mode & 0o077 == 0


def test_it_can_come_back(paths: LibraryPaths, target: Path) -> None:
    move_library(paths, target)
    first_place().mkdir(parents=True)
    assert move_library(library_paths(), first_place())
    assert library_paths().root == first_place()
    assert is_whole(library_paths())


def test_what_is_not_of_the_library_stays(paths: LibraryPaths, target: Path) -> None:
    (paths.root / "diary.txt").write_text("mine")
    move_library(paths, target)
    assert [entry.name for entry in paths.root.iterdir()] == ["diary.txt"]
    assert is_whole(library_paths())


@pytest.mark.parametrize("pieces", [0, 1, 2])
def test_stopped_it_is_where_it_was_and_nothing_is_at_the_other_place(
    paths: LibraryPaths, target: Path, pieces: int
) -> None:
    copied = itertools.count()
    assert not move_library(paths, target, stop=lambda: next(copied) >= pieces)
    assert not list(target.iterdir())
    assert library_paths() == paths
    assert is_whole(paths)
    assert read_place() == LibraryPlace()


def test_where_it_fails_it_is_where_it_was(paths: LibraryPaths, target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_parts: object, **_words: object) -> bool:
        raise OSError(28, "No space left on device", str(target))

    monkeypatch.setattr(new_place, "copy_file", full)
    with pytest.raises(NoRoom):
        move_library(paths, target)
    assert not list(target.iterdir())
    assert is_whole(library_paths())


def test_a_damaged_catalog_is_not_moved(paths: LibraryPaths, target: Path) -> None:
    with paths.catalog.open("r+b") as file:
        file.seek(4096)
        file.write(bytes(4096))
    with pytest.raises(UserError, match="damaged"):
        move_library(paths, target)
    assert library_paths() == paths


def test_a_library_that_is_in_use_is_not_moved(paths: LibraryPaths, target: Path) -> None:
    lock = lock_library(paths)
    with pytest.raises(UserError, match="in use"):
        move_library(paths, target)
    lock.release()
    assert not list(target.iterdir())


def not_empty(target: Path) -> None:
    (target / "a file").write_text("mine")


def gone(target: Path) -> None:
    target.rmdir()


@pytest.mark.parametrize(("spoil", "told"), [(not_empty, "is not empty"), (gone, "cannot be used")])
def test_a_folder_that_will_not_do_is_refused(
    paths: LibraryPaths, target: Path, spoil: Callable[[Path], None], told: str
) -> None:
    spoil(target)
    with pytest.raises(UserError, match=told):
        check_new_place(paths, target, ())


def test_a_folder_inside_of_what_it_looks_through_or_of_itself_is_refused(paths: LibraryPaths, target: Path) -> None:
    inside = target / "2024"
    inside.mkdir()
    for folders, folder in (([target], inside), ([inside], inside)):
        with pytest.raises(UserError, match="looked through for photos"):
            check_new_place(paths, folder, folders)
    with pytest.raises(UserError, match="in the library itself"):
        check_new_place(paths, paths.pasted, ())


def test_too_little_room_and_drives_of_other_computers_are_refused(
    paths: LibraryPaths, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10**9, 10**9 - 10**6, 10**6))
    with pytest.raises(NoRoom, match="1 MB are free"):
        check_new_place(paths, target, ())
    monkeypatch.setattr(new_place, "is_remote", lambda _: True)
    with pytest.raises(UserError, match="another computer"):
        check_new_place(paths, target, ())


def test_a_library_that_was_moved_and_is_not_there_is_told_and_no_other_is_begun(
    paths: LibraryPaths, target: Path
) -> None:
    move_library(paths, target)
    target.rename(target.with_name("away"))
    with pytest.raises(UserError, match="Connect the drive"):
        library_paths()
    assert library_paths(paths.root) == paths
    assert not target.exists()


def test_a_note_of_its_place_that_cannot_be_read_is_told(tmp_path: Path, paths: LibraryPaths) -> None:
    keep_place(LibraryPlace(paths.root))
    (note,) = tmp_path.glob("config/**/library.json")
    note.write_text("{")
    with pytest.raises(UserError, match="cannot be read"):
        library_paths()


def test_what_was_done_at_the_old_place_since_is_not_removed(paths: LibraryPaths, target: Path) -> None:
    shutil.copytree(paths.root, target, symlinks=True, dirs_exist_ok=True)
    keep_place(LibraryPlace(target, left=paths.root))
    later = place_kept_at() + 10**9
    os.utime(paths.catalog, ns=(later, later))
    finish_move()
    assert is_whole(paths)
    assert read_place() == LibraryPlace(target)


def test_what_is_in_use_at_the_old_place_is_removed_another_time(paths: LibraryPaths, target: Path) -> None:
    shutil.copytree(paths.root, target, symlinks=True, dirs_exist_ok=True)
    keep_place(LibraryPlace(target, left=paths.root))
    lock = lock_library(paths)
    finish_move()
    assert is_whole(paths)
    lock.release()
    finish_move()
    assert not paths.root.exists()
    assert read_place() == LibraryPlace(target)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="the folders of a user are set by XDG's variables")
def test_killed_at_any_moment_a_whole_library_is_found_and_the_next_start_clears_up(
    tmp_path: Path, target: Path
) -> None:
    for last in itertools.count(1):
        paths = made_library()
        command = [sys.executable, "-m", "tests.library.killed_move", str(target), str(last)]
        status = subprocess.run(command, check=False).returncode
        assert status in (0, 77)
        found = library_paths()
        assert found.root in (paths.root, target)
        assert is_whole(found)
        finish_move()
        assert is_whole(found)
        other = target if found.root == paths.root else paths.root
        assert not other.exists() or not list(other.iterdir()), last
        if found.root == paths.root:
            check_new_place(found, target, ())
        for left in ("data", "config", "drive"):
            shutil.rmtree(tmp_path / left, ignore_errors=True)
        target.mkdir()
        if status == 0:
            assert last > 20
            return
