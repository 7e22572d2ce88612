"""Takes what is dropped on the window, pasted or picked in a dialog, to where it belongs."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from guie_desktop.file_kinds import PHOTO_SUFFIXES, VIDEO_SUFFIXES
from guie_desktop.gui.backend.failure_reporter import Help
from guie_desktop.gui.backend.services import Services
from guie_desktop.gui.desktop.file_names import file_filter, readable_path
from guie_desktop.gui.search.incoming import (
    NO_PICTURE,
    NO_PICTURE_REMEDY,
    ONLY_A_LINK,
    ONLY_A_LINK_REMEDY,
    Incoming,
    read_incoming,
    store_picture,
)
from guie_desktop.gui.widgets import dialogs
from guie_desktop.language import ntr, tr

_NOTHING = "nothing to look for came"


class Intake(QObject):
    """Tells which photos to look for, and which folders to add."""

    photos_came = Signal(object, bool)
    """Paths to look for, and whether they come on top of what is looked for already."""
    folders_came = Signal(object)

    def __init__(self, window: QWidget, pasted: Path, services: Services) -> None:
        """Pictures without a file are kept in the folder `pasted`; dialogs open over the window."""
        super().__init__(window)
        self._window, self._pasted = window, pasted
        self._background, self._reporter = services.background, services.reporter

    def take(self, mime: QMimeData, add: bool = False) -> None:
        """Take a drop."""
        incoming = read_incoming(mime)
        if not (incoming.useful or incoming.only_a_link):  # the other program went away before it gave what it held
            self._reporter.tell(tr("Nothing arrived."), tr("Drag it here once more."), about=_NOTHING)
        self.take_incoming(replace(incoming, images=incoming.photos), add=add)

    def paste(self) -> None:
        """Take what is on the clipboard."""
        incoming = read_incoming(QGuiApplication.clipboard().mimeData())
        if incoming.missing:
            path = readable_path(incoming.missing[0])
            remedy = tr("Check the path, or connect its drive, then paste again.")
            self._reporter.tell(tr("There is no file {path}.", path=path), remedy)
        elif not (incoming.useful or incoming.only_a_link):
            way_out = Help(tr("Choose photos…"), self.choose_photos)
            self._reporter.tell(tr(NO_PICTURE), tr(NO_PICTURE_REMEDY), way_out, _NOTHING)
        if incoming.folders:
            self._offer(incoming.folders)
        self.take_incoming(replace(incoming, folders=()))

    def _offer(self, folders: tuple[Path, ...]) -> None:
        """Ask before pasted folders are added: whoever pastes means a photo as a rule."""
        one, many = len(folders) == 1, ntr("{number} folder", "{number} folders", len(folders))
        dialogs.confirm(
            self._window,
            tr("Add {folder} to the library?", folder=readable_path(folders[0]) if one else many),
            tr("All photos below are read, and shown here. The files stay where they are."),
            tr("Add"),
            lambda: self.folders_came.emit(folders),
            is_default=True,
        )

    def take_incoming(self, incoming: Incoming, *, add: bool = False) -> None:
        """Add the folders, and look for the photos."""
        if incoming.useful:
            self._reporter.over.emit(_NOTHING)
        if incoming.folders:
            self.folders_came.emit(incoming.folders)
        if incoming.images:
            self.photos_came.emit(incoming.images, add)
        elif incoming.picture is not None:
            picture = incoming.picture
            self._background.run(
                lambda: store_picture(picture, self._pasted),
                lambda path: self.photos_came.emit((path,), add),
                self._reporter.report,
            )
        elif incoming.only_a_link:
            self._reporter.tell(tr(ONLY_A_LINK), tr(ONLY_A_LINK_REMEDY), about=_NOTHING)

    def choose_photos(self) -> None:
        """Let the user pick photo files to look for."""
        self._choose_photos(add=False)

    def choose_more_photos(self) -> None:
        """Let the user pick photo files to look for as well."""
        self._choose_photos(add=True)

    def choose_folder(self) -> None:
        """Let the user pick a folder for the library."""
        dialogs.choose_folder(
            self._window, tr("Add a folder of photos"), lambda folder: self.folders_came.emit((folder,))
        )

    def _choose_photos(self, *, add: bool) -> None:
        dialogs.choose_files(
            self._window,
            tr("Find look-alikes of these photos"),
            f"{file_filter(tr('Photos and videos'), PHOTO_SUFFIXES | VIDEO_SUFFIXES)};;{tr('All files')} (*)",
            lambda paths: self.photos_came.emit(paths, add),
        )
