"""JPEG XL: sizes from the header, all kinds of samples, and turned once."""

from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ExifTags, Image
from pillow_jxl import JpegXLImagePlugin

from guie_desktop.errors import UnreadablePhoto
from guie_desktop.pictures.formats.jpeg_xl import size_of
from guie_desktop.pictures.images import decode
from tests.pictures.formats.corners import assert_upright, quadrants

BARE = b"\xff\x0a"


def encoded(picture: Image.Image, **options: Any) -> bytes:
    buffer = BytesIO()
    picture.encoderinfo = {"effort": 1, "num_threads": 0} | options
    JpegXLImagePlugin._save(picture, buffer, "")
    return buffer.getvalue()


def header(*numbers: tuple[int, int]) -> bytes:
    """A codestream that begins with these numbers, each with how many bits it has."""
    value = at = 0
    for number, bits in numbers:
        value |= number << at
        at += bits
    return BARE + value.to_bytes(16, "little")


@pytest.mark.parametrize("use_container", [False, True])
def test_a_photo_is_shown_in_its_colours(use_container: bool) -> None:
    picture = decode(encoded(quadrants(240, 160), use_container=use_container), 20)
    assert (picture.width, picture.height, picture.image.size) == (240, 160, (30, 20))
    assert_upright(picture.image, 14)


@pytest.mark.parametrize("mode", ["L", "LA", "RGBA"])
def test_grey_and_transparency(mode: str) -> None:
    picture = decode(encoded(Image.new("RGB", (24, 16), "gray").convert(mode)), 16)
    assert np.abs(np.asarray(picture.image).astype(int) - 128).max() <= 2


def test_more_than_eight_bits_keep_their_light() -> None:
    deep = Image.fromarray(np.full((16, 24), 128 * 257, np.uint16))
    light = Image.fromarray(np.full((16, 24), 0.5, np.float32))
    for linear in (deep, light):  # as this encoder notes in the profile; half the light is 188 on screens
        assert np.abs(np.asarray(decode(encoded(linear), 16).image).astype(int) - 188).max() <= 2


def test_the_note_of_a_turn_that_the_decoder_makes_is_not_followed_again() -> None:
    notes = Image.Exif()
    notes[ExifTags.Base.Orientation] = 6
    notes.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = "2021:06:05 04:03:02"
    notes.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.OffsetTimeOriginal] = "+02:00"
    picture = decode(encoded(quadrants(240, 160), exif=notes.tobytes()), 160)
    assert_upright(picture.image, 14)
    assert picture.taken == 1622858582.0


def test_a_jpeg_inside_is_turned_as_it_says(tmp_path: Path) -> None:
    notes = Image.Exif()
    notes[ExifTags.Base.Orientation] = 6
    path = tmp_path / "a.jpg"
    quadrants(160, 240).transpose(Image.Transpose.ROTATE_90).save(path, exif=notes, quality=95)
    with Image.open(path) as opened:
        packed = encoded(opened, lossless_jpeg=True)
    assert b"jbrd" in packed
    picture = decode(packed, 40)
    assert (picture.width, picture.height, picture.image.size) == (160, 240, (40, 60))
    assert_upright(picture.image, 14)


@given(st.integers(1, 2**30), st.integers(1, 2**30))
def test_a_size_is_read_as_it_is_written(width: int, height: int) -> None:
    written = header((0, 1), (3, 2), (height - 1, 30), (0, 3), (3, 2), (width - 1, 30), (1, 1))
    assert size_of(written) == (width, height)


def test_small_sizes_ratios_and_turns_are_read_as_they_are_written() -> None:
    assert size_of(header((1, 1), (4, 5), (0, 3), (9, 5), (1, 1))) == (80, 40)
    assert size_of(header((1, 1), (9, 5), (4, 3), (1, 1))) == (120, 80)
    turned = ((1, 1), (9, 5), (4, 3), (0, 1), (1, 1), (5, 3))  # orientation 6
    assert size_of(header(*turned)) == (80, 120)


def test_what_is_too_large_is_refused_undecoded() -> None:
    huge = header((0, 1), (3, 2), (2**29, 30), (1, 3), (1, 1))
    with pytest.raises(UnreadablePhoto, match="more than the program opens"):
        decode(huge, 20)


def test_damage_is_told() -> None:
    data = encoded(quadrants(240, 160))
    for damaged in (data[: len(data) // 2], data[:14], BARE, b"\0\0\0\x0cJXL \r\n\x87\n", data[:12] + bytes(40)):
        with pytest.raises(UnreadablePhoto, match=r"damaged|cut off"):
            decode(damaged, 20)
