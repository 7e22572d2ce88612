"""A picture that is worked with: zoomed at the pointer, panned by a drag, or a part of it marked."""

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QInputDevice,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QRegion,
    QWheelEvent,
)
from PySide6.QtWidgets import QGestureEvent, QPinchGesture, QWidget

from guie_desktop.domain import Region
from guie_desktop.gui.look.spoken import Role, speak_as
from guie_desktop.gui.photos.box import box_rect, paint_box
from guie_desktop.gui.preview.sight import Sight, turned
from guie_desktop.gui.preview.zoomed_picture import ZoomedPicture
from guie_desktop.language import tr

_SMALLEST_PART = 12
"""Pixels on screen; anything smaller was a click."""
_NOTCH = 120.0
"""What a wheel tells of one notch."""


class PictureArea(ZoomedPicture):
    """What mouse, wheel and fingers do on a picture."""

    part_marked = Signal(object)
    """The marked Region, or None when the mark was taken away."""
    pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        speak_as(self, Role.Graphic)
        self._marks = False
        self._corner: QPoint | None = None
        self._grip: QPointF | None = None
        self._band = QRect()
        self.part: Region | None = None
        self.found: Region | None = None
        """By which part the photo was found; a click there looks at it closely."""
        self._pressed_at = QPointF()
        self._has_looked = False
        """Whether the first of two clicks did that already."""
        self.setAccessibleName(tr("Photo"))
        self.setToolTip("")
        self.grabGesture(Qt.GestureType.PinchGesture)

    def show_small(self, pixmap: QPixmap | None, own_size: QSize, turns: int = 0, found: Region | None = None) -> None:
        """Show a picture that is small for now, of a photo of this size, all of it and nothing marked.

        What was found of it is framed.
        """
        self.part, self.found, self._corner, self._grip = None, found, None, None
        super().show_small(pixmap, own_size, turns)

    def look(self, sight: Sight) -> None:
        """Look at it so."""
        super().look(sight)
        self._show_cursor()

    def look_at_found(self) -> None:
        """Look closely at that part, where there is one."""
        if self.found is not None:
            self.look_closely(self.found)

    # --- marking a part

    @property
    def marks(self) -> bool:
        """Whether a drag marks a part."""
        return self._marks

    def set_marking(self, marks: bool) -> None:
        """Let a drag mark a part, or pan."""
        self._marks = marks
        self._show_cursor()

    def unmark(self) -> None:
        """Mark nothing."""
        self.part = None
        self.part_marked.emit(None)
        self.update()

    def picture_rect(self) -> QRect:
        """Where the picture is."""
        return self.place().toRect()

    # --- events

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Start a mark, or take hold of the picture."""
        self.pressed.emit()
        self._has_looked = False
        if event.button() != Qt.MouseButton.LeftButton or self.place().isNull():
            super().mousePressEvent(event)
        elif self._marks:
            self._corner = event.position().toPoint()
            self._band = QRect()
        else:
            self._grip = self._pressed_at = event.position()
            self._show_cursor()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Draw the mark, or move the picture."""
        if self._corner is not None:
            self._band = QRect(self._corner, event.position().toPoint()).normalized() & self.picture_rect()
            self.update()
        elif self._grip is not None:
            self.pan(event.position() - self._grip)
            self._grip = event.position()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The mark is made; a click takes it away."""
        was_held, self._grip = self._grip is not None, None
        self._show_cursor()
        is_click = was_held and (event.position() - self._pressed_at).manhattanLength() < _SMALLEST_PART
        if is_click and not self.is_zoomed and self._found_rect().contains(self._pressed_at):
            self._has_looked = True
            self.look_at_found()
        if self._corner is None:
            return
        self._corner = None
        area, band = self.place(), self._band
        if min(band.width(), band.height()) < _SMALLEST_PART:
            self.unmark()
            return
        seen = (
            (band.left() - area.left()) / area.width(),
            (band.top() - area.top()) / area.height(),
            band.width() / area.width(),
            band.height() / area.height(),
        )
        self.part = turned(seen, -self.turns)
        self.part_marked.emit(self.part)
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Between all of the picture and its own pixels."""
        had_looked, self._has_looked = self._has_looked, False
        if event.button() == Qt.MouseButton.LeftButton and not self._marks and not had_looked:
            self.zoom("fit" if self.is_zoomed else 1.0, event.position())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom at the pointer; two fingers on a touchpad move what is zoomed."""
        is_pad = event.device() is not None and event.device().type() == QInputDevice.DeviceType.TouchPad
        held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if is_pad and not held and self.is_zoomed and not event.pixelDelta().isNull():
            self.pan(event.pixelDelta().toPointF())
        elif event.angleDelta().y():
            self.step(event.angleDelta().y() / _NOTCH, event.position())
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Pinching zooms, on a touchpad and on a touch screen."""
        if isinstance(event, QNativeGestureEvent):
            if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                self._enlarge(1 + event.value(), event.position())
                return True
            if event.gestureType() == Qt.NativeGestureType.SmartZoomNativeGesture:
                self.zoom("fit" if self.is_zoomed else 1.0, event.position())
                return True
        if isinstance(event, QGestureEvent) and isinstance(
            pinch := event.gesture(Qt.GestureType.PinchGesture), QPinchGesture
        ):
            self._enlarge(pinch.scaleFactor(), self.mapFromGlobal(pinch.centerPoint()))
            return True
        return super().event(event)

    def _enlarge(self, factor: float, at: QPointF) -> None:
        if (scale := self.scale) is not None and factor > 0:
            self.zoom(scale * factor, at)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint picture, mark and, if need be, the failure."""
        painter = QPainter(self)
        area = self.place()
        self.paint_picture(painter, area)
        if self.found is not None and self.part is None and not area.isNull():
            paint_box(painter, turned(self.found, self.turns), area)
        part = self._band if self._corner is not None else self._part_rect(area)
        if not part.isNull():
            painter.setClipRegion(QRegion(area.toAlignedRect()) - QRegion(part))
            painter.fillRect(area, QColor(0, 0, 0, 120))
            painter.setClipping(False)
            painter.setPen(QPen(QColor("white"), 2))
            painter.drawRect(part)
        self.paint_failure(painter)
        painter.end()

    def _found_rect(self) -> QRectF:
        return QRectF() if self.found is None else box_rect(turned(self.found, self.turns), self.place())

    def _part_rect(self, area: QRectF) -> QRect:
        if self.part is None:
            return QRect()
        return box_rect(turned(self.part, self.turns), area).toRect()

    def _show_cursor(self) -> None:
        shape = Qt.CursorShape
        if self._marks:
            self.setCursor(shape.CrossCursor)
        elif self.is_zoomed:
            self.setCursor(shape.OpenHandCursor if self._grip is None else shape.ClosedHandCursor)
        else:
            self.setCursor(shape.ArrowCursor)
