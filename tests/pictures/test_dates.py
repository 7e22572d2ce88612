"""A date is taken from the best of what says one; what is no date is passed over, and nothing is raised."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from PIL.ExifTags import IFD, Base

from guie_desktop.domain import DateSource
from guie_desktop.pictures.dates import Taken, taken_at

NOON = datetime(2019, 7, 14, 12, 34, 56)
WRITTEN = "2019:07:14 12:34:56"
SENSELESS = ["0000:00:00 00:00:00", "1904:01:01 00:00:00", "2999:01:01 00:00:00", "    :  :     :  :  ", "2019:13:14"]


@pytest.fixture(autouse=True)
def _far_from_utc(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    if hasattr(time, "tzset"):
        time.tzset()
    yield
    monkeypatch.undo()
    if hasattr(time, "tzset"):
        time.tzset()


def picture(xmp: object = b"", camera: tuple[tuple[int, object], ...] = (), **notes: str) -> Image.Image:
    """A picture with these notes, as its decoder would hold them; names of tags are those of EXIF.

    `camera` has further pairs of a tag and its value.
    """
    image = Image.new("L", (1, 1))
    exif = Image.Exif()
    for name, value in notes.items():
        tag = Base[name]
        (exif if tag == Base.DateTime else exif.get_ifd(IFD.Exif))[tag] = value
    exif.get_ifd(IFD.Exif).update(camera)
    image.info = {"exif": exif.tobytes(), "xmp": xmp}
    return image


def taken(image: Image.Image, name: str = "", png_time: bytes = b"") -> tuple[float, DateSource] | None:
    found = taken_at(image, name, png_time)
    return None if found is None else (found.at, found.source)


def test_fields_in_their_order() -> None:
    later = {"DateTime": "2021:01:01 00:00:00"}
    xmp = b'<x exif:DateTimeOriginal="2018-01-02T03:04:05Z"/>'
    first = picture(xmp, (), DateTimeOriginal=WRITTEN, DateTimeDigitized="2020:01:01 00:00:00", **later)
    assert taken(first) == (NOON.timestamp(), "DateTimeOriginal")
    assert taken(picture(xmp, (), DateTimeDigitized=WRITTEN, **later)) == (NOON.timestamp(), "DateTimeDigitized")
    assert taken(picture(xmp, DateTime=WRITTEN)) == (NOON.timestamp(), "DateTime")
    in_utc = datetime(2018, 1, 2, 3, 4, 5, tzinfo=UTC).timestamp()
    assert taken(picture(xmp), "IMG_20190714_123456.jpg") == (in_utc, "XMP")
    modified = bytes([0x07, 0xE3, 7, 14, 3, 34, 56])
    assert taken(picture(), "IMG_20200101_000000.png", modified) == (NOON.timestamp(), "PNG time")
    assert taken(picture(), "IMG_20190714_123456.jpg") == (NOON.timestamp(), "file name")
    assert taken(picture(), "sunset.jpg") is None


@pytest.mark.parametrize("senseless", SENSELESS)
def test_what_is_no_date_is_passed_over(senseless: str) -> None:
    assert taken(picture(DateTimeOriginal=senseless)) is None
    found = taken(picture(DateTimeOriginal=senseless, DateTimeDigitized=WRITTEN))
    assert found == (NOON.timestamp(), "DateTimeDigitized")
    assert taken(picture(f'<x xmp:CreateDate="{senseless}"/>'.encode())) is None


@pytest.mark.parametrize(
    ("field", "offset", "fraction"),
    [
        ("DateTimeOriginal", "OffsetTimeOriginal", "SubsecTimeOriginal"),
        ("DateTimeDigitized", "OffsetTimeDigitized", "SubsecTimeDigitized"),
        ("DateTime", "OffsetTime", "SubsecTime"),
    ],
)
def test_each_field_has_its_own_zone_and_fraction(field: str, offset: str, fraction: str) -> None:
    exact = picture(b"", (), **{field: WRITTEN, offset: "+02:00", fraction: "25"})
    utc = NOON.replace(tzinfo=UTC) - timedelta(hours=2) + timedelta(milliseconds=250)
    assert taken(exact) == (utc.timestamp(), field)
    others = {"OffsetTimeOriginal": "-05:00", "OffsetTimeDigitized": "-05:00", "OffsetTime": "-05:00"}
    del others[offset]
    assert taken(picture(b"", (), **{field: WRITTEN}, **others)) == (NOON.timestamp(), field)
    assert taken(picture(b"", (), **{field: WRITTEN, offset: "somewhere", fraction: "x"})) == (NOON.timestamp(), field)


@pytest.mark.parametrize(
    "xmp",
    [
        b"<rdf:Description exif:DateTimeOriginal='2019-07-14T12:34:56'/>",
        b"<exif:DateTimeOriginal>2019-07-14T12:34:56.000</exif:DateTimeOriginal>",
        b'<x xmp:CreateDate = "2019-07-14T12:34:56+09:00" photoshop:DateCreated="2001-01-01"/>',
        b"<photoshop:DateCreated>2019-07-14 12:34:56</photoshop:DateCreated>",
        b'<x exif:DateTimeOriginal="never" photoshop:DateCreated="2019-07-14T03:34:56Z"/>',
    ],
)
def test_xmp(xmp: bytes) -> None:
    assert taken(picture(xmp)) == (NOON.timestamp(), "XMP")


@pytest.mark.parametrize(
    "name",
    [
        "IMG_20190714_123456.jpg",
        "IMG20190714123456.jpg",
        "20190714123456.jpg",
        "Screen Shot 2019-07-14 at 12.34.56 PM.png",
        "Bildschirmfoto 2019-07-14 um 12.34.56.png",
        "Capture d’écran 2019-07-14 à 12.34.56.png",
        "vlcsnap-2019-07-14-12h34m56s123.png",
        "20190714_123456.jpg",
        "20190714-123456(1).jpg",
        "PANO_20190714_123456.vr.jpg",
        "IMG_20190714_123456_1.jpg",
        "MVIMG_20190714_123456~2.jpg",
        "PXL_20190714_033456.MP.jpg",
        "Screenshot_2019-07-14-12-34-56.png",
        "Screenshot_20190714-123456_Chrome.png",
        "Screenshot 2019-07-14 at 12.34.56.png",
        "signal-2019-07-14-123456.jpeg",
        "2019-07-14 12.34.56.jpg",
        "2019-07-14T12-34-56.jpg",
        "WhatsApp Image 2019-07-14 at 12.34.56.jpeg",
        "scan 999999999 IMG_20190714_123456.jpg",
    ],
)
def test_names(name: str) -> None:
    assert taken(picture(), name) == (NOON.timestamp(), "file name")


@pytest.mark.parametrize(("written", "hour"), [("1.34.56 PM", 13), ("12.34.56\u202fAM", 0), ("9.34.56", 9)])
def test_hours_of_half_a_day(written: str, hour: int) -> None:
    moment = datetime(2019, 7, 14, hour, 34, 56).timestamp()
    assert taken(picture(), f"Screenshot 2019-07-14 at {written}.png") == (moment, "file name")


@pytest.mark.parametrize("name", ["FB_IMG_1563107696000.jpg", "mmexport1563107696000.jpg", "1563107696000.jpg"])
def test_thousandths_since_the_epoch(name: str) -> None:
    assert taken(picture(), name) == (1563107696, "file name")


def test_a_fraction_in_a_name() -> None:
    assert taken(picture(), "PXL_20190714_033456789.jpg") == (NOON.timestamp() + 0.789, "file name")


@pytest.mark.parametrize("name", ["IMG-20190714-WA0001.jpg", "photo_2019-07-14.jpg", "2019.07.14 harbour.jpg"])
def test_a_day_in_a_name_is_its_noon(name: str) -> None:
    assert taken(picture(), name) == (datetime(2019, 7, 14, 12).timestamp(), "file name")


@pytest.mark.parametrize(
    "name",
    [
        *("DSC_0001.JPG", "IMG_20191314_123456.jpg", "IMG_29990101_000000.jpg", "4711201907141.jpg", "1904-01-01.jpg"),
        *("0", "received_123456789012345.jpeg", "20190714999999.jpg", "15631076960001.jpg", "my 1563107696000.jpg"),
    ],
)
def test_names_without_a_date(name: str) -> None:
    assert taken(picture(), name) is None


def test_notes_that_cannot_be_read_leave_the_name() -> None:
    image = picture()
    image.info["exif"] = b"Exif\0\0II*\0\xff\xff\xff\xff"
    assert taken(image, "20190714_123456.jpg") == (NOON.timestamp(), "file name")


@settings(max_examples=300, deadline=None)
@given(
    st.text(max_size=40) | st.from_regex(r"\d{0,9}[-_:. ]?\d{0,9}[-_:. ]?\d{0,9}"),
    st.binary(max_size=60) | st.just("text"),
    st.binary(max_size=8),
    st.dictionaries(
        st.sampled_from([0x9003, 0x9004, 0x9010, 0x9011, 0x9012, 0x9290, 0x9291]),
        st.text(st.characters(codec="ascii"), max_size=25)
        | st.from_regex(r"\A\d{4}:\d\d:\d\d \d\d:\d\d:\d\d\Z").filter(str.isascii),
        max_size=4,
    ),
)
def test_nothing_is_raised(name: str, xmp: object, png_time: bytes, camera: dict[int, object]) -> None:
    found = taken_at(picture(xmp, tuple(camera.items())), name, png_time)
    assert found is None or (isinstance(found, Taken) and found.at < time.time() + 2 * 86400)
