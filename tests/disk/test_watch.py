"""Watching folders: what happens is noticed once it has settled, and reading is not an event."""

import errno
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guie_desktop.disk.skipping import SkipRules
from guie_desktop.disk.watch import LONGEST_WAIT, QUIET, DirtyDirectories, Watcher
from tests.permissions import mode


@pytest.fixture
def watcher(tmp_path: Path) -> Iterator[Watcher]:
    made = Watcher()
    made.watch([SkipRules(tmp_path)])
    yield made
    made.close()


def noticed(watcher: Watcher, want: Callable[[set[Path]], bool]) -> set[Path]:
    """Wait, within reason, until the settled directories are as wanted."""
    found: set[Path] = set()
    deadline = time.monotonic() + 20
    while not want(found) and time.monotonic() < deadline:
        found |= watcher.dirty.take_settled(time.monotonic())
        time.sleep(0.01)
    return found


def test_a_new_photo_makes_its_directory_dirty(watcher: Watcher, tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(b"x")
    assert noticed(watcher, bool) == {tmp_path}


def test_a_film_that_comes_after_its_photo_is_noticed(watcher: Watcher, tmp_path: Path) -> None:
    (tmp_path / "IMG_1.MOV").write_bytes(b"x")
    assert noticed(watcher, bool) == {tmp_path}


def test_a_photo_in_a_new_directory_is_noticed(watcher: Watcher, tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "a.jpg").write_bytes(b"x")
    assert tmp_path in noticed(watcher, lambda found: tmp_path in found)


def test_a_photo_that_is_moved_dirties_both_directories(watcher: Watcher, tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    (tmp_path / "one" / "a.jpg").write_bytes(b"x")
    both = {tmp_path / "one", tmp_path / "two"}
    noticed(watcher, lambda found: tmp_path / "one" in found)
    (tmp_path / "one" / "a.jpg").rename(tmp_path / "two" / "a.jpg")
    assert both <= noticed(watcher, lambda found: both <= found)


def test_other_files_and_mere_reading_are_no_events(watcher: Watcher, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("x")
    (tmp_path / "a.jpg").write_bytes(b"x")
    noticed(watcher, bool)
    for _ in range(50):
        (tmp_path / "a.jpg").read_bytes()
    (tmp_path / "end").mkdir()
    (tmp_path / "end" / "mark.jpg").write_bytes(b"x")
    # Whatever reading had caused would have been handed out before, or together with, the mark.
    assert noticed(watcher, bool) <= {tmp_path, tmp_path / "end"}


def test_a_folder_that_is_no_longer_wanted_is_no_longer_watched(watcher: Watcher, tmp_path: Path) -> None:
    other = tmp_path.parent / f"{tmp_path.name}-other"
    other.mkdir()
    watcher.watch([SkipRules(other)])
    (tmp_path / "a.jpg").write_bytes(b"x")
    (other / "a.jpg").write_bytes(b"x")
    assert noticed(watcher, bool) == {other}


def test_what_a_scan_skips_is_not_heard_of(watcher: Watcher, tmp_path: Path) -> None:
    watcher.watch([SkipRules(tmp_path, own=tmp_path / "library", patterns=("*_edited*",))])
    (tmp_path / "a.jpg").write_bytes(b"x")
    noticed(watcher, bool)
    for name in (".Trash-0/files", "@eaDir", "library/pasted", "x_edited"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "a.jpg").write_bytes(b"x")
    (tmp_path / "a_edited.jpg").write_bytes(b"x")
    (tmp_path / "end").mkdir()
    (tmp_path / "end" / "mark.jpg").write_bytes(b"x")
    # Of the folders themselves, their parent's event is heard before they are known to be skipped by their names.
    assert noticed(watcher, lambda found: tmp_path / "end" in found) == {tmp_path, tmp_path / "end"}


def test_a_photo_that_goes_to_the_trash_dirties_the_folder_that_it_leaves(watcher: Watcher, tmp_path: Path) -> None:
    for name in ("in", ".Trash-0/files"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "in" / "a.jpg").write_bytes(b"x")
    noticed(watcher, lambda found: tmp_path / "in" in found)
    (tmp_path / "in" / "a.jpg").rename(tmp_path / ".Trash-0" / "files" / "a.jpg")
    assert noticed(watcher, bool) == {tmp_path / "in"}


def test_another_folder_at_the_same_path_is_watched_anew(watcher: Watcher, tmp_path: Path) -> None:
    root = tmp_path / "drive"
    rules = [SkipRules(root)]
    watcher.watch(rules)  # and no longer the folder that it lies in
    root.mkdir()
    watcher.watch(rules)
    root.rename(tmp_path / "away")  # unplugged, and another one is plugged in
    root.mkdir()
    watcher.watch(rules)
    (tmp_path / "away" / "a.jpg").write_bytes(b"x")
    (root / "a.jpg").write_bytes(b"x")
    assert noticed(watcher, bool) == {root}


def test_a_folder_that_is_deleted_and_made_anew_is_watched_anew(watcher: Watcher, tmp_path: Path) -> None:
    root = tmp_path / "drive"
    root.mkdir()
    rules = [SkipRules(root)]
    watcher.watch(rules)
    root.rmdir()
    root.mkdir()  # on most file systems with the number that the other one had
    until = time.monotonic() + 20
    while not watcher.dirty.take_overflow() and time.monotonic() < until:
        time.sleep(0.01)
    watcher.watch(rules)
    (root / "a.jpg").write_bytes(b"x")
    assert root in noticed(watcher, lambda found: root in found)


def test_a_folder_that_is_away_is_no_trouble_and_is_watched_when_it_is_back(watcher: Watcher, tmp_path: Path) -> None:
    root = tmp_path / "drive"
    watcher.watch([SkipRules(root)])
    assert watcher.unwatched() == {}
    root.mkdir()
    watcher.watch([SkipRules(root)])
    (root / "a.jpg").write_bytes(b"x")
    assert noticed(watcher, bool) == {root}


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a watch takes in all that lies below")
def test_what_could_not_be_watched_is_told_and_tried_again(tmp_path: Path) -> None:
    for number in range(10):
        (tmp_path / f"{number}" / "@eaDir").mkdir(parents=True)
    watcher = Watcher(most_watches=6)
    try:
        watcher.watch([SkipRules(tmp_path)])
        lacking = watcher.unwatched()
        assert set(lacking.values()) == {errno.ENOSPC}
        assert len(lacking) == 11 - 6  # what is skipped takes no watch
        assert {directory.parent for directory in lacking} == {tmp_path}
        (tmp_path / "later").mkdir()  # its parent is watched, and tells; there is no watch for itself
        noticed(watcher, bool)
        assert watcher.unwatched().keys() == {*lacking, tmp_path / "later"}
        for directory in lacking:
            shutil.rmtree(directory)
        watcher.watch([SkipRules(tmp_path)])
        assert watcher.unwatched().keys() == {tmp_path / "later"}
        shutil.rmtree(tmp_path / "later")
        watcher.watch([SkipRules(tmp_path)])
        assert watcher.unwatched() == {}
    finally:
        watcher.close()


@pytest.mark.skipif(sys.platform != "linux", reason="of inotify")
def test_a_folder_that_may_not_be_read_is_not_watched_until_it_may(watcher: Watcher, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    with mode(tmp_path / "in", 0):
        watcher.watch([])
        watcher.watch([SkipRules(tmp_path)])
        assert watcher.unwatched() == {tmp_path / "in": errno.EACCES}
    watcher.watch([SkipRules(tmp_path)])
    assert watcher.unwatched() == {}
    (tmp_path / "in" / "a.jpg").write_bytes(b"x")
    assert tmp_path / "in" in noticed(watcher, lambda found: tmp_path / "in" in found)


def test_a_directory_settles_when_it_is_quiet() -> None:
    dirty = DirtyDirectories()
    dirty.mark(Path("a"), 100.0)
    assert dirty.take_settled(100.0 + QUIET / 2) == set()
    assert dirty.take_settled(100.0 + QUIET) == {Path("a")}
    assert dirty.take_settled(200.0) == set()


@given(st.lists(st.floats(0.01, QUIET * 0.9), min_size=1, max_size=60))
def test_a_directory_that_never_rests_is_handed_out_in_the_end(pauses: list[float]) -> None:
    dirty, now, since = DirtyDirectories(), 0.0, 0.0
    for pause in pauses:
        dirty.mark(Path("busy"), now)
        now += pause
        if dirty.take_settled(now):
            since = now
        assert now - since <= LONGEST_WAIT + QUIET


def test_directories_settle_together_so_that_a_photo_is_followed_from_one_to_the_other() -> None:
    dirty = DirtyDirectories()
    dirty.mark(Path("left"), 100.0)
    dirty.mark(Path("entered"), 100.0 + QUIET * 0.9)
    assert dirty.take_settled(100.0 + QUIET * 1.5) == set()
    assert dirty.take_settled(100.0 + QUIET * 1.9) == {Path("left"), Path("entered")}


def test_lost_events_are_told_once() -> None:
    dirty = DirtyDirectories()
    assert not dirty.take_overflow()
    dirty.mark_overflow()
    assert dirty.take_overflow()
    assert not dirty.take_overflow()
