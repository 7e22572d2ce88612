"""Colours as small pictures beside their names in a menu."""

from collections.abc import Mapping

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPalette, QPen, QPixmap

from guie_desktop.asking import Colour

_SIZE = 16
_ROUND = 4.0
_SHADES: Mapping[Colour, str] = {
    "red": "#d8232a",
    "orange": "#f5841f",
    "yellow": "#f7d51d",
    "green": "#2f9e3f",
    "teal": "#12a197",
    "blue": "#2b62d9",
    "purple": "#7d3cb0",
    "pink": "#f58ab8",
    "brown": "#7a4a24",
    "white": "#ffffff",
    "grey": "#8c8f94",
    "black": "#101114",
}


def swatch(colour: Colour, palette: QPalette) -> QIcon:
    """A square of the colour, with an edge by which it is seen on a ground of the same."""
    icon = QIcon()
    for ratio in (1, 2):
        square = QPixmap(_SIZE * ratio, _SIZE * ratio)
        square.setDevicePixelRatio(ratio)
        square.fill(Qt.GlobalColor.transparent)
        painter = QPainter(square)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(palette.color(QPalette.ColorRole.Mid), 1))
        painter.setBrush(QColor(_SHADES[colour]))
        painter.drawRoundedRect(QRectF(0.5, 0.5, _SIZE - 1, _SIZE - 1), _ROUND, _ROUND)
        painter.end()
        icon.addPixmap(square)
    return icon
