"""Paints one tile of the grid: picture, name, similarity, what was decided of it, and how it is chosen."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QGuiApplication, QPainter, QPalette, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QWidget

from guie_desktop.domain import Region, Verdict
from guie_desktop.gui.look.icons import icon_pixmap
from guie_desktop.gui.photos.box import paint_box
from guie_desktop.gui.photos.fitted_picture import ROUND_TILE as ROUND
from guie_desktop.gui.photos.grid_geometry import Spot
from guie_desktop.gui.photos.tile_marks import paint_stack, paint_tile_marks, stack_area

_BUTTON = 30
_MARK = 24
_BADGE_GAP = 6
_SMALL = 14
_TELLING = 8
"""Signs of a name that are worth showing beside a note; where there is no room for them, the note stands alone."""
_TINY = 100
"""Pixels, up to which a picture is that of a photo that is as small itself."""
_AT_START = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine
_AT_END = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
_BESIDE = 3
"""Half of what lies between two tiles, into which the marks of a chosen one reach."""


@dataclass(frozen=True, slots=True)
class Tile:
    """What a tile shows; no picture means that it is not loaded yet."""

    name: str
    picture: QPixmap | None
    note: str = ""
    """What kind of photo it is, and how alike, beside the name."""
    dimmed: bool = False
    mark: Verdict | None = None
    """What was decided of it, as a tick or a cross."""
    badge: str = ""
    """How its rank moved: begins with an arrow, or is a word."""
    copies: str = ""
    """In how many places it lies, where these are several."""
    is_offline: bool = False
    """Whether its drive is not connected."""
    rating: int = 0
    """How many stars it has."""
    flagged: bool = False
    box: Region | None = None
    """The part of the photo by which it was found."""
    stack: int = 0
    """How many photos its stack has; 0 where it is in none."""

    @property
    def signs(self) -> int:
        """How many stars and flags it has."""
        return self.rating + self.flagged

    def at_end(self, *, has_caption: bool) -> str:
        """What stands in the lower corner where reading ends."""
        return self.copies or ("" if has_caption else self.note)

    @property
    def is_plain(self) -> bool:
        """Whether nothing is to be seen on its picture, nor is that dimmed."""
        return not (
            self.mark
            or self.note
            or self.rating
            or self.dimmed
            or self.is_offline
            or self.badge
            or self.copies
            or self.flagged
            or self.box
            or self.stack
        )


def similar_button(picture: QRect, direction: Qt.LayoutDirection) -> QRect:
    """Where the round button lies on a tile's picture: at its end."""
    area = QRect(picture.right() - _BUTTON - 5, picture.top() + 6, _BUTTON, _BUTTON)
    return QStyle.visualRect(direction, picture, area)


class TilePainter:
    """Paints tiles that it gets, row by row, from `tile`."""

    def __init__(
        self,
        tile: Callable[[int, int, int], Tile],
        held: Callable[[], AbstractContextManager[None]] = nullcontext,
    ) -> None:
        """`tile` is asked for what a row shows in a picture of a width and height; threads are `held` meanwhile."""
        self._tile, self._held = tile, held

    def stack_area(self, row: int, picture: QRect, view: QWidget, *, has_caption: bool) -> QRect:
        """Where the size of its stack stands on a row's picture; empty where it is in none."""
        tile = self._tile(row, picture.width(), picture.height())
        if not tile.stack:
            return QRect()
        raised = bool(tile.at_end(has_caption=has_caption))
        return stack_area(view.fontMetrics(), tile.stack, tile.signs, picture, view.layoutDirection(), raised=raised)

    @contextmanager
    def at_work(self, painter: QPainter, view: QWidget) -> "Iterator[TilePainting]":
        """For all tiles of one painting."""
        with self._held():
            yield TilePainting(self._tile, painter, view)


class TilePainting:
    """One painting of a view.

    Most tiles are a picture and nothing else. As many of them fit into a view, they are painted with plain numbers:
    whenever one of Qt's values ends Python's lock is let go of, and some other thread may have it for a while.
    """

    def __init__(self, tile: Callable[[int, int, int], Tile], painter: QPainter, view: QWidget) -> None:
        self._tile, self._painter = tile, painter
        # The view's own palette has no backgrounds, since the style sheet makes them transparent.
        self._palette = QGuiApplication.palette()
        self._ground = QBrush(self._palette.color(QPalette.ColorRole.AlternateBase))
        self._ratio, self._direction = view.devicePixelRatioF(), view.layoutDirection()

    def paint(self, spot: Spot, caption: int, *, chosen: bool, current: bool, hovered: bool) -> None:
        """Paint the tile of this row, with so much room for words below its picture."""
        tile = self._tile(spot.row, spot.width, spot.height - caption)
        if chosen or current or hovered or caption or not tile.is_plain:
            self._paint_all(tile, spot.rect, spot.height - caption, chosen=chosen, current=current, hovered=hovered)
        else:
            self._paint_picture(tile, spot.left, spot.top, spot.width, spot.height)

    def _paint_all(self, tile: Tile, rect: QRect, height: int, *, chosen: bool, current: bool, hovered: bool) -> None:
        painter, palette, ratio = self._painter, self._palette, self._ratio
        painter.setPen(Qt.PenStyle.NoPen)
        if chosen or hovered:
            painter.setBrush(palette.color(QPalette.ColorRole.Midlight if chosen else QPalette.ColorRole.AlternateBase))
            painter.drawRoundedRect(rect.adjusted(-_BESIDE, -_BESIDE, _BESIDE, _BESIDE), ROUND + 3, ROUND + 3)
        shown = QRect(*self._paint_picture(tile, rect.left(), rect.top(), rect.width(), height))
        if tile.box is not None:
            paint_box(painter, tile.box, QRectF(shown))
        if chosen:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(palette.color(QPalette.ColorRole.Highlight), 3))
            painter.drawRoundedRect(shown.adjusted(-1, -1, 1, 1), ROUND + 1, ROUND + 1)
        if current:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(palette.color(QPalette.ColorRole.Highlight), 2))
            painter.drawRoundedRect(rect.adjusted(-_BESIDE, -_BESIDE, _BESIDE, _BESIDE), ROUND + 3, ROUND + 3)
        has_caption = rect.height() > height
        if has_caption:
            caption = rect.adjusted(2, height, -2, 0)
            if tile.is_offline:
                _paint_offline(painter, palette, caption, ratio)
                beside = caption.adjusted(_SMALL + 4, 0, 0, 0)
                caption = QStyle.visualRect(painter.layoutDirection(), caption, beside)
            _paint_caption(painter, palette, tile, caption)
        if tile.mark is not None:
            _paint_mark(painter, palette, tile.mark, shown, ratio)
        if tile.is_offline and not has_caption:
            _paint_away(painter, palette, shown, ratio)
        if tile.badge:
            _paint_badge(painter, palette, tile.badge, shown, 0, quiet=tile.badge.startswith("▼"))
        right = tile.at_end(has_caption=has_caption)
        if right and _badge_size(painter, right).width() > shown.width() - 2 * _BADGE_GAP:
            right = right[0]  # the sign of a video, which has room on the smallest tile
        if right:
            taken = _badge_size(painter, tile.badge).width() + _BADGE_GAP if tile.badge else 0
            free = shown.width() - _badge_size(painter, right).width() - 2 * _BADGE_GAP
            _paint_badge(painter, palette, right, shown, max(taken, free), quiet=True)
        raised = bool(tile.badge or right)
        paint_tile_marks(painter, tile.rating, shown, ratio, flagged=tile.flagged, raised=raised)
        self._paint_offers(
            tile, QRect(rect.left(), rect.top(), rect.width(), height), raised=bool(right), hovered=hovered
        )

    def _paint_offers(self, tile: Tile, picture: QRect, *, raised: bool, hovered: bool) -> None:
        """What can be pressed."""
        painter = self._painter
        if tile.stack:
            metrics, direction = painter.fontMetrics(), self._direction
            there = stack_area(metrics, tile.stack, tile.signs, picture, direction, raised=raised)
            paint_stack(painter, tile.stack, there, self._ratio)
        if hovered:
            _paint_button(painter, self._palette, similar_button(picture, self._direction), self._ratio)

    def _paint_picture(self, tile: Tile, left: int, top: int, width: int, height: int) -> tuple[int, int, int, int]:
        """Paint it into the middle of an area; returns where it is."""
        painter, picture = self._painter, tile.picture
        if picture is None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._ground)
            painter.drawRoundedRect(left, top, width, height, ROUND, ROUND)
            return left, top, width, height
        ratio = picture.devicePixelRatio()
        own_width, own_height = int(picture.width() / ratio + 0.5), int(picture.height() / ratio + 0.5)
        wide, high = own_width, own_height
        fits = wide <= width and high <= height
        fills = wide >= width - 1 or high >= height - 1
        if not (fits and fills) and max(wide, high) > _TINY:
            # Made for another size of tiles; the right one is on its way.
            wide, high = _fitted(wide, high, width, height)
        x, y = left + (width - 1) // 2 - (wide - 1) // 2, top + (height - 1) // 2 - (high - 1) // 2
        # Dimmed, but only as far as the picture stays easy to see.
        if tile.dimmed:
            painter.setOpacity(0.55)
        if (wide, high) == (own_width, own_height):
            painter.drawPixmap(x, y, picture)
        else:
            painter.drawPixmap(x, y, wide, high, picture)
        if tile.dimmed:
            painter.setOpacity(1.0)
        return x, y, wide, high


def _fitted(wide: int, high: int, width: int, height: int) -> tuple[int, int]:
    """The largest size of this shape that fits."""
    if height * wide <= width * high:
        return height * wide // high, height
    return width, width * high // wide


def _paint_caption(painter: QPainter, palette: QPalette, tile: Tile, area: QRect) -> None:
    metrics = painter.fontMetrics()
    if tile.note:
        painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
        painter.drawText(area, _AT_END, tile.note)
        before = area.adjusted(0, 0, -metrics.horizontalAdvance(tile.note) - 8, 0)
        area = QStyle.visualRect(painter.layoutDirection(), area, before)
    painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText if tile.dimmed else QPalette.ColorRole.Text))
    name = metrics.elidedText(tile.name, Qt.TextElideMode.ElideMiddle, area.width())
    if name == tile.name or len(name) >= _TELLING:
        painter.drawText(area, _AT_START, name)


def _paint_button(painter: QPainter, palette: QPalette, area: QRect, ratio: float) -> None:
    painter.setPen(QPen(QColor(0, 0, 0, 40), 1))
    painter.setBrush(palette.color(QPalette.ColorRole.Button))
    painter.drawEllipse(area)
    size = QSize(18, 18)
    icon = icon_pixmap("similar", palette.color(QPalette.ColorRole.ButtonText).name(), size.width(), ratio)
    painter.drawPixmap(area.center() - QPoint(size.width() // 2 - 1, size.height() // 2 - 1), icon)


def _paint_offline(painter: QPainter, palette: QPalette, caption: QRect, ratio: float) -> None:
    icon = icon_pixmap("offline", palette.color(QPalette.ColorRole.PlaceholderText).name(), _SMALL, ratio)
    place = QRect(caption.left(), caption.center().y() - _SMALL // 2, _SMALL, _SMALL)
    painter.drawPixmap(QStyle.visualRect(painter.layoutDirection(), caption, place).topLeft(), icon)


def _mark_area(painter: QPainter, picture: QRect) -> QRect:
    """At the upper corner where reading begins."""
    area = QRect(picture.topLeft() + QPoint(6, 6), QSize(_MARK, _MARK))
    return QStyle.visualRect(painter.layoutDirection(), picture, area)


def _paint_away(painter: QPainter, palette: QPalette, picture: QRect, ratio: float) -> None:
    area = _mark_area(painter, picture)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(palette.color(QPalette.ColorRole.Button))
    painter.drawEllipse(area)
    icon = icon_pixmap("offline", palette.color(QPalette.ColorRole.ButtonText).name(), _SMALL, ratio)
    painter.drawPixmap(area.topLeft() + QPoint(5, 5), icon)


def _paint_mark(painter: QPainter, palette: QPalette, mark: Verdict, picture: QRect, ratio: float) -> None:
    role = QPalette.ColorRole
    belongs, area = mark == "member", _mark_area(painter, picture)
    painter.setPen(QPen(palette.color(role.Button if belongs else role.Dark), 1.5))
    painter.setBrush(palette.color(role.Highlight if belongs else role.Button))
    painter.drawEllipse(area)
    colour = palette.color(role.HighlightedText if belongs else role.ButtonText).name()
    icon = icon_pixmap("check" if belongs else "close", colour, _MARK - 8, ratio)
    painter.drawPixmap(area.topLeft() + QPoint(4, 4), icon)


def _badge_size(painter: QPainter, badge: str) -> QSize:
    return QSize(painter.fontMetrics().horizontalAdvance(badge) + 14, painter.fontMetrics().height() + 4)


def _paint_badge(painter: QPainter, palette: QPalette, badge: str, picture: QRect, along: int, *, quiet: bool) -> None:
    """At the lower edge of the picture, so far along it."""
    role = QPalette.ColorRole
    size = _badge_size(painter, badge)
    area = QRect(picture.bottomLeft() + QPoint(along + _BADGE_GAP, -size.height() - 5), size)
    area = QStyle.visualRect(painter.layoutDirection(), picture, area)
    painter.setPen(QPen(palette.color(role.Dark if quiet else role.Button), 1))
    painter.setBrush(palette.color(role.Button if quiet else role.Highlight))
    painter.drawRoundedRect(area, size.height() / 2, size.height() / 2)
    painter.setPen(palette.color(role.ButtonText if quiet else role.HighlightedText))
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter, badge)
