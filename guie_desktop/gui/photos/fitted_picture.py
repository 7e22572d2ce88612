"""Fits a picture of the cache into the space of a tile."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter

from guie_desktop.domain import Photo
from guie_desktop.gui.backend.jpeg import image_from_jpeg
from guie_desktop.gui.photos.picture_cache import TileBox

ROUND_TILE = 4
"""Radius of a tile's corners."""
_CLOSE = 3
"""Pixels by which a picture may be pulled to fill its tile."""


def fitted(jpeg: bytes, photo: Photo, box: TileBox) -> QImage | None:
    """The picture fitted into the box, with round corners; a photo smaller than the box is not enlarged."""
    picture = image_from_jpeg(jpeg)
    if picture.isNull():
        return None
    target = QSize(box.width, box.height)
    if photo.width:
        own = QSize(round(photo.width * box.ratio), round(photo.height * box.ratio))
        target = target.boundedTo(own.expandedTo(QSize(24, 24)))
    size = picture.size().scaled(target, Qt.AspectRatioMode.KeepAspectRatio)
    if max(target.width() - size.width(), target.height() - size.height()) <= _CLOSE:
        size = target
    smooth = Qt.TransformationMode.SmoothTransformation
    scaled = picture.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, smooth)
    rounded = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
    rounded.fill(QColor(0, 0, 0, 0))
    painter = QPainter(rounded)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(scaled))
    radius = ROUND_TILE * box.ratio
    painter.drawRoundedRect(QRectF(rounded.rect()), radius, radius)
    painter.end()
    return rounded
