"""Browsing: keeps the folders and the grid of all photos in step with the library."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QMessageBox

from guie_desktop.domain import Album, Counts, Folder
from guie_desktop.errors import UserError
from guie_desktop.gui.file_manager import open_with_default_program
from guie_desktop.gui.file_names import readable_path
from guie_desktop.gui.flow import Flow
from guie_desktop.gui.models.library import ALL_PHOTOS, LibraryReader, Overview, Place
from guie_desktop.gui.models.tile_loader import TileLoader
from guie_desktop.gui.progress_text import counted
from guie_desktop.gui.window import MainWindow
from guie_desktop.gui.worker_client import WorkerClient
from guie_desktop.messages import AddFolder, RemoveFolder, Rescan


class BrowseFlow(Flow):
    """What the sidebar and the grid of all photos do."""

    wanted = Signal()
    """The user wants to browse: a search is over."""
    shown = Signal()
    """The library was read again and is on screen."""

    def __init__(self, window: MainWindow, client: WorkerClient, reader: LibraryReader, loader: TileLoader) -> None:
        super().__init__(window)
        self._window, self._client, self._reader, self._loader = window, client, reader, loader
        self.overview: Overview | None = None
        self.place = ALL_PHOTOS
        self._scrolled: dict[Place, int] = {}
        self._coming: Overview | None = None
        sidebar = window.sidebar
        sidebar.place_chosen.connect(self._browse)
        sidebar.folders.remove_asked.connect(self._confirm_removal)
        sidebar.folders.show_asked.connect(self._show_folder)
        sidebar.folders.rescan_asked.connect(self.rescan)
        window.rescan.triggered.connect(self.rescan)
        window.browsing.rearrangement_done.connect(self._take_coming)
        reader.overview_read.connect(self._take)

    @property
    def album(self) -> Album | None:
        """The album whose photos are on screen."""
        if self.overview is None or self.overview.place != self.place:
            return None
        return next((album for album in self.overview.albums if album.id == self.place.album_id), None)

    def add_folders(self, paths: tuple[Path, ...]) -> None:
        """Add folders to the library."""
        for path in paths:
            self._client.ask(partial(AddFolder, path=path))

    @Slot()
    def rescan(self) -> None:
        """Look for changes on the disk."""
        self._client.ask(Rescan)

    def empty_notice(self, *, busy: bool) -> tuple[str, str] | None:
        """Why there is no photo to browse; None where there are some."""
        overview = self.overview
        if overview is None:
            return "", ""
        if len(overview.ids):
            return None
        if busy and self.album is None:
            return "Reading your photos…", "They appear here one after the other. You can already look around."
        if self.album is not None:
            return "This album is empty", "Drop photos on its name, or press A on photos that belong here."
        if any(folder.id == self.place.folder_id and not folder.online for folder in overview.folders):
            return "This folder is not connected", "Connect its drive; it is read as soon as it is there."
        if overview.counts.failed:
            text = "The files that were found could not be read; see the list at the lower left."
            return "No photos here", text
        return "No photos here", "Photos show up here as soon as they are in the folder."

    @Slot(object)
    def _browse(self, place: Place) -> None:
        before, self.place = self.place, place
        if place != before:
            self._scrolled[before] = self._window.browsing.grid.verticalScrollBar().value()
            self._reader.look_at(place)
        self.wanted.emit()

    @Slot(object)
    def _take(self, overview: Overview) -> None:
        self._loader.mark_stale()
        gallery = self._window.browsing
        self._coming = overview
        if overview.steps is None:
            gallery.show_ids(overview.ids)
            gallery.grid.verticalScrollBar().setValue(self._scrolled.get(overview.place, 0))
            self._take_coming()
        elif overview.steps:
            gallery.rearrange(overview.ids, overview.steps)
        else:
            self._take_coming()

    @Slot()
    def _take_coming(self) -> None:
        overview, self._coming = self._coming, None
        if overview is None:
            return
        self.overview = overview
        self._reader.shown(overview.place, overview.ids)
        # May choose another place, where the one that was looked at is gone.
        self._window.sidebar.show_library(overview.folders, overview.counts, overview.albums)
        self._window.tasks.set_idle_text(_standing(overview.counts))
        self._window.browsing.load_in_view()
        self.shown.emit()

    @Slot(object)
    def _confirm_removal(self, folder: Folder) -> None:
        box = QMessageBox(self._window)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(f"Remove {readable_path(folder.path)} from the library?")
        box.setInformativeText("Your files are not touched; the program only forgets this folder.")
        remove = box.addButton("Remove from library", QMessageBox.ButtonRole.AcceptRole)
        box.addButton("Cancel", QMessageBox.ButtonRole.RejectRole)
        remove.clicked.connect(lambda: self._client.ask(lambda number: RemoveFolder(number, folder.id)))
        box.open()

    @Slot(object)
    def _show_folder(self, folder: Folder) -> None:
        try:
            open_with_default_program(folder.path)
        except UserError as error:
            self.fail(error)


def _standing(counts: Counts) -> str:
    return counted(counts.photos, "photo") if counts.photos else ""
