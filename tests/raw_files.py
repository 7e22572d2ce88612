"""Small RAW photos: DNGs with a colour filter array, and with or without the JPEG that cameras put beside it."""

import struct
from io import BytesIO

import numpy as np
from PIL import Image

_BYTE, _ASCII, _SHORT, _LONG, _RATIONAL, _SIGNED_RATIONAL = 1, 2, 3, 4, 5, 10
_SIZES = {_BYTE: "B", _ASCII: "B", _SHORT: "H", _LONG: "I", _RATIONAL: "II", _SIGNED_RATIONAL: "ii"}

Tags = dict[int, tuple[int, tuple[int, ...]]]


def dng(
    picture: Image.Image,
    *,
    orientation: int = 1,
    preview: bytes = b"",
    preview_size: tuple[int, int] = (0, 0),
    preview_compression: int = 7,
    taken: str = "2021:06:05 04:03:02",
    is_grey: bool = False,
) -> bytes:
    """A DNG whose sensor saw this picture (RGB, of even sides), with this preview if there is one.

    The preview is a JPEG, or bare pixels at `preview_compression` 1.
    """
    sensor = _mosaic(picture)
    width, height = picture.size
    notes: Tags = {36867: _text(taken)}
    raw: Tags = {
        254: (_LONG, (0,)),
        256: (_LONG, (width,)),
        257: (_LONG, (height,)),
        258: (_SHORT, (16,)),
        259: (_SHORT, (1,)),
        262: (_SHORT, (32803,)),  # a colour filter array
        273: (_LONG, (0,)),  # where the sensor's values lie; known in the end
        277: (_SHORT, (1,)),
        278: (_LONG, (height,)),
        279: (_LONG, (len(sensor),)),
        33421: (_SHORT, (2, 2)),
        33422: (_BYTE, (0, 1, 1, 2)),
        50717: (_LONG, (65535,)),
    }
    first: Tags = {
        254: (_LONG, (1,)),
        271: _text("Maker"),
        272: _text("Camera"),
        274: (_SHORT, (orientation,)),
        306: _text(taken),
        330: (_LONG, (0,)),
        34665: (_LONG, (0,)),
        50706: (_BYTE, (1, 4, 0, 0)),
        50708: _text("Maker Camera"),
        50721: (_SIGNED_RATIONAL, tuple(number for value in _XYZ_TO_CAMERA for number in (value, 10_000))),
        50728: (_RATIONAL, (1, 1, 1, 1, 1, 1)),  # white as shot
        50778: (_SHORT, (21,)),  # daylight
    }
    if preview:
        first |= {
            256: (_LONG, (preview_size[0],)),
            257: (_LONG, (preview_size[1],)),
            258: (_SHORT, (8, 8, 8)),
            259: (_SHORT, (preview_compression,)),
            262: (_SHORT, (6 if preview_compression == 7 else 2,)),
            273: (_LONG, (0,)),
            277: (_SHORT, (3,)),
            278: (_LONG, (preview_size[1],)),
            279: (_LONG, (len(preview),)),
        }
    if is_grey:
        raw[262] = (_SHORT, (34892,))  # the values are light already, of one colour
        del raw[33421], raw[33422], first[50721], first[50728], first[50778]
    at = 8
    for _ in range(2):  # the first round finds the lengths, which do not depend on the offsets
        directories = b""
        starts = {}
        for name, tags in (("first", first), ("notes", notes), ("raw", raw)):
            starts[name] = at + len(directories)
            directories += _directory(tags, starts[name])
        end = at + len(directories)
        first[330], first[34665] = (_LONG, (starts["raw"],)), (_LONG, (starts["notes"],))
        raw[273] = (_LONG, (end + len(preview),))
        if preview:
            first[273] = (_LONG, (end,))
    return b"II*\0" + struct.pack("<I", at) + directories + preview + sensor


# From XYZ to linear sRGB, in ten thousandths: this camera sees as screens show.
_XYZ_TO_CAMERA = (32405, -15371, -4985, -9693, 18760, 416, 556, -2040, 10572)


def jpeg(picture: Image.Image, orientation: int | None = None) -> bytes:
    """The picture as a JPEG, which says how it is to be turned or says nothing."""
    exif = Image.Exif()
    if orientation is not None:
        exif[274] = orientation
    buffer = BytesIO()
    picture.save(buffer, "JPEG", quality=90, exif=exif)
    return buffer.getvalue()


def _mosaic(picture: Image.Image) -> bytes:
    linear = (np.asarray(picture, np.float64) / 255) ** 2.2 * 65535
    sensor = np.empty(linear.shape[:2], "<u2")
    for row, column, channel in ((0, 0, 0), (0, 1, 1), (1, 0, 1), (1, 1, 2)):
        sensor[row::2, column::2] = linear[row::2, column::2, channel]
    return sensor.tobytes()


def _text(words: str) -> tuple[int, tuple[int, ...]]:
    return _ASCII, tuple(words.encode() + b"\0")


def _directory(tags: Tags, start: int) -> bytes:
    entries, beyond = b"", b""
    rest = start + 2 + 12 * len(tags) + 4
    for tag, (kind, values) in sorted(tags.items()):
        code = _SIZES[kind]
        count = len(values) // len(code)
        value = struct.pack(f"<{code * count}", *values)
        if len(value) > 4:
            beyond += b"\0" * (len(beyond) % 2)
            value, beyond = struct.pack("<I", rest + len(beyond)), beyond + value
        entries += struct.pack("<HHI", tag, kind, count) + value.ljust(4, b"\0")
    return struct.pack("<H", len(tags)) + entries + bytes(4) + beyond + b"\0" * (len(beyond) % 2)
