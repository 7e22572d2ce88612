"""A list whose tiles lie where arithmetic says, so that a million open at once; it keeps in place what is looked at."""

import numpy as np
from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from guie_desktop.gui.photos.grid_geometry import GAP, HEADING, GridGeometry
from guie_desktop.gui.photos.tiles import NO_HEADINGS, TilesFor
from guie_desktop.gui.widgets.model_index import Index

_CAPTION_PADDING = 10
_STEP = 1.15
_NO_CHOICE = QItemSelectionModel.SelectionFlag.NoUpdate
_NO_SHAPES = np.zeros(0, np.float32)
ScrollHint = QAbstractItemView.ScrollHint


class TiledList(QListView):
    """Lays out and scrolls.

    It is a QListView by name only, because screen readers are served by that name: all that lays out, paints or counts
    in a QListView costs time for every photo, and is replaced here.
    """

    in_view_changed = Signal()
    tile_size_changed = Signal(int)

    def __init__(self, tiles: TilesFor, smallest: int, largest: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tiles = tiles
        self._smallest, self._largest = smallest, largest
        self._tile_size = 184
        self.captions_shown, self._stretched = True, True
        self.headings = NO_HEADINGS
        self.geometry_now = GridGeometry(_NO_SHAPES, 640, self._tile_size, 0)
        self._held: QPersistentModelIndex | None = None
        self._held_offset = 0
        self._rests_at_start = False
        self._announce = QTimer(self, interval=0, singleShot=True)
        self._announce.timeout.connect(self.in_view_changed)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Always there, as a bar that comes and goes would change the width and with it all tiles.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)

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

    def show_captions(self, shown: bool) -> None:
        """Whether there is a line with the name below each picture."""
        if shown != self.captions_shown:
            self.captions_shown = shown
            self._relayout_around_middle()

    def keep_one_height(self) -> None:
        """Let lines end where they end, rather than stretch them to the edge."""
        self._stretched = False
        self._layout()

    def show_from(self, row: int) -> None:
        """Scroll so that this photo is at the upper edge."""
        self.verticalScrollBar().setValue(self.geometry_now.rect(row).top() - self._room_above())

    def first_in_view(self) -> int:
        """The photo at the upper edge, the first of those that are seen from their own upper edge on."""
        edge = self.verticalOffset() + self._room_above()
        rows = self.rows_in_view()
        return next((row for row in rows if self.geometry_now.rect(row).top() >= edge), rows.start)

    def rows_in_view(self) -> range:
        """The rows that are at least partly on screen."""
        top = self.verticalOffset()
        return self.geometry_now.rows_between(top, top + self.viewport().height())

    # --- layout

    @Slot()
    def announce(self) -> None:
        """Say soon, and once for all that happens until then, that other photos may be in view."""
        self._announce.start()

    def _layout(self) -> None:
        tiles = self._tiles(self._tile_size)
        self.headings = tiles.headings
        self.geometry_now = GridGeometry(
            tiles.shapes,
            width=self.viewport().width(),
            wanted=self._tile_size,
            caption=self.fontMetrics().height() + _CAPTION_PADDING if self.captions_shown else 0,
            mirrored=self.isRightToLeft(),
            headed=tiles.headings.rows,
            stretched=self._stretched,
            earlier=self.geometry_now,
        )
        self.updateGeometries()

    def _relayout_around_middle(self) -> None:
        rows = self.rows_in_view()
        middle = self.currentIndex().row() if self.currentIndex().row() in rows else rows.start
        at_top = self.verticalOffset() == 0
        before = self.geometry_now.rect(middle).top() - self.verticalOffset() if len(rows) else 0
        self._layout()
        if middle < self.geometry_now.count and not at_top:
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
        rows, row = self.rows_in_view(), self.currentIndex().row()
        is_chosen = row in rows and self.selectionModel().isSelected(self.currentIndex())
        self._rests_at_start = row == 0 and not is_chosen and self.verticalOffset() == 0
        if not len(rows) or (self.verticalOffset() == 0 and not is_chosen):
            self._held = None
            return
        held = row if is_chosen else rows[len(rows) // 2]
        self._held = QPersistentModelIndex(self.model().index(held, 0))
        self._held_offset = self.geometry_now.rect(held).top() - self.verticalOffset()

    @Slot()
    def keep_place(self) -> None:
        """Afterwards: put it back where it was, as far from the upper edge."""
        held, self._held = self._held, None
        self._layout()
        if self._rests_at_start:  # nobody chose the first photo: the keyboard rests on whichever is the first
            self.selectionModel().setCurrentIndex(self.model().index(0, 0), _NO_CHOICE)
        if held is not None and held.isValid():
            self.verticalScrollBar().setValue(self.geometry_now.rect(held.row()).top() - self._held_offset)
        self.viewport().update()

    def reset(self) -> None:
        """The model shows something else."""
        QAbstractItemView.reset(self)
        self._layout()
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
        self.viewport().update()
        self._announce.start()

    # --- where things are

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
        elif rect.top() < (above := self._room_above()):
            bar.setValue(bar.value() + rect.top() - above)
        elif rect.bottom() > height - GAP:
            bar.setValue(bar.value() + min(rect.bottom() - height + GAP, rect.top() - self._room_above()))

    def _room_above(self) -> int:
        return HEADING if self.headings.are_dates else GAP  # which stays in view

    def _row_under(self, point: QPoint) -> int:
        return self.geometry_now.row_at(point + QPoint(0, self.verticalOffset()))
