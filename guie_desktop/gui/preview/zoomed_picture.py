"""A picture as large as it is looked at: all of it, or a part closely, turned or not."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPalette, QPixmap, QResizeEvent, QTransform
from PySide6.QtWidgets import QSizePolicy, QWidget

from guie_desktop.domain import Region
from guie_desktop.gui.backend.mapped_pixels import MappedPixels
from guie_desktop.gui.look.theme import ROUND
from guie_desktop.gui.preview.sight import Fit, Sight, Size, turned, turned_size

_SHOWN_AS_SQUARES = 3.0
"""Pixels of the screen for one of the photo's, from which on they are what is looked at."""
_ENOUGH = 1.05
"""By how much a picture may be enlarged before more of its pixels are wanted."""


class ZoomedPicture(QWidget):
    """Shows what there is of a picture: a small one first, then a sharp one, then all its pixels."""

    sight_changed = Signal()
    """Another part is seen, or in another size."""
    pixels_wanted = Signal()
    """It is looked at more closely than the picture is large."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._small: QPixmap | None = None
        self._large: QPixmap | None = None
        self._pixels: MappedPixels | None = None
        self._own_size = QSize()
        self.failure = ""
        self._asked_for_pixels = False
        self.sight = Sight()
        self.turns = 0
        """Quarter turns to the right."""
        self.on_black = False
        """Whether nothing else is on the screen, so that nothing should shine beside the picture."""
        self.enlarges_small = True
        """Whether a small picture fills the place of a large one that is to come."""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    # --- what is shown

    def show_small(self, pixmap: QPixmap | None, own_size: QSize, turns: int = 0) -> None:
        """Show a picture that is small for now, of a photo of this size, all of it."""
        self._small, self._large, self._pixels, self.failure = pixmap, None, None, ""
        self._own_size, self.turns, self._asked_for_pixels = own_size, turns, False
        self.look(Sight())

    def show_large(self, image: QImage) -> None:
        """Show the picture itself."""
        self._large, self.failure = QPixmap.fromImage(image), ""
        if self._own_size.isEmpty():
            self._own_size = image.size()
        self.look(self.sight)

    def show_pixels(self, pixels: MappedPixels) -> None:
        """Show all its pixels."""
        self._pixels = pixels
        self.update()

    def show_failure(self, sentence: str) -> None:
        """Say why there is no large picture."""
        self.failure = sentence
        self.update()

    @property
    def has_large_picture(self) -> bool:
        """Whether the picture is as sharp as it is wanted to be when all of it is seen."""
        return self._large is not None

    @property
    def has_pixels(self) -> bool:
        """Whether all pixels are there."""
        return self._pixels is not None

    @property
    def is_coarse(self) -> bool:
        """Whether the pixels are fewer than the photo has."""
        return self._pixels is not None and self._pixels.image.width() * 1.1 < self._own_size.width()

    # --- how it is looked at

    def look(self, sight: Sight) -> None:
        """Look at it so."""
        self.sight = sight
        self._wish_for_pixels()
        self.update()
        self.sight_changed.emit()

    def zoom(self, zoom: Fit | float, at: QPointF | None = None) -> None:
        """Show all, fill the view, or this many pixels of the screen for one of the photo's."""
        if sizes := self.sizes():
            self.look(self.sight.zoomed(zoom, *sizes, self._on_screen(at)))

    def look_closely(self, part: Region) -> None:
        """Show this part of the photo as large as there is room, with a little of what is around it."""
        if sizes := self.sizes():
            self.look(Sight.of_part(turned(part, self.turns), *sizes))

    def step(self, steps: float, at: QPointF | None = None) -> None:
        """Enlarge by so many steps."""
        if sizes := self.sizes():
            self.look(self.sight.stepped(steps, *sizes, self._on_screen(at)))

    def pan(self, by: QPointF) -> None:
        """Move the picture by so many pixels of the layout."""
        if sizes := self.sizes():
            ratio = self.devicePixelRatioF()
            self.look(self.sight.panned(by.x() * ratio, by.y() * ratio, *sizes))

    def turn(self, turns: int) -> None:
        """Turn the picture, not the file."""
        self.turns = turns % 4
        self.look(Sight())

    @property
    def scale(self) -> float | None:
        """Pixels of the screen for one of the photo's; None where nothing is shown."""
        sizes = self.sizes()
        return self.sight.scale(*sizes) if sizes else None

    @property
    def is_zoomed(self) -> bool:
        """Whether there is more of the picture than is seen."""
        sizes = self.sizes()
        return sizes is not None and not self.sight.shows_all(*sizes)

    # --- where things are

    def sizes(self) -> tuple[Size, Size] | None:
        """Of the view, and of the picture as it is turned; in pixels of the screen and of the photo."""
        if self._own_size.isEmpty() or self.size().isEmpty():
            return None
        ratio = self.devicePixelRatioF()
        own = float(self._own_size.width()), float(self._own_size.height())
        return (self.width() * ratio, self.height() * ratio), turned_size(own, self.turns)

    def _on_screen(self, at: QPointF | None) -> tuple[float, float] | None:
        ratio = self.devicePixelRatioF()
        return None if at is None else (at.x() * ratio, at.y() * ratio)

    def place(self) -> QRectF:
        """Where the whole picture lies, seen or not; null where there is none."""
        sizes, ratio = self.sizes(), self.devicePixelRatioF()
        if not sizes:
            return QRectF()
        place = self.sight.place(*sizes)
        # On whole pixels, so that a picture in its own size is not blurred.
        return QRectF(
            round(place.x) / ratio, round(place.y) / ratio, round(place.width) / ratio, round(place.height) / ratio
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More or less of the picture is seen."""
        super().resizeEvent(event)
        self.look(self.sight)

    def _wish_for_pixels(self) -> None:
        large, scale = self._large, self.scale
        if large is None or scale is None or self._asked_for_pixels:
            return
        has = max(large.width(), large.height()) / max(self._own_size.width(), self._own_size.height())
        if has < 1 and scale > has * _ENOUGH:
            self._asked_for_pixels = True
            self.pixels_wanted.emit()

    # --- painting, for a subclass's paintEvent

    def paint_picture(self, painter: QPainter, area: QRectF) -> None:
        """Paint the picture where it is, or a plain area."""
        if self.on_black:
            painter.fillRect(self.rect(), Qt.GlobalColor.black)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, (self.scale or 1.0) < _SHOWN_AS_SQUARES)
        self._paint_turned(painter, area)
        painter.restore()

    def _paint_turned(self, painter: QPainter, area: QRectF) -> None:
        shown = self._large or self._small
        if shown is None:
            if not area.isNull():
                painter.fillRect(area, self.palette().color(QPalette.ColorRole.AlternateBase))
            return
        to_view = QTransform.fromTranslate(area.center().x(), area.center().y()).rotate(90 * self.turns)
        painter.setTransform(to_view, True)
        width, height = turned_size((area.width(), area.height()), self.turns)
        rect = QRectF(-width / 2, -height / 2, width, height)
        if self._pixels is not None:
            seen = rect.intersected(to_view.inverted()[0].mapRect(QRectF(self.rect())))
            across, down = self._pixels.image.width() / width, self._pixels.image.height() / height
            source = QRectF(
                (seen.x() - rect.x()) * across,
                (seen.y() - rect.y()) * down,
                seen.width() * across,
                seen.height() * down,
            )
            painter.drawImage(seen, self._pixels.image, source)
        elif self._large is None and not self.enlarges_small:
            own = QRectF(QPointF(), shown.deviceIndependentSize())
            own.moveCenter(QPointF())
            painter.drawPixmap(own.toRect(), shown)
        else:
            painter.drawPixmap(rect, shown, QRectF(shown.rect()))

    def paint_failure(self, painter: QPainter) -> None:
        """Paint why there is no large picture, below."""
        if not self.failure:
            return
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        room = self.rect().adjusted(24, 0, -24, -16)
        text = painter.boundingRect(room, int(flags), self.failure)
        text.moveBottom(room.bottom())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.palette().color(QPalette.ColorRole.Base))
        painter.drawRoundedRect(text.adjusted(-12, -8, 12, 8), ROUND, ROUND)
        painter.setPen(self.palette().color(QPalette.ColorRole.Text))
        painter.drawText(text, int(flags), self.failure)
