"""How many photos a folder would bring, without opening one."""

from pathlib import Path

import pytest

from guie_desktop.disk.photo_count import PhotoCount, count_photos
from tests.permissions import mode


def put(folder: Path, *names: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        (folder / name).write_bytes(b"x")


def test_it_counts_what_a_library_would_show(tmp_path: Path) -> None:
    put(tmp_path, "a.jpg", "A.PNG", "notes.txt", ".hidden.jpg", "film.mp4")
    put(tmp_path / "deep" / "deeper", "b.jpg", "c.NEF", "d.nef", "d.JPG", "live.heic", "live.mov")
    put(tmp_path / "@eaDir", "small.jpg")
    assert count_photos(tmp_path) == PhotoCount(7, is_all=True)


@pytest.mark.parametrize("folder", ["", "not there"])
def test_where_there_is_none_there_is_none(tmp_path: Path, folder: str) -> None:
    assert count_photos(tmp_path / folder) == PhotoCount(0, is_all=True)


def test_what_may_not_be_looked_into_holds_none(tmp_path: Path) -> None:
    put(tmp_path / "closed", "a.jpg")
    with mode(tmp_path / "closed", 0o000):
        assert count_photos(tmp_path) == PhotoCount(0, is_all=True)


def test_it_ends_with_so_many_photos(tmp_path: Path) -> None:
    for number in range(5):
        put(tmp_path / str(number), "a.jpg", "b.jpg")
    assert count_photos(tmp_path, most=4) == PhotoCount(4, is_all=False)
    assert count_photos(tmp_path, most=10) == PhotoCount(10, is_all=True)


def test_it_ends_when_its_time_is_over(tmp_path: Path) -> None:
    put(tmp_path, "a.jpg")
    assert count_photos(tmp_path, seconds=-1) == PhotoCount(0, is_all=False)
