"""Reading a photo's bytes, and the sentences for what cannot be read."""

import os
from pathlib import Path

import pytest

from guie_desktop.errors import UnreadablePhoto
from guie_desktop.pictures.images import read_photo


def test_reading(tmp_path: Path) -> None:
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(b"some bytes")
    assert read_photo(photo) == b"some bytes"


def test_reading_what_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UnreadablePhoto, match="no longer there") as gone:
        read_photo(tmp_path / "gone.jpg")
    assert gone.value.transient
    (tmp_path / "empty.jpg").touch()
    with pytest.raises(UnreadablePhoto, match="is empty") as empty:
        read_photo(tmp_path / "empty.jpg")
    assert not empty.value.transient
    with pytest.raises(UnreadablePhoto, match="not a file"):
        read_photo(tmp_path)
    with pytest.raises(UnreadablePhoto, match="no longer there"):
        read_photo(tmp_path / "empty.jpg" / "below.jpg")
    with pytest.raises(UnreadablePhoto, match="could not be read"):
        read_photo(tmp_path / "no\0name.jpg")


def test_reading_too_much(tmp_path: Path) -> None:
    with (tmp_path / "vast.tif").open("wb") as vast:
        vast.truncate(2 * 1024**3)
    with pytest.raises(UnreadablePhoto, match="bytes are more than the program opens"):
        read_photo(tmp_path / "vast.tif")


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        (PermissionError(13, "no"), "not allowed"),
        (OSError(5, "Input/output error"), "Input/output error"),
        (MemoryError(), "memory"),
    ],
)
def test_reading_that_may_succeed_later(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, fault: Exception, sentence: str
) -> None:
    def failing(_path: Path) -> bytes:
        raise fault

    (tmp_path / "photo.jpg").write_bytes(b"x")
    monkeypatch.setattr(Path, "read_bytes", failing)
    with pytest.raises(UnreadablePhoto, match=sentence) as caught:
        read_photo(tmp_path / "photo.jpg")
    assert caught.value.transient


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes are a thing of Unix")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.jpg")
    with pytest.raises(UnreadablePhoto, match="not a file"):
        read_photo(tmp_path / "pipe.jpg")
