"""Photoshop's files: the merged picture in all its kinds, written here byte by byte."""

import struct
from itertools import groupby

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageCms

from guie_desktop.errors import UnreadablePhoto
from guie_desktop.pictures.images import decode
from tests.pictures.formats.corners import assert_upright, quadrants

GREY, INDEXED, RGB, CMYK, MULTICHANNEL, LAB = 1, 2, 3, 4, 7, 9


def photoshop(
    planes: list[NDArray[np.uint8]],
    size: tuple[int, int],
    kind: int = RGB,
    *,
    depth: int = 8,
    large: bool = False,
    packed: bool = False,
    palette: bytes = b"",
    resources: bytes = b"",
) -> bytes:
    """A file of these channels, each rows of bytes as they are written."""
    header = b"8BPS" + struct.pack(">H6xHIIHH", 2 if large else 1, len(planes), size[1], size[0], depth, kind)
    head = header + struct.pack(">I", len(palette)) + palette + struct.pack(">I", len(resources)) + resources
    head += struct.pack(">Q" if large else ">I", 4) + b"laye"
    if not packed:
        return head + b"\0\0" + b"".join(plane.tobytes() for plane in planes)
    rows = [run_lengths(row.tobytes()) for plane in planes for row in plane]
    counts = b"".join(struct.pack(">I" if large else ">H", len(row)) for row in rows)
    return head + b"\0\1" + counts + b"".join(rows)


def run_lengths(row: bytes) -> bytes:
    packed = b""
    for value, run in groupby(row):
        left = len(list(run))
        while left:
            step = min(left, 128)
            packed += bytes([257 - step if step > 1 else 0, value])
            left -= step
    return packed


def resource(number: int, content: bytes, name: bytes = b"\0\0") -> bytes:
    return (
        b"8BIM"
        + struct.pack(">H", number)
        + name
        + struct.pack(">I", len(content))
        + content
        + b"\0" * (len(content) % 2)
    )


def bands(picture: Image.Image) -> list[NDArray[np.uint8]]:
    return [np.asarray(band) for band in picture.split()]


@pytest.mark.parametrize("large", [False, True], ids=["psd", "psb"])
@pytest.mark.parametrize("packed", [False, True], ids=["plain", "packed"])
@pytest.mark.parametrize("depth", [8, 16])
def test_a_photo_is_shown_in_its_colours(large: bool, packed: bool, depth: int) -> None:
    channels = [np.repeat(band, depth // 8, axis=1) for band in bands(quadrants(240, 160))]
    selection = np.zeros_like(channels[0])
    data = photoshop([*channels, selection], (240, 160), depth=depth, large=large, packed=packed)
    picture = decode(data, 20)
    assert (picture.width, picture.height, picture.image.size) == (240, 160, (30, 20))
    assert_upright(picture.image, 2)


def test_light_of_32_bits_is_brought_to_what_screens_show() -> None:
    linear = [((band / 255) ** 2.2).astype(">f4").view(np.uint8) for band in bands(quadrants(24, 16))]
    assert_upright(decode(photoshop(linear, (24, 16), depth=32), 16).image, 2)


def test_other_kinds_of_colours() -> None:
    size = (24, 16)
    inks = [255 - band for band in bands(quadrants(*size).convert("CMYK"))]
    assert_upright(decode(photoshop(inks, size, CMYK), 16).image, 14)
    grey = decode(photoshop(bands(quadrants(*size).convert("L")), size, GREY), 16).image
    assert np.array_equal(np.asarray(grey.convert("L")), np.asarray(quadrants(*size).convert("L")))
    indexed = quadrants(*size).quantize(4)
    colours = np.zeros((256, 3), np.uint8)
    colours[:4] = np.array(indexed.getpalette())[:12].reshape(4, 3)
    assert_upright(decode(photoshop([np.asarray(indexed)], size, INDEXED, palette=colours.T.tobytes()), 16).image, 2)
    striped = np.tile(np.array([[0xF0, 0x0F, 0xFF]], np.uint8), (16, 1))  # ink where a bit is set
    black = decode(photoshop([striped], size, 0, depth=1), 16).image
    assert [black.getpixel((x, 3)) for x in (0, 5, 9, 13)] == [(0,) * 3, (255,) * 3, (255,) * 3, (0,) * 3]


def test_profile_and_date_are_found_among_the_resources() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    notes = Image.Exif()
    notes.get_ifd(34665)[36867] = "2021:06:05 04:03:02"
    notes.get_ifd(34665)[36881] = "+02:00"
    resources = resource(1000, b"odd") + resource(1039, profile) + resource(1058, notes.tobytes()[6:], b"\3abc")
    data = photoshop(bands(quadrants(24, 16)), (24, 16), resources=resources)
    picture = decode(data, 16)
    assert_upright(picture.image, 2)
    assert picture.taken == 1622858582.0


@pytest.mark.parametrize(("kind", "told"), [(MULTICHANNEL, "no colours of its own"), (RGB, "layers alone")])
def test_what_cannot_be_shown_is_told(kind: int, told: str) -> None:
    layers_alone = resource(1057, b"\0\0\0\1\0")
    data = photoshop(bands(quadrants(24, 16)), (24, 16), kind, resources=layers_alone)
    with pytest.raises(UnreadablePhoto, match=told) as refused:
        decode(data, 16)
    assert "ave " in refused.value.remedy


def test_damage_and_excess_are_told() -> None:
    data = photoshop(bands(quadrants(24, 16)), (24, 16))
    with pytest.raises(UnreadablePhoto, match="cut off"):
        decode(data[:-10], 16)
    with pytest.raises(UnreadablePhoto, match="damaged"):
        decode(data.replace(b"laye\0\0", b"laye\0\7"), 16)
    with pytest.raises(UnreadablePhoto, match="more than the program opens"):
        decode(photoshop([], (300_000, 300_000)), 16)
