"""A gallery of one line, for a handful of photos beside something else."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from guie_desktop.gui.photos.gallery import Gallery
from guie_desktop.gui.photos.grid_geometry import GAP, MARGIN
from guie_desktop.gui.photos.tile_loader import TileLoader

_TILE = 124


class Strip(Gallery):
    """What does not fit into the line lies below it, and comes in view with the arrow keys."""

    def __init__(self, loader: TileLoader, name: str, parent: QWidget | None = None) -> None:
        super().__init__(loader, (_TILE, _TILE), parent)
        self.grid.setAccessibleName(name)
        self.grid.set_tile_size(_TILE)
        self.grid.keep_one_height()
        self.grid.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.grid.in_view_changed.connect(self._fit)
        self._fit()

    @Slot()
    def _fit(self) -> None:
        self.setFixedHeight(MARGIN + self.grid.geometry_now.line_height - GAP // 2)
