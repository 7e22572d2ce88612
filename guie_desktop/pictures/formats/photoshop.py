"""Photoshop's files (PSD, PSB): the merged picture that they carry beside their layers, in 8 bits a channel."""

import struct
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice

import numpy as np
from PIL import Image, ImageChops

from guie_desktop.errors import UnreadablePhoto

SIGNATURES: tuple[bytes, ...] = (b"8BPS\0\1", b"8BPS\0\2")

_PALETTE_AT = 26
_PROFILE, _EXIF, _XMP, _VERSION = 1039, 1058, 1060, 1057
_PLAIN, _RUN_LENGTHS = 0, 1
_MODES = {0: "1", 1: "L", 2: "P", 3: "RGB", 4: "CMYK", 8: "L", 9: "LAB"}
"""Of Photoshop's kinds of pictures; multichannel ones (7) have no colours of their own."""


@dataclass(frozen=True, slots=True)
class _Header:
    is_large: bool
    """A PSB, whose lengths have twice the bytes."""
    channels: int
    width: int
    height: int
    depth: int
    """Bits of a sample."""
    kind: int


def size_of(data: bytes) -> tuple[int, int]:
    """As in Container."""
    header = _header(data)
    return header.width, header.height


def open_reduced(data: bytes, smallest_side: int) -> Image.Image:
    """As in Container. Channels beyond the picture's own, such as saved selections, are left out."""
    header = _header(data)
    mode = _MODES.get(header.kind)
    if mode is None or header.depth not in {1, 8, 16, 32}:
        raise UnreadablePhoto(
            "This Photoshop file is of a kind that has no colours of its own, such as Multichannel.",
            "Save a copy of it as RGB.",
        )
    resources_at = _end_of_section(data, _PALETTE_AT)
    resources = dict(_resources(data, resources_at))
    layers_at = _end_of_section(data, resources_at)
    if resources.get(_VERSION, b"\0\0\0\0\1")[4:5] == b"\0":
        raise UnreadablePhoto(
            "This Photoshop file holds layers alone, without the merged picture.",
            'Save it in Photoshop with "Maximize Compatibility", or as a JPEG.',
        )
    planes = _planes(data, _end_of_section(data, layers_at, is_long=header.is_large), header)
    factor = max(1, min(header.width, header.height) // smallest_side)
    if mode == "P":
        indexed = next(planes)
        indexed.putpalette(np.frombuffer(data, np.uint8, 768, _PALETTE_AT + 4).reshape(3, 256).T.tobytes())
        image = indexed.convert("RGB").reduce(factor)
    else:
        image = _merged(planes, mode, factor)
    image.info.update(_named(resources))
    return image


def notes_in(data: bytes) -> dict[str, bytes]:
    """What stands beside the pixels: "exif" and "xmp", as far as there is any."""
    return _named(dict(_resources(data, _end_of_section(data, _PALETTE_AT))))


def _named(resources: dict[int, bytes]) -> dict[str, bytes]:
    named = (("icc_profile", _PROFILE), ("exif", _EXIF), ("xmp", _XMP))
    return {name: resources[number] for name, number in named if number in resources}


def _merged(planes: Iterator[Image.Image], mode: str, factor: int) -> Image.Image:
    if mode == "1":
        return ImageChops.invert(next(planes).reduce(factor))
    bands = [plane.reduce(factor) for plane in islice(planes, len(Image.new(mode, (1, 1)).getbands()))]
    if mode == "CMYK":
        bands = [ImageChops.invert(band) for band in bands]  # it is written as how much light comes through
    return Image.merge(mode, bands)


def _planes(data: bytes, start: int, header: _Header) -> Iterator[Image.Image]:
    """The channels one after the other, each in 8 bits; one alone is in memory at a time."""
    (compression,) = struct.unpack_from(">H", data, start)
    row = (header.width * header.depth + 7) // 8
    at = start + 2
    if compression not in {_PLAIN, _RUN_LENGTHS}:
        raise ValueError(f"unknown compression {compression}")
    if compression == _RUN_LENGTHS:
        kind = np.dtype(">u4" if header.is_large else ">u2")
        lengths = np.frombuffer(data, kind, header.channels * header.height, at)
        at += lengths.nbytes
        packed = lengths.reshape(header.channels, header.height).sum(axis=1, dtype=np.int64).tolist()
    else:
        packed = [row * header.height] * header.channels
    decoder = "packbits" if compression == _RUN_LENGTHS else "raw"
    for length in packed:
        if at + length > len(data):
            raise ValueError("truncated")
        samples = Image.frombytes("L", (row, header.height), data[at : at + length], decoder, "L")
        at += length
        yield _in_eight_bits(samples, header)


def _in_eight_bits(samples: Image.Image, header: _Header) -> Image.Image:
    size = header.width, header.height
    if header.depth == 8:
        return samples
    if header.depth == 1:
        return Image.frombytes("1", size, samples.tobytes()).convert("L")
    values = np.asarray(samples)
    if header.depth == 16:
        return Image.fromarray(np.ascontiguousarray(values[:, ::2]))  # the upper bytes
    light = np.nan_to_num(values.view(">f4").astype(np.float32)).clip(0, 1)
    # Photoshop keeps 32 bits as linear light.
    return Image.fromarray((np.power(light, np.float32(1 / 2.2)) * 255).round().astype(np.uint8))


def _header(data: bytes) -> _Header:
    version, channels, height, width, depth, kind = struct.unpack_from(">H6xHIIHH", data, 4)
    return _Header(version == 2, channels, width, height, depth, kind)


def _end_of_section(data: bytes, start: int, *, is_long: bool = False) -> int:
    """Where the section that starts with its length ends."""
    (length,) = struct.unpack_from(">Q" if is_long else ">I", data, start)
    return start + (8 if is_long else 4) + int(length)


def _resources(data: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    end = _end_of_section(data, start)
    at = start + 4
    with suppress(struct.error):
        while at + 12 <= end:
            number, name_length = struct.unpack_from(">4xHB", data, at)
            at += 6 + (name_length + 2) // 2 * 2
            (length,) = struct.unpack_from(">I", data, at)
            yield number, data[at + 4 : at + 4 + length]
            at += 4 + (length + 1) // 2 * 2
