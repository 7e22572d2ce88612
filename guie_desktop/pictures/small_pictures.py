"""Small JPEGs of photos, for tiles and the large view."""

import io

from PIL import Image

THUMBNAIL = 320
"""Long side of a tile's picture, in pixels."""
FIRST_SIGHT = 160
"""Long side at least of a preview within a file that stands for the tile's picture until that is made, in pixels."""
PREVIEW = 1600
"""Long side of the large picture, in pixels."""
_QUALITY = 82


def make_thumbnail(image: Image.Image, size: int = THUMBNAIL) -> bytes:
    """The RGB picture as a JPEG of at most `size` pixels on its long side; never enlarged."""
    small = image.copy()
    small.thumbnail((size, size), Image.Resampling.LANCZOS, reducing_gap=2.0)
    buffer = io.BytesIO()
    small.save(buffer, "JPEG", quality=_QUALITY)
    return buffer.getvalue()
