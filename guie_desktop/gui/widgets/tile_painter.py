"""Paints one tile of the grid: picture, name, score, and how it is chosen."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPalette, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from guie_desktop.gui.icons import icon_pixmap

_BUTTON = 30
_ROUND = 6


@dataclass(frozen=True, slots=True)
class Tile:
    """What a tile shows; no picture means that it is not loaded yet."""

    name: str
    picture: QPixmap | None
    score: float | None
    dimmed: bool


def similar_button(picture: QRect) -> QRect:
    """Where the round button lies on a tile's picture."""
    return QRect(picture.right() - _BUTTON - 5, picture.top() + 6, _BUTTON, _BUTTON)


class TilePainter:
    """Paints tiles that it gets, row by row, from `tile`."""

    def __init__(self, tile: Callable[[int], Tile]) -> None:
        self._tile = tile

    def paint(
        self,
        painter: QPainter,
        view: QWidget,
        row: int,
        rect: QRect,
        picture_area: QRect,
        *,
        chosen: bool,
        current: bool,
        hovered: bool,
    ) -> None:
        """Paint the tile of this row into `rect`."""
        tile, palette = self._tile(row), view.palette()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if chosen or hovered:
            painter.setBrush(palette.color(QPalette.ColorRole.Midlight if chosen else QPalette.ColorRole.AlternateBase))
            painter.drawRoundedRect(rect.adjusted(-5, -5, 5, 3), _ROUND + 4, _ROUND + 4)
        shown = self._paint_picture(painter, palette, tile, picture_area)
        if chosen:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(palette.color(QPalette.ColorRole.Highlight), 3))
            painter.drawRoundedRect(shown.adjusted(-1, -1, 1, 1), _ROUND + 1, _ROUND + 1)
        if current:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(palette.color(QPalette.ColorRole.Highlight), 2))
            painter.drawRoundedRect(rect.adjusted(-5, -5, 5, 3), _ROUND + 4, _ROUND + 4)
        caption = rect.adjusted(2, picture_area.height(), -2, 0)
        self._paint_caption(painter, palette, tile, caption)
        if hovered:
            self._paint_button(painter, palette, similar_button(picture_area), view.devicePixelRatioF())

    def _paint_picture(self, painter: QPainter, palette: QPalette, tile: Tile, area: QRect) -> QRect:
        if tile.picture is None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(palette.color(QPalette.ColorRole.AlternateBase))
            painter.drawRoundedRect(area, _ROUND, _ROUND)
            return area
        size = tile.picture.deviceIndependentSize().toSize()
        fits = size.width() <= area.width() and size.height() <= area.height()
        close = area.width() - size.width() < 2 or area.height() - size.height() < 2
        if not (fits and close) and max(size.width(), size.height()) > 100:
            # Made for another size of tiles; the right one is on its way.
            size = size.scaled(area.size(), Qt.AspectRatioMode.KeepAspectRatio)
        target = QRect(QPoint(0, 0), size)
        target.moveCenter(area.center())
        # Dimmed, but only as far as the picture stays easy to see.
        painter.setOpacity(0.55 if tile.dimmed else 1.0)
        if size == tile.picture.deviceIndependentSize().toSize():
            painter.drawPixmap(target.topLeft(), tile.picture)
        else:
            painter.drawPixmap(target, tile.picture)
        painter.setOpacity(1.0)
        return target

    def _paint_caption(self, painter: QPainter, palette: QPalette, tile: Tile, area: QRect) -> None:
        metrics = painter.fontMetrics()
        middle = Qt.AlignmentFlag.AlignVCenter
        if tile.score is not None:
            score = f"{tile.score:.2f}"
            painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
            painter.drawText(area, middle | Qt.AlignmentFlag.AlignRight, score)
            area = area.adjusted(0, 0, -metrics.horizontalAdvance(score) - 8, 0)
        painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText if tile.dimmed else QPalette.ColorRole.Text))
        name = metrics.elidedText(tile.name, Qt.TextElideMode.ElideMiddle, area.width())
        alignment = Qt.AlignmentFlag.AlignHCenter if tile.score is None else Qt.AlignmentFlag.AlignLeft
        painter.drawText(area, middle | alignment | Qt.TextFlag.TextSingleLine, name)

    def _paint_button(self, painter: QPainter, palette: QPalette, area: QRect, ratio: float) -> None:
        painter.setPen(QPen(QColor(0, 0, 0, 40), 1))
        painter.setBrush(palette.color(QPalette.ColorRole.Button))
        painter.drawEllipse(area)
        size = QSize(18, 18)
        icon = icon_pixmap("similar", palette.color(QPalette.ColorRole.ButtonText).name(), size.width(), ratio)
        painter.drawPixmap(area.center() - QPoint(size.width() // 2 - 1, size.height() // 2 - 1), icon)
