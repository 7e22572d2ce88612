"""Watching folders: what happens is noticed once it has settled, and reading is not an event."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guie_desktop.library.watch import LONGEST_WAIT, QUIET, DirtyDirectories, Watcher


@pytest.fixture
def watcher(tmp_path: Path) -> Iterator[Watcher]:
    made = Watcher()
    made.watch({tmp_path})
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
    watcher.watch({other})
    (tmp_path / "a.jpg").write_bytes(b"x")
    (other / "a.jpg").write_bytes(b"x")
    assert noticed(watcher, bool) == {other}


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


def test_lost_events_are_told_once() -> None:
    dirty = DirtyDirectories()
    assert not dirty.take_overflow()
    dirty.mark_overflow()
    assert dirty.take_overflow()
    assert not dirty.take_overflow()
