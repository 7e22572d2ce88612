"""TIFF files written byte by byte, so that any layout can be had, also those that no library writes."""

import struct
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

SHORT, LONG, UNDEFINED = 3, 4, 7
_CODES = {SHORT: "H", LONG: "I", UNDEFINED: "B"}
_Tags = Mapping[int, tuple[int, Sequence[int]]]


def tiff(
    samples: NDArray[np.generic],
    photometric: int,
    *,
    extra: Sequence[int] = (),
    planar: bool = False,
    tags: _Tags | None = None,
) -> bytes:
    """An uncompressed TIFF of samples (height, width, samples); `extra` says what those beyond the colours are."""
    return tiff_of_pages([page(samples, photometric, extra=extra, planar=planar, tags=tags)])


def page(
    samples: NDArray[np.generic],
    photometric: int,
    *,
    extra: Sequence[int] = (),
    planar: bool = False,
    tags: _Tags | None = None,
) -> tuple[dict[int, tuple[int, Sequence[int]]], list[bytes]]:
    """The tags and strips of one page."""
    height, width, count = samples.shape
    kind = {"u": 1, "i": 2, "f": 3}[samples.dtype.kind]
    little = samples.astype(samples.dtype.newbyteorder("<"))
    strips = [little[..., n].tobytes() for n in range(count)] if planar else [little.tobytes()]
    written: dict[int, tuple[int, Sequence[int]]] = {
        256: (LONG, [width]),
        257: (LONG, [height]),
        258: (SHORT, [samples.dtype.itemsize * 8] * count),
        259: (SHORT, [1]),
        262: (SHORT, [photometric]),
        277: (SHORT, [count]),
        278: (LONG, [height]),
        284: (SHORT, [2 if planar else 1]),
        339: (SHORT, [kind] * count),
    }
    if extra:
        written[338] = (SHORT, list(extra))
    return written | dict(tags or {}), strips


def tiff_of_pages(pages: Sequence[tuple[Mapping[int, tuple[int, Sequence[int]]], list[bytes]]]) -> bytes:
    """The file of several pages, little-endian."""
    file = b"II*\0" + struct.pack("<I", 8)
    for number, (about, strips) in enumerate(pages):
        lengths = [len(strip) for strip in strips]
        tags = {**about, 273: (LONG, [0] * len(strips)), 279: (LONG, lengths)}
        beyond = len(file) + 2 + 12 * len(tags) + 4
        sizes = {tag: struct.calcsize(f"<{len(values)}{_CODES[kind]}") for tag, (kind, values) in tags.items()}
        first_strip = beyond + sum(size for size in sizes.values() if size > 4)
        tags[273] = (LONG, [first_strip + sum(lengths[:n]) for n in range(len(strips))])
        directory, values_beyond = struct.pack("<H", len(tags)), b""
        for tag, (kind, values) in sorted(tags.items()):
            raw = struct.pack(f"<{len(values)}{_CODES[kind]}", *values)
            place = raw.ljust(4, b"\0")
            if len(raw) > 4:
                place = struct.pack("<I", beyond + len(values_beyond))
                values_beyond += raw
            directory += struct.pack("<HHI", tag, kind, len(values)) + place
        end = first_strip + sum(lengths)
        directory += struct.pack("<I", 0 if number == len(pages) - 1 else end)
        file += directory + values_beyond + b"".join(strips)
    return file
