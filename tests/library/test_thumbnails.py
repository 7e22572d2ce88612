"""Small pictures: made once, kept by content and size, and a damaged file of them is an empty one."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from guie_desktop.library.thumbnails import Thumbnails
from guie_desktop.pictures.picture_sizes import FIRST_SIGHT, PREVIEW, THUMBNAIL
from guie_desktop.pictures.small_pictures import make_thumbnail


@pytest.mark.parametrize(
    ("size", "expected"), [((1600, 800), (320, 160)), ((100, 400), (80, 320)), ((40, 30), (40, 30))]
)
def test_the_long_side_is_bounded_and_nothing_is_enlarged(size: tuple[int, int], expected: tuple[int, int]) -> None:
    picture = Image.new("RGB", size, "teal")
    small = Image.open(BytesIO(make_thumbnail(picture)))
    assert (small.format, small.size) == ("JPEG", expected)
    assert picture.size == size


def test_pictures_are_kept_by_content_and_size(tmp_path: Path) -> None:
    thumbnails = Thumbnails(tmp_path / "thumbnails.sqlite")
    thumbnails.put([(b"a", b"small a"), (b"b", b"small b")])
    thumbnails.put([(b"a", b"large a")], PREVIEW)
    thumbnails.put([])
    assert [thumbnails.get(b"a"), thumbnails.get(b"a", PREVIEW), thumbnails.get(b"b", PREVIEW)] == [
        b"small a",
        b"large a",
        None,
    ]
    assert thumbnails.lacking([b"a", b"b", b"c"]) == {b"c"}
    reader = Thumbnails(tmp_path / "thumbnails.sqlite", read_only=True)
    assert reader.get(b"b") == b"small b"
    reader.close()
    thumbnails.close()


def test_of_large_pictures_only_the_latest_are_kept(tmp_path: Path) -> None:
    thumbnails = Thumbnails(tmp_path / "thumbnails.sqlite")
    thumbnails.put([(b"small", b"stays")])
    for number in range(300):
        thumbnails.put([(b"%d" % number, b"large")], PREVIEW)
    assert thumbnails.get(b"0", PREVIEW) is None
    assert thumbnails.get(b"299", PREVIEW) == b"large"
    assert thumbnails.get(b"small", THUMBNAIL) == b"stays"
    thumbnails.close()


def test_a_damaged_file_is_replaced_by_an_empty_one(tmp_path: Path) -> None:
    path = tmp_path / "thumbnails.sqlite"
    path.write_text("dear diary" * 1000)
    thumbnails = Thumbnails(path)
    assert thumbnails.get(b"a") is None
    thumbnails.put([(b"a", b"small a")])
    assert thumbnails.get(b"a") == b"small a"
    thumbnails.close()


def test_a_reader_of_a_damaged_file_finds_nothing(tmp_path: Path) -> None:
    path = tmp_path / "thumbnails.sqlite"
    path.write_text("dear diary" * 1000)
    reader = Thumbnails(path, read_only=True)
    assert reader.get(b"a") is None
    reader.close()


def test_a_poor_picture_is_seen_until_the_right_one_is_there(tmp_path: Path) -> None:
    thumbnails = Thumbnails(tmp_path / "thumbnails.sqlite")
    thumbnails.put([(b"a", b"poor")], FIRST_SIGHT)
    assert (thumbnails.get(b"a", FIRST_SIGHT), thumbnails.get(b"a")) == (b"poor", None)
    assert thumbnails.lacking([b"a"]) == {b"a"}
    thumbnails.put([(b"a", b"right")])
    assert thumbnails.get(b"a") == b"right"
    assert thumbnails.get(b"a", FIRST_SIGHT) is None


def test_a_cleared_file_is_small_knows_that_and_takes_new_ones(tmp_path: Path) -> None:
    path = tmp_path / "thumbnails.sqlite"
    thumbnails = Thumbnails(path)
    thumbnails.put([(b"a", bytes(1_000_000))])
    assert not thumbnails.was_cleared
    thumbnails.clear()
    assert path.stat().st_size < 100_000
    thumbnails.put([(b"b", b"small b")])
    thumbnails.close()
    again = Thumbnails(path)
    assert (again.get(b"a"), again.get(b"b"), again.was_cleared) == (None, b"small b", True)
    again.close()
