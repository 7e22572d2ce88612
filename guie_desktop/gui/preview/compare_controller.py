"""Comparing two to four chosen photos: opens them beside each other, and lets go of those that are gone."""

from array import array
from dataclasses import replace

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from guie_desktop.domain import Photo
from guie_desktop.gui.photos.gallery import Gallery
from guie_desktop.gui.photos.selection import Selection
from guie_desktop.gui.photos.tile_loader import TileLoader
from guie_desktop.gui.preview.compare_view import FEWEST, MOST, Compared, CompareView
from guie_desktop.gui.widgets.actions import make_action
from guie_desktop.language import tr


class CompareController(QObject):
    """Its action is offered where so many photos are chosen."""

    left = Signal()
    """It was closed, and the gallery with the photos is not on screen to take the keyboard."""

    def __init__(self, window: QWidget, view: CompareView, selection: Selection, loader: TileLoader) -> None:
        super().__init__(view)
        self._view, self._selection, self._loader = view, selection, loader
        self._gallery: Gallery | None = None
        self.action: QAction = make_action(window, "Photos", tr("Compare side by side"), self.open, keys=("C",))
        selection.changed.connect(self._enable)
        loader.arrived.connect(self._retell)
        view.closed.connect(self.close)
        view.meant_changed.connect(self._mean)
        self._enable()

    @Slot()
    def open(self) -> None:
        """Show the chosen photos beside each other."""
        gallery = self._selection.gallery
        photos = [photo for row in gallery.chosen_rows()[:MOST] if (photo := gallery.photo_at(row)) is not None]
        if len(photos) >= FEWEST:
            self._gallery = gallery
            self._show(photos)

    @Slot()
    def close(self) -> None:
        """Back to the grid."""
        if not self._view.isVisible():
            return
        self._view.dismiss()
        self._selection.look_away()
        if self._gallery is not None and self._gallery.isVisible():
            self._gallery.setFocus()
        else:
            self.left.emit()

    @Slot()
    def follow(self) -> None:
        """The library changed: those that are gone are compared no more."""
        if not self._view.isVisible():
            return
        before = self._view.photos
        there = self._loader.read(array("q", [photo.id for photo in before]))
        photos = [photo for photo in before if photo.id in there and self._is_shown(photo)]
        if len(photos) < FEWEST:
            self.close()
        elif len(photos) < len(before):
            self._show(photos)

    @Slot(object)
    def add_to_menu(self, menu: QMenu) -> None:
        """Offer it among the verbs."""
        if self.action.isEnabled():
            menu.insertAction(menu.actions()[0], self.action)

    @Slot()
    def _retell(self) -> None:
        """The photos may have other ratings now."""
        for pane in self._view.panes:
            seen = pane.photo
            known = self._loader.photo(seen.id) if seen is not None else None
            if seen is not None and known is not None and replace(known, frame=seen.frame) != seen:
                pane.name_photo(replace(known, frame=seen.frame))

    def _is_shown(self, photo: Photo) -> bool:
        return self._gallery is not None and photo.id in self._gallery.photos.ids

    def _show(self, photos: list[Photo]) -> None:
        self._view.show_photos(
            [Compared(photo, self._loader.picture(photo), self._loader.is_offline(photo)) for photo in photos]
        )

    @Slot(object)
    def _mean(self, photo: Photo) -> None:
        if self._gallery is not None:
            self._selection.look_at(self._gallery, photo)

    @Slot()
    def _enable(self) -> None:
        self.action.setEnabled(not self._selection.is_large and FEWEST <= self._selection.count() <= MOST)
