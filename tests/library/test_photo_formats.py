"""What first bytes say of a file, whatever its name; what is beyond bounds is refused before it is decoded."""

import struct
from io import BytesIO
from typing import Any, ClassVar
from zlib import crc32

import pytest
from PIL import Image, PngImagePlugin

from guie_desktop.errors import UnreadablePhoto
from guie_desktop.library import photo_formats
from guie_desktop.library.photo_formats import open_within_bounds, too_large, without_extras
from tests.raw_files import dng

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
    image, width, height = open_within_bounds(picture(kind), 48)
    assert (image.format, width, height) == (kind, 64, 48)


def test_containers_of_their_own_come_reduced_with_their_full_size() -> None:
    for data, name in ((picture("JPEG2000", (240, 160)), ""), (dng(Image.new("RGB", (240, 160))), "a.dng")):
        image, width, height = open_within_bounds(data, 80, name)
        assert (image.size, width, height) == ((120, 80), 240, 160)


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
        image, width, height = open_within_bounds(data, smallest_side)
        assert (image.size, width, height) == (expected, 1600, 1200)


def test_more_pixels_than_memory_should_hold_are_refused_undecoded() -> None:
    with pytest.raises(UnreadablePhoto, match=r"20,000 x 20,000 pixels are more than the program opens"):
        open_within_bounds(png_header(20_000, 20_000), 48)


def test_a_jpeg_of_endless_passes_is_refused_undecoded() -> None:
    data = picture("JPEG", (5000, 4000), progressive=True)
    with pytest.raises(UnreadablePhoto, match="so many passes"):
        open_within_bounds(data + b"\xff\xda" * 500, 48)


def heif_with_item(names: bytes) -> bytes:
    """A HEIF with a single item, of this type and name."""
    entry = b"infe\2\0\0\0\0\1\0\0" + names
    meta = struct.pack(">I", len(entry) + 4) + entry
    box = struct.pack(">I", len(meta) + 8) + b"meta" + meta
    return b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + box + bytes(16)


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
    assert open_within_bounds(b"some\x05\x05", 48)[1:] == (5, 5)
    assert open_within_bounds(b"some\x05\x04", 48)[1:] == (4, 4)
    with pytest.raises(UnreadablePhoto, match="no pixels"):
        open_within_bounds(b"some\x00\x04", 48)


def test_of_a_png_only_what_no_reader_may_skip_is_essential() -> None:
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", "dear diary" * 20)
    data = picture("PNG", pnginfo=notes)
    essential = without_extras(data)
    assert b"dear diary" in data
    assert b"dear diary" not in essential
    assert open_within_bounds(essential, 48)[1:] == (64, 48)
    assert without_extras(essential) is essential
    jpeg = picture("JPEG")
    assert without_extras(jpeg) is jpeg


def test_what_is_too_large_is_told_with_a_remedy() -> None:
    told = too_large("3 bytes are more")
    assert told.title == "3 bytes are more than the program opens."
    assert "smaller copy" in told.remedy
    assert not told.transient
