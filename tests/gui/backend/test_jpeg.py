"""Cached pictures are decoded as JPEG, and nothing else is tried."""

import io

import pytest
from PIL import Image
from PySide6.QtGui import QGuiApplication, QImage

from guie_desktop.gui.backend.jpeg import image_from_jpeg

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'


def encoded(kind: str) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (9, 6), (250, 10, 10)).save(buffer, kind)
    return buffer.getvalue()


def test_a_jpeg_is_decoded() -> None:
    image = image_from_jpeg(encoded("JPEG"))
    assert (image.width(), image.height()) == (9, 6)
    assert image.pixelColor(4, 3).red() > 200 > image.pixelColor(4, 3).green()


@pytest.mark.parametrize("data", [SVG, encoded("PNG"), b"", encoded("JPEG")[:10], b"\xff\xd8\xff\xe0 nothing more"])
def test_no_other_format_is_tried(qapp: QGuiApplication, data: bytes) -> None:
    """Qt would find the first two; asking its plugins from a thread can stop the whole window."""
    assert image_from_jpeg(data).isNull()
    if data == SVG:
        assert not QImage.fromData(data).isNull()
