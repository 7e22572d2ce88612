"""The part of a photo by which it was found, drawn on its picture, to be seen on light and on dark ones."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from guie_desktop.domain import Region

_INSIDE, _AROUND = QColor("white"), QColor(0, 0, 0, 150)


def box_rect(box: Region, picture: QRectF) -> QRectF:
    """Where a part lies on a picture that lies there."""
    left, top, width, height = box
    return QRectF(
        picture.left() + left * picture.width(),
        picture.top() + top * picture.height(),
        width * picture.width(),
        height * picture.height(),
    )


def paint_box(painter: QPainter, box: Region, picture: QRectF) -> None:
    """Draw it; where a side lies at the picture's edge it stays within."""
    area = box_rect(box, picture).intersected(picture).adjusted(1.5, 1.5, -1.5, -1.5)
    painter.save()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, width in ((_AROUND, 4), (_INSIDE, 2)):
        painter.setPen(QPen(colour, width, j=Qt.PenJoinStyle.MiterJoin))
        painter.drawRect(area)
    painter.restore()
