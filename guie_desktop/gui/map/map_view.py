"""Photos at their places on the map, moved and zoomed by mouse and keys, and chosen by drawing around them."""

from collections.abc import Mapping, Sequence

import numpy as np
from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QLineF,
    QModelIndex,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    Qt,
    Slot,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from guie_desktop.arrays import Mask
from guie_desktop.gui.map.gesture import ARROWS, Gesture
from guie_desktop.gui.map.map_painter import paint_labels, paint_outline
from guie_desktop.gui.map.map_sight import MapSight
from guie_desktop.gui.map.names import Label
from guie_desktop.gui.map.plane import GAP, NO_PLANE, Cells, Plane, Rows
from guie_desktop.gui.photos.grid_geometry import Spot
from guie_desktop.gui.photos.photo_grid import PhotoGrid
from guie_desktop.gui.photos.tile_painter import TilePainter
from guie_desktop.gui.photos.tiled_list import ScrollHint
from guie_desktop.gui.photos.tiles import TilesFor
from guie_desktop.gui.widgets.model_index import Index

_NOTCH = 120
"""Of a wheel, in Qt's units."""
_PER_KEY = 0.15
"""How far an arrow key moves the map, as a share of the view."""


class MapView(PhotoGrid):
    """A grid whose photos lie where a plane has them, rather than in lines; each row is a point of it."""

    def __init__(
        self, painter: TilePainter, tiles: TilesFor, smallest: int, largest: int, parent: QWidget | None = None
    ) -> None:
        self._sight = MapSight(NO_PLANE)  # first, since Qt asks where things are at once
        super().__init__(painter, tiles, smallest, largest, parent)
        self.labels: Mapping[int, Sequence[Label]] = {}
        """The names of parts, by how many doublings they are zoomed."""
        self.draws_around = False
        """Whether the mouse draws a line around photos, rather than moves the map; Shift does the other one."""
        self._gesture: Gesture | None = None
        self._turned = 0
        self._chosen: Mask | None = None
        self.captions_shown = False
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    # --- what is seen

    @property
    def plane(self) -> Plane:
        """The points of all rows."""
        return self._sight.plane

    def show_plane(self, plane: Plane) -> None:
        """Show these points, whose photos the model has by now; what is looked at stays where it is."""
        self._sight.plane, self._chosen = plane, None
        if self._sight.shows_all:
            self._sight.fit()
        self._look()

    @property
    def side(self) -> int:
        """Pixels of a tile."""
        return self._sight.side

    def seen(self) -> list[Spot]:
        """The tiles on screen."""
        cells, sight = self._cells(), self._sight
        seen = cells.within(*sight.on_map(0, 0), *sight.on_map(sight.width, sight.height))
        side, step, (left, top) = sight.side, sight.side + GAP, sight.origin
        rows, columns, lines = (part[seen].tolist() for part in (cells.rows, cells.columns, cells.lines))
        return [
            Spot(row, left + column * step, top + line * step, side, side)
            for row, column, line in zip(rows, columns, lines, strict=True)
        ]

    def photos_below(self, row: int) -> int:
        """How many photos lie in the cell of this one, with it."""
        cells = self._cells()
        return int(cells.counts[cells.cell_of[row]])

    @Slot()
    def show_all(self) -> None:
        """Zoom and move so that the whole map is seen."""
        self._sight.fit()
        self._look()

    def zoom(self, steps: int, at: QPointF | None = None) -> None:
        """Zoom in (or out), so that what is at this point of the view stays there, or the photo next to the middle."""
        point = self._next_to_middle() if at is None else at
        self._sight.zoom(steps, point.x(), point.y())
        self._look()

    def _next_to_middle(self) -> QPointF:
        """Else somebody who comes nearer without a mouse ends between the photos, where nothing is."""
        middle = QRectF(self.viewport().rect()).center()
        tiles = [QRectF(spot.rect).center() for spot in self.seen()]
        return min(tiles, key=lambda tile: QLineF(tile, middle).length(), default=middle)

    def pan(self, across: float, down: float) -> None:
        """Move what is seen by so many pixels."""
        self._sight.pan(across, down)
        self._look()

    # --- what is chosen

    def choose(self, rows: Rows, *, add: bool = False) -> None:
        """Choose the photos in these rows, which rise, and no others, or beside those that are chosen."""
        model, selection, flags = self.model(), QItemSelection(), QItemSelectionModel.SelectionFlag
        if len(rows):
            ends = np.flatnonzero(np.diff(rows) > 1)
            firsts, lasts = rows[np.append(0, ends + 1)].tolist(), rows[np.append(ends, len(rows) - 1)].tolist()
            for first, last in zip(firsts, lasts, strict=True):
                selection.select(model.index(first, 0), model.index(last, 0))
            self.selectionModel().setCurrentIndex(model.index(firsts[0], 0), flags.NoUpdate)
        self.selectionModel().select(selection, flags.Select if add else flags.ClearAndSelect)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Paint the choice."""
        self._chosen = None
        super().selectionChanged(selected, deselected)

    # --- where things are

    def indexAt(self, point: QPoint) -> QModelIndex:
        """The photo that is seen at a point of the viewport."""
        row = self._row_under(point)
        return self.model().index(row, 0) if row >= 0 else QModelIndex()

    def visualRect(self, index: Index) -> QRect:
        """The tile in whose cell a photo lies, in the viewport."""
        if not index.isValid() or index.row() >= len(self.plane.points):
            return QRect()
        cells, side = self._cells(), self.side
        cell = cells.cell_of[index.row()]
        return QRect(*self._sight.tile_at(int(cells.columns[cell]), int(cells.lines[cell])), side, side)

    def scrollTo(self, index: Index, hint: ScrollHint = ScrollHint.EnsureVisible) -> None:
        """Move the map until the photo is in view."""
        rect, view = self.visualRect(index), self.viewport().rect()
        if rect.isNull() or view.contains(rect):
            return
        away = rect.center() - view.center()
        self.pan(away.x(), away.y())

    def rows_in_view(self) -> range:
        """None, as rows that are seen follow each other in no order."""
        return range(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Go on showing all, or what is in the middle."""
        super().resizeEvent(event)
        self._sight.width, self._sight.height = self.viewport().width(), self.viewport().height()
        if self._sight.shows_all:
            self.show_all()

    # --- mouse and keys

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom at the pointer."""
        self._turned += event.angleDelta().y() or event.angleDelta().x()
        steps, self._turned = int(self._turned / _NOTCH), int(np.fmod(self._turned, _NOTCH))
        if steps:
            self.zoom(steps, event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to move the map, or to draw around photos; the menu of the right button chooses what it is for."""
        buttons, shift = Qt.MouseButton, Qt.KeyboardModifier.ShiftModifier
        if event.button() == buttons.LeftButton:
            self._gesture = Gesture(event.position(), draws=bool(event.modifiers() & shift) != self.draws_around)
        elif event.button() == buttons.MiddleButton:
            self._gesture = Gesture(event.position(), draws=False)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with it."""
        if self._gesture is None:
            return
        by = self._gesture.go_to(event.position())
        if self._gesture.draws:
            self.viewport().update()
        elif not self._gesture.is_click:
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.pan(by.x(), by.y())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose what was drawn around, or clicked."""
        gesture, self._gesture = self._gesture, None
        self.unsetCursor()
        self.viewport().update()
        if gesture is None or event.button() != Qt.MouseButton.LeftButton:
            return
        adds = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if gesture.is_click:
            self._click(event.position().toPoint(), adds=adds)
        elif gesture.draws:
            line = np.array([self._sight.on_map(point.x(), point.y()) for point in gesture.outline])
            self.choose(self.plane.inside(line), add=adds)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the photo that is seen there."""
        if (index := self.indexAt(event.position().toPoint())).isValid():
            self.activated.emit(index)

    def event(self, event: QEvent) -> bool:
        """Esc ends a line, and nothing else then."""
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape and self._gesture is not None:
            if event.type() == QEvent.Type.KeyPress:  # before it comes the question whether it is wanted here
                self._gesture = None
                self.viewport().update()
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move the map, with Ctrl they lead from photo to photo; + and - zoom."""
        key, view = event.key(), self.viewport()
        if key in ARROWS and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._step(*ARROWS[key])
        elif key in ARROWS:
            across, down = ARROWS[key]
            self.pan(across * _PER_KEY * view.width(), down * _PER_KEY * view.height())
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
            self.zoom(-1 if key == Qt.Key.Key_Minus else 1)
        elif key == Qt.Key.Key_Home:
            self.show_all()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the tiles on screen, the names, and the line that is drawn."""
        painter = QPainter(self.viewport())
        cells, current = self._cells(), self.currentIndex().row() if self.hasFocus() else -1
        held = self._held_by(cells)
        with self._painter.at_work(painter, self) as painting:
            for spot in self.seen():
                chosen = held is not None and bool(held[cells.cell_of[spot.row]])
                painting.paint(spot, 0, chosen=chosen, current=spot.row == current, hovered=False)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        sight, view = self._sight, QRectF(self.viewport().rect())
        named = self.labels.get(min(sight.doubling, max(self.labels, default=0)), ())  # nearer there are no others
        paint_labels(painter, view, named, sight.scale, sight.origin)
        if self._gesture is not None and self._gesture.draws:
            paint_outline(painter, self._gesture.outline)
        painter.end()

    # --- inside

    def _cells(self) -> Cells:
        return self.plane.cells(self._sight.cell)

    def _look(self) -> None:
        self.viewport().update()
        self.announce()

    def _row_under(self, point: QPoint) -> int:
        cells = self._cells()
        cell = cells.at(*self._sight.on_map(point.x(), point.y()))
        return int(cells.rows[cell]) if cell >= 0 else -1

    def _held_by(self, cells: Cells) -> Mask | None:
        """Which cells hold chosen photos; None where none are chosen."""
        if not self.selectionModel().hasSelection():
            return None
        if self._chosen is None:
            self._chosen = self.plane.marked(self.selection_ranges())
        return cells.holding(self._chosen)

    def _click(self, point: QPoint, *, adds: bool) -> None:
        row = self._row_under(point)
        if row >= 0:
            index = self.model().index(row, 0)
            flags = QItemSelectionModel.SelectionFlag
            self.selectionModel().setCurrentIndex(index, flags.Toggle if adds else flags.ClearAndSelect)
        elif not adds:
            self.clearSelection()

    def _step(self, across: int, down: int) -> None:
        """To the next photo in this direction, or to one that is seen."""
        if self.currentIndex().isValid():
            row = self._cells().next_to(self.currentIndex().row(), across, down)
        else:
            row = next((spot.row for spot in self.seen()), -1)
        if row >= 0:
            self.go_to(row)
