"""The page of the map: the photos, what zooms and chooses, and in words what there is to see."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from guie_desktop.gui.map.contents import NOTHING, MapContents
from guie_desktop.gui.map.map_gallery import MapGallery
from guie_desktop.gui.photos.tile_loader import TileLoader
from guie_desktop.gui.widgets.buttons import tool_button
from guie_desktop.gui.widgets.flowing import Flowing
from guie_desktop.gui.widgets.labels import plain_label
from guie_desktop.gui.widgets.overlay_page import OverlayPage
from guie_desktop.language import ntr, tr


class MapPage(OverlayPage):
    """Shows the map, or says why there is none yet."""

    anew_asked = Signal()
    """The map is to be drawn anew."""

    def __init__(self, loader: TileLoader, parent: QWidget | None = None) -> None:
        super().__init__(plain_label(tr("Map of the library"), style="title", wrap=True), parent)
        self.shows_filters = True
        self.gallery = MapGallery(loader)
        view = self.gallery.view
        view.setAccessibleName(tr("Photos on the map"))
        view.setAccessibleDescription(
            tr("Arrow keys move the map, + and - zoom, Home shows all. Ctrl and an arrow key go to the next photo.")
        )
        self.nearer = tool_button("zoom-in", tr("Zoom in (+)"))
        self.nearer.clicked.connect(lambda: view.zoom(2))
        self.farther = tool_button("zoom-out", tr("Zoom out (-)"))
        self.farther.clicked.connect(lambda: view.zoom(-2))
        self.all = tool_button("full-screen", tr("Show the whole map (Home)"))
        self.all.clicked.connect(view.show_all)
        self.around = tool_button("lasso", tr("Choose photos by drawing around them (Shift)"))
        self.around.setCheckable(True)
        self.around.toggled.connect(self._draw_around)
        self.anew = tool_button("refresh", tr("Draw the map anew"))
        self.anew.clicked.connect(self.anew_asked)
        self.summary = plain_label(style="muted", wrap=True)
        self.column.addLayout(Flowing(self.nearer, self.farther, self.all, self.around, self.anew))
        self.column.addWidget(self.summary)
        self.column.addWidget(self.gallery, 1)
        self.begin_at(self.gallery)
        self.show_contents(None, is_drawing=False)

    def show_contents(self, contents: MapContents | None, *, is_drawing: bool) -> None:
        """Show this map, or that there is none yet."""
        is_there = contents is not None and len(contents.ids) > 0
        self.summary.setText(_told(contents, is_drawing=is_drawing))
        for button in (self.nearer, self.farther, self.all, self.around):
            button.setEnabled(is_there)
        self.anew.setEnabled(not is_drawing)
        shown = contents or NOTHING
        self.gallery.view.labels = shown.labels
        self.gallery.show_map(shown.ids, shown.plane)

    @Slot(bool)
    def _draw_around(self, draws: bool) -> None:
        self.gallery.view.draws_around = draws
        if draws:
            self.gallery.view.viewport().setCursor(Qt.CursorShape.CrossCursor)
        else:
            self.gallery.view.viewport().unsetCursor()


def _told(contents: MapContents | None, *, is_drawing: bool) -> str:
    if contents is None or not len(contents.ids):
        if is_drawing:
            return tr("The map is being drawn; the line below tells how far it is.")
        if contents is None:
            return tr("There is no map yet; the last button draws it.")
        return tr("There are no photos to draw a map of yet: they are read first.")
    count = len(contents.ids)
    told = ntr("{number} photo", "{number} photos", count)
    if contents.passing < count:
        told = tr("{number} of {all} photos pass the filter; the others are faint", number=contents.passing, all=count)
    return tr("{photos} · drag to move, turn the wheel to zoom, hold Shift to draw around photos", photos=told)
