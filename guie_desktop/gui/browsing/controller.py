"""Browsing: keeps the folders and the grid of all photos in step with the library."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from guie_desktop.asking import Filter
from guie_desktop.domain import ALL_PHOTOS, Album, Folder, Place
from guie_desktop.errors import UserError
from guie_desktop.gui.backend.failure_reporter import Help, other_choice
from guie_desktop.gui.backend.overview import Overview
from guie_desktop.gui.backend.services import Services
from guie_desktop.gui.backend.steps import Exchange, asking, refusing
from guie_desktop.gui.browsing.browsing_view import BrowsingView
from guie_desktop.gui.browsing.folder_tree import SUBFOLDERS, FolderTree
from guie_desktop.gui.desktop.file_manager import open_with_default_program
from guie_desktop.gui.desktop.file_names import readable, readable_path
from guie_desktop.gui.photos.tile_loader import TileLoader
from guie_desktop.gui.widgets.dialogs import choose_folder, confirm, inform
from guie_desktop.language import tr, tr_noop
from guie_desktop.library.ordered_photos import Order
from guie_desktop.messages import (
    AddFolder,
    Changed,
    Checked,
    CheckLibrary,
    Failed,
    RelocateFolder,
    RemoveFolder,
    Rescan,
)
from guie_desktop.wording.integrity import check_lines, check_summary

ADDING = "adding a folder"
"""What a failure is about that the next folder that is added makes good."""
_AFTER_CHECK = tr_noop(
    "Changed files were read again. Missing photos are back in their albums as soon as their files are, under "
    "whatever name."
)


class BrowsingController(QObject):
    """What the folders and the grid of all photos do."""

    wanted = Signal()
    """The user wants to browse: a search is over."""
    shown = Signal(object)
    """The Overview that is on screen now; the library was read again."""

    found_older = Signal()
    """There is nothing to browse until the worker has brought the library up to date."""
    came_back = Signal()
    """A folder is connected again, or was found."""

    def __init__(
        self,
        gallery: BrowsingView,
        folders: FolderTree,
        loader: TileLoader,
        services: Services,
    ) -> None:
        super().__init__(gallery)
        self._gallery, self._folders = gallery, folders
        self._loader, self._client = loader, services.client
        self._reader, self._reporter, self._undo = services.reader, services.reporter, services.undo
        self.overview: Overview | None = None
        self._is_older = False
        self.place = ALL_PHOTOS
        self._scrolled: dict[Place, int] = {}
        self._pending: Overview | None = None
        """What is shown as soon as the grid is rearranged."""
        folders.remove_asked.connect(self._confirm_removal)
        folders.find_asked.connect(self._ask_where)
        folders.show_asked.connect(self._show_folder)
        gallery.rearrangement_done.connect(self._show_pending)
        gallery.line.order_chosen.connect(self.sort_by)
        services.reader.overview_read.connect(self._take)
        services.reader.found_older.connect(self._await_update)
        services.client.on(Checked, self._tell_of_check)  # one that an earlier start of the program had begun

    def add_folders(self, paths: tuple[Path, ...]) -> None:
        """Add folders to the library."""
        other = Help(tr("Choose another folder…"), self.choose_folder)
        for path in paths:
            kept = Exchange(self._client)

            def added(changed: Changed, kept: Exchange = kept) -> None:
                kept.keep(changed)
                self._reporter.over.emit(ADDING)

            def refused(refusal: Failed, path: Path = path) -> None:
                again = partial(self.add_folders, (path,))
                self._reporter.refuse(refusal, other_choice(refusal, other, again), ADDING)

            add = refusing(asking(self._client, AddFolder(path), added), refused)
            sentence = tr("{folder} was added to the library.", folder=readable_path(path))
            self._undo.do(sentence, add, revert=kept, again=kept)

    @Slot()
    def choose_folder(self) -> None:
        """Let the user pick a folder for the library."""
        choose_folder(self._gallery, tr("Add a folder of photos"), lambda folder: self.add_folders((folder,)))

    @Slot()
    def rescan(self) -> None:
        """Look for changes on the disk."""
        self._client.ask(Rescan())

    @Slot()
    def check(self) -> None:
        """Read all files again, if the user has the time for it, and compare them with what is known of them."""
        confirm(
            self._gallery,
            tr("Check all photos?"),
            tr(
                "Every file is read and compared with what the library knows of it. That takes as long as copying "
                "them all; you can go on working, pause it, or close the program, and it goes on at the next start."
            ),
            tr("Check"),
            lambda: self._client.ask(CheckLibrary(), self._tell_of_check),
            is_default=True,
        )

    def _tell_of_check(self, found: Checked) -> None:
        self._undo.say(check_summary(found))
        if lines := [readable(line) for line in check_lines(found)]:
            inform(self._gallery, check_summary(found), tr(_AFTER_CHECK), lines)

    def empty_notice(self, *, busy: bool) -> tuple[str, str] | None:
        """Why there is no photo to browse; None where there are some, or may be."""
        overview = self.overview
        if overview is None and self._is_older:
            text = tr("This is done once after the program was updated. A copy is put aside first.")
            return tr("Your library is being brought up to date…"), text
        if overview is None or len(overview.ids):  # where they are not read yet they come at once
            return None
        if busy and self._gallery.album is None:
            text = tr("They appear here one after the other. You can already look around.")
            return tr("Reading your photos…"), text
        if overview.which:
            return tr("No photos pass the filters"), tr("Click on one of the filters above to switch it off.")
        if self._gallery.album is not None:
            text = tr("Drop photos on its name, or press A on photos that belong here.")
            return tr("This album is empty"), text
        if any(folder.id == self.place.folder_id and not folder.online for folder in overview.folders):
            text = tr("Connect its drive; it is read as soon as it is there.")
            return tr("This folder is not connected"), text
        if not self.place.deep:
            text = tr(
                "They are in folders in this one: choose “{choice}” in its menu to see them.", choice=tr(SUBFOLDERS)
            )
            return tr("No photos in this folder itself"), text
        if overview.counts.failed:
            text = tr("The files that were found could not be read; see the list below the albums.")
            return tr("No photos here"), text
        return tr("No photos here"), tr("Photos show up here as soon as they are in the folder.")

    @Slot()
    def _await_update(self) -> None:
        self._is_older = True
        self.found_older.emit()

    @Slot(object)
    def browse(self, place: Place) -> None:
        """Show the photos of this place, where they were left."""
        before, self.place = self.place, place
        if place != before:
            self._scrolled[before] = self._gallery.grid.verticalScrollBar().value()
            self._gallery.album = None
            self._reader.look_at(place)
        self.wanted.emit()

    @Slot(object)
    def filter_by(self, which: Filter) -> None:
        """Show only the photos that pass."""
        self._reader.filter_by(which)

    @Slot(object)
    def sort_by(self, order: Order) -> None:
        """Show the photos in this order."""
        self._gallery.show_order(order)
        self._reader.sort_by(order)

    @Slot(object)
    def _take(self, overview: Overview) -> None:
        self._loader.mark_stale()
        self._loader.offline = _away(overview)
        self._pending = overview
        if overview.steps is None:
            is_same_place = self.overview is not None and self.overview.place == overview.place
            current = self._gallery.current_id() if is_same_place else None
            self._gallery.show_ordered(overview.photos)
            if current is not None and current in overview.ids:
                self._gallery.grid.go_to(overview.ids.index(current))
            elif not is_same_place:
                self._gallery.grid.verticalScrollBar().setValue(self._scrolled.get(overview.place, 0))
            self._show_pending()
        elif overview.steps:
            self._gallery.rearrange(overview.photos, overview.steps)
        else:
            self._gallery.photos.correct(overview.photos)
            self._show_pending()

    @Slot()
    def _show_pending(self) -> None:
        overview, self._pending = self._pending, None
        if overview is None:
            return
        before, self.overview = self.overview, overview
        self._reader.shown(overview)
        self._gallery.album = self._album_of(overview)
        self._gallery.load_in_view()
        self._gallery.line.show_place(self._name_of(overview), len(overview.ids))
        self.shown.emit(overview)
        if before is not None and _away(before) - _away(overview):
            self.came_back.emit()

    def _name_of(self, overview: Overview) -> str:
        folders = [folder.path for folder in overview.folders if folder.id == overview.place.folder_id]
        if folders:
            shown = overview.place.directory or folders[0]
            return readable(shown.name or str(shown))
        albums = [album.name for album in overview.albums if album.id == overview.place.album_id]
        return albums[0] if albums else tr("All photos")

    def _album_of(self, overview: Overview) -> Album | None:
        if overview.place != self.place:
            return None
        return next((album for album in overview.albums if album.id == self.place.album_id), None)

    @Slot(object)
    def _confirm_removal(self, folder: Folder) -> None:
        path = readable_path(folder.path)

        question, verb = tr("Remove {folder} from the library?", folder=path), tr("Remove from library")
        if not folder.online:
            question, verb = tr("Forget {folder}, which is not connected?", folder=path), tr("Forget")
        confirm(
            self._folders,
            question,
            tr(
                "Your files are not touched. The photos leave their albums too, and are back there if you add the "
                "folder again."
            ),
            verb,
            lambda: self.remove_folder(folder),
        )

    def remove_folder(self, folder: Folder) -> None:
        """Forget a folder; its files stay."""
        kept = Exchange(self._client)
        forget = asking(self._client, RemoveFolder(folder.id), kept.keep)
        sentence = tr("{folder} is no longer in the library.", folder=readable_path(folder.path))
        self._undo.do(sentence, forget, revert=kept, again=kept)

    @Slot(object)
    def _ask_where(self, folder: Folder) -> None:
        path = readable_path(folder.path)

        def found(there: Path) -> None:
            told = tr(
                "{folder} is {there} now; its photos need not be read again.", folder=path, there=readable_path(there)
            )
            way_back = tr(
                "This cannot be undone here: where it is another folder, find {folder} once more.", folder=path
            )
            other = Help(tr("Choose another folder…"), partial(self._ask_where, folder))

            def refused(refusal: Failed) -> None:
                self._reporter.refuse(refusal, other_choice(refusal, other, partial(found, there)))

            self._client.ask(
                RelocateFolder(folder.id, there), then=lambda _: self._undo.note_final(told, way_back), failed=refused
            )

        choose_folder(self._folders, tr("Where is {folder} now?", folder=path), found, near=folder.path)

    @Slot(object)
    def _show_folder(self, path: Path) -> None:
        try:
            open_with_default_program(path)
        except UserError as error:
            self._reporter.report(error)


def _away(overview: Overview) -> frozenset[int]:
    """Ids of the folders that are not connected."""
    return frozenset(folder.id for folder in overview.folders if not folder.online)
