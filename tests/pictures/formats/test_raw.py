"""RAW photos: which of the two pictures inside is taken, upright, with its date; all are made here, as DNGs."""

from datetime import datetime
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from guie_desktop.errors import UnreadablePhoto
from guie_desktop.pictures.formats.raw import is_raw
from guie_desktop.pictures.images import decode
from tests.pictures.formats.corners import assert_upright, quadrants, turned
from tests.raw_files import dng, jpeg

WIDE = quadrants(1200, 800)
TAKEN = datetime(2021, 6, 5, 4, 3, 2).timestamp()
GREY = Image.new("RGB", (1200, 800), "gray")


def tiff() -> bytes:
    buffer = BytesIO()
    WIDE.save(buffer, "TIFF")
    return buffer.getvalue()


@pytest.mark.parametrize("orientation", range(1, 9))
def test_without_a_preview_the_sensor_is_developed_upright_at_half_size(orientation: int) -> None:
    picture = decode(dng(turned(quadrants(240, 160), orientation), orientation=orientation), 80)
    assert (picture.width, picture.height, picture.image.size) == (240, 160, (120, 80))
    assert_upright(picture.image)
    assert picture.taken == TAKEN


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("noted", [True, False], ids=["noted", "not noted"])
def test_a_preview_is_turned_as_it_says_or_else_as_the_raw_says(orientation: int, noted: bool) -> None:
    seen = turned(WIDE, orientation)
    data = dng(
        turned(GREY, orientation), orientation=orientation, preview=jpeg(seen, orientation if noted else None),
        preview_size=seen.size,
    )  # fmt: skip
    picture = decode(data, 100)
    assert (picture.width, picture.height, picture.image.size) == (1200, 800, (150, 100))
    assert_upright(picture.image)
    assert picture.taken == TAKEN


@pytest.mark.parametrize("note", [None, 1, 6])
def test_a_preview_that_the_camera_turned_already_is_left_as_it_is(note: int | None) -> None:
    upright = quadrants(800, 1200)
    data = dng(turned(quadrants(800, 1200), 6), orientation=6, preview=jpeg(upright, note), preview_size=upright.size)
    picture = decode(data, 100)
    assert (picture.width, picture.height) == (800, 1200)
    assert_upright(picture.image)


def test_a_preview_whose_note_was_forgotten_is_turned_as_the_raw_says() -> None:
    seen = turned(quadrants(800, 1200), 6)
    picture = decode(dng(seen, orientation=6, preview=jpeg(seen, 1), preview_size=seen.size), 100)
    assert_upright(picture.image)


def test_a_camera_that_sees_no_colours_gives_grey() -> None:
    grey = decode(dng(quadrants(240, 160), is_grey=True), 80).image
    assert np.ptp(np.asarray(grey), axis=2).max() == 0
    assert grey.getpixel((30, 20)) != grey.getpixel((90, 60))


def test_a_preview_of_bare_pixels_will_do() -> None:
    data = dng(GREY, preview=WIDE.tobytes(), preview_size=WIDE.size, preview_compression=1)
    assert_upright(decode(data, 100).image)


def test_a_thumbnail_is_no_preview() -> None:
    data = dng(WIDE, preview=jpeg(GREY.resize((160, 120))), preview_size=(160, 120))
    assert_upright(decode(data, 100).image)


def test_a_preview_with_fewer_pixels_than_asked_for_is_taken_where_half_the_size_has_no_more() -> None:
    data = dng(GREY, preview=jpeg(WIDE.resize((600, 400))), preview_size=(600, 400))
    assert_upright(decode(data, 700).image)
    data = dng(WIDE, preview=jpeg(GREY.resize((570, 380))), preview_size=(570, 380))
    assert_upright(decode(data, 700).image)


def test_a_damaged_preview_gives_way_to_the_sensor() -> None:
    broken = jpeg(GREY)[:2000]
    assert_upright(decode(dng(WIDE, preview=broken, preview_size=WIDE.size), 300).image)


def test_what_the_camera_shows_serves_where_the_sensors_part_is_cut_off() -> None:
    seen = WIDE.resize((900, 600))
    data = dng(Image.new("RGB", (2400, 1600), "gray"), preview=jpeg(seen), preview_size=seen.size)
    assert_upright(decode(data[:-2_000_000], 1200).image)


def test_a_date_that_the_camera_did_not_know_is_none() -> None:
    assert decode(dng(quadrants(64, 48), taken=""), 20).taken is None


def test_a_cut_off_raw_is_told_to_be_cut_off() -> None:
    with pytest.raises(UnreadablePhoto, match="cut off"):
        decode(dng(quadrants(240, 160))[:-20_000], 80)


def test_what_libraw_does_not_know_is_told() -> None:
    with pytest.raises(UnreadablePhoto, match="camera or of a kind that the program does not know") as told:
        decode(b"FUJIFILMCCD-RAW" + bytes(5000), 80)
    assert "DNG" in told.value.remedy
    with pytest.raises(UnreadablePhoto, match="RAW"):
        decode(tiff(), 80, "a.NEF")  # its first picture would be a thumbnail


def test_names_and_tags_tell_a_raw_from_other_photos() -> None:
    small = dng(quadrants(64, 48))
    assert is_raw(small, "")
    assert is_raw(small, "IMG_1.tif")
    assert is_raw(tiff(), "IMG_1.nef")
    assert not is_raw(tiff(), "IMG_1.tif")
    assert not is_raw(jpeg(WIDE), "IMG_1.CR2")
    assert not is_raw(b"\0\0\0\x18ftypheic", "IMG_1.dng")
    assert not is_raw(b"II*\0\xff\xff\xff\xff", "")
    for start in (b"\0\0\0\x18ftypcrx \0\0\0\1", b"IIU\0\x18\0\0\0", b"IIRO\x08\0\0\0", b"II*\0\x10\0\0\0CR\2\0"):
        assert is_raw(start, "")


def test_a_jpeg_under_the_name_of_a_raw_is_shown_as_the_jpeg_it_is() -> None:
    assert_upright(decode(jpeg(WIDE), 100, "IMG_1.CR2").image)
