"""The grid of photos: what its tiles look like, and what the mouse and the keys do on them."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QPoint,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractItemView

from guie_desktop.gui.photos.grid_geometry import Spot
from guie_desktop.gui.photos.heading_painter import paint_headings, sticky_heading
from guie_desktop.gui.photos.scrubber import Mark, Scrubber
from guie_desktop.gui.photos.tile_painter import similar_button
from guie_desktop.gui.photos.tile_view import TileView

_ADDING = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


class PhotoGrid(TileView):
    """Shows any list model by means of a tile painter."""

    focused = Signal()
    """The keyboard came here."""

    def label_scroll_bar(self, marks: Callable[[], Iterable[tuple[int, str]]], words: Callable[[int], str]) -> None:
        """Let the scroll bar say what lies where: `marks` are rows with words, `words` tell of any row."""

        def placed() -> list[Mark]:
            return [Mark(self.geometry_now.rect(row).top(), said) for row, said in marks() if row in self.rows]

        def here() -> str:
            seen = self.rows_in_view()
            return words(seen.start) if len(seen) else ""

        self.setVerticalScrollBar(Scrubber(placed, here, self))

    @property
    def rows(self) -> range:
        """All rows that have places."""
        return range(self.geometry_now.count)

    # --- headings

    def heading_under(self, point: QPoint) -> int:
        """The number of the date's heading at a point of the viewport; -1 where there is none."""
        if not self.headings.are_dates:
            return -1
        offset = self.verticalOffset()
        sticky = sticky_heading(self.geometry_now, self.headings, offset)
        if sticky is not None and sticky[1].contains(point):
            return sticky[0]
        for number in self.geometry_now.headings_between(offset, offset + self.viewport().height()):
            if self.geometry_now.heading_rect(number).translated(0, -offset).contains(point):
                return number
        return -1

    def choose_under(self, number: int, *, add: bool = False) -> None:
        """Choose all photos under a heading, or add them to what is chosen."""
        rows, model, flags = self.geometry_now.rows_under(number), self.model(), QItemSelectionModel.SelectionFlag
        first = model.index(rows.start, 0)
        self._anchor_row = rows.start
        self.selectionModel().setCurrentIndex(first, flags.NoUpdate)
        wanted = flags.Select if add else flags.ClearAndSelect
        self.selectionModel().select(QItemSelection(first, model.index(rows.stop - 1, 0)), wanted)

    def holds_choice(self, number: int) -> bool:
        """Whether all photos under a heading are chosen."""
        rows = self.geometry_now.rows_under(number)
        return any(part.start <= rows.start and rows.stop <= part.stop for part in self.selection_ranges())

    # --- mouse and keys

    def _button_under(self, point: QPoint) -> int:
        row = self._row_under(point)
        if row < 0:
            return -1
        picture = self.geometry_now.picture_rect(row).translated(0, -self.verticalOffset())
        return row if similar_button(picture, self.layoutDirection()).contains(point) else -1

    def _stack_under(self, point: QPoint) -> int:
        """The row whose stack's size is there; -1 where none is."""
        row, geometry = self._row_under(point), self.geometry_now
        if row < 0:
            return -1
        picture = geometry.picture_rect(row).translated(0, -self.verticalOffset())
        area = self._painter.stack_area(row, picture, self, has_caption=bool(geometry.caption))
        return row if area.contains(point) else -1

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press on what a tile offers does not change the choice; one on a heading chooses all that lies under it."""
        point = event.position().toPoint()
        if (heading := self.heading_under(point)) >= 0:
            if event.button() == Qt.MouseButton.LeftButton:
                self.choose_under(heading, add=bool(event.modifiers() & _ADDING))
            event.accept()
            return
        if event.button() == Qt.MouseButton.LeftButton:
            if (row := self._stack_under(point)) >= 0:
                self.stack_asked.emit(row)
                event.accept()
                return
            self._button_down = self._button_under(point)
            if self._button_down >= 0:
                event.accept()
                return
        QAbstractItemView.mousePressEvent(self, event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Letting go on the same button asks for look-alikes."""
        pressed, self._button_down = self._button_down, -1
        if pressed >= 0:
            if self._button_under(event.position().toPoint()) == pressed:
                self.similar_asked.emit(pressed)
            event.accept()
            return
        QAbstractItemView.mouseReleaseEvent(self, event)
        self._band = QRect()
        self.viewport().update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show the button of the tile under the pointer."""
        if self._button_down >= 0:
            return
        QAbstractItemView.mouseMoveEvent(self, event)
        point = event.position().toPoint()
        heading = self.heading_under(point)
        self._hover(self._row_under(point) if heading < 0 else -1, heading)

    def viewportEvent(self, event: QEvent) -> bool:
        """Forget the hovered tile when the pointer leaves."""
        if event.type() == QEvent.Type.Leave:
            self._hover(-1, -1)
        return super().viewportEvent(event)

    def _hover(self, row: int, heading: int) -> None:
        if (row, heading) != (self._hovered, self._hovered_heading):
            self._hovered, self._hovered_heading = row, heading
            self.viewport().update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ctrl and the wheel change the size of tiles."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if event.angleDelta().y():
                self.zoom(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            QAbstractItemView.wheelEvent(self, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters are the window's shortcuts, not a search through a million names."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        if plain and event.text().strip() and event.text().isprintable():
            event.ignore()
            return
        QAbstractItemView.keyPressEvent(self, event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """What the window's verbs act on may be here now."""
        super().focusInEvent(event)
        self.focused.emit()

    def startDrag(self, actions: Qt.DropAction) -> None:
        """Drag the chosen photos out; the window knows their files."""
        self.drag_started.emit()

    # --- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the tiles that the dirty area touches."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        offset = self.verticalOffset()
        area, geometry = event.rect().translated(0, offset), self.geometry_now
        self._paint_tiles(painter, geometry.spots_between(area.top(), area.bottom(), offset))
        view = self.viewport().rect().translated(0, offset)
        paint_headings(painter, geometry, self.headings, view, hovered=self._hovered_heading)
        if not self._band.isNull():
            self._paint_band(painter)
        painter.end()

    def _paint_tiles(self, painter: QPainter, spots: Iterable[Spot]) -> None:
        selection, model, caption = self.selectionModel(), self.model(), self.geometry_now.caption
        has_selection, current = selection.hasSelection(), self.currentIndex().row() if self.hasFocus() else -1
        with self._painter.at_work(painter, self) as painting:
            for spot in spots:
                row = spot.row
                chosen = has_selection and selection.isSelected(model.index(row, 0))
                painting.paint(spot, caption, chosen=chosen, current=row == current, hovered=row == self._hovered)

    def _paint_band(self, painter: QPainter) -> None:
        colour = self.palette().color(QPalette.ColorRole.Highlight)
        painter.setPen(colour)
        colour.setAlpha(40)
        painter.setBrush(colour)
        painter.drawRect(self._band.adjusted(0, 0, -1, -1))
