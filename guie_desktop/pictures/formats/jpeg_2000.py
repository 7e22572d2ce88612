"""JPEG 2000 by Pillow's decoder, at an eighth, a quarter or half of its size where that is enough."""

from io import BytesIO

from PIL import Image, Jpeg2KImagePlugin

SIGNATURES: tuple[bytes, ...] = (b"\0\0\0\x0cjP  \r\n\x87\n", b"\xff\x4f\xff\x51")

_CODING_STYLE = b"\xff\x52"
_TILE_PART, _END = b"\xff\x90\0\x0a", b"\xff\xd9"
_TILE_HEADER = 14
"""Bytes before the first of a tile's own."""
_LEAST_SHARE = 0.1
"""Of a tile's bytes; less of it shows nothing."""
_MOST_HALVINGS = 3


def size_of(data: bytes) -> tuple[int, int]:
    """As in Container."""
    return Jpeg2KImagePlugin.Jpeg2KImageFile(BytesIO(data)).size


def open_reduced(data: bytes, smallest_side: int) -> Image.Image:
    """As in Container."""
    try:
        return _decoded(data, smallest_side)
    except OSError:
        filled = _filled(data)
        if filled is None:
            raise
        image = _decoded(filled, smallest_side)
        image.info["cut_off"] = True
        return image


def _decoded(data: bytes, smallest_side: int) -> Image.Image:
    image = Jpeg2KImagePlugin.Jpeg2KImageFile(BytesIO(data))
    # Numbers of colours in a palette have no mean.
    halvings = 0 if image.mode == "P" else min(_MOST_HALVINGS, _halvings_kept(data))
    while halvings and min(image.size) >> halvings < smallest_side:
        halvings -= 1
    image.reduce = halvings
    image.load()
    image.reduce = 0  # which hid the method of this name
    return image


def _filled(data: bytes) -> bytes | None:
    """A file that ends in the middle, filled up with nothing, so that coarse parts are there where fine ones lack.

    None where it is whole, or hardly a part of it is there.
    """
    first = at = data.find(_TILE_PART, max(data.find(SIGNATURES[1]), 0))
    if first < 0:
        return None
    while at <= len(data) - _TILE_HEADER and data.startswith(_TILE_PART, at):
        length = int.from_bytes(data[at + 6 : at + 10])
        if length == 0:  # it reaches to the end
            return None
        lacking = at + length - len(data)
        if length - lacking < max(_LEAST_SHARE * length, _TILE_HEADER):
            break
        if lacking > 0:
            return data + bytes(lacking) + _END
        at += length
    return data[:at] + _END if first < at and not data.startswith(_END, at) else None


def _halvings_kept(data: bytes) -> int:
    """How often the picture can be halved: as often as it was when it was written."""
    start = data.find(SIGNATURES[1])
    at = data.find(_CODING_STYLE, start, start + 1000)
    return data[at + 9] if at >= 0 and at + 9 < len(data) else 0
