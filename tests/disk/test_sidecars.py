"""Notes beside a photo are found by its name, with its end or without, and only these."""

import os
from pathlib import Path

import pytest

from guie_desktop.disk.scan import compare, list_directory
from guie_desktop.disk.sidecars import newest_sidecar, read_sidecars, sidecar_names


def test_names() -> None:
    assert list(sidecar_names("a.b.jpg")) == ["a.b.xmp", "a.b.XMP", "a.b.jpg.xmp", "a.b.jpg.XMP"]


@pytest.mark.parametrize(
    ("there", "newest"),
    [({}, None), ({"a.xmp": 1, "b.xmp": 9}, 1), ({"a.xmp": 1, "a.jpg.XMP": 5}, 5), ({"a.XMP": 5, "a.jpg.xmp": 1}, 5)],
)
def test_the_newest_tells_whether_anything_changed(there: dict[str, int], newest: int | None) -> None:
    assert newest_sidecar("a.jpg", there) == newest


def test_the_closer_name_comes_last_and_what_is_no_notes_is_left_out(tmp_path: Path) -> None:
    photo = tmp_path / "a.jpg"
    assert read_sidecars(photo) == []
    (tmp_path / "a.jpg.xmp").write_bytes(b"closer")
    (tmp_path / "a.xmp").write_bytes(b"of all")
    (tmp_path / "a.XMP").mkdir()
    (tmp_path / "b.xmp").write_bytes(b"another's")
    assert read_sidecars(photo) == [b"of all", b"closer"]
    (tmp_path / "a.xmp").write_bytes(b" " * (4 * 1024**2 + 1))
    assert read_sidecars(photo) == [b"closer"]


def test_a_scan_sees_them_and_takes_them_for_no_files_of_their_own(tmp_path: Path) -> None:
    for name in ("a.jpg", "a.xmp", "b.jpg", "b.JPG.XMP"):
        (tmp_path / name).write_bytes(b"1")
    os.utime(tmp_path / "a.xmp", ns=(7, 7))
    listing = list_directory(tmp_path)
    assert {file.name: file.sidecar_ns for file in listing.files} == {"a.jpg": 7, "b.jpg": None}
    assert not listing.left_out
    assert len(compare(listing, {}).new) == 2
