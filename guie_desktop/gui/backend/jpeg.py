"""Decoding the pictures of the cache, which are all JPEG, in threads of any kind.

Pillow does it, because it lets go of Python's lock meanwhile. Qt holds it until the picture is decoded, and the window,
which needs it for every step of its own, waits. Nor may Qt read from a QBuffer that Python made: it asks Python for
that while it holds the lock of its plugins, and a window that loads a plugin takes the two the other way round.
"""

import io
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

if TYPE_CHECKING:
    from PIL import Image
    from PIL.JpegImagePlugin import JpegImageFile


def open_jpeg(data: bytes) -> "JpegImageFile | None":
    """The picture, not decoded yet; None where the data is no JPEG."""
    from PIL.JpegImagePlugin import JpegImageFile  # loaded by the first thread that decodes

    try:
        return JpegImageFile(io.BytesIO(data))
    except (SyntaxError, OSError, ValueError):  # the first is Pillow's for what is of another kind
        return None


def qt_image(picture: "Image.Image") -> QImage:
    """The picture decoded, as Qt has it; a null image where it ends too early."""
    try:
        pixels = (picture if picture.mode == "RGB" else picture.convert("RGB")).tobytes()
    except (OSError, ValueError):
        return QImage()
    width, height = picture.size
    seen = QImage(pixels, width, height, 3 * width, QImage.Format.Format_RGB888)
    # A copy, as Qt would go on reading from memory that Python lets go of. It sets the fourth byte, which counts where
    # a picture is painted into one that has an alpha channel.
    return seen.convertToFormat(QImage.Format.Format_RGB32)


def image_from_jpeg(data: bytes) -> QImage:
    """The picture; a null image where the data is no JPEG."""
    picture = open_jpeg(data)
    return QImage() if picture is None else qt_image(picture)
