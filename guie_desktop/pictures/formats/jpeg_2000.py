"""JPEG 2000 by Pillow's decoder, at an eighth, a quarter or half of its size where that is enough."""

from io import BytesIO

from PIL import Image, Jpeg2KImagePlugin

SIGNATURES: tuple[bytes, ...] = (b"\0\0\0\x0cjP  \r\n\x87\n", b"\xff\x4f\xff\x51")

_CODING_STYLE = b"\xff\x52"
_MOST_HALVINGS = 3


def size_of(data: bytes) -> tuple[int, int]:
    """As in Container."""
    return Jpeg2KImagePlugin.Jpeg2KImageFile(BytesIO(data)).size


def open_reduced(data: bytes, smallest_side: int) -> Image.Image:
    """As in Container."""
    image = Jpeg2KImagePlugin.Jpeg2KImageFile(BytesIO(data))
    # Numbers of colours in a palette have no mean.
    halvings = 0 if image.mode == "P" else min(_MOST_HALVINGS, _halvings_kept(data))
    while halvings and min(image.size) >> halvings < smallest_side:
        halvings -= 1
    image.reduce = halvings
    image.load()
    image.reduce = 0  # which hid the method of this name
    return image


def _halvings_kept(data: bytes) -> int:
    """How often the picture can be halved: as often as it was when it was written."""
    start = data.find(SIGNATURES[1])
    at = data.find(_CODING_STYLE, start, start + 1000)
    return data[at + 9] if at >= 0 and at + 9 < len(data) else 0
