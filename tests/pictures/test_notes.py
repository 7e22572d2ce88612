"""What a photo says of itself is read wherever programs write it, and whatever stands there, nothing is raised."""

from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL.ExifTags import Base

from guie_desktop.noted import PhotoNotes
from guie_desktop.pictures.notes import notes_of, read_notes
from guie_desktop.pictures.xmp import XmpPacket
from tests.drawing import draw_scene
from tests.photo_notes import LENS, MAKER, ROME, bag, noted_photo, save, titled, xmp
from tests.raw_files import dng

FULL = (
    titled("Evening at the river")
    + titled("A long day &amp; a short night.", "dc:description")
    + bag("dc:subject", "river", "Sommer", "river")
    + bag("lr:hierarchicalSubject", "Places|Italy|Rome")
    + bag("Iptc4xmpExt:PersonInImage", "Anna Müller")
    + "<photoshop:City>Rome</photoshop:City><photoshop:Country>Italy</photoshop:Country>"
)


def of(data: bytes, name: str = "photo.jpg") -> PhotoNotes:
    """The notes of a photo beside which nothing lies."""
    return notes_of(BytesIO(data), Path("/no such folder") / name)


@pytest.mark.parametrize("kind", ["JPEG", "WEBP", "PNG", "AVIF", "TIFF"])
def test_all_is_read_from_each_kind_of_file(kind: str) -> None:
    found = of(noted_photo(kind, main=MAKER, camera=LENS, place=ROME, packet=xmp(FULL)))
    assert found.camera == "NIKON D90"
    assert found.lens == "A lens of 50 mm"
    assert found.title == "Evening at the river"
    assert found.description == "A long day & a short night."
    assert found.keywords == ("river", "Sommer", "Places", "Italy", "Rome")
    assert found.people == ("Anna Müller",)
    assert found.place == "Rome, Italy"
    assert [found.latitude, found.longitude] == pytest.approx([41.89, 12.49])


def test_a_raw_says_what_it_says() -> None:
    assert of(dng(draw_scene("dots", 5, (64, 48))), "photo.dng").camera == "Maker Camera"
    # What is built as a TIFF says it before LibRaw is asked, which does not know this one.
    assert of(noted_photo("TIFF", packet=xmp(FULL)), "photo.nef").title == "Evening at the river"


def test_iptc_alone_is_read_and_xmp_goes_before_it() -> None:
    fields = (
        (5, "Fluß".encode()),
        (25, b"alpha"),
        (25, "caf\u00e9".encode("cp1252")),
        (90, b"Lyon"),
        (101, b"France"),
        (120, b"What the agency wrote."),
    )
    found = of(noted_photo(fields=fields))
    assert (found.title, found.keywords, found.place) == ("Fluß", ("alpha", "café"), "Lyon, France")
    assert found.description == "What the agency wrote."
    both = of(noted_photo(fields=fields, packet=xmp(titled("Newer"))))
    assert (both.title, both.keywords) == ("Newer", ("alpha", "café"))


def test_what_windows_writes_is_read() -> None:
    main = {
        Base.XPTitle: "Größe".encode("utf-16-le") + b"\0\0",
        Base.XPKeywords: "one;two".encode("utf-16-le"),
        Base.XPComment: "日本".encode("utf-16-le"),
    }
    found = of(noted_photo(main=main))
    assert (found.title, found.keywords, found.description) == ("Größe", ("one", "two"), "日本")


@pytest.mark.parametrize(
    ("comment", "read"),
    [
        (b"ASCII\0\0\0Hello", "Hello"),
        (b"UNICODE\0" + "Grüße".encode("utf-16-le"), "Grüße"),
        (b"UNICODE\0" + "Grüße".encode("utf-16-be"), "Grüße"),
        (b"\0" * 64, ""),
    ],
)
def test_the_comment_of_a_camera_has_its_letters(comment: bytes, read: str) -> None:
    assert of(noted_photo(camera={Base.UserComment: comment})).description == read


@pytest.mark.parametrize("said", ["OLYMPUS DIGITAL CAMERA         ", "SONY DSC", "---", "\0\0\0"])
def test_what_a_camera_writes_by_itself_is_no_description(said: str) -> None:
    assert of(noted_photo(main={Base.ImageDescription: said})).description == ""


@pytest.mark.parametrize(
    "content",
    [
        '<mwg-rs:Regions rdf:parseType="Resource"><mwg-rs:RegionList><rdf:Bag>'
        '<rdf:li><rdf:Description mwg-rs:Name="Ben" mwg-rs:Type="Face"/></rdf:li>'
        '<rdf:li rdf:parseType="Resource"><mwg-rs:Name>Anna</mwg-rs:Name><mwg-rs:Type>Face</mwg-rs:Type></rdf:li>'
        '<rdf:li><rdf:Description mwg-rs:Name="4006381333931" mwg-rs:Type="BarCode"/></rdf:li>'
        "</rdf:Bag></mwg-rs:RegionList></mwg-rs:Regions>",
        '<MP:RegionInfo rdf:parseType="Resource"><MPRI:Regions><rdf:Bag>'
        '<rdf:li MPReg:PersonDisplayName="Ben" MPReg:Rectangle="0, 0, 1, 1"/>'
        "<rdf:li><rdf:Description><MPReg:PersonDisplayName>Anna</MPReg:PersonDisplayName></rdf:Description></rdf:li>"
        "</rdf:Bag></MPRI:Regions></MP:RegionInfo>",
    ],
)
def test_the_names_of_faces_are_people(content: str) -> None:
    assert of(noted_photo(packet=xmp(content))).people == ("Ben", "Anna")


def test_a_place_in_a_structure_is_read() -> None:
    content = (
        '<Iptc4xmpExt:LocationShown><rdf:Bag><rdf:li rdf:parseType="Resource">'
        "<Iptc4xmpExt:Sublocation>Trastevere</Iptc4xmpExt:Sublocation><Iptc4xmpExt:City>Rome</Iptc4xmpExt:City>"
        "<Iptc4xmpExt:CountryName>Italy</Iptc4xmpExt:CountryName></rdf:li></rdf:Bag></Iptc4xmpExt:LocationShown>"
    )
    assert of(noted_photo(packet=xmp(content))).place == "Trastevere, Rome, Italy"


def test_attributes_say_as_much_as_elements() -> None:
    packet = xmp("").replace(
        b'rdf:about=""',
        b'rdf:about="" photoshop:City="Oslo" tiff:Make="Canon" tiff:Model="Canon EOS R5" aux:Lens="RF50mm"'
        b' exif:GPSLatitude="59,54.75N" exif:GPSLongitude="10,44,46W"',
    )
    found = of(noted_photo(packet=packet))
    assert (found.place, found.camera, found.lens) == ("Oslo", "Canon EOS R5", "RF50mm")
    assert [found.latitude, found.longitude] == pytest.approx([59.9125, -10.74611], abs=1e-4)


def test_what_lies_beside_a_photo_counts_and_the_closer_name_most(tmp_path: Path) -> None:
    photo = save(tmp_path, "a.jpg", noted_photo(packet=xmp(FULL)))
    save(tmp_path, "a.XMP", xmp(titled("Of all of this name") + bag("dc:subject", "beside")))
    found = read_notes(photo)
    assert (found.title, found.keywords, found.place) == ("Of all of this name", ("beside",), "Rome, Italy")
    save(tmp_path, "a.jpg.xmp", xmp(titled("Of this file")))
    assert read_notes(photo).title == "Of this file"
    assert read_notes(photo).keywords == ("beside",)


BOMB = b'<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = b'<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize("begin", [BOMB, OUTSIDE])
def test_entities_are_not_expanded(begin: bytes) -> None:
    packet = begin + xmp(titled("&a;" if begin is OUTSIDE else "&b;")).partition(b"?>")[2]
    with pytest.raises(ValueError, match="no XML"):
        XmpPacket(packet)
    found = of(noted_photo(main=MAKER, packet=packet))
    assert (found.camera, found.title) == ("NIKON D90", "")


def test_what_is_too_long_is_bounded() -> None:
    with pytest.raises(ValueError, match="too long"):
        XmpPacket(b" " * (4 * 1024**2 + 1))
    words = [f"word {number}" for number in range(3000)]
    packet = xmp(bag("dc:subject", *words) + titled("x" * 50_000, "dc:description"))
    found = of(noted_photo("WEBP", packet=packet))
    assert len(found.keywords) == 500
    assert len(found.description) == 10_000


def test_a_broken_part_leaves_the_others(tmp_path: Path) -> None:
    photo = save(tmp_path, "a.jpg", noted_photo(main=MAKER, packet=b"<x:xmpmeta", fields=((5, b"Kept"),)))
    save(tmp_path, "a.xmp", b"\xff\xfe no notes at all")
    save(tmp_path, "a.jpg.xmp", xmp(bag("dc:subject", "good")))
    found = read_notes(photo)
    assert (found.camera, found.title, found.keywords) == ("NIKON D90", "Kept", ("good",))


def test_only_the_beginning_of_a_jpeg_is_read() -> None:
    data = noted_photo(packet=xmp(FULL))
    file = BytesIO(data + b"\0" * 4_000_000)
    assert notes_of(file, Path("/none/a.jpg")).title == "Evening at the river"
    assert file.tell() < len(data) + 200_000


@given(data=st.binary(max_size=400), name=st.sampled_from(["a.jpg", "a.dng", "a.heic", "a.psd", "a.png"]))
def test_nothing_is_raised_by_rubbish(data: bytes, name: str) -> None:
    assert of(data, name) == PhotoNotes()


@given(at=st.integers(0, 2500), byte=st.integers(0, 255), length=st.integers(1, 8))
def test_nothing_is_raised_by_damage(at: int, byte: int, length: int) -> None:
    whole = noted_photo(main=MAKER, camera=LENS, place=ROME, packet=xmp(FULL), fields=((5, b"A title"), (25, b"word")))
    damaged = whole[:at] + bytes([byte]) * length + whole[at + length :]
    found = of(damaged)
    for text in (found.camera, found.lens, found.title, found.place, *found.keywords, *found.people):
        assert text == " ".join(text.split())
        assert text.isprintable()


@given(content=st.text(max_size=200))
def test_nothing_but_a_value_error_is_raised_by_a_packet(content: str) -> None:
    try:
        XmpPacket(xmp(content)).notes()
    except ValueError:
        return
