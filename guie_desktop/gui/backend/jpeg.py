"""Decoding the pictures of the cache, which are all JPEG, in threads of any kind."""

from PySide6.QtGui import QImage


def image_from_jpeg(data: bytes) -> QImage:
    """The picture; a null image where the data is no JPEG.

    Qt must not guess the format. It would ask its SVG plugin, which connects signals: that takes a lock of Qt's while
    the thread holds Python's. A window that disconnects a signal takes them the other way round, and both wait forever.
    Nor may Qt read from a QBuffer that Python made: it asks Python for that while it holds the lock of its plugins.
    """
    return QImage.fromData(data, "JPG")  # type: ignore[arg-type]  # the stub says bytes, which PySide refuses
