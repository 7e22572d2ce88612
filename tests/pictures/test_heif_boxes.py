"""What the boxes of a HEIF or AVIF say of the picture, and what they may hold."""

import struct
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from guie_desktop.pictures.heif_boxes import clean_aperture, coding_points, refuse_deadly_names
from tests.heif_files import heif_with_item, with_property


def avif() -> bytes:
    buffer = BytesIO()
    Image.new("RGB", (64, 48), "teal").save(buffer, "AVIF")
    return buffer.getvalue()


AVIF = avif()


def aperture(*numbers: int) -> bytes:
    return struct.pack(">IIIIiIiI", *numbers)


@pytest.mark.parametrize(
    ("numbers", "part"),
    [
        ((32, 1, 24, 1, 0, 1, 0, 1), (16, 12, 48, 36)),
        ((32, 1, 24, 1, 8, 1, -4, 1), (24, 8, 56, 32)),
        ((63, 1, 47, 1, 1, 2, -1, 2), (1, 0, 64, 47)),
        ((64, 2, 48, 2, 0, 1, 0, 1), (16, 12, 48, 36)),
        ((64, 1, 48, 1, 1, 1, 0, 1), None),  # it reaches beyond the edge
        ((65, 1, 48, 1, 0, 1, 0, 1), None),
        ((0, 1, 48, 1, 0, 1, 0, 1), None),
        ((32, 0, 24, 1, 0, 1, 0, 1), None),
    ],
)
def test_clean_aperture(numbers: tuple[int, ...], part: tuple[int, ...] | None) -> None:
    assert clean_aperture(with_property(AVIF, b"clap", aperture(*numbers)), (64, 48)) == part


def test_most_pictures_are_shown_whole() -> None:
    assert clean_aperture(AVIF, (64, 48)) is None
    assert clean_aperture(with_property(AVIF, b"clap", b"short"), (64, 48)) is None


def test_coding_points() -> None:
    assert coding_points(AVIF) == (1, 13)
    changed = AVIF.replace(b"nclx\0\1\0\x0d", b"nclx\0\x09\0\x10")
    assert coding_points(changed) == (9, 16)
    assert coding_points(AVIF.replace(b"colrnclx", b"colrprof")) is None


def test_wide_tables() -> None:
    item = struct.pack(">I", 7)
    primary = struct.pack(">I4s", 16, b"pitm") + b"\1\0\0\0" + item
    colours = struct.pack(">I4s4sHHHB", 19, b"colr", b"nclx", 12, 13, 0, 0)
    container = struct.pack(">I4s", 8 + len(colours), b"ipco") + colours
    other = struct.pack(">IBH", 5, 1, 9)
    table = b"\1\0\0\1" + struct.pack(">I", 2) + other + item + struct.pack(">BH", 1, 0x8001)
    associations = struct.pack(">I4s", 8 + len(table), b"ipma") + table
    described = struct.pack(">I4s", 8 + len(container) + len(associations), b"iprp") + container + associations
    meta = bytes(4) + primary + described
    long_box = struct.pack(">I4sQ", 1, b"meta", 16 + len(meta)) + meta
    assert coding_points(long_box) == (12, 13)
    assert coding_points(struct.pack(">I4s", 0, b"meta") + meta) == (12, 13)  # it reaches to the end of the file


@pytest.mark.parametrize(
    ("old", "new"), [(b"pitm", b"none"), (b"iprp", b"none"), (b"ipma\0\0\0\0", b"ipma\0\0\0\0\xff")]
)
def test_what_is_not_well_formed_says_nothing(old: bytes, new: bytes) -> None:
    assert coding_points(AVIF.replace(old, new)) is None


@pytest.mark.parametrize("names", [b"\xff\xff\xff\xffname\0", b"", b"hvc1\xff\0"])
def test_deadly_names(names: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        refuse_deadly_names(heif_with_item(names))
    refuse_deadly_names(heif_with_item(b"hvc1name\0"))


@given(st.binary(max_size=300), st.integers(0, len(AVIF) - 1))
def test_any_bytes(noise: bytes, at: int) -> None:
    damaged = AVIF[:at] + noise + AVIF[at:]
    for data in (noise, damaged):
        coding_points(data)
        clean_aperture(data, (64, 48))
