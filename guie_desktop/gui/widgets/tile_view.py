"""A Qt item view whose layout, scrolling and selection are arithmetic, so that a million tiles open at once."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QGuiApplication,
    QRegion,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from guie_desktop.gui.widgets.grid_geometry import GAP, GridGeometry
from guie_desktop.gui.widgets.tile_painter import TilePainter

_CAPTION_PADDING = 10
_STEP = 1.15
Index = QModelIndex | QPersistentModelIndex
ScrollHint = QAbstractItemView.ScrollHint


class TileView(QListView):
    """Lays out the tiles of any list model; what they look like and do is up to a subclass.

    It is a QListView by name only, because screen readers are served by that name: all that lays out, paints or counts
    in a QListView costs time for every photo, and is replaced here.
    """

    similar_asked = Signal(int)
    """The round button on a tile was pressed."""
    in_view_changed = Signal()
    tile_size_changed = Signal(int)
    drag_started = Signal()

    def __init__(self, painter: TilePainter, smallest: int, largest: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("photo_grid")
        self.setAccessibleName("Photos")
        self._painter = painter
        self._smallest, self._largest = smallest, largest
        self._tile_size = 184
        self._caption = self.fontMetrics().height() + _CAPTION_PADDING
        self.geometry_now = GridGeometry(0, 640, self._tile_size, self._caption)
        self._split: int | None = None
        self._hovered = -1
        self._button_down = -1
        self._anchor_row = 0
        self._band = QRect()
        self._held: QPersistentModelIndex | None = None
        self._held_column = 0
        self._held_offset = 0
        self._announce = QTimer(self, interval=0, singleShot=True)
        self._announce.timeout.connect(self.in_view_changed)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Always there, as a bar that comes and goes would change the width and with it all tiles.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.viewport().setMouseTracking(True)

    # --- what the window asks of it

    @property
    def tile_size(self) -> int:
        """The width of tiles that the user chose."""
        return self._tile_size

    def set_tile_size(self, size: int) -> None:
        """Make tiles about this wide; the photo in the middle stays in view."""
        size = min(max(size, self._smallest), self._largest)
        if size == self._tile_size:
            return
        self._tile_size = size
        self._relayout_around_middle()
        self.tile_size_changed.emit(size)

    def zoom(self, steps: int) -> None:
        """Make tiles larger (or smaller) by so many steps."""
        self.set_tile_size(round(self._tile_size * _STEP**steps))

    def set_split(self, split: int | None) -> None:
        """From this row on photos are less alike; None for no such row."""
        self._split = split
        self._layout(lead=0)

    def rows_in_view(self) -> range:
        """The rows that are at least partly on screen."""
        top = self.verticalOffset()
        return self.geometry_now.rows_between(top, top + self.viewport().height())

    def picture_size(self) -> QSize:
        """The space for a tile's picture."""
        return QSize(self.geometry_now.tile_width, self.geometry_now.picture_height)

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

    # --- layout

    def _layout(self, lead: int | None = None) -> None:
        model = self.model()
        self.geometry_now = GridGeometry(
            count=model.rowCount() if model else 0,
            width=self.viewport().width(),
            wanted=self._tile_size,
            caption=self._caption,
            lead=self.geometry_now.lead if lead is None else lead,
            split=self._split,
        )
        self.updateGeometries()

    def _relayout_around_middle(self) -> None:
        rows = self.rows_in_view()
        middle = self.currentIndex().row() if self.currentIndex().row() in rows else rows.start
        at_top = self.verticalOffset() == 0
        before = self.geometry_now.rect(middle).top() - self.verticalOffset() if len(rows) else 0
        self._layout(lead=0)
        if len(rows) and not at_top:
            self.verticalScrollBar().setValue(self.geometry_now.rect(middle).top() - before)
        self.viewport().update()

    def updateGeometries(self) -> None:
        """Set the scroll bar's range."""
        QAbstractItemView.updateGeometries(self)
        bar, height = self.verticalScrollBar(), self.viewport().height()
        bar.setRange(0, max(0, self.geometry_now.height - height))
        bar.setPageStep(height)
        bar.setSingleStep(max(20, self.geometry_now.line_height // 4))
        self._announce.start()

    @Slot()
    def hold_place(self) -> None:
        """Before rows are put in or taken out: remember what the user looks at."""
        rows = self.rows_in_view()
        if self.verticalOffset() == 0 or not len(rows):
            self._held = None
            return
        self._held = QPersistentModelIndex(self.model().index(rows.start, 0))
        self._held_column = self.geometry_now.place(rows.start)[1]
        self._held_offset = self.geometry_now.rect(rows.start).top() - self.verticalOffset()

    @Slot()
    def keep_place(self) -> None:
        """Afterwards: put it back where it was, to the pixel."""
        held, self._held = self._held, None
        if held is None or not held.isValid():
            self._layout()
        else:
            columns = self.geometry_now.columns
            self._layout(lead=(self._held_column - held.row()) % columns if self._split is None else 0)
            self.verticalScrollBar().setValue(self.geometry_now.rect(held.row()).top() - self._held_offset)
        self.viewport().update()

    def reset(self) -> None:
        """The model shows something else."""
        QAbstractItemView.reset(self)
        self._hovered = -1
        self._anchor_row = 0
        self._layout(lead=0)
        self.verticalScrollBar().setValue(0)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out anew, and keep in view what was."""
        if event.oldSize().width() != event.size().width():
            self._relayout_around_middle()
        else:
            self.updateGeometries()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Follow the scroll bar."""
        if self.verticalOffset() == 0 and self.geometry_now.lead:
            self._layout(lead=0)  # back at the top: the first line is filled again
        self._hovered = self._row_under(self.viewport().mapFromGlobal(self.cursor().pos()))
        self.viewport().update()
        self._announce.start()

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

    def horizontalOffset(self) -> int:
        """Always 0: tiles fill the width."""
        return 0

    def verticalOffset(self) -> int:
        """How far the grid is scrolled."""
        return self.verticalScrollBar().value()

    def indexAt(self, point: QPoint) -> QModelIndex:
        """The photo at a point of the viewport."""
        row = self._row_under(point)
        return self.model().index(row, 0) if row >= 0 else QModelIndex()

    def visualRect(self, index: Index) -> QRect:
        """The tile of a photo, in the viewport."""
        if not index.isValid() or index.row() >= self.geometry_now.count:
            return QRect()
        return self.geometry_now.rect(index.row()).translated(0, -self.verticalOffset())

    def scrollTo(self, index: Index, hint: ScrollHint = ScrollHint.EnsureVisible) -> None:
        """Scroll until the photo is in view."""
        rect = self.visualRect(index)
        if rect.isNull():
            return
        bar, height = self.verticalScrollBar(), self.viewport().height()
        if hint == ScrollHint.PositionAtCenter:
            bar.setValue(bar.value() + rect.center().y() - height // 2)
        elif rect.top() < GAP:
            bar.setValue(bar.value() + rect.top() - GAP)
        elif rect.bottom() > height - GAP:
            bar.setValue(bar.value() + min(rect.bottom() - height + GAP, rect.top() - GAP))

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
        page = max(1, self.viewport().height() // geometry.line_height)
        target = {
            moves.MoveLeft: row - 1,
            moves.MovePrevious: row - 1,
            moves.MoveRight: row + 1,
            moves.MoveNext: row + 1,
            moves.MoveUp: geometry.moved(row, -1),
            moves.MoveDown: geometry.moved(row, 1),
            moves.MovePageUp: geometry.moved(row, -page),
            moves.MovePageDown: geometry.moved(row, page),
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
            for run in self._runs_in(self._band.translated(0, self.verticalOffset())):
                selection.select(model.index(run.start, 0), model.index(run.stop - 1, 0))
            self.viewport().update()
        elif self.currentIndex().isValid() and not rect.isNull():
            current = self.currentIndex().row()
            if not QGuiApplication.keyboardModifiers() & Qt.KeyboardModifier.ShiftModifier:
                self._anchor_row = current
            start, end = sorted((min(self._anchor_row, self.geometry_now.count - 1), current))
            selection.select(model.index(start, 0), model.index(end, 0))
        self.selectionModel().select(selection, command)

    def _runs_in(self, area: QRect) -> list[range]:
        geometry = self.geometry_now
        runs = []
        first, last = geometry.line_at(area.top()), geometry.line_at(area.bottom())
        for line in range(max(0, first), min(geometry.lines - 1, last) + 1):
            cells = [geometry.row_in_line(line, column) for column in range(geometry.columns)]
            touched = [row for row in cells if row >= 0 and geometry.rect(row).intersects(area)]
            if touched:
                runs.append(range(touched[0], touched[-1] + 1))
        return runs

    def _row_under(self, point: QPoint) -> int:
        return self.geometry_now.row_at(point + QPoint(0, self.verticalOffset()))
