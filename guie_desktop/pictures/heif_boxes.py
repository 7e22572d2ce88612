"""The boxes of HEIF and AVIF files: what Pillow does not say of the picture, and what its decoder must not be given."""

import re
import struct
from collections.abc import Iterator
from fractions import Fraction

from guie_desktop.pictures.coding_points import CodingPoints

Box = tuple[int, int, int, int]
"""Left, top, right and bottom edge, in pixels."""


def refuse_deadly_names(data: bytes) -> None:
    """Raise ValueError where a HEIF names the type of an item in other than UTF-8.

    pi_heif 1.4 follows a null pointer there (_CtxImage_metadata), which ends the process.
    """
    for meta in contents(data, b"meta"):
        for found in re.finditer(b"infe", meta):
            (length,) = struct.unpack_from(">I", meta, found.start() - 4)
            entry = meta[found.end() : found.start() - 4 + length]
            names = entry[10:] if entry[:1] >= b"\3" else entry[8:]  # version, item number and protection come first
            if not (names and names[:4].isascii()):
                raise ValueError("an item is without a type in ASCII")
            names.decode()


def coding_points(data: bytes) -> CodingPoints | None:
    """What the primary picture says of its colours by numbers, if it does."""
    for kind, colours in properties(data):
        if kind == b"colr" and colours[:4] == b"nclx" and len(colours) >= 8:
            primaries, transfer = struct.unpack_from(">HH", colours, 4)
            return primaries, transfer
    return None


def clean_aperture(data: bytes, size: tuple[int, int]) -> Box | None:
    """The part of the primary picture, of this width and height, that is to be shown; None: all of it."""
    found = (aperture_of(content, size) for kind, content in properties(data) if kind == b"clap")
    return next((box for box in found if box is not None), None)


def aperture_of(content: bytes, size: tuple[int, int]) -> Box | None:
    """What a property of this kind leaves of a picture of this width and height; None where it is not well formed."""
    try:
        numbers = struct.unpack_from(">IIIIiIiI", content)
        shown = [Fraction(*numbers[at : at + 2]) for at in (0, 2)]
        moved = [Fraction(*numbers[at : at + 2]) for at in (4, 6)]
    except (struct.error, ZeroDivisionError):
        return None
    starts = [round((full - part) / 2 + by) for full, part, by in zip(size, shown, moved, strict=True)]
    ends = [start + round(part) for start, part in zip(starts, shown, strict=True)]
    if all(0 <= start < end <= full for start, end, full in zip(starts, ends, size, strict=True)):
        return (starts[0], starts[1], ends[0], ends[1])
    return None


def properties(data: bytes, item: int | None = None) -> Iterator[tuple[bytes, bytes]]:
    """Kind and content of what an item, else the primary one, has; nothing where the file is not well formed."""
    try:
        for meta in contents(data, b"meta"):
            inside = meta[4:]  # behind version and flags
            (described,) = contents(inside, b"iprp")
            (container,) = contents(described, b"ipco")
            all_of_them = list(boxes(container))
            for index in _associated(described, primary_item(inside) if item is None else item):
                yield all_of_them[index - 1]
    except (struct.error, ValueError, IndexError):
        return


def primary_item(meta: bytes) -> int:
    """The number of the picture that is shown, from the boxes within `meta`."""
    (primary,) = contents(meta, b"pitm")
    return _number(primary, 4, wide=primary[0] > 0)


def _associated(described: bytes, item: int) -> Iterator[int]:
    """Numbers, from 1, of the properties of an item."""
    for table in contents(described, b"ipma"):
        wide_items, wide_properties = table[0] > 0, bool(table[3] & 1)
        at = 8
        for _ in range(_number(table, 4, wide=True)):
            found = _number(table, at, wide=wide_items)
            at += 4 if wide_items else 2
            count = table[at]
            at += 1
            for _ in range(count):
                if found == item:
                    yield _number(table, at, wide=False) & 0x7FFF if wide_properties else table[at] & 0x7F
                at += 2 if wide_properties else 1


def _number(data: bytes, at: int, *, wide: bool) -> int:
    (number,) = struct.unpack_from(">I" if wide else ">H", data, at)
    return int(number)


def contents(data: bytes, wanted: bytes) -> Iterator[bytes]:
    """What the boxes of this kind hold that lie side by side here."""
    return (content for kind, content in boxes(data) if kind == wanted)


def boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The kind and content of each box that lies side by side here; a length beyond the end is cut."""
    at = 0
    while at + 8 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        header = 8
        if length == 1 and at + 16 <= len(data):
            (length,) = struct.unpack_from(">Q", data, at + 8)
            header = 16
        end = at + length if length else len(data)
        if kind != b"mdat":  # the pixels, which nobody asks for here
            yield kind, data[at + header : end]
        at = max(end, at + header)
