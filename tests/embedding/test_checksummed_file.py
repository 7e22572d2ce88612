"""Files with a checksum beside them: a crash at any moment leaves the old file, or one that is not taken for whole."""

from collections.abc import Callable
from pathlib import Path

import pytest

from guie_desktop.embedding.checksummed_file import (
    is_intact,
    note_checksum,
    noted_checksum,
    remove_with_checksum,
    sha256_of,
    write_with_checksum,
)


def writes(content: bytes) -> Callable[[Path], None]:
    def write(beside: Path) -> None:
        beside.write_bytes(content)

    return write


def test_what_was_written_is_intact_until_a_byte_changes(tmp_path: Path) -> None:
    file = tmp_path / "below" / "file.bin"
    write_with_checksum(file, writes(b"content"))
    assert file.read_bytes() == b"content"
    assert is_intact(file)
    assert noted_checksum(file) == sha256_of(file)
    file.write_bytes(b"Content")
    assert not is_intact(file)
    note_checksum(file)
    assert is_intact(file)
    assert {path.name for path in file.parent.iterdir()} == {"file.bin", "file.bin.sha256"}


def test_a_file_without_a_checksum_or_a_checksum_without_a_file_is_not_intact(tmp_path: Path) -> None:
    file = tmp_path / "file.bin"
    assert (noted_checksum(file), is_intact(file)) == ("", False)
    file.write_bytes(b"content")
    assert not is_intact(file)
    note_checksum(file)
    file.unlink()
    assert not is_intact(file)


def test_what_fails_half_way_leaves_the_old_file(tmp_path: Path) -> None:
    file = tmp_path / "file.bin"
    write_with_checksum(file, writes(b"old"))

    def fail(beside: Path) -> None:
        beside.write_bytes(b"ne")
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        write_with_checksum(file, fail)
    assert is_intact(file)
    assert file.read_bytes() == b"old"
    assert len(list(tmp_path.iterdir())) == 2


def test_removed_nothing_is_left_and_a_second_time_does_no_harm(tmp_path: Path) -> None:
    file = tmp_path / "file.bin"
    write_with_checksum(file, writes(b"content"))
    for _ in range(2):
        remove_with_checksum(file)
        assert not list(tmp_path.iterdir())
