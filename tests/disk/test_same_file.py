"""Whether a file still is the photo that the library shows, whatever was done to it meanwhile."""

import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from guie_desktop.disk.content import content_hash
from guie_desktop.disk.same_file import IS_GONE, IS_OTHER, is_unchanged, objection, objection_at_a_glance
from guie_desktop.domain import Photo

CONTENT = b"a photo of a cat"
OTHER = b"a photo of a dog"


@pytest.fixture
def photo(tmp_path: Path) -> Photo:
    """As it was read a moment ago."""
    path = tmp_path / "cat.jpg"
    path.write_bytes(CONTENT)
    status = path.stat()
    return Photo(
        1, 1, path, content_hash(CONTENT), 4, 3, status.st_size, status.st_mtime_ns, 0.0, ctime_ns=status.st_ctime_ns
    )


def keep_time(photo: Photo) -> None:
    """Give the file the photo's time, which the system notes: at once, or where its clock is coarse soon after."""
    os.utime(photo.path, ns=(0, photo.mtime_ns))
    while photo.path.stat().st_ctime_ns == photo.ctime_ns:
        os.utime(photo.path, ns=(0, photo.mtime_ns))


def rewrite(photo: Photo, content: bytes = OTHER) -> None:
    """In place, with its size and its time."""
    photo.path.write_bytes(content)
    keep_time(photo)


def put_another_in_its_place(photo: Photo) -> None:
    other = photo.path.with_name("dog.jpg")
    other.write_bytes(OTHER)
    other.replace(photo.path)
    keep_time(photo)


def lead_elsewhere(photo: Photo) -> None:
    put_another_in_its_place(photo)
    photo.path.rename(photo.path.with_name("dog.jpg"))
    photo.path.symlink_to("dog.jpg")


def make_folder(photo: Photo) -> None:
    photo.path.unlink()
    photo.path.mkdir()


def test_what_nobody_touched_is_believed_unread(photo: Photo) -> None:
    assert objection(photo) is None
    assert objection(photo, believe_times=False) is None
    assert objection_at_a_glance(photo) is None
    assert is_unchanged(photo)


@pytest.mark.parametrize(
    "change",
    [rewrite, put_another_in_its_place, lead_elsewhere, make_folder, lambda photo: photo.path.write_bytes(b"")],
    ids=["rewritten", "another file", "a link", "a folder", "emptied"],
)
def test_another_content_is_noticed_though_size_and_time_are_the_same(
    photo: Photo, change: Callable[[Photo], object]
) -> None:
    change(photo)
    assert objection(photo) == objection(photo, believe_times=False) == IS_OTHER
    assert objection_at_a_glance(photo) is not None
    assert not is_unchanged(photo)


@pytest.mark.parametrize(
    "change",
    [
        lambda photo: os.utime(photo.path),
        lambda photo: photo.path.chmod(0o600),
        lambda photo: photo.path.with_name("copy.jpg").hardlink_to(photo.path),
        lambda photo: shutil.copyfile(shutil.move(photo.path, photo.path.with_name("kept.jpg")), photo.path),
        lambda photo: rewrite(photo, CONTENT),
    ],
    ids=["touched", "allowed", "linked", "copied back", "written back"],
)
def test_the_same_content_is_the_photo_whatever_its_times_say(photo: Photo, change: Callable[[Photo], object]) -> None:
    photo.path.chmod(0o644)
    photo = replace(photo, ctime_ns=photo.path.stat().st_ctime_ns)
    change(photo)
    assert objection(photo) is None
    assert objection(photo, believe_times=False) is None


def test_where_the_library_is_not_sure_the_content_is_read(photo: Photo) -> None:
    """Its times say nothing of the content: it was followed here unread, or no scan has kept when it last changed."""
    for unsure in (replace(photo, unconfirmed=True), replace(photo, ctime_ns=None)):
        assert objection(unsure) is None
        assert objection(replace(unsure, content_hash=content_hash(OTHER))) == IS_OTHER
    assert objection_at_a_glance(replace(photo, unconfirmed=True)) == "has changed since it was looked at"
    assert not is_unchanged(replace(photo, unconfirmed=True))
    # Nothing is known against it, and there is no time to read it.
    assert objection_at_a_glance(replace(photo, ctime_ns=None)) is None
    assert is_unchanged(replace(photo, ctime_ns=None))


def test_what_cannot_be_undone_rests_on_no_time(photo: Photo) -> None:
    other = replace(photo, content_hash=content_hash(OTHER))
    assert objection(other) is None
    assert objection(other, believe_times=False) == IS_OTHER


def test_a_file_that_is_not_there_is_told(photo: Photo) -> None:
    photo.path.unlink()
    assert objection(photo) == objection_at_a_glance(photo) == IS_GONE
    inside = replace(photo, path=photo.path.with_name("file") / "cat.jpg")
    inside.path.parent.write_bytes(b"no folder")
    assert objection(inside) == IS_GONE
    assert is_unchanged(photo)  # the drive may be away


@pytest.mark.skipif(sys.platform == "win32", reason="links that lead to themselves are POSIX's")
def test_a_file_that_cannot_be_read_is_told(photo: Photo) -> None:
    photo.path.unlink()
    photo.path.symlink_to(photo.path.name)
    assert objection(photo) == objection_at_a_glance(photo) == "cannot be read (Too many levels of symbolic links)"
