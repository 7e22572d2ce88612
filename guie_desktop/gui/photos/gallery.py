"""A list of photos with its grid: what is browsed, or what was found."""

from array import array
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from guie_desktop.asking import Hit
from guie_desktop.domain import Album, Photo, Verdict
from guie_desktop.gui.desktop.file_names import readable
from guie_desktop.gui.photos.photo_grid import PhotoGrid
from guie_desktop.gui.photos.photo_list import PhotoList, tile_note
from guie_desktop.gui.photos.picture_cache import tile_box
from guie_desktop.gui.photos.tile_loader import TileLoader
from guie_desktop.gui.photos.tile_painter import Tile, TilePainter
from guie_desktop.gui.photos.tiles import Headings
from guie_desktop.language import ntr
from guie_desktop.library.id_differences import Step
from guie_desktop.library.ordered_photos import OrderedPhotos
from guie_desktop.settings import LARGEST_TILE, SMALLEST_TILE

_LEAST_HEIGHT = 44
"""Where a small window has to show something else as well; Qt would take half as much again."""


class Gallery(QWidget):
    """A grid that loads what is in view."""

    similar_asked = Signal(int)
    opened = Signal(int)
    stack_asked = Signal(int)
    """The number of a stack was pressed; the id of the photo that stands for it."""
    chosen_changed = Signal()
    menu_asked = Signal(QPoint)
    ground_menu_asked = Signal(QPoint)
    """Where there is no photo."""
    drag_asked = Signal()
    rearrangement_done = Signal()

    def __init__(
        self, loader: TileLoader, sizes: tuple[int, int] = (SMALLEST_TILE, LARGEST_TILE), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.album: Album | None = None
        """The album whose photos these are; None where they are of all kinds."""
        self.loader = loader
        self._badges: Mapping[int, str] = {}
        self.fold: Callable[[Sequence[Hit]], Sequence[Hit]] = lambda hits: hits
        """Which of the hits are shown."""
        self._hits: Sequence[Hit] = ()
        """All that were found."""
        self.photos = PhotoList(loader, self)
        self.grid = self.make_grid(TilePainter(self.tile, loader.held), sizes)
        self.grid.setModel(self.photos)
        self.grid.label_scroll_bar(self.photos.years, self.words_at)
        self.grid.setMinimumHeight(_LEAST_HEIGHT)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.addWidget(self.grid)
        self.setFocusProxy(self.grid)
        self.photos.rearranging.connect(self.grid.hold_place)
        self.photos.rearranged.connect(self.grid.keep_place)
        self.grid.in_view_changed.connect(self.load_in_view)
        self.grid.similar_asked.connect(self.similar_asked)
        self.grid.stack_asked.connect(lambda row: self.stack_asked.emit(self.photos.ids[row]))
        self.grid.activated.connect(self._open)
        self.grid.focused.connect(self.chosen_changed)
        self.grid.drag_started.connect(self.drag_asked)
        self.grid.customContextMenuRequested.connect(self._ask_menu)
        self.grid.selectionModel().selectionChanged.connect(self.chosen_changed)
        self.grid.selectionModel().currentChanged.connect(self.chosen_changed)
        loader.arrived.connect(self._show_arrived)
        loader.more_to_want.connect(self.grid.announce)
        self._turns = QTimer(self, interval=0)
        self._turns.timeout.connect(self._take_turn)
        self._rearrangement: Iterator[None] = iter(())

    def make_grid(self, painter: TilePainter, sizes: tuple[int, int]) -> PhotoGrid:
        """What shows the photos, made once."""
        return PhotoGrid(painter, self.photos.tiles, *sizes, self)

    def show_ids(self, ids: "array[int]") -> None:
        """Show these photos from the top, in tiles of one shape."""
        self._turns.stop()
        self.photos.show_ids(ids)
        self.chosen_changed.emit()

    def show_ordered(self, photos: OrderedPhotos) -> None:
        """Show these photos from the top."""
        self._turns.stop()
        self.photos.show_ordered(photos)
        self.chosen_changed.emit()

    def show_grouped(self, photos: OrderedPhotos, headings: Headings) -> None:
        """Show these photos in groups, each below its heading."""
        self._turns.stop()
        self.photos.show_grouped(photos, headings)
        self.chosen_changed.emit()

    def set_headings(self, words: Mapping[int, str]) -> None:
        """Say this above the groups, by their first rows."""
        rows = self.photos.group_headings.rows
        self.photos.group_headings = self.grid.headings = Headings(rows, lambda row: words.get(row, ""))
        self.grid.viewport().update()

    def show_hits(self, hits: Sequence[Hit], *, divided: bool = True) -> None:
        """Show what was found, best first; where it is divided, what is less alike comes below a line."""
        self._turns.stop()
        self._hits = hits
        self.photos.show_hits(self.fold(hits), divided=divided)
        self.chosen_changed.emit()

    def fold_again(self) -> None:
        """Show those of the hits that are to be seen by now."""
        if [hit.photo_id for hit in self.fold(self._hits)] != [hit.photo_id for hit in self.photos.hits]:
            self.show_hits_again(self._hits)

    def show_hits_again(self, hits: Sequence[Hit]) -> None:
        """Show a newer answer to the same question; what is looked at and chosen stays so, as far as it is there."""
        chosen, row, bar = set(self.chosen_ids()), self.grid.currentIndex().row(), self.grid.verticalScrollBar()
        current = self.photos.ids[row] if row >= 0 else None
        scrolled = bar.value()
        self.show_hits(hits)
        flags = QItemSelectionModel.SelectionFlag
        for kept, photo_id in enumerate(self.photos.ids):
            if photo_id == current:
                row = kept
            if photo_id in chosen:
                self.grid.selectionModel().select(self.photos.index(kept), flags.Select)
        index = self.photos.index(min(row, self.photos.rowCount() - 1))
        self.grid.selectionModel().setCurrentIndex(index, flags.NoUpdate)
        bar.setValue(scrolled)

    def drop_hits(self, ids: Collection[int]) -> None:
        """Show these photos no longer, where they were found."""
        left = [hit for hit in self._hits if hit.photo_id not in ids]
        if len(left) < len(self._hits):
            self.show_hits_again(left)

    def rearrange(self, photos: OrderedPhotos, steps: tuple[Step, ...]) -> None:
        """Show these photos instead, and keep what the user looks at in place; rearrangement_done follows."""
        self._rearrangement = self.photos.rearrange(photos, steps)
        self._turns.start()

    def set_marks(self, marks: Mapping[int, Verdict]) -> None:
        """Photo ids to what was decided of them."""
        self.photos.verdicts = marks
        self.grid.viewport().update()

    def set_badges(self, badges: Mapping[int, str]) -> None:
        """Photo ids to how their ranks moved."""
        self._badges = badges
        self.grid.viewport().update()

    def set_captions(self, captions: Mapping[int, str]) -> None:
        """Photo ids to what stands below them in place of their names."""
        self.photos.captions = captions
        self.grid.viewport().update()

    def show_stacks(self, sizes: Mapping[int, int]) -> None:
        """Photo ids to how many photos there are in their stacks."""
        self.photos.stack_sizes = sizes
        self.grid.viewport().update()

    def current_id(self) -> int | None:
        """The id of the photo with the focus ring, where it is chosen; else None."""
        index = self.grid.currentIndex()
        return self.photos.ids[index.row()] if self.grid.selectionModel().isSelected(index) else None

    def chosen_rows(self) -> list[int]:
        """The chosen rows, first to last."""
        return [row for part in self.grid.selection_ranges() for row in part]

    def chosen_count(self) -> int:
        """How many photos are chosen."""
        return sum(len(part) for part in self.grid.selection_ranges())

    def chosen_ids(self) -> tuple[int, ...]:
        """The ids of all chosen photos, first to last."""
        return tuple(
            number for part in self.grid.selection_ranges() for number in self.photos.ids[part.start : part.stop]
        )

    def chosen_photos(self) -> list[Photo]:
        """The chosen photos, as far as they are still in the library; where few are chosen, as they are waited for."""
        ids = array("q", self.chosen_ids())
        known = [self.loader.photo(photo_id) for photo_id in ids]
        if None in known:
            found = self.loader.read(ids)
            known = [found.get(photo_id) for photo_id in ids]
        return [self.photos.as_shown(photo) for photo in known if photo is not None]

    def photo_at(self, row: int) -> Photo | None:
        """The photo in this row."""
        if not 0 <= row < len(self.photos.ids):
            return None
        photo_id = self.photos.ids[row]
        photo = self.loader.photo(photo_id) or self.loader.read(array("q", [photo_id])).get(photo_id)
        return None if photo is None else self.photos.as_shown(photo)

    def words_at(self, row: int) -> str:
        """What the scroll bar says of a photo; nothing where the order tells nothing."""
        return ""

    def tile(self, row: int, width: int = 0, height: int = 0) -> Tile:
        """What is painted for this row, in a picture of this size, or else of the size that it has."""
        if not width:
            area = self.grid.geometry_now.picture_rect(row)
            width, height = area.width(), area.height()
        photo_id, photo, hit = self.photos.ids[row], self.photos.photo(row), self.photos.hit(row)
        split, places = self.photos.split, len(hit.places) if hit is not None else 0
        return Tile(
            name=self._caption(photo_id, photo) if self.grid.captions_shown else "",
            picture=self.loader.picture(photo, tile_box(width, height, self.devicePixelRatioF()))
            if photo is not None
            else None,
            note=tile_note(photo, hit, dated=self.photos.dated),
            dimmed=split is not None and split <= row,
            mark=self.photos.verdicts.get(photo_id),
            badge=self._badges.get(photo_id, ""),
            copies=ntr("{number} place", "{number} places", places) if places > 1 else "",
            is_offline=photo is not None and self.loader.is_offline(photo),
            rating=photo.rating if photo is not None else 0,
            flagged=photo is not None and photo.flagged,
            stack=self.photos.stack_sizes.get(photo_id, 0),
            box=hit.box if hit is not None else None,
        )

    @Slot()
    def load_in_view(self) -> None:
        """Ask for the tiles on screen, then for those a page around them."""
        if not self.isVisible():
            return
        geometry, top, height = self.grid.geometry_now, self.grid.verticalOffset(), self.grid.viewport().height()
        seen = geometry.spots_between(top, top + height)
        rows = {spot.row for spot in seen}
        around = (*geometry.spots_between(top + height, top + 2 * height), *geometry.spots_between(top - height, top))
        spots = [*seen, *(spot for spot in around if spot.row not in rows)]
        ids, caption = self.photos.ids, geometry.caption
        ratio = self.devicePixelRatioF()
        wanted = [(ids[spot.row], tile_box(spot.width, spot.height - caption, ratio)) for spot in spots]
        self.loader.want(wanted, self, self.photos.frames)

    def showEvent(self, event: QShowEvent) -> None:
        """Load what is seen now."""
        super().showEvent(event)
        self.load_in_view()

    def hideEvent(self, event: QHideEvent) -> None:
        """What nobody sees need not be loaded."""
        super().hideEvent(event)
        self.loader.want((), self)

    def _caption(self, photo_id: int, photo: Photo | None) -> str:
        return self.photos.captions.get(photo_id) or (readable(photo.path.name) if photo is not None else "")

    @Slot(object)
    def _show_arrived(self, contents: Collection[bytes] | None) -> None:
        if not self.isVisible():
            return
        viewport, offset = self.grid.viewport(), self.grid.verticalOffset()
        if contents is None:
            viewport.update()
            return
        for spot in self.grid.geometry_now.spots_between(offset, offset + viewport.height(), offset):
            photo = self.photos.photo(spot.row)
            if photo is not None and photo.picture_hash in contents:
                viewport.update(spot.rect)

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(index.row())

    @Slot(QPoint)
    def _ask_menu(self, point: QPoint) -> None:
        if (heading := self.grid.heading_under(point)) >= 0:
            if not self.grid.holds_choice(heading):
                self.grid.choose_under(heading)
            self.menu_asked.emit(self.grid.viewport().mapToGlobal(point))
            return
        index = self.grid.indexAt(point)
        if not index.isValid():
            self.ground_menu_asked.emit(self.grid.viewport().mapToGlobal(point))
            return
        if not self.grid.selectionModel().isSelected(index):
            self.grid.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.menu_asked.emit(self.grid.viewport().mapToGlobal(point))

    @Slot()
    def _take_turn(self) -> None:
        if next(self._rearrangement, self) is self:
            self._turns.stop()
            self.rearrangement_done.emit()
            self.chosen_changed.emit()
