"""The photos of a place, with the line above them that says which these are, and the field for names below."""

from PySide6.QtWidgets import QWidget

from guie_desktop.gui.browsing.name_field import NameField
from guie_desktop.gui.browsing.order_words import ORDER_WORDS
from guie_desktop.gui.browsing.photos_line import PhotosLine
from guie_desktop.gui.look.theme import GAP
from guie_desktop.gui.photos.gallery import Gallery
from guie_desktop.gui.photos.tile_loader import TileLoader
from guie_desktop.language import number_text
from guie_desktop.library.ordered_photos import NEWEST_FIRST, Order


class BrowsingView(Gallery):
    """A gallery whose photos have an order that the user chooses."""

    def __init__(self, loader: TileLoader, parent: QWidget | None = None) -> None:
        super().__init__(loader, parent=parent)
        self.line, self.name_field = PhotosLine(), NameField()
        self.order = NEWEST_FIRST
        self.column.setSpacing(GAP)
        self.column.insertWidget(0, self.line)
        self.column.addWidget(self.name_field)
        self.line.names_chosen.connect(self.show_names)
        self.show_names(False)

    @property
    def names_shown(self) -> bool:
        """Whether names stand below the photos."""
        return self.line.names.isChecked()

    def show_names(self, shown: bool) -> None:
        """Whether names stand below the photos; without them more photos fit."""
        self.line.names.setChecked(shown)
        self.grid.show_captions(shown)

    def show_order(self, order: Order) -> None:
        """The photos are ordered like this from now on."""
        self.order = order
        self.line.show_order(order)

    def first_in_view(self) -> int:
        """The id of the photo at the upper edge; 0 where the first one is seen, after which others may come."""
        row = self.grid.first_in_view() if self.grid.verticalOffset() else 0
        return self.photos.ids[row] if 0 < row < len(self.photos.ids) else 0

    def choose_date(self) -> None:
        """Choose all photos under the heading under which the current one lies."""
        row, grid = self.grid.currentIndex().row(), self.grid
        if grid.headings.are_dates and row in grid.rows:
            grid.choose_under(grid.geometry_now.section_of(row))

    def words_at(self, row: int) -> str:
        """What the scroll bar says of a photo: that by which photos are ordered."""
        of_photo = ORDER_WORDS[self.order.name].of_photo
        photo = self.photo_at(row) if of_photo is not None else None
        return of_photo(photo) if of_photo is not None and photo is not None else number_text(row + 1)
