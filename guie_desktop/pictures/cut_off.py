"""The part of a picture that is there, of a file that ends too early, as those from rescued cards do."""

import re
import struct
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops, ImageFile

from guie_desktop.arrays import Mask
from guie_desktop.pictures.reduction import bands

JPEG_END = b"\xff\xd9"

_LEAST_SHARE = 0.1
"""Of its rows; less of a photo shows nothing."""

_FILLING = (127, 128)
"""What a JPEG decoder fills missing parts with: the one or the other grey, in every colour model."""

_PROGRESSIVE_FRAME = b"\xff\xc2"
_SCAN = re.compile(rb"\xff\xda\0.([\1-\4])", re.DOTALL)
"""The start of a scan, and of how many colours it is."""
_LAST_COEFFICIENT = 63


def closed_jpeg(data: bytes) -> bytes:
    """A JPEG that lacks its end, with it; zeros at the end are what a rescued file was filled up with."""
    return data.rstrip(b"\0") + JPEG_END


def part_of_closed_jpeg(image: Image.Image) -> tuple[int, int] | None:
    """First and last row, exclusive, of what was decoded of a JPEG that was closed; None where nearly nothing was."""
    filled = 0
    for rows in _rows_from_below(image):
        values = rows.reshape(len(rows), -1)
        has_pixels: Mask = (values.min(axis=1) < _FILLING[0]) | (values.max(axis=1) > _FILLING[1])
        whole = np.flatnonzero(has_pixels[::-1])
        filled += int(whole[0]) if whole.size else len(rows)
        if whole.size:
            break
    return _worth_showing(0, image.height - filled, image.height)


def has_all_scans(data: bytes, colours: int) -> bool:
    """Whether a progressive JPEG, in this many colours, has at least begun each colour's last and finest scan."""
    finest: set[int] = set()
    behind_notes = max(data.rfind(_PROGRESSIVE_FRAME), 0)  # where a small picture may be, with scans of its own
    for found in _SCAN.finditer(data, behind_notes):
        about = data[found.end() : found.end() + 2 * found[1][0] + 3]
        if len(about) < 2 * found[1][0] + 3:
            break
        *components, _, last, precision = about
        if last == _LAST_COEFFICIENT and precision & 0xF == 0:
            finest.update(components[::2])
    return len(finest) == colours


def part_of_unfinished(image: Image.Image) -> tuple[int, int] | None:
    """The same of a picture whose decoder gave up in the middle; what it did not reach is zero."""
    if isinstance(image, ImageFile.ImageFile):
        image.tile = []  # so that what was decoded counts as loaded
    try:
        box = image.getbbox(alpha_only=False)
    except OSError:  # its decoder gives all or nothing
        return None
    return None if box is None else _worth_showing(box[1], box[3], image.height)


def filled_webp(data: bytes) -> tuple[bytes, bytes] | None:
    """A WebP that ends within its picture, filled up in two ways: rows that look alike in both are there.

    Its transparency and profile are left out. None where it is whole, or compressed without loss: all or nothing then.
    """
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP":
        return None
    at = 12
    while at + 8 <= len(data):
        kind, length = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        there = data[at + 8 : at + 8 + length]
        if kind == b"VP8 ":
            lacking = length - len(there)
            if not 0 < lacking <= len(there) / _LEAST_SHARE:
                return None
            return _simple_webp(there + bytes(2 * lacking)), _simple_webp(there + b"\1" * lacking + bytes(lacking))
        at += 8 + length + length % 2
    return None


def _simple_webp(picture: bytes) -> bytes:
    """A file of nothing but this lossy picture."""
    picture += bytes(len(picture) % 2)
    chunk = struct.pack("<4sI", b"VP8 ", len(picture)) + picture
    return struct.pack("<4sI", b"RIFF", 4 + len(chunk)) + b"WEBP" + chunk


def rows_alike(one: Image.Image, other: Image.Image) -> tuple[int, int] | None:
    """First and last row, exclusive, down to which two pictures are the same; None where that is next to nothing."""
    difference = ImageChops.difference(one.convert("RGB"), other.convert("RGB")).getbbox()
    return _worth_showing(0, one.height if difference is None else difference[1], one.height)


def _worth_showing(first: int, end: int, height: int) -> tuple[int, int] | None:
    return (first, end) if end - first >= _LEAST_SHARE * height else None


def _rows_from_below(image: Image.Image) -> Iterator[NDArray[np.uint8]]:
    for _, band in reversed(list(bands(image))):
        yield np.asarray(band)
