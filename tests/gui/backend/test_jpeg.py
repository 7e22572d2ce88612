"""Cached pictures are decoded as JPEG, and nothing else is tried."""

import io
import sys
import threading

import pytest
from PIL import Image
from PySide6.QtGui import QGuiApplication, QImage

from guie_desktop.gui.backend.jpeg import image_from_jpeg

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'


def encoded(kind: str, width: int = 9, height: int = 6) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), (250, 10, 10)).save(buffer, kind)
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


def test_what_ends_too_early_is_no_picture() -> None:
    assert image_from_jpeg(encoded("JPEG", 900, 600)[:-2000]).isNull()


def test_the_window_goes_on_while_a_picture_is_decoded() -> None:
    """Another thread comes to its turn, though nobody takes Python's lock from the one that decodes."""
    waits, has_turn, data = threading.Lock(), threading.Event(), encoded("JPEG", 3000, 2000)
    waits.acquire()
    ready = threading.Event()

    def other() -> None:
        ready.set()
        with waits:
            has_turn.set()

    thread = threading.Thread(target=other)
    thread.start()
    ready.wait()
    images: list[QImage] = []
    before = sys.getswitchinterval()
    sys.setswitchinterval(1000)
    try:
        waits.release()
        while not has_turn.is_set() and len(images) < 20:
            images.append(image_from_jpeg(data))  # kept, since Qt lets go of the lock when it takes one away
        went_on = has_turn.is_set()
    finally:
        sys.setswitchinterval(before)
        thread.join()
    assert went_on
