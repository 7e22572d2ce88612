"""Draws the program's icon in the size that a system asks for."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

DRAWING = Path(__file__).parent.parent / "resources" / "guie-desktop.svg"


def draw_icon(size: int, to: Path) -> None:
    """Write a PNG of so many pixels, transparent outside; OSError where it cannot be written."""
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(DRAWING)).render(painter)
    painter.end()
    if not image.save(str(to)):
        raise OSError(f"{to} cannot be written")
