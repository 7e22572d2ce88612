"""Colours as small pictures beside their names in a menu."""

from collections.abc import Mapping

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPalette, QPen, QPixmap

from guie_desktop.asking import Colour
from guie_desktop.gui.look.icons import icon_pixmap

_SIZE = 16
_ROUND = 4.0
_EDGE = 2
_LIGHT = 150
"""Lightness of 255 from which on black is seen better than white."""
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


def swatch(colour: Colour, palette: QPalette, *, ticked: bool) -> QIcon:
    """A square of the colour, with an edge by which it is seen on a ground of the same.

    A menu leaves out the tick of what has an icon, so that the icon has to have it.
    """
    shade = QColor(_SHADES[colour])
    icon = QIcon()
    for ratio in (1, 2):
        square = QPixmap(_SIZE * ratio, _SIZE * ratio)
        square.setDevicePixelRatio(ratio)
        square.fill(Qt.GlobalColor.transparent)
        painter = QPainter(square)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(palette.color(QPalette.ColorRole.PlaceholderText), 1))
        painter.setBrush(shade)
        painter.drawRoundedRect(QRectF(0.5, 0.5, _SIZE - 1, _SIZE - 1), _ROUND, _ROUND)
        if ticked:
            tick = "black" if shade.lightness() > _LIGHT else "white"
            painter.drawPixmap(_EDGE, _EDGE, icon_pixmap("check", tick, _SIZE - 2 * _EDGE, ratio))
        painter.end()
        icon.addPixmap(square)
    return icon
