"""No bytes, however damaged, make the decoder raise anything but UnreadablePhoto."""

from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ExifTags, Image

from guie_desktop.errors import UnreadablePhoto
from guie_desktop.pictures.images import decode

pytestmark = pytest.mark.filterwarnings(r"ignore::Warning:PIL\.")


def _photo(kind: str, mode: str = "RGB", **options: Any) -> bytes:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = "2021:06:05 04:03:02"
    buffer = BytesIO()
    Image.linear_gradient("L").resize((40, 30)).convert(mode).save(buffer, kind, exif=exif, **options)
    return buffer.getvalue()


def _heif_header(brand: bytes) -> bytes:
    return b"\0\0\0\x1cftyp" + brand + b"\0\0\0\0mif1" + brand + b"miaf"


PHOTOS = [
    _photo("JPEG"),
    _photo("JPEG", "CMYK", progressive=True),
    _photo("PNG"),
    _photo("PNG", "P", transparency=b"\0\x80"),
    _photo("PNG", "L", transparency=3),
    _photo("WEBP"),
    _photo("WEBP", "RGBA", lossless=True),
    _photo("TIFF", compression="tiff_lzw"),
    _photo("TIFF", "CMYK"),
    _photo("TIFF", "F"),
    _photo("BMP"),
    _photo("BMP", "P"),
    _photo("GIF", "P", transparency=1),
    _photo("AVIF"),
]
STARTS = [
    b"",
    b"\xff\xd8\xff",
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    b"GIF89a",
    b"II*\0\x08\0\0\0",
    b"MM\0+\0\x08\0\0",
    b"BM",
    b"RIFF\0\1\0\0WEBPVP8 ",
    _heif_header(b"heic"),
    _heif_header(b"avif"),
]


def _is_read_or_refused(data: bytes) -> None:
    try:
        picture = decode(data, 8)
    except UnreadablePhoto:
        return
    assert picture.image.mode == "RGB"
    assert min(picture.image.size) >= min(8, picture.width, picture.height) >= 1


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(STARTS), st.binary(max_size=200))
def test_random_bytes(start: bytes, rest: bytes) -> None:
    _is_read_or_refused(start + rest)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(PHOTOS), st.floats(0, 1, exclude_max=True))
def test_files_that_end_too_early(photo: bytes, part: float) -> None:
    _is_read_or_refused(photo[: int(len(photo) * part)])


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(PHOTOS),
    st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.binary(min_size=1, max_size=4)), min_size=1, max_size=8),
)
def test_flipped_bytes(photo: bytes, flips: list[tuple[float, bytes]]) -> None:
    damaged = bytearray(photo)
    for place, content in flips:
        at = int(place**2 * len(damaged))  # more often near the start, where the structure is
        damaged[at : at + len(content)] = content
    _is_read_or_refused(bytes(damaged))
