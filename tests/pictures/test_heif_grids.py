"""Grids of tiles are turned as a whole by both decoders, and of those cut off the rows that are there are shown."""

import struct
from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from guie_desktop.errors import UnreadablePhoto
from guie_desktop.pictures.heif_grids import cut_grid
from guie_desktop.pictures.images import decode
from tests.heif_files import grid
from tests.pictures.pixels import Rgb, rgb_at
from tests.pictures.test_images import HEIC

RED, GREEN, BLUE, WHITE, GREY, BLACK = (230, 30, 30), (30, 200, 30), (30, 30, 230), (230,) * 3, (128,) * 3, (0,) * 3


def tile(colour: Rgb) -> bytes:
    buffer = BytesIO()
    Image.new("RGB", (96, 64), colour).save(buffer, "AVIF", quality=100, subsampling="4:4:4")
    return buffer.getvalue()


AVIF = [tile(colour) for colour in (RED, GREEN, BLUE, WHITE, GREY, BLACK)]
SIZE = (180, 180)  # less than two columns and three rows of tiles
QUARTER = (b"irot", b"\1")
UPSIDE_DOWN, LEFT_FOR_RIGHT = (b"imir", b"\0"), (b"imir", b"\1")
MIDDLE = (b"clap", struct.pack(">IIIIiIiI", 120, 1, 160, 1, 0, 1, 0, 1))

Transforms = list[tuple[bytes, bytes]]


def corners(image: Image.Image) -> list[Rgb]:
    right, below = image.width - 4, image.height - 4
    return [rgb_at(image, at) for at in ((3, 3), (right, 3), (3, below), (right, below))]


def alike(found: list[Rgb], expected: list[Rgb]) -> bool:
    return all(
        abs(a - b) <= 6 for one, other in zip(found, expected, strict=True) for a, b in zip(one, other, strict=True)
    )


@pytest.mark.parametrize(
    ("transforms", "expected"),
    [
        ([], [RED, GREEN, GREY, BLACK]),
        ([QUARTER], [GREEN, BLACK, RED, GREY]),
        ([(b"irot", b"\2")], [BLACK, GREY, GREEN, RED]),
        ([(b"irot", b"\3")], [GREY, RED, BLACK, GREEN]),
        ([UPSIDE_DOWN], [GREY, BLACK, RED, GREEN]),
        ([LEFT_FOR_RIGHT], [GREEN, RED, BLACK, GREY]),
        ([QUARTER, UPSIDE_DOWN], [RED, GREY, GREEN, BLACK]),
        ([MIDDLE, QUARTER], [GREEN, BLACK, RED, GREY]),
    ],
)
def test_a_grid_is_turned_as_a_whole(transforms: Transforms, expected: list[Rgb]) -> None:
    picture = decode(grid(AVIF, 2, SIZE, transforms), 1000)
    assert not picture.cut_off
    assert alike(corners(picture.image), expected)
    # Of the one HEIC there is, each tile has the same four colours in its quarters.
    of_tiles = {RED: RED, GREEN: GREEN, GREY: BLUE, BLACK: WHITE}
    heic = decode(grid([HEIC] * 6, 2, (192, 192), transforms), 1000)
    if MIDDLE not in transforms:
        assert alike(corners(heic.image), [of_tiles[colour] for colour in expected])


@pytest.mark.parametrize("transforms", [[], [QUARTER], [LEFT_FOR_RIGHT], [UPSIDE_DOWN, QUARTER], [MIDDLE, QUARTER]])
@pytest.mark.parametrize("tiles", [AVIF, [HEIC] * 6], ids=["AVIF", "HEIC"])
def test_of_one_cut_off_the_rows_that_are_there_are_shown(tiles: list[bytes], transforms: Transforms) -> None:
    data = grid(tiles, 2, SIZE, transforms)
    whole = decode(data, 1000).image
    picture = decode(data[:-10], 1000)
    assert picture.cut_off
    there = 128 - 10 * (MIDDLE in transforms)
    assert sorted(picture.image.size) == sorted((there, 120 if MIDDLE in transforms else 180))
    # What is there lies at one edge of the whole, the one where the first row is.
    places = [(0, 0), (whole.width - picture.width, 0), (0, whole.height - picture.height)]
    parts = [whole.crop((x, y, x + picture.width, y + picture.height)) for x, y in places]
    assert any(part.tobytes() == picture.image.tobytes() for part in parts)


def test_next_to_nothing_of_a_grid() -> None:
    data = grid(AVIF, 2, SIZE, [])
    with pytest.raises(UnreadablePhoto, match="cut off"):
        decode(data[: data.index(b"mdat") + 60], 48)


def test_whole_files_and_others_are_left_alone() -> None:
    whole = grid(AVIF, 2, SIZE, [])
    for data in (whole, AVIF[0], AVIF[0][:-10], HEIC[:-10], b"\0\0\0\x18ftypheic", whole.replace(b"iloc", b"none")):
        assert cut_grid(data) is None


@given(st.binary(max_size=100), st.integers(30, 700))
def test_any_bytes(noise: bytes, at: int) -> None:
    data = grid(AVIF, 2, SIZE, [QUARTER])[:-10]
    with suppress(ValueError):
        cut_grid(data[:at] + noise + data[at + len(noise) :])
