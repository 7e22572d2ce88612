"""Fits a picture of the cache into the space of a tile."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter

from guie_desktop.domain import Photo
from guie_desktop.gui.backend.jpeg import open_jpeg, qt_image
from guie_desktop.gui.photos.picture_cache import TileBox

if TYPE_CHECKING:
    from PIL.JpegImagePlugin import JpegImageFile

ROUND_TILE = 4
"""Radius of a tile's corners."""
_CLOSE = 3
"""Pixels by which a picture may be pulled to fill its tile."""


def fitted(jpeg: bytes, photo: Photo, box: TileBox) -> QImage | None:
    """The picture fitted into the box, with round corners; a photo smaller than the box is not enlarged."""
    picture = open_jpeg(jpeg)
    if picture is None:
        return None
    target = QSize(box.width, box.height)
    if photo.width:
        own = QSize(round(photo.width * box.ratio), round(photo.height * box.ratio))
        target = target.boundedTo(own.expandedTo(QSize(24, 24)))
    size = QSize(*picture.size).scaled(target, Qt.AspectRatioMode.KeepAspectRatio)
    if max(target.width() - size.width(), target.height() - size.height()) <= _CLOSE:
        size = target
    scaled = _scaled(picture, max(1, size.width()), max(1, size.height()))
    return None if scaled.isNull() else _rounded(scaled, ROUND_TILE * box.ratio)


def _scaled(picture: "JpegImageFile", width: int, height: int) -> QImage:
    from PIL.Image import Resampling  # loaded by the first thread that decodes

    picture.draft("RGB", (width, height))  # a half or a quarter is decoded at once, where that is enough
    try:
        return qt_image(picture.resize((width, height), Resampling.HAMMING))
    except (OSError, ValueError):
        return QImage()


def _rounded(picture: QImage, radius: float) -> QImage:
    rounded = QImage(picture.size(), QImage.Format.Format_ARGB32_Premultiplied)
    rounded.fill(QColor(0, 0, 0, 0))
    painter = QPainter(rounded)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(picture))
    painter.drawRoundedRect(QRectF(rounded.rect()), radius, radius)
    painter.end()
    return rounded
