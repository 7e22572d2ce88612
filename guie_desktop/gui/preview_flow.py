"""Looking at one photo: which one the preview shows, and where its arrows lead."""

from PySide6.QtCore import QObject, Slot

from guie_desktop.domain import Photo
from guie_desktop.gui.models.tile_loader import TileLoader
from guie_desktop.gui.views.gallery import Gallery
from guie_desktop.gui.window import MainWindow


class PreviewFlow(QObject):
    """Opens the preview from a gallery and walks through that gallery."""

    def __init__(self, window: MainWindow, loader: TileLoader) -> None:
        super().__init__(window)
        self._window, self._loader = window, loader
        self._gallery: Gallery | None = None
        for gallery in (window.browsing, window.found):
            gallery.opened.connect(self.open)
        window.preview.step_asked.connect(self._step)
        window.preview.closed.connect(self.close)

    @Slot(int)
    def open(self, row: int) -> None:
        """Show the photo in this row of the gallery that is on screen."""
        gallery = self._window.shown_gallery()
        photo = gallery.photo_at(row)
        if photo is None:
            return
        self._gallery = gallery
        gallery.grid.go_to(row)
        self._window.cover()
        self._window.splitter.setEnabled(False)  # so that Tab stays in the preview
        self._show(photo, row)

    @Slot()
    def close(self) -> None:
        """Back to the grid, where the photo that was seen last is the current one."""
        if not self._window.preview.isVisible():
            return
        self._window.preview.dismiss()
        self._window.splitter.setEnabled(True)
        self._gallery_focus()

    def _gallery_focus(self) -> None:
        page = self._window.pages.currentWidget()
        if page is not None:
            page.setFocus()

    @Slot(int)
    def _step(self, by: int) -> None:
        gallery = self._gallery
        if gallery is None:
            return
        row = gallery.grid.currentIndex().row() + by
        photo = gallery.photo_at(row)
        if photo is not None:
            gallery.grid.go_to(row)
            self._show(photo, row)

    def _show(self, photo: Photo, row: int) -> None:
        assert self._gallery is not None
        last = len(self._gallery.photos.ids) - 1
        small = self._loader.picture(photo)
        self._window.preview.show_photo(photo, small, is_first=row == 0, is_last=row == last)
