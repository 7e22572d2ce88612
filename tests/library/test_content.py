"""The hash of a content is the same however it is read, and is what older libraries hold."""

from pathlib import Path

import pytest

from guie_desktop.library.content import content_hash, content_hash_of


def test_it_is_what_it_has_always_been() -> None:
    assert content_hash(b"abc").hex() == "cf4ab791c62b8d2b2109c90275287816"


@pytest.mark.parametrize("size", [0, 1, 5_000_000])
def test_a_file_has_the_hash_of_its_bytes(tmp_path: Path, size: int) -> None:
    path = tmp_path / "photo.jpg"
    path.write_bytes(bytes(range(256)) * (size // 256 + 1))
    with path.open("rb") as file:
        file.seek(3)
        assert content_hash_of(file) == content_hash(path.read_bytes()[3:])
