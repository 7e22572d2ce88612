"""Photos are listed a folder at a time, and what could not be looked at is told apart from what is not there."""

import os
from pathlib import Path

import pytest

from guie_desktop.cluster.photo_files import PhotoFile, Unlisted, list_photos, look_at
from guie_desktop.errors import UserError
from guie_desktop.shared_library.address import Address


def listed(folder: Path) -> list[PhotoFile | Unlisted]:
    return list(list_photos(Address.parse(str(folder))))


def test_photos_of_all_folders_are_listed_without_videos_and_hidden_things(tmp_path: Path) -> None:
    for name in ("a.jpg", "b/c.PNG", "b/d.mp4", "b/.e.jpg", ".f/g.jpg", "h.txt"):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(b"1234")
    found = listed(tmp_path)
    assert {one.path for one in found} == {str(tmp_path / "a.jpg"), str(tmp_path / "b/c.PNG")}
    first = found[0]
    assert isinstance(first, PhotoFile)
    assert (first.size, first.modified) == (4, (tmp_path / "a.jpg").stat().st_mtime_ns / 1e9)


def test_a_folder_that_is_not_there_is_said_to_be_so(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="There is no folder"):
        listed(tmp_path / "nothing")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may look everywhere")
def test_a_folder_that_may_not_be_opened_is_told(tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir(mode=0)
    (tmp_path / "a.jpg").touch()
    assert [type(one) for one in listed(tmp_path)] == [PhotoFile, Unlisted]


@pytest.mark.skipif(os.name == "nt", reason="names are text there")
def test_a_name_that_is_no_text_is_told(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.jpg")).touch()
    (only,) = listed(tmp_path)
    assert isinstance(only, Unlisted)
    only.path.encode()


def test_named_photos_are_looked_at_in_their_order(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(b"12")
    there, gone = look_at([str(tmp_path / "a.jpg"), str(tmp_path / "b.jpg")])
    assert (there.size, gone.size, gone.modified) == (2, None, None)
