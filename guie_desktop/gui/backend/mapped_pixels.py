"""All pixels of a picture, mapped into memory from the file that the worker wrote: the system reads what is painted."""

import mmap
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtGui import QImage


@dataclass(frozen=True, slots=True)
class MappedPixels:
    """The image lies in the memory, so it must not outlive this."""

    image: QImage
    memory: mmap.mmap


def map_pixels(file: Path, width: int, height: int) -> MappedPixels:
    """The picture in a file of RGB, a byte each, row by row; OSError or ValueError where it is not there."""
    with file.open("rb") as opened:
        memory = mmap.mmap(opened.fileno(), 3 * width * height, access=mmap.ACCESS_READ)
    image = QImage(memory, width, height, 3 * width, QImage.Format.Format_RGB888)  # type: ignore[call-overload]
    return MappedPixels(image, memory)
