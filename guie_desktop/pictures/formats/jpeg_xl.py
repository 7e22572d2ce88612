"""JPEG XL, by libjxl; its header is read here, as the decoder gives no size before all is decoded."""

from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO

import numpy as np
from PIL import ExifTags, Image, JpegImagePlugin

SIGNATURES: tuple[bytes, ...] = (b"\xff\x0a", b"\0\0\0\x0cJXL \r\n\x87\n")

_TIFF = (b"II*\0", b"MM\0*")
_RATIOS = (None, (1, 1), (12, 10), (4, 3), (3, 2), (16, 9), (5, 4), (2, 1))
"""Width to height, by their number in the header; without one the width is written out."""


def size_of(data: bytes) -> tuple[int, int]:
    """As in Container."""
    bits = _Bits(_codestream(data)[2:])
    is_small = bits.take(1)
    height = _side(bits, is_small)
    ratio = _RATIOS[bits.take(3)]
    width = _side(bits, is_small) if ratio is None else height * ratio[0] // ratio[1]
    is_default = bits.take(1)
    is_turned = not is_default and bits.take(1) and bits.take(3) >= 4
    # The decoder turns what it decodes, but not a JPEG that it unpacks.
    return (height, width) if is_turned and not _holds_jpeg(data) else (width, height)


def open_reduced(data: bytes, smallest_side: int) -> Image.Image:
    """As in Container. A JPEG that was packed without loss is unpacked, and comes reduced as any JPEG does."""
    from pillow_jxl import Decoder

    is_jpeg, header, pixels, profile, boxes = Decoder(num_threads=1)(data)
    if is_jpeg:
        image: Image.Image = JpegImagePlugin.JpegImageFile(BytesIO(pixels))
        image.draft(None, (smallest_side, smallest_side))
        image.load()
        return image
    image = _picture(pixels, header.width, header.height, header.mode)
    if profile:
        image.info["icc_profile"] = profile
    notes = Image.Exif()
    with suppress(Exception):  # damaged notes raise nearly anything, as in images.decode
        found = next((box.data for box in boxes if box.box_type == b"Exif"), b"")
        # Their offset stands before them, though some programs leave it out.
        notes.load(found[min(at for at in map(found.find, _TIFF) if at >= 0) :])
    notes[ExifTags.Base.Orientation] = 1  # the decoder has turned it already
    image.info["exif"] = notes.tobytes()
    return image


def _picture(samples: bytes, width: int, height: int, mode: str) -> Image.Image:
    """Samples of 8 bits, 16 bits, or as floats of which 1 is white."""
    channels = "RGBA" if mode == "RGBA" else "RGB" if mode == "RGB" else "LA" if mode in {"LA", "F;16A"} else "L"
    depth = len(samples) // max(1, width * height * len(channels))
    if depth == 2:
        samples = (np.frombuffer(samples, np.uint16) >> 8).astype(np.uint8).tobytes()
    elif depth == 4:
        levels = np.nan_to_num(np.frombuffer(samples, np.float32)).clip(0, 1)
        samples = (levels * np.float32(255)).round().astype(np.uint8).tobytes()
    return Image.frombytes(channels, (width, height), samples)


class _Bits:
    """Numbers of some bits each, the lowest bit first."""

    def __init__(self, data: bytes) -> None:
        self._rest = int.from_bytes(data[:16], "little")

    def take(self, count: int) -> int:
        """The next number."""
        number = self._rest & ((1 << count) - 1)
        self._rest >>= count
        return number


def _side(bits: _Bits, is_small: int) -> int:
    if is_small:
        return 8 * (bits.take(5) + 1)
    return bits.take((9, 13, 18, 30)[bits.take(2)]) + 1


def _codestream(data: bytes) -> bytes:
    """The first bytes of the codestream, which may lie in a box, whole or in parts."""
    if data.startswith(SIGNATURES[0]):
        return data[:18]
    for kind, content in _boxes(data):
        if kind in {b"jxlc", b"jxlp"}:
            start = content + (4 if kind == b"jxlp" else 0)
            return data[start : start + 18]
    raise ValueError("there is no codestream")


def _holds_jpeg(data: bytes) -> bool:
    return data.startswith(SIGNATURES[1]) and any(kind == b"jbrd" for kind, _ in _boxes(data))


def _boxes(data: bytes) -> Iterator[tuple[bytes, int]]:
    """The kind of each box, and where its content begins."""
    at = 0
    while at + 8 <= len(data):
        length, kind, content = int.from_bytes(data[at : at + 4]), data[at + 4 : at + 8], at + 8
        if length == 1:
            length, content = int.from_bytes(data[content : content + 8]), content + 8
        yield kind, content
        if length == 0:  # it reaches to the end of the file
            return
        at += max(length, 8)
