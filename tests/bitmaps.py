"""BMP files written byte by byte, with any masks."""

import struct
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


def bitmap(
    words: NDArray[np.generic],
    masks: Sequence[int],
    size: tuple[int, int] | None = None,
    *,
    header: int = 40,
    kind: int = 3,
    is_upside_down: bool = True,
) -> bytes:
    """A bitmap of the words (height, width), of 16 or 32 bits; `size` is what its header claims where that differs."""
    height, width = words.shape
    claimed = size or (width, height)
    stored = words[::-1] if is_upside_down else words
    padding = bytes(-width * words.itemsize % 4)
    pixels = b"".join(row.tobytes() + padding for row in stored)
    behind = struct.pack(f"<{len(masks)}I", *masks)
    start = max(14 + header, 54 + len(behind))
    rows = claimed[1] if is_upside_down else -claimed[1]
    about = struct.pack("<IiiHHIIiiII", header, claimed[0], rows, 1, words.itemsize * 8, kind, len(pixels), 0, 0, 0, 0)
    head = b"BM" + struct.pack("<IHHI", start + len(pixels), 0, 0, start)
    return (head + about + behind).ljust(start, b"\0") + pixels
