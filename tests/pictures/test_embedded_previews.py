"""A preview stands for its photo where it shows the same, and is worth it."""

from pathlib import Path

import pytest

from guie_desktop.pictures.embedded_previews import preview_of
from tests.previews import save_with_preview


def test_a_preview_says_what_the_photo_would(tmp_path: Path) -> None:
    found = preview_of(save_with_preview(tmp_path / "a.jpg", 1).read_bytes(), "IMG_20190714_123456.jpg")
    assert found is not None
    assert found.image.size == (160, 120)
    assert (found.width, found.height, found.taken_from, found.cut_off) == (1600, 1200, "file name", False)


def test_it_is_turned_with_its_photo(tmp_path: Path) -> None:
    found = preview_of(save_with_preview(tmp_path / "a.jpg", 1, turn=6).read_bytes(), "")
    assert found is not None
    assert (found.image.size, found.width, found.height) == ((120, 160), 1200, 1600)


@pytest.mark.parametrize(
    ("size", "preview"),
    [
        ((1600, 1067), (160, 120)),  # with bars above and below
        ((1600, 1200), (80, 60)),  # too small to be made out
        ((640, 480), (160, 120)),  # of a photo that is decoded as fast
        ((1600, 1200), (1280, 960)),
    ],
)
def test_some_previews_are_left_alone(size: tuple[int, int], preview: tuple[int, int], tmp_path: Path) -> None:
    assert preview_of(save_with_preview(tmp_path / "a.jpg", 1, size=size, preview=preview).read_bytes(), "") is None


def test_a_file_that_is_cut_off_or_has_no_sound_preview_is_decoded(tmp_path: Path) -> None:
    data = save_with_preview(tmp_path / "a.jpg", 1).read_bytes()
    assert preview_of(data[:-20], "") is None
    assert preview_of(data.replace(b"\xff\xd8\xff\xe0\x00\x10JFIF", b"\xff\xd8\xff\xe0\x00\x10XXXX"), "") is not None
    start = data.index(b"\xff\xd8", 2)
    assert preview_of(data[:start] + b"no" + data[start + 2 :], "") is None
    assert preview_of(b"\x89PNG", "") is None
    plain = save_with_preview(tmp_path / "b.jpg", 1, turn=1)
    assert preview_of(plain.read_bytes().replace(b"Exif\0\0", b"Exic\0\0"), "") is None
