"""What Qt asks of a view of tiles, answered by arithmetic: what is chosen, where keys lead, what the mouse is over."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QGuiApplication,
    QRegion,
)
from PySide6.QtWidgets import QAbstractItemView, QWidget

from guie_desktop.gui.photos.tile_painter import TilePainter
from guie_desktop.gui.photos.tiled_list import TiledList
from guie_desktop.gui.photos.tiles import TilesFor
from guie_desktop.gui.widgets.model_index import Index
from guie_desktop.language import tr


class TileView(TiledList):
    """Shows the tiles of any list model; what they look like and do is up to a subclass."""

    similar_asked = Signal(int)
    """The round button on a tile was pressed."""
    stack_asked = Signal(int)
    """The size of a stack on a tile was pressed."""
    drag_started = Signal()

    def __init__(
        self, painter: TilePainter, tiles: TilesFor, smallest: int, largest: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(tiles, smallest, largest, parent)
        self.setObjectName("photo_grid")
        self.setAccessibleName(tr("Photos"))
        self._painter = painter
        self._hovered = self._hovered_heading = -1
        self._button_down = -1
        self._anchor_row = 0
        self._band = QRect()
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.viewport().setMouseTracking(True)

    # --- what the window asks of it

    def selection_ranges(self) -> list[range]:
        """The chosen rows as ranges; cheap even where all of a million are chosen."""
        selection = self.selectionModel().selection()
        parts = [selection.at(number) for number in range(selection.count())]
        ranges = [range(part.top(), part.bottom() + 1) for part in parts]
        return sorted(ranges, key=lambda part: part.start)

    def go_to(self, row: int) -> None:
        """Make this the current and only chosen photo, in view."""
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self._anchor_row = row
        self.selectionModel().setCurrentIndex(self.model().index(row, 0), flags)

    def reset(self) -> None:
        """The model shows something else."""
        super().reset()
        self._hovered = self._hovered_heading = -1
        self._anchor_row = 0

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Follow the scroll bar."""
        super().scrollContentsBy(dx, dy)
        self._hovered = self._row_under(self.viewport().mapFromGlobal(self.cursor().pos()))

    # --- in place of QListView's own layout

    def doItemsLayout(self) -> None:
        """Tiles have their places already."""
        self.updateGeometries()

    def dataChanged(self, first: Index, last: Index, roles: Sequence[int] = ()) -> None:
        """Paint again; places do not depend on what is shown."""
        self.viewport().update()

    def rowsInserted(self, parent: Index, start: int, end: int) -> None:
        """Wait for keep_place, as rows come in many small runs."""

    def rowsAboutToBeRemoved(self, parent: Index, start: int, end: int) -> None:
        """Choose another current photo where this one goes; keep_place follows."""
        QAbstractItemView.rowsAboutToBeRemoved(self, parent, start, end)

    def selectAll(self) -> None:
        """Choose all photos, as a single range."""
        if self.geometry_now.count:
            model = self.model()
            everything = QItemSelection(model.index(0, 0), model.index(self.geometry_now.count - 1, 0))
            self.selectionModel().select(everything, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def invert_selection(self) -> None:
        """Choose what is not chosen, and nothing else."""
        model, chosen, free = self.model(), self.selection_ranges(), 0
        others = QItemSelection()
        for part in (*chosen, range(self.geometry_now.count, self.geometry_now.count)):
            if free < part.start:
                others.select(model.index(free, 0), model.index(part.start - 1, 0))
            free = part.stop
        self.selectionModel().select(others, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Paint the choice."""
        self.viewport().update()

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Scroll to the current photo, and tell screen readers."""
        QAbstractItemView.currentChanged(self, current, previous)
        self.viewport().update()
        if current.isValid() and self.hasFocus() and QAccessible.isActive():
            event = QAccessibleEvent(self, QAccessible.Event.Focus)
            event.setChild(current.row())
            QAccessible.updateAccessibility(event)

    # --- QAbstractItemView asks

    def isIndexHidden(self, index: Index) -> bool:
        """No photo is hidden."""
        return False

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        """Where a change of the choice shows; the whole view, as painting it is cheap."""
        return QRegion(self.viewport().rect())

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Where a key leads."""
        geometry = self.geometry_now
        if geometry.count == 0:
            return QModelIndex()
        if not self.currentIndex().isValid():
            return self.model().index(max(self.rows_in_view().start, 0), 0)
        row, moves = self.currentIndex().row(), QAbstractItemView.CursorAction
        page = max(1, self.viewport().height() - geometry.line_height)
        to_the_right = -1 if geometry.mirrored else 1
        target = {
            moves.MoveLeft: row - to_the_right,
            moves.MovePrevious: row - 1,
            moves.MoveRight: row + to_the_right,
            moves.MoveNext: row + 1,
            moves.MoveUp: geometry.moved(row, -1),
            moves.MoveDown: geometry.moved(row, 1),
            moves.MovePageUp: geometry.moved_by(row, -page),
            moves.MovePageDown: geometry.moved_by(row, page),
            moves.MoveHome: 0,
            moves.MoveEnd: geometry.count - 1,
        }[action]
        return self.model().index(min(max(target, 0), geometry.count - 1), 0)

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """Choose what a rubber band covers, or the run from where Shift was held to the current photo."""
        selection = QItemSelection()
        model = self.model()
        if self.state() == QAbstractItemView.State.DragSelectingState:
            self._band = rect.normalized()
            for run in self.geometry_now.runs_in(self._band.translated(0, self.verticalOffset())):
                selection.select(model.index(run.start, 0), model.index(run.stop - 1, 0))
            self.viewport().update()
        elif self.currentIndex().isValid() and not rect.isNull():
            current = self.currentIndex().row()
            if not QGuiApplication.keyboardModifiers() & Qt.KeyboardModifier.ShiftModifier:
                self._anchor_row = current
            start, end = sorted((min(self._anchor_row, self.geometry_now.count - 1), current))
            selection.select(model.index(start, 0), model.index(end, 0))
        self.selectionModel().select(selection, command)
