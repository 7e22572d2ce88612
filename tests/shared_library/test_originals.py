"""The files of a shared library's photos, where they lie or fetched."""

from pathlib import Path

import pytest

from guie_desktop.disk.content import content_hash
from guie_desktop.domain import RemotePhoto
from guie_desktop.errors import UserError
from guie_desktop.shared_library.originals import original_of


def photo_at(path: Path, data: bytes = b"a photo") -> RemotePhoto:
    return RemotePhoto(1, str(path), content_hash(data), len(data), 1.7e9, None, 4, 3)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "a.jpg"
    made.write_bytes(b"a photo")
    return made


def test_a_file_is_opened_where_it_lies(file: Path, tmp_path: Path) -> None:
    assert original_of(photo_at(file), tmp_path / "kept") == file
    assert not (tmp_path / "kept").exists()


@pytest.mark.parametrize("data", [b"another", b"of another size"])
def test_another_picture_under_its_name_is_not_shown_for_it(file: Path, tmp_path: Path, data: bytes) -> None:
    file.write_bytes(data)
    with pytest.raises(UserError, match="has changed since"):
        original_of(photo_at(file), tmp_path / "kept")


def test_a_drive_that_is_away_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cannot be reached from here"):
        original_of(photo_at(tmp_path / "away" / "a.jpg"), tmp_path / "kept")
