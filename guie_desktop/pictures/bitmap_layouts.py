"""BMP files whose channels lie in bits that Pillow knows no name for, or of which it leaves out the last."""

import struct
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

_BITFIELDS, _ALPHA_BITFIELDS = 3, 6
_WITH_MASKS = 52
_WITH_ALPHA_MASK = 56
_ROWS_AT_ONCE = 256


@dataclass(frozen=True, slots=True)
class Bitmap:
    """An uncompressed bitmap of 16 or 32 bits a pixel, its channels where the masks say."""

    data: bytes
    start: int
    bits: int
    size: tuple[int, int]
    is_upside_down: bool
    masks: tuple[int, ...]

    @property
    def hides_in_16_bits(self) -> bool:
        """Whether it has alpha beside colours of 16 bits, which Pillow passes over where it knows the colours."""
        return self.bits == 16 and len(self.masks) == 4

    def read(self) -> Image.Image:
        """The picture, RGB or RGBA. Raises ValueError where it is cut off."""
        width, height = self.size
        row = -(-width * self.bits // 32) * 4
        words = np.dtype("<u2" if self.bits == 16 else "<u4")
        if self.start + row * height > len(self.data):
            raise ValueError("the bitmap is truncated")
        picture = Image.new("RGBA" if len(self.masks) == 4 else "RGB", self.size)
        for top in range(0, height, _ROWS_AT_ONCE):
            rows = min(_ROWS_AT_ONCE, height - top)
            stored = np.frombuffer(self.data, words, row * rows // words.itemsize, self.start + row * top)
            pixels = stored.reshape(rows, -1)[:, :width].astype(np.uint32)
            band = np.dstack([_channel(pixels, mask) for mask in self.masks])
            place = height - top - rows if self.is_upside_down else top
            picture.paste(Image.fromarray(band[::-1] if self.is_upside_down else band), (0, place))
        return picture


def bitmap_of_masks(data: bytes) -> Bitmap | None:
    """The bitmap, where its channels are told by masks and lie uncompressed in the file; else None."""
    try:
        start, header, width, height, _, bits, kind = struct.unpack_from("<IIiiHHI", data, 10)
    except struct.error:
        return None
    if header < 40 or bits not in {16, 32} or kind not in {_BITFIELDS, _ALPHA_BITFIELDS}:
        return None
    has_alpha = kind == _ALPHA_BITFIELDS or header >= _WITH_ALPHA_MASK
    try:
        masks = struct.unpack_from("<4I" if has_alpha else "<3I", data, 54)
    except struct.error:
        return None
    if has_alpha and not masks[3]:
        masks = masks[:3]
    if not any(masks[:3]):
        return None
    return Bitmap(data, start, bits, (width, abs(height)), height > 0, masks)


def _channel(pixels: NDArray[np.uint32], mask: int) -> NDArray[np.uint8]:
    """One channel as bytes, full where all bits of its mask are set."""
    if not mask:
        return np.zeros(pixels.shape, np.uint8)
    lowest = (mask & -mask).bit_length() - 1
    full = mask >> lowest
    values = ((pixels & np.uint32(mask)) >> np.uint32(lowest)).astype(np.float64)
    channel: NDArray[np.uint8] = (values * (255 / full)).round().astype(np.uint8)
    return channel
