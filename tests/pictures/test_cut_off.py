"""How much of a picture is there, when its file ends too early."""

from io import BytesIO
from typing import Any

import pytest
from PIL import BmpImagePlugin, Image, WebPImagePlugin

from guie_desktop.errors import UnreadablePhoto
from guie_desktop.pictures.cut_off import (
    closed_jpeg,
    filled_webp,
    has_all_scans,
    part_of_closed_jpeg,
    part_of_unfinished,
    rows_alike,
)
from guie_desktop.pictures.images import decode


def noise(kind: str, mode: str = "RGB", **options: Any) -> bytes:
    buffer = BytesIO()
    Image.effect_noise((160, 160), 90).convert(mode).save(buffer, kind, **options)
    return buffer.getvalue()


def closed(data: bytes) -> Image.Image:
    image = Image.open(BytesIO(closed_jpeg(data)))
    image.load()
    return image


@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
@pytest.mark.parametrize("share", [0.3, 0.6])
def test_rows_of_a_jpeg(mode: str, share: float) -> None:
    data = noise("JPEG", mode, quality=95)
    part = part_of_closed_jpeg(closed(data[: int(len(data) * share)]))
    assert part is not None
    assert part[0] == 0
    assert part[1] == pytest.approx(160 * share, abs=20)
    assert part_of_closed_jpeg(closed(data[:-2])) == (0, 160)


def test_next_to_nothing_of_a_jpeg() -> None:
    assert part_of_closed_jpeg(Image.new("RGB", (160, 160), (128, 128, 128))) is None
    almost = Image.new("RGB", (160, 160), (128, 128, 128))
    almost.paste((9, 9, 9), (0, 0, 160, 15))
    assert part_of_closed_jpeg(almost) is None
    almost.paste((9, 9, 9), (0, 0, 160, 16))
    assert part_of_closed_jpeg(almost) == (0, 16)


def test_zeros_behind_a_jpeg_are_no_picture() -> None:
    assert closed_jpeg(b"\xff\xd8\1\0\0\0") == b"\xff\xd8\1\xff\xd9"


@pytest.mark.parametrize("mode", ["L", "RGB"])
def test_scans(mode: str) -> None:
    data, colours = noise("JPEG", mode, progressive=True), len(mode)
    assert has_all_scans(data, colours)
    assert has_all_scans(data[:-2], colours)
    for share in (0, 0.1, 0.3):
        assert not has_all_scans(data[: int(len(data) * share)], colours)
    last = data.rindex(b"\xff\xda")
    assert not has_all_scans(data[: last + 5], colours)


def test_the_last_rows_of_a_bitmap_are_its_first() -> None:
    data = noise("BMP")
    image = BmpImagePlugin.BmpImageFile(BytesIO(data[: len(data) // 2]))
    with pytest.raises(OSError, match="truncated"):
        image.load()
    part = part_of_unfinished(image)
    assert part is not None
    assert part[0] == pytest.approx(80, abs=2)
    assert part[1] == 160


def test_a_decoder_that_gives_all_or_nothing() -> None:
    image = WebPImagePlugin.WebPImageFile(BytesIO(noise("WEBP")))
    image.load()
    blank = Image.new("RGB", (9, 9))
    image.paste(blank, (0, 0))
    assert part_of_unfinished(image) == (0, 160)


@pytest.mark.parametrize("share", [0.5, 0.8, 0.99])
@pytest.mark.parametrize("options", [{}, {"exif": b"Exif\0\0II*\0\x08" + bytes(9)}, {"quality": 95, "method": 6}])
def test_rows_of_a_webp(share: float, options: dict[str, Any]) -> None:
    data = noise("WEBP", **options)
    whole = decode(data, 160)
    part = decode(data[: int(len(data) * share)], 160)
    assert not whole.cut_off
    assert part.cut_off
    assert part.height == pytest.approx(160 * share, abs=30)
    assert part.image.tobytes() == whole.image.crop((0, 0, 160, part.height)).tobytes()


def test_what_is_not_there_of_a_webp() -> None:
    data = noise("WEBP")
    for nothing in (data[: len(data) // 8], data[:300], noise("WEBP", lossless=True)[:-50]):
        with pytest.raises(UnreadablePhoto, match=r"cut off|damaged"):
            decode(nothing, 160)
    assert filled_webp(data) is None
    assert filled_webp(b"RIFF\xff\xff\xff\xffWEBPVP8 \xff\xff\xff\x7f" + bytes(99)) is None
    assert filled_webp(b"RIFF\xff\xff\xff\xffWEBP") is None
    assert filled_webp(noise("BMP")) is None


def test_rows_alike() -> None:
    one, other = Image.new("RGB", (8, 40)), Image.new("RGB", (8, 40))
    assert rows_alike(one, other) == (0, 40)
    other.putpixel((7, 20), (0, 0, 1))
    assert rows_alike(one, other) == (0, 20)
    other.putpixel((7, 3), (0, 0, 1))
    assert rows_alike(one, other) is None
