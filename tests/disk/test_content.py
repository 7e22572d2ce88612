"""The hash of a content is the same however it is read, and is what older libraries hold."""

import tracemalloc
from pathlib import Path

import pytest

from guie_desktop.disk.content import content_hash, content_hash_at, content_hash_of, empty_file, frame_hash
from guie_desktop.errors import UnreadablePhoto


def test_it_is_what_it_has_always_been() -> None:
    assert content_hash(b"abc").hex() == "cf4ab791c62b8d2b2109c90275287816"


@pytest.mark.parametrize("size", [0, 1, 5_000_000])
def test_a_file_has_the_hash_of_its_bytes(tmp_path: Path, size: int) -> None:
    path = tmp_path / "photo.jpg"
    path.write_bytes(bytes(range(256)) * (size // 256 + 1))
    with path.open("rb") as file:
        file.seek(3)
        assert content_hash_of(file) == content_hash(path.read_bytes()[3:])
    assert content_hash_at(path) == content_hash(path.read_bytes())


def test_frames_of_a_video_are_told_apart() -> None:
    hashes = {frame_hash(content_hash(film), moment) for film in (b"a", b"b") for moment in (0, 1, 5000)}
    assert len(hashes) == 6
    assert frame_hash(content_hash(b"a"), 5000) == frame_hash(content_hash(b"a"), 5000)


def test_an_empty_file_has_its_sentence() -> None:
    assert empty_file().title == "The file is empty."


def test_a_large_file_takes_no_memory(tmp_path: Path) -> None:
    path = tmp_path / "photo.tif"
    with path.open("wb") as file:
        file.truncate(64 << 20)
    tracemalloc.start()
    content_hash_at(path)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 8 << 20


def test_what_is_no_file_or_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnreadablePhoto, match="not a file") as told:
        content_hash_at(tmp_path)
    assert not told.value.transient
    with pytest.raises(UnreadablePhoto, match="no longer there") as told:
        content_hash_at(tmp_path / "gone.jpg")
    assert told.value.transient


def test_a_name_that_no_file_can_have_is_told() -> None:
    with pytest.raises(UnreadablePhoto, match="simpler name"):
        content_hash_at(Path("a\0b.jpg"))
