"""TIFF files whose channels lie apart, written anew as one page a channel: no decoder here joins all of them right."""

import struct
from collections.abc import Mapping, Sequence
from typing import Any

_PHOTOMETRIC, _OFFSETS, _SAMPLES, _LENGTHS, _PLANAR = 262, 273, 277, 279, 284
_TILE_OFFSETS, _TILE_LENGTHS, _JPEG_TABLES = 324, 325, 347
_ALIKE_IN_ALL = (256, 257, 258, 259, 266, 278, 317, 322, 323, 339)
"""Size, bits, compression, order of bits, rows of a strip, predictor, size of a tile, kind of numbers."""

_BLACK_IS_ZERO = 1
_LONG, _LONG_8, _UNDEFINED = 4, 16, 7


def are_apart(tags: Mapping[int, Any]) -> bool:
    """Whether the page with these tags has several channels, each in strips or tiles of its own."""
    return number(tags, _PLANAR, 1) == 2 and number(tags, _SAMPLES, 1) > 1


def as_pages(data: bytes, tags: Mapping[int, Any]) -> bytes:
    """The file with a page for each channel instead of those it has; the first one keeps its meaning of white.

    Raises ValueError where the channels have no strips, or not equally many.
    """
    samples = number(tags, _SAMPLES, 1)
    offsets_tag, lengths_tag = (_TILE_OFFSETS, _TILE_LENGTHS) if _TILE_OFFSETS in tags else (_OFFSETS, _LENGTHS)
    offsets, lengths = numbers(tags, offsets_tag), numbers(tags, lengths_tag)
    each = len(offsets) // samples
    if each < 1 or len(offsets) != each * samples or len(lengths) != len(offsets):
        raise ValueError("the channels have not equally many strips")
    common = {tag: numbers(tags, tag)[:1] for tag in _ALIKE_IN_ALL if tag in tags} | {_SAMPLES: (1,)}
    pages = []
    for channel in range(samples):
        own = slice(channel * each, (channel + 1) * each)
        meaning = number(tags, _PHOTOMETRIC, _BLACK_IS_ZERO) if channel == 0 else _BLACK_IS_ZERO
        pages.append(common | {_PHOTOMETRIC: (meaning,), offsets_tag: offsets[own], lengths_tag: lengths[own]})
    return _with_pages(data, pages, tags.get(_JPEG_TABLES, b""))


def _with_pages(data: bytes, pages: Sequence[Mapping[int, Sequence[int]]], jpeg_tables: bytes) -> bytes:
    order = "<" if data.startswith(b"II") else ">"
    is_big = 43 in data[2:4]
    word, kind, count = ("Q", _LONG_8, "Q") if is_big else ("I", _LONG, "H")
    width = struct.calcsize(order + word)
    at = len(data) + len(data) % 2
    start = 8 if is_big else 4
    pieces = [data[:start], struct.pack(order + word, at), data[start + width :], bytes(len(data) % 2)]
    for left, page in zip(range(len(pages) - 1, -1, -1), pages, strict=True):
        entries = {
            tag: (kind, len(values), struct.pack(f"{order}{len(values)}{word}", *values))
            for tag, values in page.items()
        }
        if jpeg_tables:
            entries[_JPEG_TABLES] = (_UNDEFINED, len(jpeg_tables), jpeg_tables)
        beyond = at + struct.calcsize(order + count) + (4 + 2 * width) * len(entries) + width
        directory, values = struct.pack(order + count, len(entries)), b""
        for tag, (type_, length, content) in sorted(entries.items()):
            place = content.ljust(width, b"\0")
            if len(content) > width:
                place = struct.pack(order + word, beyond + len(values))
                values += content + bytes(len(content) % 2)
            directory += struct.pack(f"{order}HH{word}", tag, type_, length) + place
        at = beyond + len(values)
        pieces += [directory, struct.pack(order + word, at if left else 0), values]
    return b"".join(pieces)


def number(tags: Mapping[int, Any], tag: int, otherwise: int) -> int:
    """A tag's value, or the first of them."""
    return next(iter(numbers(tags, tag)), otherwise)


def numbers(tags: Mapping[int, Any], tag: int) -> tuple[int, ...]:
    """All values of a tag; none where there is no such tag."""
    value = tags.get(tag, ())
    return tuple(value) if isinstance(value, tuple) else (int(value),)
