"""Drags the chosen photos of a gallery: to other programs as files, onto albums as photos of the library."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QDrag, QPainter, QPalette, QPixmap

from guie_desktop.gui.models.tile_loader import TileLoader
from guie_desktop.gui.photo_mime import add_ids, files_as_mime
from guie_desktop.gui.views.gallery import Gallery

_WIDTH = 120


def drag_out(gallery: Gallery, loader: TileLoader) -> None:
    """Start the drag; returns when it has ended."""
    photos, ids = gallery.chosen_photos(), gallery.chosen_ids()
    if not photos:
        return
    mime = files_as_mime(photos)
    add_ids(mime, ids)
    drag = QDrag(gallery.grid)
    drag.setMimeData(mime)
    picture = loader.picture(photos[0])
    if picture is not None:
        drag.setPixmap(_with_number(picture, len(ids), gallery.palette()))
    drag.exec(Qt.DropAction.CopyAction)


def _with_number(picture: QPixmap, number: int, palette: QPalette) -> QPixmap:
    """The picture, small, and how many go with it."""
    smooth = Qt.TransformationMode.SmoothTransformation
    small = picture.scaledToWidth(min(round(_WIDTH * picture.devicePixelRatio()), picture.width()), smooth)
    if number > 1:
        painter = QPainter(small)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        text = f"{number:,}"
        width = max(24.0, painter.fontMetrics().horizontalAdvance(text) + 14.0)
        area = QRectF(QPointF(6, 6), QPointF(6 + width, 30))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(palette.color(QPalette.ColorRole.Highlight))
        painter.drawRoundedRect(area, 12, 12)
        painter.setPen(palette.color(QPalette.ColorRole.HighlightedText))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)
        painter.end()
    return small
