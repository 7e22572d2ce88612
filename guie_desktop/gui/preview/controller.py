"""Looking at one photo: which one the preview shows, and where its arrows lead."""

from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from guie_desktop.domain import Photo
from guie_desktop.gui.photos.gallery import Gallery
from guie_desktop.gui.photos.selection import Selection
from guie_desktop.gui.photos.tile_loader import TileLoader
from guie_desktop.gui.preview.view import PreviewView


class PreviewController(QObject):
    """Opens the preview from a gallery and walks through that gallery."""

    left = Signal()
    """The preview was closed, and the gallery where it was opened is not on screen to take the keyboard."""

    def __init__(self, view: PreviewView, selection: Selection, loader: TileLoader) -> None:
        super().__init__(view)
        self._view, self._selection, self._loader = view, selection, loader
        self._gallery: Gallery | None = None
        """Where the preview was opened."""
        view.step_asked.connect(self._step)
        view.closed.connect(self.close)
        view.area.part_marked.connect(selection.mark)

    def watch(self, gallery: Gallery) -> None:
        """Open what is double-clicked there."""
        gallery.opened.connect(partial(self.open, gallery))

    @Slot()
    def open_chosen(self) -> None:
        """Show the first of the chosen photos."""
        gallery = self._selection.gallery
        if rows := gallery.chosen_rows():
            self.open(gallery, rows[0])

    @Slot()
    def follow(self) -> None:
        """Show what became the current photo of the gallery; close where there is none."""
        if not self._view.isVisible() or self._gallery is None:
            return
        row = self._gallery.grid.currentIndex().row()
        photo = self._gallery.photo_at(row)
        if photo is None:
            self.close()
        elif self._view.photo is None or photo.id != self._view.photo.id:
            self._show(self._gallery, photo, row)

    def open(self, gallery: Gallery, row: int) -> None:
        """Show the photo in this row of a gallery."""
        photo = gallery.photo_at(row)
        if photo is None:
            return
        self._gallery = gallery
        gallery.grid.go_to(row)
        self._show(gallery, photo, row)

    @Slot()
    def close(self) -> None:
        """Back to the grid, where the photo that was seen last is the current one."""
        if not self._view.isVisible():
            return
        self._view.dismiss()
        self._selection.look_away()
        if self._gallery is not None and self._gallery.isVisible():
            self._gallery.setFocus()
        else:
            self.left.emit()

    @Slot(int)
    def _step(self, by: int) -> None:
        gallery = self._gallery
        if gallery is None:
            return
        row = gallery.grid.currentIndex().row() + by
        photo = gallery.photo_at(row)
        if photo is not None:
            gallery.grid.go_to(row)
            self._show(gallery, photo, row)

    def _show(self, gallery: Gallery, photo: Photo, row: int) -> None:
        last = len(gallery.photos.ids) - 1
        small = self._loader.picture(photo)
        hit = gallery.photos.hit_of(photo.id)
        self._view.show_photo(photo, small, hit, is_first=row == 0, is_last=row == last)
        self._view.tell_offline(self._loader.is_offline(photo))
        self._selection.look_at(gallery, photo)
