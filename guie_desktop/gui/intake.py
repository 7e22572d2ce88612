"""Takes what is dropped on the window, pasted or picked in a dialog, to where it belongs."""

from pathlib import Path

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from guie_desktop.domain import PHOTO_SUFFIXES
from guie_desktop.gui.file_names import file_filter
from guie_desktop.gui.flow import Flow
from guie_desktop.gui.incoming import ONLY_A_LINK, ONLY_A_LINK_REMEDY, Incoming, read_incoming, store_picture
from guie_desktop.gui.off_thread import OffThread

_PHOTO_FILES = f"{file_filter('Photos', PHOTO_SUFFIXES)};;All files (*)"


class Intake(Flow):
    """Tells which photos to look for, and which folders to add."""

    photos_came = Signal(object, bool)
    """Paths to look for, and whether they come on top of what is looked for already."""
    folders_came = Signal(object)

    def __init__(self, window: QWidget, pasted: Path, off_thread: OffThread) -> None:
        super().__init__(window)
        self._window = window
        self._pasted = pasted
        self._off_thread = off_thread

    def take(self, mime: QMimeData, *, add: bool = False) -> None:
        """Take a drop."""
        self.take_incoming(read_incoming(mime), add=add)

    def paste(self) -> None:
        """Take what is on the clipboard."""
        incoming = read_incoming(QGuiApplication.clipboard().mimeData())
        if incoming.useful or incoming.only_a_link:
            self.take_incoming(incoming)
        else:
            remedy = "Copy a picture or a photo file, then paste again."
            self.failed.emit("There is no picture on the clipboard.", remedy)

    def take_incoming(self, incoming: Incoming, *, add: bool = False) -> None:
        """Add the folders, and look for the photos."""
        if incoming.folders:
            self.folders_came.emit(incoming.folders)
        if incoming.images:
            self.photos_came.emit(incoming.images, add)
        elif incoming.picture is not None:
            picture = incoming.picture
            self._off_thread.run(
                lambda: store_picture(picture, self._pasted),
                lambda path: self.photos_came.emit((path,), add),
                self.fail,
            )
        elif incoming.only_a_link:
            self.failed.emit(ONLY_A_LINK, ONLY_A_LINK_REMEDY)

    def choose_photos(self) -> None:
        """Let the user pick photo files to look for."""
        self._choose_photos(add=False)

    def choose_more_photos(self) -> None:
        """Let the user pick photo files to look for as well."""
        self._choose_photos(add=True)

    def _choose_photos(self, *, add: bool) -> None:
        dialog = QFileDialog(self._window, "Find look-alikes of these photos", str(Path.home()), _PHOTO_FILES)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(lambda names: self.photos_came.emit(tuple(map(Path, names)), add))
        _open(dialog)

    def choose_folder(self) -> None:
        """Let the user pick a folder for the library."""
        dialog = QFileDialog(self._window, "Add a folder of photos", str(Path.home()))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.filesSelected.connect(lambda names: self.folders_came.emit(tuple(map(Path, names))))
        _open(dialog)


def _open(dialog: QFileDialog) -> None:
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
