"""What is wrong beside the pixels of a PNG goes, and nothing else: the profile and the date last."""

import struct
import zlib
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ExifTags, Image, ImageCms, PngImagePlugin

from guie_desktop.pictures.images import decode
from guie_desktop.pictures.png_chunks import chunk, mended

PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
DATE = "2019:07:14 12:34:56"
HUGE = zlib.compress(b"step " * 400_000)


def piece(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def photo() -> bytes:
    """A PNG with a profile, a date, a text and a time."""
    exif = Image.Exif()
    exif[ExifTags.Base.DateTime] = DATE
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Comment", "dear diary")
    texts.add_itxt("Note", "of many words", zip=True)
    buffer = BytesIO()
    Image.new("RGB", (40, 20), "teal").save(buffer, "PNG", icc_profile=PROFILE, exif=exif, pnginfo=texts)
    return with_chunk(buffer.getvalue(), piece(b"tIME", b"\x07\xe3\x07\x0e\x0c\x22\x38"))


def with_chunk(png: bytes, added: bytes) -> bytes:
    return png[:33] + added + png[33:]  # behind the header


PHOTO = photo()
FAULTS = {
    "a huge text": piece(b"zTXt", b"history\0\0" + HUGE),
    "a huge international text": piece(b"iTXt", b"history\0\1\0en\0\0" + HUGE),
    "a huge plain text": piece(b"tEXt", b"history\0" + b"step " * 400_000),
    "a huge plain international text": piece(b"iTXt", b"history\0\0\0en\0\0" + b"step " * 400_000),
    "a text that is not compressed": piece(b"zTXt", b"history\0\0no zlib"),
    "a text of an unknown method": piece(b"zTXt", b"history\0\7" + zlib.compress(b"words")),
    "a text with a false checksum": piece(b"tEXt", b"note\0hello")[:-1] + b"?",
    "a private chunk with a false checksum": piece(b"prVt", b"anything")[:-1] + b"?",
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_costs_only_itself(name: str) -> None:
    damaged = with_chunk(PHOTO, FAULTS[name])
    assert next(mended(damaged)) == PHOTO
    with Image.open(BytesIO(next(mended(damaged)))) as image:
        assert image.info["icc_profile"] == PROFILE
        assert image.info["Comment"] == "dear diary"
        assert image.getexif()[ExifTags.Base.DateTime] == DATE
    assert decode(damaged, 20).taken_from == "DateTime"


@pytest.mark.parametrize(
    "profile", [piece(b"iCCP", b"odd\0\x07"), piece(b"iCCP", b"huge\0\0" + HUGE), piece(b"iCCP", b"odd\0\0" + PROFILE)]
)
def test_a_profile_that_is_damaged_goes_alone(profile: bytes) -> None:
    start = PHOTO.index(b"iCCP") - 4
    end = start + 12 + int.from_bytes(PHOTO[start : start + 4], "big")
    assert next(mended(PHOTO[:start] + profile + PHOTO[end:])) == PHOTO[:start] + PHOTO[end:]


UNEXPECTED = {kind: piece(kind, b"\0") for kind in (b"pHYs", b"gAMA", b"cHRM", b"acTL", b"\1\2\3\4")} | {
    b"sRGB": piece(b"sRGB", b""),
    b"many texts": b"".join(piece(b"tEXt", b"note\0" + bytes(1000 * 1000)) for _ in range(70)),
}


@pytest.mark.parametrize("kind", UNEXPECTED)
def test_a_chunk_that_no_reader_expects_so_costs_neither_profile_nor_date(kind: bytes) -> None:
    damaged = with_chunk(PHOTO, UNEXPECTED[kind])
    found = decode(damaged, 20)
    assert found.taken_from == "DateTime"
    assert any(chunk(version, b"iCCP") and chunk(version, kind) == b"" for version in mended(damaged))


def test_a_broken_transparency_goes_before_the_picture_does() -> None:
    damaged = with_chunk(PHOTO, piece(b"tRNS", b""))
    assert decode(damaged, 20).image.size == (40, 20)
    assert decode(damaged, 20).taken_from == "DateTime"


def test_in_the_end_only_the_pixels_are_left() -> None:
    without_texts, without_profile, bare = mended(PHOTO)
    assert chunk(without_texts, b"iCCP")
    assert chunk(without_texts, b"tEXt") == b""
    assert chunk(without_profile, b"iCCP") == b""
    assert chunk(without_profile, b"eXIf")
    assert chunk(bare, b"eXIf") == b""
    assert list(mended(bare)) == []
    assert list(mended(b"\xff\xd8\xff")) == []


def test_chunks_by_name() -> None:
    assert chunk(PHOTO, b"tIME") == b"\x07\xe3\x07\x0e\x0c\x22\x38"
    assert chunk(PHOTO, b"cICP") == b""
    assert chunk(PHOTO[:40], b"tIME") == b""


@given(st.binary(max_size=200), st.integers(8, len(PHOTO)))
def test_any_bytes(noise: bytes, at: int) -> None:
    for version in mended(PHOTO[:at] + noise):
        chunk(version, b"tIME")
