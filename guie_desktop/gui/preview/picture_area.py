"""A picture fitted into the space there is, on which a part can be marked with the mouse."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen, QPixmap, QRegion
from PySide6.QtWidgets import QSizePolicy, QWidget

from guie_desktop.domain import Region
from guie_desktop.gui.look.theme import ROUND

_SMALLEST_PART = 12
"""Pixels on screen; anything smaller was a click."""


class PictureArea(QWidget):
    """Shows a picture and the marked part of it."""

    part_marked = Signal(object)
    """The marked Region, or None when the mark was taken away."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pixmap: QPixmap | None = None
        self._own_size = QSize()
        self._failure = ""
        self._corner: QPoint | None = None
        self._band = QRect()
        self.part: Region | None = None
        self.has_large_picture = False
        self.setAccessibleName("Photo")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setToolTip("")

    def show_small(self, pixmap: QPixmap | None, own_size: QSize) -> None:
        """Show a picture that is small for now, of a photo of this size."""
        self._pixmap, self._own_size, self._failure = pixmap, own_size, ""
        self.part, self._corner = None, None
        self.has_large_picture = False
        self.update()

    def show_large(self, image: QImage) -> None:
        """Show the picture itself."""
        self._pixmap = QPixmap.fromImage(image)
        self.has_large_picture = True
        self._failure = ""
        self.update()

    def show_failure(self, sentence: str) -> None:
        """Say why there is no large picture."""
        self._failure = sentence
        self.update()

    def unmark(self) -> None:
        """Mark nothing."""
        self.part = None
        self.part_marked.emit(None)
        self.update()

    def picture_rect(self) -> QRect:
        """Where the picture is; never larger than the photo itself."""
        if self._own_size.isEmpty():
            return QRect()
        own = self._own_size / self.devicePixelRatioF()
        size = own.scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        if size.width() > own.width():
            size = own
        rect = QRect(QPoint(0, 0), size)
        rect.moveCenter(self.rect().center())
        return rect

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint picture, mark and, if need be, the failure."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        area = self.picture_rect()
        if self._pixmap is not None:
            painter.drawPixmap(area, self._pixmap)
        elif not area.isNull():
            painter.fillRect(area, self.palette().color(QPalette.ColorRole.AlternateBase))
        part = self._band if self._corner is not None else self._part_rect()
        if not part.isNull():
            painter.setClipRegion(QRegion(area) - QRegion(part))
            painter.fillRect(area, QColor(0, 0, 0, 120))
            painter.setClipping(False)
            painter.setPen(QPen(QColor("white"), 2))
            painter.drawRect(part)
        if self._failure:
            self._paint_failure(painter)
        painter.end()

    def _paint_failure(self, painter: QPainter) -> None:
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        room = self.rect().adjusted(24, 0, -24, -16)
        text = painter.boundingRect(room, int(flags), self._failure)
        text.moveBottom(room.bottom())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.palette().color(QPalette.ColorRole.Base))
        painter.drawRoundedRect(text.adjusted(-12, -8, 12, 8), ROUND, ROUND)
        painter.setPen(self.palette().color(QPalette.ColorRole.Text))
        painter.drawText(text, int(flags), self._failure)

    def _part_rect(self) -> QRect:
        if self.part is None:
            return QRect()
        area = self.picture_rect()
        x, y, width, height = self.part
        return QRect(
            area.left() + round(x * area.width()),
            area.top() + round(y * area.height()),
            round(width * area.width()),
            round(height * area.height()),
        )

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Start a mark."""
        if event.button() == Qt.MouseButton.LeftButton and not self.picture_rect().isNull():
            self._corner = event.position().toPoint()
            self._band = QRect()
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Draw the mark."""
        if self._corner is not None:
            self._band = QRect(self._corner, event.position().toPoint()).normalized() & self.picture_rect()
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The mark is made; a click takes it away."""
        if self._corner is None:
            return
        self._corner = None
        area, band = self.picture_rect(), self._band
        if min(band.width(), band.height()) < _SMALLEST_PART:
            self.unmark()
            return
        self.part = (
            (band.left() - area.left()) / area.width(),
            (band.top() - area.top()) / area.height(),
            band.width() / area.width(),
            band.height() / area.height(),
        )
        self.part_marked.emit(self.part)
        self.update()
