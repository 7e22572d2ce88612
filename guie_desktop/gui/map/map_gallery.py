"""The photos of the map as a gallery, so that all that can be done with chosen photos is done with these."""

from array import array
from collections.abc import Collection

import numpy as np
from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from guie_desktop.arrays import Keys
from guie_desktop.gui.map.map_view import MapView
from guie_desktop.gui.map.plane import Plane
from guie_desktop.gui.photos.gallery import Gallery
from guie_desktop.gui.photos.picture_cache import TileBox, tile_box
from guie_desktop.gui.photos.tile_loader import TileLoader
from guie_desktop.gui.photos.tile_painter import Tile, TilePainter

_ROOM_FOR_WORDS = 96
"""Pixels of a tile on which there is room to say how many photos lie below."""


class MapGallery(Gallery):
    """Rows are photos along the curve; what is seen of them is the view's."""

    def __init__(self, loader: TileLoader, parent: QWidget | None = None) -> None:
        super().__init__(loader, parent=parent)
        assert isinstance(self.grid, MapView)
        self.view = self.grid

    def make_grid(self, painter: TilePainter, sizes: tuple[int, int]) -> MapView:
        """A view of the plane in place of lines."""
        return MapView(painter, self.photos.tiles, *sizes, self)

    def show_map(self, ids: Keys, plane: Plane) -> None:
        """Show these photos at their points; what is chosen stays so as far as the photos are still the same."""
        if array("q", ids.tobytes()) != self.photos.ids:
            chosen = np.array(self.chosen_ids(), np.int64)
            self.show_ids(array("q", ids.tobytes()))
            self.view.show_plane(plane)
            kept = np.flatnonzero(np.isin(ids, chosen))
            if len(kept):
                self.view.choose(kept)
        else:
            self.view.show_plane(plane)

    def tile(self, row: int, width: int = 0, height: int = 0) -> Tile:
        """Only the picture; how many photos lie below it, where there is room to say so."""
        photo, side = self.photos.photo(row), self.view.side
        picture = self.loader.picture(photo, self._box(side)) if photo is not None else None
        below = self.view.photos_below(row) - 1 if side >= _ROOM_FOR_WORDS else 0
        return Tile("", picture, dimmed=bool(self.view.plane.faint[row]), copies=f"+{below}" if below else "")

    @Slot()
    def load_in_view(self) -> None:
        """Ask for the pictures on screen, those in the middle first."""
        if not self.isVisible():
            return
        middle, ids = self.view.viewport().rect().center(), self.photos.ids
        x, y = middle.x(), middle.y()
        box = self._box(self.view.side)
        seen = sorted(self.view.seen(), key=lambda spot: abs(spot.left - x) + abs(spot.top - y))
        self.loader.want([(ids[spot.row], box) for spot in seen], self)

    @Slot(object)
    def _show_arrived(self, contents: Collection[bytes] | None) -> None:
        if self.isVisible():
            self.view.viewport().update()

    def _box(self, side: int) -> TileBox:
        return tile_box(side, side, self.devicePixelRatioF())
