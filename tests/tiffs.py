"""TIFF files written byte by byte, so that any layout can be had, also those that no library writes."""

import struct
import zlib
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
    order: str = "<",
    rows: int = 0,
    is_packed: bool = False,
    is_big: bool = False,
) -> bytes:
    """A TIFF of samples (height, width, samples) in strips of so many rows; `extra` says what is beyond the colours."""
    about = page(samples, photometric, extra=extra, planar=planar, tags=tags, order=order, rows=rows)
    if is_packed:
        about = ({**about[0], 259: (SHORT, [8])}, [zlib.compress(strip) for strip in about[1]])
    return tiff_of_pages([about], order=order, is_big=is_big)


def page(
    samples: NDArray[np.generic],
    photometric: int,
    *,
    extra: Sequence[int] = (),
    planar: bool = False,
    tags: _Tags | None = None,
    order: str = "<",
    rows: int = 0,
) -> tuple[dict[int, tuple[int, Sequence[int]]], list[bytes]]:
    """The tags and strips of one page."""
    height, width, count = samples.shape
    kind = {"u": 1, "i": 2, "f": 3}[samples.dtype.kind]
    rows = rows or height
    stored = samples.astype(samples.dtype.newbyteorder("<" if order == "<" else ">"))
    planes = [stored[..., n] for n in range(count)] if planar else [stored]
    strips = [plane[top : top + rows].tobytes() for plane in planes for top in range(0, height, rows)]
    written: dict[int, tuple[int, Sequence[int]]] = {
        256: (LONG, [width]),
        257: (LONG, [height]),
        258: (SHORT, [samples.dtype.itemsize * 8] * count),
        259: (SHORT, [1]),
        262: (SHORT, [photometric]),
        277: (SHORT, [count]),
        278: (LONG, [rows]),
        284: (SHORT, [2 if planar else 1]),
        339: (SHORT, [kind] * count),
    }
    if extra:
        written[338] = (SHORT, list(extra))
    return written | dict(tags or {}), strips


def tiff_of_pages(
    pages: Sequence[tuple[Mapping[int, tuple[int, Sequence[int]]], list[bytes]]],
    *,
    order: str = "<",
    is_big: bool = False,
) -> bytes:
    """The file of several pages; a big one has lengths of eight bytes."""
    word, count_of_tags, width = ("Q", "Q", 8) if is_big else ("I", "H", 4)
    file = b"II" if order == "<" else b"MM"
    file += struct.pack(order + "HHHQ", 43, 8, 0, 16) if is_big else struct.pack(order + "HI", 42, 8)
    for number, (about, strips) in enumerate(pages):
        lengths = [len(strip) for strip in strips]
        tags = {**about, 273: (LONG, [0] * len(strips)), 279: (LONG, lengths)}
        beyond = len(file) + struct.calcsize(order + count_of_tags) + (4 + 2 * width) * len(tags) + width
        sizes = {tag: struct.calcsize(f"<{len(values)}{_CODES[kind]}") for tag, (kind, values) in tags.items()}
        first_strip = beyond + sum(size for size in sizes.values() if size > width)
        tags[273] = (LONG, [first_strip + sum(lengths[:n]) for n in range(len(strips))])
        directory, values_beyond = struct.pack(order + count_of_tags, len(tags)), b""
        for tag, (kind, values) in sorted(tags.items()):
            raw = struct.pack(f"{order}{len(values)}{_CODES[kind]}", *values)
            place = raw.ljust(width, b"\0")
            if len(raw) > width:
                place = struct.pack(order + word, beyond + len(values_beyond))
                values_beyond += raw
            directory += struct.pack(f"{order}HH{word}", tag, kind, len(values)) + place
        end = first_strip + sum(lengths)
        directory += struct.pack(order + word, 0 if number == len(pages) - 1 else end)
        file += directory + values_beyond + b"".join(strips)
    return file
