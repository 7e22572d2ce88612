"""What first bytes say of a file, whatever its name; what is beyond bounds is refused before it is decoded."""

import struct
from io import BytesIO
from typing import Any, ClassVar
from zlib import crc32

import numpy as np
import pytest
from PIL import Image

from guie_desktop.errors import UnreadablePhoto
from guie_desktop.pictures import photo_formats
from guie_desktop.pictures.photo_formats import open_within_bounds, too_large
from guie_desktop.sentences import Sentence
from tests.bitmaps import bitmap
from tests.heif_files import grid, heif_with_item, with_property
from tests.pictures.test_images import HEIC
from tests.raw_files import dng
from tests.tiffs import LONG, SHORT, tiff

PNG = b"\x89PNG\r\n\x1a\n"


def picture(kind: str, size: tuple[int, int] = (64, 48), **options: Any) -> bytes:
    buffer = BytesIO()
    Image.new("RGB", size, "teal").save(buffer, kind, **options)
    return buffer.getvalue()


def png_header(width: int, height: int) -> bytes:
    """The start of a PNG that announces a picture of this size."""
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = struct.pack(">I", 0) + b"IDAT" + struct.pack(">I", crc32(b"IDAT"))
    return PNG + struct.pack(">I", 13) + header + struct.pack(">I", crc32(header)) + pixels


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "TIFF", "BMP", "WEBP", "AVIF"])
def test_every_kind_is_opened_by_its_first_bytes(kind: str) -> None:
    opened = open_within_bounds(picture(kind), 48)
    assert opened.image is opened.notes
    assert (opened.notes.format, opened.width, opened.height, opened.cut_off) == (kind, 64, 48, False)


def test_containers_of_their_own_come_reduced_with_their_full_size() -> None:
    for data, name in ((picture("JPEG2000", (240, 160)), ""), (dng(Image.new("RGB", (240, 160))), "a.dng")):
        opened = open_within_bounds(data, 80, name)
        assert (opened.image.size, opened.width, opened.height) == ((120, 80), 240, 160)


def test_a_heic_goes_to_its_own_decoder() -> None:
    with pytest.raises(Exception, match=r".") as refused:  # there is nothing in this one
        open_within_bounds(heif_with_item(b"hvc1name\0"), 48)
    assert not isinstance(refused.value, UnreadablePhoto)


@pytest.mark.parametrize(
    "data", [b"", b"GIF", b"dear diary", b"RIFF\0\0\0\0WAVE", b"\0\0\0\x18ftypisom\0\0\0\0isommp42", b"%PDF-1.7"]
)
def test_other_files_are_refused_in_a_sentence(data: bytes) -> None:
    with pytest.raises(UnreadablePhoto, match="not a picture that the program can read"):
        open_within_bounds(data, 48)


def test_a_jpeg_comes_reduced_as_far_as_its_short_side_is_enough() -> None:
    data = picture("JPEG", (1600, 1200))
    for smallest_side, expected in ((150, (200, 150)), (151, (400, 300)), (1200, (1600, 1200)), (5000, (1600, 1200))):
        opened = open_within_bounds(data, smallest_side)
        assert (opened.image.size, opened.width, opened.height) == (expected, 1600, 1200)


def test_more_pixels_than_memory_should_hold_are_refused_undecoded() -> None:
    with pytest.raises(UnreadablePhoto, match=r"20,000 x 20,000 pixels are more than the program opens"):
        open_within_bounds(png_header(20_000, 20_000), 48)


def test_a_jpeg_of_endless_passes_is_refused_undecoded() -> None:
    data = picture("JPEG", (5000, 4000), progressive=True)
    with pytest.raises(UnreadablePhoto, match="so many passes"):
        open_within_bounds(data + b"\xff\xda" * 500, 48)


@pytest.mark.parametrize(
    ("names", "told"), [(b"\xff\xff\xff\xffname\0", "ASCII"), (b"", "ASCII"), (b"hvc1\xff\0", "utf-8")]
)
def test_a_heif_whose_items_are_not_named_in_ascii_never_reaches_its_decoder(names: bytes, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        open_within_bounds(heif_with_item(names), 48)


class SomeDecoder:
    """Announces one size and decodes to another."""

    info: ClassVar[dict[str, object]] = {}

    def __init__(self, data: BytesIO) -> None:
        self.announced, self.decoded = ((side, side) for side in data.read()[4:])
        self.size = self.announced

    def draft(self, *_: object) -> None:
        """It makes nothing smaller."""

    def load(self) -> None:
        self.size = self.decoded


def test_a_picture_is_as_large_as_it_turns_out_to_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(photo_formats, "SIGNATURES", ((b"some", SomeDecoder),))
    for end in (5, 4):
        opened = open_within_bounds(bytes([*b"some", 5, end]), 48)
        assert (opened.width, opened.height) == (end, end)
    with pytest.raises(UnreadablePhoto, match="no pixels"):
        open_within_bounds(b"some\x00\x04", 48)


def test_a_tiff_of_an_odd_layout_goes_to_another_decoder() -> None:
    data = tiff(np.full((48, 64, 1), 65535 - 25_700, np.uint16), 0, tags={274: (SHORT, [6])})  # white is zero
    opened = open_within_bounds(data, 12)
    assert (opened.image.size, opened.width, opened.height) == ((16, 12), 64, 48)
    assert opened.image.getpixel((0, 0)) == 100
    assert opened.notes.getexif()[274] == 6
    with pytest.raises(UnreadablePhoto, match="than the program opens"):
        open_within_bounds(
            tiff(np.zeros((1, 1, 1), np.uint16), 0, tags={256: (LONG, [20_000]), 257: (LONG, [20_000])}), 9
        )


def test_a_bmp_of_odd_masks_goes_to_another_decoder() -> None:
    data = bitmap(np.array([[0x0F00]], "<u2"), (0x0F00, 0x00F0, 0x000F))
    assert open_within_bounds(data, 48).image.getpixel((0, 0)) == (255, 0, 0)
    with pytest.raises(OSError, match="bitfields"):
        open_within_bounds(bitmap(np.array([[0]], "<u2"), (0, 0, 0)), 48)
    with pytest.raises(UnreadablePhoto, match="than the program opens"):
        open_within_bounds(bitmap(np.array([[0]], "<u2"), (0x0F00, 0x00F0, 0x000F), (20_000, 20_000)), 48)


def test_a_bmp_of_masks_that_pillow_knows_is_left_to_it() -> None:
    data = bitmap(np.array([[0x00FF0000, 0x000000FF]], "<u4"), (0xFF0000, 0xFF00, 0xFF))
    picture = open_within_bounds(data, 48).image
    assert (picture.getpixel((0, 0)), picture.getpixel((1, 0))) == ((255, 0, 0), (0, 0, 255))


def test_alpha_beside_colours_that_pillow_knows() -> None:
    masks = (0x7C00, 0x03E0, 0x001F, 0x8000)
    data = bitmap(np.array([[0x7C00, 0xFC00]], "<u2"), masks, header=56)
    picture = open_within_bounds(data, 48).image
    assert (picture.getpixel((0, 0)), picture.getpixel((1, 0))) == ((255, 0, 0, 0), (255, 0, 0, 255))


def noise(kind: str, **options: Any) -> bytes:
    buffer = BytesIO()
    Image.effect_noise((256, 192), 90).convert("RGB").save(buffer, kind, **options)
    return buffer.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "BMP", "TIFF"])
def test_the_part_that_is_there_is_opened(kind: str) -> None:
    data = noise(kind)
    opened = open_within_bounds(data[: len(data) * 6 // 10], 192)
    assert opened.cut_off
    assert opened.image.size == (opened.width, opened.height)
    assert opened.width == 256
    assert 90 < opened.height < 140
    with pytest.raises(OSError, match=r"."):
        open_within_bounds(data[: len(data) * 6 // 100], 192)


def test_the_part_that_is_there_of_a_webp_and_a_jpeg_2000_is_opened() -> None:
    webp = noise("WEBP")
    opened = open_within_bounds(webp[: len(webp) * 6 // 10], 192)
    assert (opened.cut_off, opened.width) == (True, 256)
    assert 80 < opened.height < 140
    coarse = noise("JPEG2000", irreversible=True)
    opened = open_within_bounds(coarse[: len(coarse) // 2], 192)
    assert (opened.cut_off, opened.image.size) == (True, (256, 192))
    with pytest.raises(ValueError, match="hardly a row"):
        open_within_bounds(webp[: len(webp) // 10], 192)


def test_the_rows_of_tiles_that_are_there_are_opened() -> None:
    buffer = BytesIO()
    Image.new("RGB", (96, 64), "red").save(buffer, "AVIF")
    for tile, rows in ((buffer.getvalue(), 128), (HEIC, 128)):
        opened = open_within_bounds(grid([tile] * 6, 2, (180, 180), [])[:-10], 180)
        assert (opened.cut_off, opened.image.size) == (True, (180, rows))


@pytest.mark.parametrize("end", [b"", b"\0\0", b"\0" * 4096])
def test_a_jpeg_without_its_end_is_whole(end: bytes) -> None:
    data = noise("JPEG")
    opened = open_within_bounds(data[:-2] + end, 192)
    assert not opened.cut_off
    assert opened.image.tobytes() == open_within_bounds(data, 192).image.tobytes()


def test_colours_in_numbers_go_along() -> None:
    data = picture("PNG")
    numbers = b"cICP\x09\x10\0\1"
    chunk = struct.pack(">I", 4) + numbers + struct.pack(">I", crc32(numbers))
    assert open_within_bounds(data[:33] + chunk + data[33:], 48).image.info["coding_points"] == (9, 16)
    assert "coding_points" not in open_within_bounds(data, 48).image.info
    assert open_within_bounds(picture("AVIF"), 48).image.info["coding_points"] == (1, 13)


def test_of_an_avif_the_clean_aperture_is_opened() -> None:
    data = with_property(picture("AVIF"), b"clap", struct.pack(">IIIIiIiI", 32, 1, 24, 1, 8, 1, -4, 1))
    opened = open_within_bounds(data, 48)
    assert (opened.image.size, opened.width, opened.height) == ((32, 24), 32, 24)


def test_what_is_too_large_is_told_with_a_remedy() -> None:
    told = too_large(Sentence("3 bytes are more than the program opens."))
    assert told.title == "3 bytes are more than the program opens."
    assert "smaller copy" in told.remedy
    assert not told.transient
