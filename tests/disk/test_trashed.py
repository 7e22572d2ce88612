"""Files in the trash and back: put there by the library that does so, found by what the trash says of them."""

import os
import shutil
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from send2trash import send2trash

from guie_desktop.disk.content import content_hash
from guie_desktop.disk.trashed import Trashed, find_trashed, put_back
from guie_desktop.domain import Photo

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the trash of freedesktop.org")


def photo(path: Path, content: bytes = b"a picture") -> Photo:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    status = path.stat()
    return Photo(1, 1, path, content_hash(content), 4, 3, status.st_size, status.st_mtime_ns, 0.0)


def back(one: Photo, link: str | None = None) -> str | None:
    return put_back(one, find_trashed([one.path]).get(one.path, ()), link)


@pytest.mark.parametrize(
    "name", ["a.jpg", "with space & 100%.jpg", "line\nbreak.jpg", os.fsdecode(b"caf\xe9 \xff.jpg")]
)
def test_what_went_is_found_and_comes_back_as_it_was(tmp_path: Path, name: str) -> None:
    one = photo(tmp_path / "album" / name)
    before = one.path.stat()
    send2trash(one.path)
    (trashed,) = find_trashed([one.path])[one.path]
    assert trashed.file.read_bytes() == b"a picture"
    assert back(one) is None
    after = one.path.stat()
    assert (after.st_ino, after.st_mtime_ns, after.st_size) == (before.st_ino, before.st_mtime_ns, before.st_size)
    assert not trashed.info.exists()
    assert find_trashed([one.path]) == {}
    assert back(one) == "is not in the trash any more"


def test_of_several_of_one_name_the_photo_comes_back_and_no_other(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    photos = []
    for content in (b"first", b"other", b"third"):
        photos.append(photo(path, content))
        send2trash(path)
    assert back(photos[1]) is None
    assert path.read_bytes() == b"other"
    path.unlink()
    assert back(photos[0]) is None
    assert path.read_bytes() == b"first"
    path.unlink()
    assert back(replace(photos[2], content_hash=bytes(16))) == "is not in the trash any more"
    assert not path.exists()


def test_what_has_its_name_now_is_left_alone(tmp_path: Path) -> None:
    one = photo(tmp_path / "a.jpg")
    send2trash(one.path)
    for make in (lambda: one.path.write_bytes(b"new"), lambda: one.path.symlink_to("nowhere"), one.path.mkdir):
        make()
        assert back(one) == "cannot come back, for another file has its name now"
        assert len(find_trashed([one.path])[one.path]) == 1
        one.path.rmdir() if one.path.is_dir() else one.path.unlink()
    assert back(one) is None


def test_a_folder_that_is_gone_is_made_again(tmp_path: Path) -> None:
    one = photo(tmp_path / "2024" / "May" / "a.jpg")
    send2trash(one.path)
    shutil.rmtree(tmp_path / "2024")
    assert back(one) is None
    assert one.path.read_bytes() == b"a picture"


def test_a_place_that_cannot_be_written_to_is_told(tmp_path: Path) -> None:
    one = photo(tmp_path / "album" / "a.jpg")
    send2trash(one.path)
    one.path.parent.rmdir()
    one.path.parent.write_bytes(b"a file")
    reason = back(one)
    assert reason is not None
    assert reason.startswith(("could not be moved (", "cannot come back"))
    assert len(find_trashed([one.path])[one.path]) == 1


def test_of_a_link_the_link_comes_back(tmp_path: Path) -> None:
    there = photo(tmp_path / "there" / "a.jpg")
    one = replace(there, path=tmp_path / "links" / "a.jpg")
    one.path.parent.mkdir()
    one.path.symlink_to("../there/a.jpg")
    send2trash(one.path)
    assert back(one) == "is not in the trash any more"  # nobody said that it was a link
    assert back(one, "elsewhere") == "is not in the trash any more"
    assert back(one, "../there/a.jpg") is None
    assert one.path.is_symlink()
    assert one.path.read_bytes() == b"a picture"
    assert back(one, "../there/a.jpg") == "is not in the trash any more"


def in_trash(folder: Path, info: str, content: bytes = b"a picture") -> None:
    for name, said in (("files/x.jpg", content), ("info/x.jpg.trashinfo", info.encode())):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(said)


def test_what_lies_below_the_users_data_is_named_from_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    in_trash(tmp_path / "Trash", "[Trash Info]\nPath=photos/x%20y.jpg\nDeletionDate=2026-01-02T03:04:05\n")
    path = tmp_path / "photos" / "x y.jpg"
    assert find_trashed([path]) == {
        path: [
            Trashed(
                path,
                tmp_path / "Trash/files/x.jpg",
                tmp_path / "Trash/info/x.jpg.trashinfo",
                "2026-01-02T03:04:05",
            )
        ]
    }


@pytest.mark.parametrize("trash", [".Trash/{user}", ".Trash-{user}"])
def test_the_trash_of_another_volume_is_read_from_its_top(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trash: str
) -> None:
    volume = tmp_path / "volume"
    in_trash(
        volume / trash.format(user=os.getuid()), "[Trash Info]\nPath=album/x.jpg\nDeletionDate=2026-01-02T03:04:05"
    )
    is_mount = os.path.ismount
    monkeypatch.setattr(os.path, "ismount", lambda path: Path(path) == volume or is_mount(path))
    one = photo(volume / "album" / "x.jpg")
    one.path.unlink()
    assert back(one) is None


def test_what_is_no_trash_info_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    in_trash(tmp_path / "Trash", "nothing of the kind")
    (tmp_path / "Trash/info/folder.trashinfo").mkdir()
    (tmp_path / "Trash/info/README").write_text("Path=x.jpg")
    assert find_trashed([tmp_path / "x.jpg"]) == {}


def test_a_trash_on_another_file_system_gives_back_a_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = Path("/dev/shm")
    if not other.is_dir() or other.stat().st_dev == tmp_path.stat().st_dev:
        pytest.skip("there is no other file system")
    home = other / f"guie-desktop-{os.getpid()}"
    try:
        monkeypatch.setenv("XDG_DATA_HOME", str(home))
        one = photo(tmp_path / "x.jpg")
        in_trash(home / "Trash", f"[Trash Info]\nPath={one.path}\nDeletionDate=2026-01-02T03:04:05")
        assert back(one) == "cannot come back, for another file has its name now"
        assert list(tmp_path.iterdir()) == [one.path]
        one.path.unlink()
        assert back(one) is None
        assert list(tmp_path.iterdir()) == [one.path]
        assert not list((home / "Trash/files").iterdir())
    finally:
        shutil.rmtree(home, ignore_errors=True)
