"""JPEG 2000: reduced while it is decoded, as far as it can be halved."""

from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from guie_desktop.errors import UnreadablePhoto
from guie_desktop.pictures.formats.jpeg_2000 import open_reduced, size_of
from guie_desktop.pictures.images import decode
from tests.pictures.formats.corners import assert_upright, quadrants


def encoded(picture: Image.Image, **options: Any) -> bytes:
    buffer = BytesIO()
    picture.save(buffer, "JPEG2000", **options)
    return buffer.getvalue()


@pytest.mark.parametrize("no_jp2", [False, True], ids=["jp2", "j2k"])
@pytest.mark.parametrize("smallest_side", [20, 500])
def test_a_photo_is_shown_in_its_colours(no_jp2: bool, smallest_side: int) -> None:
    picture = decode(encoded(quadrants(240, 160), no_jp2=no_jp2), smallest_side)
    assert (picture.width, picture.height) == (240, 160)
    assert picture.image.size == ((30, 20) if smallest_side == 20 else (240, 160))
    assert_upright(picture.image, 14)


@pytest.mark.parametrize(("resolutions", "expected"), [(1, (240, 160)), (2, (120, 80)), (4, (30, 20)), (6, (30, 20))])
def test_it_is_halved_no_more_often_than_it_was_written_for(resolutions: int, expected: tuple[int, int]) -> None:
    data = encoded(quadrants(240, 160), num_resolutions=resolutions)
    assert open_reduced(data, 20).size == expected
    assert size_of(data) == (240, 160)


def test_a_palette_is_not_halved_by_its_numbers() -> None:
    picture = decode(encoded(quadrants(240, 160).convert("L")), 20)
    assert picture.image.size == (30, 20)


def test_damage_is_told() -> None:
    data = encoded(quadrants(240, 160))
    with pytest.raises(UnreadablePhoto, match=r"damaged|cut off"):
        decode(data[:200], 20)


@pytest.mark.parametrize("no_jp2", [False, True], ids=["jp2", "j2k"])
def test_one_that_is_cut_off_is_shown_coarse(no_jp2: bool) -> None:
    whole = encoded(Image.effect_noise((320, 200), 60), no_jp2=no_jp2)
    picture = decode(whole[: len(whole) // 2], 200)
    assert picture.cut_off
    assert (picture.width, picture.height) == picture.image.size == (320, 200)
    assert not decode(whole, 200).cut_off
    with pytest.raises(UnreadablePhoto, match=r"damaged|cut off"):
        decode(whole[: len(whole) // 20], 200)


def test_of_tiles_the_rows_that_are_there_are_shown() -> None:
    whole = encoded(quadrants(240, 160), tile_size=(240, 40))
    last = whole.rindex(b"\xff\x90\0\x0a")
    for end in (last + 15, last + 13, last + 5, last):
        picture = decode(whole[:end], 160)
        assert picture.cut_off
        assert (picture.width, picture.height) == picture.image.size == (240, 120)
