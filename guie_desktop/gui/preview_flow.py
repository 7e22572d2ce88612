"""Looking at one photo: which one the preview shows, and where its arrows lead."""

from functools import partial

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
        """Where the preview was opened."""
        for gallery in window.galleries:
            gallery.opened.connect(partial(self.open, gallery))
        window.preview.step_asked.connect(self._step)
        window.preview.closed.connect(self.close)

    @property
    def gallery(self) -> Gallery | None:
        """The gallery whose photo is looked at; None while the preview is closed."""
        return self._gallery if self._window.preview.isVisible() else None

    def follow(self) -> None:
        """Show what became the current photo of the gallery; close where there is none."""
        if self.gallery is None:
            return
        row = self.gallery.grid.currentIndex().row()
        photo = self.gallery.photo_at(row)
        if photo is None:
            self.close()
        elif self._window.preview.photo is None or photo.id != self._window.preview.photo.id:
            self._show(photo, row)

    def open(self, gallery: Gallery, row: int) -> None:
        """Show the photo in this row of a gallery."""
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
        if self._gallery is not None and self._gallery.isVisible():
            self._gallery.setFocus()
        else:
            self._window.focus_page()

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
