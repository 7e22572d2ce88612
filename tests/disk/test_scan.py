"""What lies in a directory, and how that differs from what is known of it."""

import os
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest

from guie_desktop.disk.scan import Difference, FileOnDisk, KnownFile, Listing, compare, list_directory, walk
from guie_desktop.disk.skipping import SkipRules
from tests.permissions import mode

A = FileOnDisk("a.jpg", 5, 7, inode=1, ctime_ns=8, device=2)


def known(row: int = 3, **changes: Any) -> KnownFile:
    told_by: dict[str, Any] = {"bytes": 5, "mtime_ns": 7, "inode": 1, "ctime_ns": 8, "device": 2}
    parts = told_by | dict.fromkeys(("waits", "try_again", "failed", "missing", "vanished"), False)
    return KnownFile(row, **parts | changes)


def test_photos_and_directories_are_listed_without_what_is_hidden_foreign_or_skipped(tmp_path: Path) -> None:
    for name in ("b", ".hidden", "@eaDir", "own"):
        (tmp_path / name).mkdir()
    for name in ("a.jpg", "B.JPEG", "c.heic", "notes.txt", ".d.jpg", "jpg"):
        (tmp_path / name).write_bytes(b"x")
    listing = list_directory(tmp_path, SkipRules(tmp_path, own=tmp_path / "own"))
    assert {file.name for file in listing.files} == {"a.jpg", "B.JPEG", "c.heic"}
    assert listing.subdirectories == (tmp_path / "b",)
    assert listing.error is None


def test_a_photo_is_as_new_as_the_notes_beside_it(tmp_path: Path) -> None:
    for name in ("a.jpg", "a.jpg.xmp", "b.jpg"):
        (tmp_path / name).write_bytes(b"x")
    os.utime(tmp_path / "a.jpg.xmp", ns=(7, 7_000_000_000))
    noted = {file.name: file.sidecar_ns for file in list_directory(tmp_path).files}
    assert noted["a.jpg"] == 7_000_000_000
    assert not noted["b.jpg"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes are a thing of Unix")
def test_links_to_photos_are_listed_but_links_to_nowhere_and_pipes_are_not(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(b"x")
    (tmp_path / "link.jpg").symlink_to(tmp_path / "a.jpg")
    (tmp_path / "broken.jpg").symlink_to(tmp_path / "nowhere")
    (tmp_path / "round").symlink_to(tmp_path, target_is_directory=True)
    os.mkfifo(tmp_path / "pipe.jpg")
    listing = list_directory(tmp_path)
    assert {file.name for file in listing.files} == {"a.jpg", "link.jpg"}
    assert listing.subdirectories == ()


def test_a_directory_that_cannot_be_listed_says_so(tmp_path: Path) -> None:
    assert isinstance(list_directory(tmp_path / "nowhere").error, FileNotFoundError)


@pytest.mark.skipif(os.name == "nt", reason="permissions are POSIX")
def test_what_may_not_be_looked_at_is_told_apart_from_what_is_gone(tmp_path: Path) -> None:
    (tmp_path / "in" / "deep").mkdir(parents=True)
    (tmp_path / "in" / "a.jpg").write_bytes(b"x")
    with mode(tmp_path / "in", 0o444):
        listing = list_directory(tmp_path / "in")
        below = list_directory(tmp_path / "in" / "deep")
    assert [(name, type(error)) for name, error in listing.unclear] == [("a.jpg", PermissionError)]
    assert (listing.files, listing.subdirectories, listing.error) == ((), (tmp_path / "in" / "deep",), None)
    assert isinstance(below.error, PermissionError)


def test_what_looks_like_a_picture_and_is_not_read_is_counted(tmp_path: Path) -> None:
    for name in ("a.MOV", "b.mov", "c.svg", "notes.txt", ".d.mov", "Thumbs.db"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "e.mp4").mkdir()
    assert list_directory(tmp_path, SkipRules(tmp_path, videos=False)).left_out == {".mov": 2, ".svg": 1}
    listing = list_directory(tmp_path)
    assert {file.name: file.kind for file in listing.files} == {"a.MOV": "video", "b.mov": "video"}
    assert listing.left_out == {".svg": 1}


def test_a_live_photo_is_a_still_that_is_marked(tmp_path: Path) -> None:
    for name in ("a.HEIC", "a.MOV", "b.jpg", "b.mp4", "c.mov", "d.png", "d.mov", "e.CR3"):
        (tmp_path / name).write_bytes(b"x")
    photos = {"a.HEIC": "live", "b.jpg": None, "d.png": None, "e.CR3": "raw"}
    listing = list_directory(tmp_path, SkipRules(tmp_path, videos=False))
    assert {file.name: file.kind for file in listing.files} == photos
    assert listing.left_out == {".mp4": 1, ".mov": 2}
    listing = list_directory(tmp_path)
    videos = {"b.mp4": "video", "c.mov": "video", "d.mov": "video"}
    assert {file.name: file.kind for file in listing.files} == photos | videos
    assert listing.left_out == {}


def test_a_film_that_comes_after_its_still_marks_it(tmp_path: Path) -> None:
    still = replace(A, kind="live")
    assert compare(Listing(tmp_path, (still,)), {"a.jpg": known()}).live == [3]
    for kind in ("live", "motion"):  # a film within the photo is what its content says
        assert compare(Listing(tmp_path, (still,)), {"a.jpg": known(kind=kind)}).is_empty


def test_a_film_that_goes_takes_the_mark_along(tmp_path: Path) -> None:
    assert compare(Listing(tmp_path, (A,)), {"a.jpg": known(kind="live")}).still == [3]
    assert compare(Listing(tmp_path, (A,)), {"a.jpg": known(kind="motion")}).is_empty


def test_a_walk_visits_everything_once_parents_first(tmp_path: Path) -> None:
    (tmp_path / "b" / "c").mkdir(parents=True)
    (tmp_path / "a").mkdir()
    visited = [listing.directory.relative_to(tmp_path) for listing in walk(tmp_path)]
    assert visited == [Path(), Path("a"), Path("b"), Path("b/c")]


def test_what_is_as_it_was_is_no_difference(tmp_path: Path) -> None:
    difference = compare(Listing(tmp_path, (A,)), {"a.jpg": known()})
    assert difference.is_empty
    assert difference.unchanged == 1


@pytest.mark.parametrize(
    ("before", "part", "expected"),
    [
        ({}, "new", [A]),
        ({"a.jpg": known(bytes=4)}, "changed", [(3, A)]),
        ({"a.jpg": known(mtime_ns=8)}, "changed", [(3, A)]),
        ({"a.jpg": known(bytes=4, missing=True)}, "changed", [(3, A)]),  # its folder had been taken out
        ({"a.jpg": known(bytes=4, missing=True, vanished=True)}, "replaced", [(3, A)]),
        ({"a.jpg": known(ctime_ns=7)}, "touched", [(3, A)]),
        ({"a.jpg": known(ctime_ns=7, failed=True)}, "try_again", [3]),
        ({"a.jpg": known(ctime_ns=None)}, "restated", [(3, A)]),
        ({"a.jpg": known(device=9)}, "restated", [(3, A)]),
        ({"a.jpg": known(missing=True, vanished=True)}, "returned", [3]),
        ({"a.jpg": known(ctime_ns=7, missing=True, vanished=True)}, "followed", [(3, A)]),
        ({"a.jpg": known(ctime_ns=7, device=None, missing=True, vanished=True)}, "followed", [(3, A)]),
        ({"a.jpg": known(ctime_ns=7, device=9, missing=True, vanished=True)}, "replaced", [(3, A)]),
        ({"a.jpg": known(ctime_ns=7, inode=9, missing=True, vanished=True)}, "replaced", [(3, A)]),
        ({"a.jpg": known(ctime_ns=7, waits=True, missing=True, vanished=True)}, "replaced", [(3, A)]),
        ({"a.jpg": known(ctime_ns=7, failed=True, missing=True, vanished=True)}, "replaced", [(3, A)]),
        ({"a.jpg": known(try_again=True)}, "try_again", [3]),
        ({"a.jpg": known(), "b.jpg": known(4)}, "missing", [4]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_each_difference_is_told_once(
    tmp_path: Path, before: dict[str, KnownFile], part: str, expected: list[object]
) -> None:
    difference = compare(Listing(tmp_path, (A,)), before)
    assert not difference.is_empty
    parts = {one.name: getattr(difference, one.name) for one in fields(Difference)}
    told = {name: found for name, found in parts.items() if isinstance(found, list) and found}
    if part == "try_again":
        told.pop("restated", None)  # a file that is tried again is noted as it is now, too
    assert told == {part: expected}


def test_what_waits_or_is_known_to_be_missing_is_nothing_new(tmp_path: Path) -> None:
    waiting = {"a.jpg": known(waits=True), "gone.jpg": known(4, missing=True)}
    difference = compare(Listing(tmp_path, (A,)), waiting)
    assert difference.is_empty
    assert difference.unchanged == 0


def test_what_is_smaller_than_the_user_wants_is_passed_over(tmp_path: Path) -> None:
    for name, size in (("icon.png", 99), ("photo.png", 100)):
        (tmp_path / name).write_bytes(bytes(size))
    listing = list_directory(tmp_path, SkipRules(tmp_path, smallest=100))
    assert [file.name for file in listing.files] == ["photo.png"]
