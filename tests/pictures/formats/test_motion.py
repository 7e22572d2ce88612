"""Photos with a film behind them are told from those that merely say so."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guie_desktop.pictures.formats import motion
from guie_desktop.pictures.formats.motion import is_motion_photo
from guie_desktop.pictures.images import decode
from tests.pictures.formats.corners import quadrants
from tests.raw_files import jpeg

FILM = b"\0\0\0\x18ftypmp42\0\0\0\0isommp42"


def with_xmp(words: bytes) -> bytes:
    """A JPEG with these words in its XMP."""
    photo = jpeg(quadrants(64, 48))
    xmp = b"http://ns.adobe.com/xap/1.0/\0" + words
    return photo[:2] + b"\xff\xe1" + (len(xmp) + 2).to_bytes(2) + xmp + photo[2:]


@pytest.mark.parametrize(
    "words",
    [b'GCamera:MotionPhoto="1"', b'GCamera:MicroVideo="1"', b"<Camera:MotionPhoto>1</", b"Camera:MotionPhoto='1'"],
)
def test_a_film_that_is_told_of_makes_a_motion_photo(words: bytes) -> None:
    photo = with_xmp(words)
    assert decode(photo + FILM, 48).is_motion
    assert not decode(photo, 48).is_motion  # an editor has dropped the film
    heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + words
    assert is_motion_photo(heic + FILM)
    assert not is_motion_photo(heic)


def test_samsungs_trailer_makes_a_motion_photo() -> None:
    assert is_motion_photo(jpeg(quadrants(64, 48)) + b"MotionPhoto_Data" + FILM)


@given(st.binary(max_size=40), st.integers(0, 40))
def test_a_film_is_found_wherever_it_begins_behind_the_beginning(rest: bytes, place: int) -> None:
    data = rest[:place] + b"ftyp" + rest[place:]
    for some in (data, rest, data[:-1]):
        assert motion._has_film(some) == (some.find(b"ftyp", 12) > 0)


@pytest.mark.parametrize("words", [b"", b'GCamera:MotionPhoto="0"'])
def test_other_photos_are_none(words: bytes) -> None:
    assert not is_motion_photo(with_xmp(words) + FILM)
    assert not is_motion_photo(b"\x89PNG" + b'GCamera:MotionPhoto="1"' + FILM)
