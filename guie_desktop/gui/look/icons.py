"""The program's own line icons, drawn in whatever colour the theme has."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton

from guie_desktop.paths import shipped

_PROPERTY = "icon_name"
_OTHER_WAY = {"left": "right", "right": "left"}


@lru_cache(maxsize=64)
def _drawing(name: str) -> str:
    return (shipped("resources") / f"{name}.svg").read_text(encoding="utf-8")


@lru_cache(maxsize=256)
def icon_pixmap(name: str, colour: str, size: int, ratio: float = 1.0) -> QPixmap:
    """The icon as a square picture of `size` pixels in this colour."""
    pixmap = QPixmap(QSize(round(size * ratio), round(size * ratio)))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    drawing = _drawing(name).replace("currentColor", colour)
    QSvgRenderer(QByteArray(drawing.encode())).render(painter, QRectF(pixmap.rect()))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def themed_icon(name: str, palette: QPalette, role: QPalette.ColorRole = QPalette.ColorRole.ButtonText) -> QIcon:
    """The icon in the palette's colours, for normal and disabled."""
    icon = QIcon()
    for mode, group in (
        (QIcon.Mode.Normal, QPalette.ColorGroup.Active),
        (QIcon.Mode.Disabled, QPalette.ColorGroup.Disabled),
    ):
        colour = palette.color(group, role)
        for size, ratio in ((20, 1.0), (20, 2.0)):
            icon.addPixmap(icon_pixmap(name, _opaque(colour, palette), size, ratio), mode)
    return icon


def as_read(name: str, direction: Qt.LayoutDirection) -> str:
    """The icon that leads there as lines are read: where they begin at the right, back is there."""
    return _OTHER_WAY.get(name, name) if direction == Qt.LayoutDirection.RightToLeft else name


def set_icon(button: QAbstractButton, name: str) -> None:
    """Give the button this icon; the theme recolours it later."""
    button.setProperty(_PROPERTY, name)
    recolour_icon(button)


def recolour_icon(button: QAbstractButton) -> None:
    """Draw the button's icon again in today's colours."""
    name = button.property(_PROPERTY)
    if not isinstance(name, str):
        return
    primary = button.property("primary")
    role = QPalette.ColorRole.HighlightedText if primary else QPalette.ColorRole.ButtonText
    button.setIcon(themed_icon(as_read(name, button.layoutDirection()), button.palette(), role))


def _opaque(colour: QColor, palette: QPalette) -> str:
    # SVG 1.1 has no colours with alpha: mix with the surface instead.
    below = palette.color(QPalette.ColorRole.Window)
    share = colour.alphaF()
    return QColor.fromRgbF(
        colour.redF() * share + below.redF() * (1 - share),
        colour.greenF() * share + below.greenF() * (1 - share),
        colour.blueF() * share + below.blueF() * (1 - share),
    ).name()
