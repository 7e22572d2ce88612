"""TIFF layouts in which Pillow shows nothing or another picture are read right; all others are left to it."""

import zlib
from collections.abc import Callable
from io import BytesIO
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, TiffImagePlugin

from guie_desktop.errors import UnreadablePhoto
from guie_desktop.pictures.colour import to_srgb
from guie_desktop.pictures.tiff_layouts import notes_of, odd_tiff
from tests.tiffs import LONG, SHORT, UNDEFINED, page, tiff, tiff_of_pages

Samples = NDArray[Any]

RGB: Samples = np.zeros((48, 64, 3), np.uint8)
RGB[:24, :32], RGB[:24, 32:], RGB[24:, :32], RGB[24:, 32:] = (200, 40, 40), (40, 170, 60), (40, 60, 190), (230, 210, 50)
GREY: Samples = np.asarray(Image.fromarray(RGB).convert("L"))[..., np.newaxis]
FULL: Samples = np.full_like(GREY, 255)
LAB: Samples = np.dstack([np.asarray(band) for band in Image.fromarray(RGB).convert("LAB").split()])
AS_GREY = np.asarray(Image.fromarray(GREY[..., 0]).convert("RGB"))


def wide(samples: Samples, dtype: Any = np.uint16) -> Samples:
    """The same brightness in more bits."""
    wider: Samples = samples.astype(dtype) * dtype(np.iinfo(dtype).max // 255)
    return wider


def lab_16() -> Samples:
    """TIFF's own LAB in 16 bits: lightness up to 65535, the other two signed."""
    lightness = np.round(LAB[..., 0] * (65535 / 255)).astype(np.uint16)
    signed = ((LAB[..., 1:].astype(np.int16) - 128) * 256).view(np.uint16)
    return np.dstack([lightness, signed])


def colour_map(scale: int) -> dict[int, tuple[int, list[int]]]:
    table = (Image.fromarray(RGB).quantize(16).getpalette() or []) + [0] * 768
    return {320: (SHORT, [scale * table[3 * entry + channel] for channel in range(3) for entry in range(256)])}


PALETTE: Samples = np.asarray(Image.fromarray(RGB).quantize(16))[..., np.newaxis]
SMALL = {254: (LONG, [1])}

ODD: dict[str, tuple[bytes, Samples]] = {
    "16-bit grey, white is zero": (tiff(65535 - wide(GREY), 0), AS_GREY),
    "8-bit grey with alpha, white is zero": (tiff(np.dstack([255 - GREY, FULL]), 0, extra=[2]), AS_GREY),
    "16-bit grey with alpha, white is zero": (tiff(np.dstack([65535 - wide(GREY), wide(FULL)]), 0, extra=[2]), AS_GREY),
    "16-bit grey with alpha": (tiff(np.dstack([wide(GREY), wide(FULL)]), 1, extra=[2]), AS_GREY),
    "16-bit grey with alpha of zeros": (tiff(np.dstack([wide(GREY), 0 * wide(GREY)]), 1, extra=[2]), AS_GREY),
    "16-bit grey with something": (tiff(np.dstack([wide(GREY), wide(FULL)]), 1), AS_GREY),
    "grey with two more": (tiff(np.dstack([GREY, FULL, FULL]), 1, extra=[0, 0]), AS_GREY),
    "32-bit grey": (tiff(wide(GREY, np.uint32), 1), AS_GREY),
    "RGB tagged grey": (tiff(RGB, 1), RGB),
    "RGB with two more": (tiff(np.dstack([RGB, FULL, FULL]), 2, extra=[0, 0]), RGB),
    "RGB with two that are not told": (tiff(np.dstack([RGB, FULL, FULL]), 2), RGB),
    "RGB with alpha and more": (tiff(np.dstack([RGB, FULL, FULL]), 2, extra=[2, 0]), RGB),
    "16-bit RGB in planes": (tiff(wide(RGB), 2, planar=True), RGB),
    "RGB in planes": (tiff(RGB, 2, planar=True, rows=7), RGB),
    "RGB in big-endian planes": (tiff(wide(RGB), 2, planar=True, rows=7, order=">", is_packed=True), RGB),
    "RGB in planes of a big TIFF": (tiff(RGB, 2, planar=True, rows=7, is_big=True), RGB),
    "RGBA in planes": (tiff(np.dstack([RGB, FULL]), 2, planar=True, extra=[2]), RGB),
    "grey in planes with two more": (
        tiff(np.dstack([GREY, FULL, FULL]), 1, planar=True, extra=[0, 0], rows=7),
        AS_GREY,
    ),
    "white is zero, in planes": (tiff(np.dstack([255 - GREY, FULL]), 0, planar=True, extra=[0], rows=7), AS_GREY),
    "32-bit RGB with alpha": (tiff(wide(np.dstack([RGB, FULL]), np.uint32), 2, extra=[2]), RGB),
    "32-bit grey of small numbers": (tiff(GREY.astype(np.uint32) * 257, 1), AS_GREY),
    "positive signed bytes": (tiff((GREY // 2).astype(np.int8), 1), AS_GREY // 2),
    "packed big-endian floats": (tiff((GREY / 255).astype(np.float32), 1, order=">", is_packed=True), AS_GREY),
    "packed big-endian signed numbers": (tiff(GREY.astype(np.int16) * 128, 1, order=">", is_packed=True), AS_GREY // 2),
    "32-bit RGB": (tiff(wide(RGB, np.uint32), 2), RGB),
    "half floats": (tiff((GREY / 255).astype(np.float16), 1), AS_GREY),
    "doubles": (tiff(GREY / 255, 1), AS_GREY),
    "float RGB": (tiff((RGB / 255).astype(np.float32), 2), RGB),
    "half-float RGB": (tiff((RGB / 255).astype(np.float16), 2), RGB),
    "double RGB": (tiff(RGB / 255, 2), RGB),
    "double RGB in planes": (tiff(RGB / 255, 2, planar=True), RGB),
    "float RGBA": (tiff((np.dstack([RGB, FULL]) / 255).astype(np.float32), 2, extra=[2]), RGB),
    "float RGB in planes": (tiff((RGB / 255).astype(np.float32), 2, planar=True), RGB),
    "LAB of 16 bits": (tiff(lab_16(), 8), RGB),
    "LAB of ICC": (tiff(LAB, 9), RGB),
    "LAB of ICC, 16 bits": (tiff(LAB.astype(np.uint16) * 256, 9), RGB),
    "a map of 8-bit colours": (tiff(PALETTE, 3, tags=colour_map(1)), RGB),
    "a small page first": (tiff_of_pages([page(RGB[::4, ::4], 2, tags=SMALL), page(RGB, 2)]), RGB),
}
PLAIN = {
    "grey": tiff(GREY, 1),
    "white is zero": tiff(255 - GREY, 0),
    "16-bit grey": tiff(wide(GREY), 1),
    "RGB": tiff(RGB, 2),
    "16-bit RGB": tiff(wide(RGB), 2),
    "RGBA": tiff(np.dstack([RGB, FULL]), 2, extra=[2]),
    "float": tiff((GREY / 255).astype(np.float32), 1),
    "signed": tiff(GREY.astype(np.int16), 1),
    "LAB": tiff(LAB ^ np.array([0, 128, 128], np.uint8), 8),
    "a map of 16-bit colours": tiff(PALETTE, 3, tags=colour_map(257)),
    "CMYK": tiff(np.dstack([RGB, GREY]), 5),
    "a small page behind": tiff_of_pages([page(RGB, 2), page(RGB[::4, ::4], 2, tags=SMALL)]),
    "only small pages": tiff_of_pages([page(RGB, 2, tags=SMALL), page(RGB[::4, ::4], 2, tags=SMALL)]),
    "no TIFF": b"\x89PNG\r\n\x1a\n",
    "no page": b"II*\0\0\0\0\0",
    "no end": b"II*\0\x08\0\0\0\xff\xff",
}


@pytest.mark.parametrize("name", ODD)
@pytest.mark.parametrize("factor", [1, 8])
def test_odd_layouts(name: str, factor: int) -> None:
    data, meant = ODD[name]
    odd = odd_tiff(data)
    assert odd is not None
    assert odd.size == (64, 48)
    found = np.asarray(to_srgb(odd.read(factor), 1), np.int16)
    expected = np.asarray(Image.fromarray(meant).reduce(factor), np.int16)
    assert found.shape == expected.shape
    assert np.abs(found - expected).max() <= (4 if "LAB" in name else 1)


@pytest.mark.parametrize("name", PLAIN)
def test_plain_layouts_are_left_to_pillow(name: str) -> None:
    assert odd_tiff(PLAIN[name]) is None


def test_alpha_is_laid_on_white() -> None:
    alpha = np.full_like(GREY, 51)
    straight = odd_tiff(tiff(np.dstack([wide(GREY), wide(alpha)]), 1, extra=[2]))
    associated = odd_tiff(tiff(np.dstack([wide(GREY) // 5, wide(alpha)]), 1, extra=[1]))
    assert straight is not None
    assert associated is not None
    expected = 255 - (255 - GREY[..., 0].astype(int)) / 5
    for odd in (straight, associated):
        assert np.abs(np.asarray(odd.read(1)) - expected).max() <= 1.5


def test_alpha_of_planes_is_laid_on_white() -> None:
    alpha = np.full_like(GREY, 51)
    expected = 255 - (255 - GREY[..., 0].astype(int)) / 5
    for colour, kind in ((GREY, 2), (GREY // 5, 1)):
        odd = odd_tiff(tiff(np.dstack([colour, alpha]), 1, extra=[kind], planar=True, rows=7))
        assert odd is not None
        assert np.abs(np.asarray(odd.read(1)) - expected).max() <= 3
    odd = odd_tiff(tiff(np.dstack([GREY / 1275, alpha / 255]).astype(np.float32), 1, extra=[1]))
    assert odd is not None
    assert np.abs(np.asarray(odd.read(1)) - expected).max() <= 1.5


def test_signed_bytes_are_measurements() -> None:
    ramp: Samples = np.tile(np.arange(-120, 120, dtype=np.int8), (40, 1))[..., np.newaxis]
    odd = odd_tiff(tiff(ramp, 1))
    assert odd is not None
    shown = np.asarray(odd.read(1)).astype(int)
    assert (np.diff(shown, axis=1) >= 0).all()
    assert shown.min() == 0
    assert shown.max() == 255


def test_a_single_pixel() -> None:
    odd = odd_tiff(tiff(np.full((1, 1, 1), 0x80000000, np.uint32), 1))
    assert odd is not None
    assert odd.read(1).getpixel((0, 0)) == 128


@pytest.mark.parametrize("compression", [34712, 34887, 34933, 50002])
def test_an_unknown_compression_is_refused_and_not_shown_black(compression: int) -> None:
    tags = {259: (SHORT, [compression]), 322: (LONG, [64]), 323: (LONG, [48])}
    odd = odd_tiff(tiff(RGB, 2, tags=tags))
    assert odd is not None
    with pytest.raises(UnreadablePhoto, match="compressed"):
        odd.read(1)


def test_a_palette_of_16_bits_is_refused() -> None:
    odd = odd_tiff(tiff(wide(PALETTE), 3, tags={320: (SHORT, [1] * 3 * 65536)}))
    assert odd is not None
    with pytest.raises(ValueError, match="palette"):
        odd.read(1)


def test_planes_without_strips() -> None:
    odd = odd_tiff(tiff(RGB, 2, planar=True, tags={277: (SHORT, [5])}))
    assert odd is not None
    with pytest.raises(ValueError, match="strips"):
        odd.read(1)


def test_profile_and_notes_go_along() -> None:
    odd_notes = {274: (SHORT, [6]), 34675: (UNDEFINED, [1, 2, 3])}
    data = tiff(65535 - wide(GREY), 0, tags=odd_notes)
    odd = odd_tiff(data)
    assert odd is not None
    assert odd.read(1).info == {"icc_profile": b"\1\2\3"}
    assert notes_of(data, odd).getexif()[274] == 6


def with_predictor(pixels: Samples) -> bytes:
    """A TIFF of floats as photo editors compress them: differences of bytes, the highest bytes of a row first."""
    height, width, count = pixels.shape
    rows = pixels.astype(">f4").view(np.uint8).reshape(height, width * count, 4)
    by_weight = rows.transpose(0, 2, 1).reshape(height, -1)
    different = by_weight.copy()
    different[:, count:] -= by_weight[:, :-count]
    tags, _ = page(pixels.astype(np.float32), 2 if count == 3 else 1)
    compressed = {259: (SHORT, [8]), 317: (SHORT, [3])}
    return tiff_of_pages([({**tags, **compressed}, [zlib.compress(different.tobytes())])])


@pytest.mark.parametrize(("pixels", "meant"), [(RGB / 255, RGB), (GREY / 255, AS_GREY)])
def test_floats_behind_a_predictor(pixels: Samples, meant: Samples) -> None:
    odd = odd_tiff(with_predictor(pixels))
    assert odd is not None
    np.testing.assert_array_equal(np.asarray(to_srgb(odd.read(1), 1)), meant)


def doubles(change: Callable[[dict[int, Any], list[bytes]], list[bytes]]) -> bytes:
    tags, strips = page(GREY / 255, 1)
    written = dict(tags)
    return tiff_of_pages([(written, change(written, strips))])


def test_compressed_doubles() -> None:
    def compress(tags: dict[int, Any], strips: list[bytes]) -> list[bytes]:
        tags[259] = (SHORT, [8])
        return [zlib.compress(strip) for strip in strips]

    odd = odd_tiff(doubles(compress))
    assert odd is not None
    np.testing.assert_array_equal(np.asarray(odd.read(1)), GREY[..., 0])


@pytest.mark.parametrize("change", [{259: 5}, {317: 2}, {339: 1}])
def test_doubles_of_a_rare_kind_are_refused(change: dict[int, int]) -> None:
    def alter(tags: dict[int, Any], strips: list[bytes]) -> list[bytes]:
        tags.update({tag: (SHORT, [value]) for tag, value in change.items()})
        return strips

    odd = odd_tiff(doubles(alter))
    assert odd is not None
    with pytest.raises(ValueError, match="64-bit"):
        odd.read(1)


def test_what_is_damaged_raises() -> None:
    odd = odd_tiff(ODD["float RGB"][0][:-5000])
    assert odd is not None
    with pytest.raises(OSError, match="libvips"):
        odd.read(1)


@pytest.mark.parametrize("mode", ["L", "I;16", "F", "1", "P", "LA", "CMYK"])
def test_a_large_one_is_read_in_strips(mode: str) -> None:
    colour: Any = {"F": 0.5, "I;16": 25_700, "LA": (90, 51), "CMYK": (0, 255, 255, 0)}.get(mode, 1)
    large = Image.new(mode, (9000, 6000), colour)
    if mode == "P":
        large.putpalette([0, 0, 0, 9, 8, 7])
    buffer = BytesIO()
    large.save(buffer, "TIFF", compression="tiff_deflate")
    odd = odd_tiff(buffer.getvalue())
    assert odd is not None
    picture = odd.read(1000)
    assert picture.size == (9, 6)
    expected = {"L": 1, "I;16": 100, "F": 128, "1": 255, "P": (9, 8, 7), "LA": 222, "CMYK": (0, 255, 255, 0)}[mode]
    found = picture.getpixel((8, 5))
    assert found == pytest.approx(expected, abs=1)


def test_a_hostile_loop_of_pages_ends() -> None:
    data = bytearray(tiff_of_pages([page(RGB, 2, tags=SMALL), page(RGB, 2, tags=SMALL)]))
    with TiffImagePlugin.TiffImageFile(BytesIO(bytes(data))) as image:
        assert image.n_frames == 2
    second = data.rindex((254).to_bytes(2, "little") + b"\4\0\1\0\0\0\1\0\0\0") - 2
    count = int.from_bytes(data[second : second + 2], "little")
    data[second + 2 + 12 * count : second + 6 + 12 * count] = (8).to_bytes(4, "little")
    assert odd_tiff(bytes(data)) is None
