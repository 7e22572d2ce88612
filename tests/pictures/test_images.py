"""Bytes of photos become upright pictures; all photos are drawn here, but for one HEIC."""

import base64
import math
import struct
import warnings
import zlib
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ExifTags, Image

from guie_desktop.domain import Region
from guie_desktop.errors import UnreadablePhoto, UserError
from guie_desktop.pictures import images
from guie_desktop.pictures.images import crop, decode
from tests.heif_files import with_property
from tests.pictures.pixels import Rgb, rgb_at

RED, GREEN, BLUE, WHITE = (230, 30, 30), (30, 200, 30), (30, 30, 230), (230, 230, 230)
TURN_BACK = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # orientation: the Image.Transpose that undoes it
FORMATS: list[tuple[str, dict[str, Any]]] = [
    ("JPEG", {}),
    ("JPEG", {"progressive": True}),
    ("MPO", {"save_all": True, "append_images": [Image.new("RGB", (8, 8))]}),
    ("PNG", {}),
    ("WEBP", {}),
    ("WEBP", {"lossless": True}),
    ("TIFF", {}),
    ("TIFF", {"compression": "tiff_lzw"}),
    ("TIFF", {"compression": "jpeg"}),
    ("TIFF", {"big_tiff": True}),
    ("BMP", {}),
    ("GIF", {}),
    ("AVIF", {}),
]
IN_PASSES: list[tuple[str, dict[str, Any]]] = [("JPEG", {"progressive": True}), ("GIF", {})]
# pi_heif only reads. 96 x 64 pixels, to be turned by their irot box, with an EXIF orientation that says the same.
HEIC = base64.b64decode(
    "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAaFtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAADRpbG9jAAAA"
    "AERAAAIAAQAAAAABxQABAAAAAAAAANYAAgAAAAACmwABAAAAAAAAAGoAAAA4aWluZgAAAAAAAgAAABVpbmZlAgAAAAABAABodmMxAAAAABVpbmZl"
    "AgAAAQACAABFeGlmAAAAAA5waXRtAAAAAAABAAAA4GlwcnAAAADAaXBjbwAAAHhodmNDAQNwAAAAkAAAAAAAHvAA/P34+AAADwNgAAEAGEABDAH/"
    "/wNwAAADAJAAAAMAAAMAHroCQGEAAQArQgEBA3AAAAMAkAAAAwAAAwAeoDCBBZbqSSmubgIaDAgAAAMAyAAAAwAIQGIAAQAHRAHBcrAiQAAAABNj"
    "b2xybmNseAABAA0ABoAAAAAUaXNwZQAAAAAAAABgAAAAQAAAABBwaXhpAAAAAAMICAgAAAAJaXJvdAMAAAAYaXBtYQAAAAAAAAABAAEFgQIDBIUA"
    "AAAaaXJlZgAAAAAAAAAOY2RzYwACAAEAAQAAAUhtZGF0AAAA0igBrwng4c85dV///Dc///yLdyH8YWNJBKTz3OCT/VaP/9A0DWLKJm+suaNHy1BS"
    "xXwAs2MK6nqLnwMcVm9JAznD1/PGz+VME3yKy86pcONF3iSUeQsnEC/hV2X/+n2Ax/RItX/yeu9A3f0lBihjYLt+HbiDR0ttcziBmzrM3Yt2snoY"
    "J0tlBiAFKP4j4QOx7S+GUkjuhmPS2g5K/YwIf951p+OKfT/0eEPzkz1xjQyhwgWvNKhaYUvGMxdERYbxc4PUWSNAZkkpMnxLhFbJf+9T/gAAAAZF"
    "eGlmAABNTQAqAAAACAACARIAAwAAAAEABgAAh2kABAAAAAEAAAAmAAAAAAACkAMAAgAAABQAAABEkBEAAgAAAAcAAABYAAAAADIwMjE6MDY6MDUg"
    "MDQ6MDM6MDIAKzAyOjAwAAA="
)


def quadrants(width: int, height: int) -> Image.Image:
    picture = Image.new("RGB", (width, height), RED)
    picture.paste(GREEN, (width // 2, 0, width, height // 2))
    picture.paste(BLUE, (0, height // 2, width // 2, height))
    picture.paste(WHITE, (width // 2, height // 2, width, height))
    return picture


def encoded(picture: Image.Image, kind: str, **options: Any) -> bytes:
    buffer = BytesIO()
    picture.save(buffer, kind, **options)
    return buffer.getvalue()


def with_orientation(orientation: int) -> Image.Exif:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    return exif


def corners(picture: Image.Image) -> list[Rgb]:
    across, down = picture.width // 4, picture.height // 4
    places = [(across, down), (3 * across, down), (across, 3 * down), (3 * across, 3 * down)]
    return [rgb_at(picture, place) for place in places]


def assert_corners(picture: Image.Image, *colours: tuple[int, int, int], tolerance: float = 14) -> None:
    assert np.abs(np.subtract(corners(picture), colours)).max() <= tolerance


def png_chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def with_chunk(png: bytes, chunk: bytes) -> bytes:
    return png[:33] + chunk + png[33:]  # behind the header


@pytest.mark.parametrize(("kind", "options"), FORMATS)
@pytest.mark.parametrize("smallest_side", [20, 10_000])
def test_formats(kind: str, options: dict[str, Any], smallest_side: int) -> None:
    picture = decode(encoded(quadrants(240, 160), kind, **options), smallest_side)
    assert (picture.width, picture.height, picture.taken, picture.cut_off) == (240, 160, None, False)
    assert picture.image.size == ((30, 20) if smallest_side == 20 else (240, 160))
    assert type(picture.image) is Image.Image
    assert (picture.image.mode, picture.image.info) == ("RGB", {})
    assert_corners(picture.image, RED, GREEN, BLUE, WHITE)


def test_heic_is_turned_once() -> None:
    picture = decode(HEIC, 64)
    assert (picture.width, picture.height) == picture.image.size == (64, 96)
    assert picture.taken == datetime(2021, 6, 5, 2, 3, 2, tzinfo=UTC).timestamp()
    assert_corners(picture.image, BLUE, RED, WHITE, GREEN)


def test_of_a_heic_the_clean_aperture_is_shown() -> None:
    part = with_property(HEIC, b"clap", struct.pack(">IIIIiIiI", 64, 1, 32, 1, 0, 1, 0, 1))
    picture = decode(part, 32)
    assert (picture.width, picture.height) == picture.image.size == (64, 32)


@pytest.mark.parametrize(
    "damage", [(b"Exif", b"\x7f\xff\xff\xff"), (b"infe", b"infe\xff"), (b"\0\0\0\x15infe", b"\0\0\0\0infe")]
)
def test_heic_that_would_end_the_process(damage: tuple[bytes, bytes]) -> None:
    with pytest.raises(UnreadablePhoto, match="damaged"):
        decode(HEIC.replace(*damage), 64)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF"])
@pytest.mark.parametrize("orientation", [0, *range(1, 10), 65535])
def test_orientation(kind: str, orientation: int) -> None:
    upright = quadrants(200, 120)
    stored = upright.transpose(Image.Transpose(TURN_BACK[orientation])) if orientation in TURN_BACK else upright
    picture = decode(encoded(stored, kind, exif=with_orientation(orientation)), 50)
    assert (picture.width, picture.height) == (200, 120)
    assert picture.image.width > picture.image.height >= 50
    assert_corners(picture.image, RED, GREEN, BLUE, WHITE)


@settings(max_examples=60, deadline=None)
@given(
    st.integers(1, 90),
    st.integers(1, 90),
    st.integers(1, 8),
    st.integers(1, 120),
    st.sampled_from(["JPEG", "PNG", "TIFF"]),
)
def test_shape_and_smallest_side(width: int, height: int, orientation: int, smallest_side: int, kind: str) -> None:
    upright = quadrants(width, height)
    stored = upright.transpose(Image.Transpose(TURN_BACK[orientation])) if orientation in TURN_BACK else upright
    picture = decode(encoded(stored, kind, exif=with_orientation(orientation)), smallest_side)
    assert (picture.width, picture.height) == (width, height)
    short = min(picture.image.size)
    assert min(smallest_side, width, height) <= short < max(2 * smallest_side, 2) or short == min(width, height)
    sizes = [(math.ceil(width / factor), math.ceil(height / factor)) for factor in range(1, 91)]
    assert picture.image.size in sizes
    if kind != "JPEG" and picture.image.size == (width, height):
        assert picture.image.tobytes() == upright.tobytes()


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG", "TIFF"])
def test_first_of_several_frames(kind: str) -> None:
    animated = encoded(quadrants(64, 64), kind, save_all=True, append_images=[Image.new("RGB", (64, 64))] * 3)
    assert_corners(decode(animated, 64).image, RED, GREEN, BLUE, WHITE)


@pytest.mark.parametrize(
    ("original", "offset", "expected"),
    [
        ("2024:05:06 07:08:09", "+02:00", datetime.fromisoformat("2024-05-06T07:08:09+02:00")),
        ("2024:05:06 07:08:09", "Z", datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC)),
        ("2024:05:06 07:08:09\0", None, datetime(2024, 5, 6, 7, 8, 9)),
        ("2024-05-06 07:08:09", "somewhere", datetime(2024, 5, 6, 7, 8, 9)),
        ("0000:00:00 00:00:00", None, None),
        ("    :  :     :  :  ", None, None),
        ("1024:05:06 07:08:09", "+00:00", None),
        ("yesterday", "+00:00", None),
        ("", None, None),
        (None, "+02:00", None),
    ],
)
def test_taken(original: str | None, offset: str | None, expected: datetime | None) -> None:
    exif = with_orientation(1)
    notes = exif.get_ifd(ExifTags.IFD.Exif)
    if original is not None:
        notes[ExifTags.Base.DateTimeOriginal] = original
    if offset is not None:
        notes[ExifTags.Base.OffsetTimeOriginal] = offset
    taken = decode(encoded(quadrants(8, 8), "JPEG", exif=exif), 8).taken
    assert taken == (expected.timestamp() if expected else None)


def test_several_threads_see_the_same_pixels() -> None:
    files = [encoded(quadrants(300 + n, 200), kind, **options) for n, (kind, options) in enumerate(FORMATS)] * 4
    with ThreadPoolExecutor(4) as threads:
        together = list(threads.map(lambda data: decode(data, 60).image.tobytes(), files))
    assert together == [decode(data, 60).image.tobytes() for data in files]


@pytest.mark.parametrize(
    "data", [b"", b"\0", b"Dear diary", b"%PDF-1.7\n", b"\0\0\0\x18ftypmp42\0\0\0\0isom", b"\xff" * 99]
)
def test_what_is_no_picture(data: bytes) -> None:
    with pytest.raises(UnreadablePhoto, match=r"This is not a picture .*It reads JPEG") as caught:
        decode(data, 10)
    assert not caught.value.transient


def cut(kind: str, options: dict[str, Any], share: float) -> bytes:
    """The beginning of a photo that stands on its side."""
    noise = Image.effect_noise((256, 256), 60).convert("RGB")
    data = encoded(noise, kind, **options, exif=with_orientation(6))
    return data[: 1000 + int(len(data) * share)]


@pytest.mark.parametrize("kind", ["JPEG", "MPO", "PNG", "TIFF"])
def test_the_part_that_is_there_is_shown(kind: str) -> None:
    picture = decode(cut(kind, {}, 0.5), 256)
    assert picture.cut_off
    assert picture.image.size == (picture.width, picture.height)
    assert picture.height == 256
    assert 100 < picture.width < 200


@pytest.mark.parametrize(("kind", "options"), IN_PASSES)
def test_of_passes_the_whole_is_shown_coarsely(kind: str, options: dict[str, Any]) -> None:
    picture = decode(cut(kind, options, 0.5), 256)
    assert picture.cut_off
    assert min(picture.width, picture.height) > 240


@pytest.mark.parametrize(("kind", "options"), [one for one in FORMATS if one not in IN_PASSES])
def test_a_photo_of_which_next_to_nothing_is_there_is_refused(kind: str, options: dict[str, Any]) -> None:
    with pytest.raises(UnreadablePhoto) as caught:
        decode(cut(kind, options, 0.02), 256)
    assert not caught.value.transient
    if kind in {"JPEG", "PNG"}:
        assert caught.value.title.startswith("The file is cut off")


def bomb(kind: str, width: int, height: int) -> bytes:
    """A file of a few hundred bytes that claims these many pixels."""
    data = bytearray(encoded(quadrants(8, 8), kind))
    if kind == "PNG":
        return bytes(data[:8]) + png_chunk(b"IHDR", struct.pack(">II", width, height) + data[24:29]) + bytes(data[33:])
    if kind == "BMP":
        struct.pack_into("<ii", data, 18, width, height)
    elif kind == "GIF":
        struct.pack_into("<HH", data, 6, width, height)
    elif kind == "JPEG":
        struct.pack_into(">HH", data, data.index(b"\xff\xc0") + 5, height, width)
    elif kind == "WEBP":
        struct.pack_into("<HH", data, 26, width, height)
    return bytes(data)


@pytest.mark.parametrize(
    ("kind", "side"), [("PNG", 50_000), ("BMP", 50_000), ("GIF", 50_000), ("JPEG", 50_000), ("WEBP", 16_383)]
)
def test_bombs_are_refused_before_decoding(kind: str, side: int) -> None:
    with pytest.raises(UnreadablePhoto, match=r"pixels.* than the program opens"):
        decode(bomb(kind, side, side), 10)


def test_a_large_jpeg_is_opened_only_where_it_can_be_reduced() -> None:
    with pytest.raises(UnreadablePhoto, match="than the program opens"):
        decode(bomb("JPEG", 20_000, 20_000), 15_000)
    picture = decode(bomb("JPEG", 20_000, 20_000), 15)
    assert (picture.width, picture.image.width) == (20_000, 16)


def test_passes_without_end_are_refused() -> None:
    data = encoded(quadrants(3000, 2000), "JPEG", progressive=True)
    with pytest.raises(UnreadablePhoto, match="too long"):
        decode(data + b"\xff\xda" * 2000, 10)


@pytest.mark.parametrize("side", [(0, 8), (8, 0)])
def test_no_pixels(side: tuple[int, int]) -> None:
    with pytest.raises(UnreadablePhoto):
        decode(bomb("PNG", *side), 10)


@pytest.mark.parametrize(
    "chunk",
    [
        png_chunk(b"zTXt", b"note\0\0" + zlib.compress(b"x" * 3_000_000)),
        png_chunk(b"iCCP", b"huge\0\0" + zlib.compress(b"x" * 3_000_000)),
        png_chunk(b"iCCP", b"odd\0\x07"),
        png_chunk(b"tEXt", b"note\0hello")[:-1] + b"?",
    ],
)
def test_faults_beside_the_pixels_of_a_png(chunk: bytes) -> None:
    png = with_chunk(encoded(quadrants(40, 20), "PNG", exif=with_orientation(3)), chunk)
    assert_corners(decode(png, 20).image, WHITE, BLUE, GREEN, RED)


@pytest.mark.filterwarnings(r"ignore::Warning:PIL\.")
@pytest.mark.parametrize(
    "exif", [b"Exif\0\0", b"Exif\0\0II*\0\xff\xff\xff\xff", b"Exif\0\0MM\0*\0\0\0\x08\xff\xff" + b"\1" * 60]
)
def test_broken_exif_costs_no_photo(exif: bytes) -> None:
    assert_corners(decode(encoded(quadrants(40, 20), "JPEG", exif=exif), 20).image, RED, GREEN, BLUE, WHITE)


def test_warnings_of_decoders_are_silenced() -> None:
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        images.silence_decoder_warnings()
        decode(
            encoded(quadrants(40, 20), "JPEG", exif=b"Exif\0\0II*\0\x08\0\0\0\x01\0\x0f\x01\x02\0\xff\0\0\0\xff\0\0\0"),
            20,
        )
    assert seen == []


def test_smallest_side_must_be_positive() -> None:
    with pytest.raises(ValueError, match="smallest_side"):
        decode(HEIC, 0)


@pytest.mark.parametrize(
    ("region", "box"),
    [
        ((0, 0, 1, 1), (0, 0, 40, 20)),
        ((0.5, 0.25, 0.25, 0.5), (20, 5, 30, 15)),
        ((-1, -1, 1.5, 1.5), (0, 0, 20, 10)),
        ((0.9, 0.9, 5, 5), (36, 18, 40, 20)),
        ((0.999, 0.999, 1e-9, 1e-9), (39, 19, 40, 20)),
    ],
)
def test_crop(region: Region, box: tuple[int, int, int, int]) -> None:
    picture = Image.fromarray(np.arange(40 * 20 * 3, dtype=np.uint16).astype(np.uint8).reshape(20, 40, 3))
    assert crop(picture, region).tobytes() == picture.crop(box).tobytes()


@pytest.mark.parametrize(
    "region",
    [
        (0, 0, 0, 1),
        (0, 0, 1, -1),
        (1, 0, 1, 1),
        (-2, 0, 1, 1),
        (math.nan, 0, 1, 1),
        (0, 0, math.inf, 1),
        (0, 0, 1, math.nan),
    ],
)
def test_crop_of_nothing(region: Region) -> None:
    with pytest.raises(UserError, match="holds nothing"):
        crop(quadrants(4, 4), region)


@settings(max_examples=60)
@given(st.tuples(*[st.floats(allow_nan=True)] * 4), st.integers(1, 50), st.integers(1, 50))
def test_crop_lies_within(region: Region, width: int, height: int) -> None:
    try:
        part = crop(Image.new("RGB", (width, height)), region)
    except UserError:
        return
    assert 1 <= part.width <= width
    assert 1 <= part.height <= height
