"""What cameras note is full of rubbish: nothing of it may raise, and nothing senseless may be told."""

from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PIL.ExifTags import GPS, IFD, Base
from PIL.TiffImagePlugin import IFDRational

from guie_desktop.noted import PhotoFacts
from guie_desktop.pictures.facts import facts_of, read_facts
from guie_desktop.wording.photo_facts import exposure_text, focal_length_text, place_text
from tests.drawing import draw_scene
from tests.raw_files import dng

CAMERA = {
    Base.ExposureTime: IFDRational(1, 250),
    Base.FNumber: IFDRational(28, 10),
    Base.ISOSpeedRatings: 400,
    Base.FocalLength: IFDRational(50, 1),
    Base.FocalLengthIn35mmFilm: 75,
    Base.LensModel: "A lens of 50 mm",
}
PLACE = {
    GPS.GPSLatitudeRef: "N",
    GPS.GPSLatitude: (52.0, 31.0, 12.0),
    GPS.GPSLongitudeRef: "W",
    GPS.GPSLongitude: (13.0, 24.0, 18.0),
    GPS.GPSAltitudeRef: b"\x01",
    GPS.GPSAltitude: IFDRational(34, 1),
}

numbers = st.one_of(
    st.integers(-(2**40), 2**40),
    st.floats(),
    st.builds(IFDRational, st.integers(-(2**31), 2**31), st.integers(-3, 2**31)),
)
rubbish = st.one_of(numbers, st.binary(max_size=300), st.text(max_size=300), st.lists(numbers, max_size=4).map(tuple))
tags = st.sampled_from([*CAMERA, Base.Make, Base.Model])


def exif(main: dict[Any, Any], camera: dict[Any, Any], place: dict[Any, Any]) -> Image.Exif:
    notes = Image.Exif()
    notes.update(main)
    notes.get_ifd(IFD.Exif).update(camera)
    notes.get_ifd(IFD.GPSInfo).update(place)
    return notes


def photo(notes: Image.Exif, kind: str = "JPEG") -> bytes:
    buffer = BytesIO()
    Image.new("RGB", (16, 16)).save(buffer, kind, exif=notes.tobytes())
    return buffer.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "WEBP", "PNG", "AVIF", "TIFF"])
def test_what_a_camera_notes_is_read_from_each_kind_of_file(kind: str) -> None:
    facts = read_facts(photo(exif({Base.Make: "Maker", Base.Model: "X1\0"}, CAMERA, PLACE), kind))
    assert facts.camera == "Maker X1"
    assert facts.lens == "A lens of 50 mm"
    assert exposure_text(facts) == "1/250 s, f/2.8, ISO 400"
    assert focal_length_text(facts) == "50 mm (75 mm on film)"
    assert place_text(facts) == "52.52000° N, 13.40500° W, -34 m"


@pytest.mark.parametrize(
    ("make", "model", "camera"),
    [
        ("NIKON CORPORATION", "NIKON D90", "NIKON D90"),
        ("Canon", "Canon EOS 5D", "Canon EOS 5D"),
        ("Apple", "iPhone 15", "Apple iPhone 15"),
        ("", "iPhone 15", "iPhone 15"),
        ("Maker", "", "Maker"),
        ("    ", "---", ""),
    ],
)
def test_a_camera_is_named_once(make: str, model: str, camera: str) -> None:
    assert facts_of(exif({Base.Make: make, Base.Model: model}, {}, {})).camera == camera


def test_what_says_that_nothing_is_known_is_not_told() -> None:
    unknown = {Base.ExposureTime: IFDRational(0, 0), Base.FNumber: 0, Base.ISOSpeedRatings: 65535}
    nowhere = {GPS.GPSLatitude: (0.0, 0.0, 0.0), GPS.GPSLongitude: (0.0, 0.0, 0.0)}
    assert facts_of(exif({}, unknown, nowhere)) == PhotoFacts()
    assert facts_of(exif({}, {}, {**PLACE, GPS.GPSLatitude: (91.0, 0.0, 0.0)})).place is None
    assert facts_of(exif({}, {}, {**PLACE, GPS.GPSLatitude: (-1.0, 0.0, 0.0)})).place is None
    assert facts_of(exif({}, {}, {**PLACE, GPS.GPSAltitude: 1e9})).altitude is None
    assert facts_of(exif({}, {}, {**PLACE, GPS.GPSAltitudeRef: b"\0"})).altitude == 34


def test_a_raw_tells_what_stands_in_it() -> None:
    preview = photo(exif({Base.Model: "X1"}, CAMERA, {}))
    facts = read_facts(dng(draw_scene("dots", 5, (640, 480)), preview=preview, preview_size=(16, 16)), "a.dng")
    assert facts.camera == "Maker Camera"


def test_a_png_without_notes_before_its_pixels_is_not_decoded_for_them() -> None:
    buffer = BytesIO()
    Image.new("RGB", (16, 16)).save(buffer, "PNG")
    assert read_facts(buffer.getvalue()) == PhotoFacts()


def test_a_container_whose_notes_are_not_read_tells_nothing() -> None:
    assert read_facts(b"8BPS\0\1" + bytes(40)) == PhotoFacts()


def test_a_part_that_cannot_be_read_hides_no_other() -> None:
    broken = exif({Base.Make: "Maker"}, {}, {})
    broken[IFD.Exif] = "nowhere"
    broken._ifds.clear()
    assert facts_of(broken).camera == "Maker"


@given(
    st.dictionaries(tags, rubbish), st.dictionaries(tags, rubbish), st.dictionaries(st.sampled_from([*PLACE]), rubbish)
)
def test_no_notes_raise_or_make_no_sense(
    main: dict[Base, object], camera: dict[Base, object], place: dict[GPS, object]
) -> None:
    facts = facts_of(exif(main, camera, place))
    for said in (facts.camera, facts.lens, exposure_text(facts), focal_length_text(facts), place_text(facts)):
        assert said.isprintable()
        assert len(said) <= 220
        assert "nan" not in exposure_text(facts)


@given(st.binary(max_size=400))
def test_no_bytes_in_place_of_notes_raise(notes: bytes) -> None:
    buffer = BytesIO()
    Image.new("RGB", (16, 16)).save(buffer, "JPEG", exif=b"Exif\0\0" + notes)
    read_facts(buffer.getvalue())


@given(st.binary(max_size=200))
def test_no_file_raises(data: bytes) -> None:
    assert isinstance(read_facts(data, "a.nef"), PhotoFacts)
    assert isinstance(read_facts(b"\xff\xd8\xff" + data), PhotoFacts)
