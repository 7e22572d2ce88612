"""What can be done with the chosen photos: one action each, for menus, keys and buttons alike."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication, QImage, QKeySequence
from PySide6.QtWidgets import QMenu, QMessageBox, QWidget
from send2trash import send2trash

from guie_desktop.domain import Photo
from guie_desktop.errors import UserError
from guie_desktop.gui.file_manager import open_folder_of, open_with_default_program, show_in_file_manager
from guie_desktop.gui.file_names import readable, url_of
from guie_desktop.gui.flow import Flow
from guie_desktop.gui.models.library import LibraryReader
from guie_desktop.gui.off_thread import OffThread
from guie_desktop.gui.photo_mime import files_as_mime
from guie_desktop.gui.pictures import Pictures, Wish
from guie_desktop.gui.progress_text import counted
from guie_desktop.library.scan import size_and_time
from guie_desktop.library.thumbnails import PREVIEW

_NAMED = 3
"""Photos that a sentence names; of the others it says how many they are."""
_LEFT = "What is there was left where it is; the library is brought up to date now."

Targets = Callable[[], tuple[int, ...]]
OnPhotos = Callable[[list[Photo]], None]


class PhotoActions(Flow):
    """The verbs; each acts on all photos that `targets` gives at that moment."""

    similar_asked = Signal()
    more_asked = Signal()
    large_asked = Signal()
    trashed = Signal(int)
    """How many photos went to the trash."""
    outdated = Signal()
    """What lies on the disk is not what the library says."""

    def __init__(
        self, window: QWidget, targets: Targets, reader: LibraryReader, pictures: Pictures, off_thread: OffThread
    ) -> None:
        super().__init__(window)
        self._window = window
        self._targets = targets
        self._reader = reader
        self._pictures = pictures
        self._off_thread = off_thread
        self.similar = self._action("Find similar", self.similar_asked.emit, "S", "Ctrl+Return", "Ctrl+Enter")
        self.more = self._action("Add to the search", self.more_asked.emit, "Shift+S")
        self.large = self._action("Open large", self.large_asked.emit)
        self.open = self._action(
            "Open with default program",
            partial(self._with_targets, self._open),
            "Ctrl+Shift+Return",
            "Ctrl+Shift+Enter",
        )
        self.show = self._action("Show in file manager", partial(self._with_targets, self._show), "Ctrl+E")
        self.copy = self._action("Copy", partial(self._with_targets, self._copy), "Ctrl+C")
        self.copy_path = self._action("Copy path", partial(self._with_targets, self._copy_path), "Ctrl+Shift+C")
        self.trash = self._action("Move to trash…", partial(self._with_targets, self._confirm_trash))
        self.enable(0)

    def enable(self, chosen: int, *, in_album: bool = False) -> None:
        """Offer what makes sense for so many photos; in an album, Delete takes them out of it and leaves the files."""
        keys = ["Ctrl+Delete"] if in_album else ["Delete", "Ctrl+Delete"]
        self.trash.setShortcuts([QKeySequence(key) for key in keys])
        for action in (self.similar, self.more, self.copy, self.copy_path, self.trash):
            action.setEnabled(chosen > 0)
        for action in (self.large, self.open, self.show):
            action.setEnabled(chosen == 1)

    def menu(self) -> QMenu:
        """All verbs in a menu."""
        menu = QMenu(self._window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        groups = (
            (self.similar, self.more, self.large),
            (self.open, self.show),
            (self.copy, self.copy_path),
            (self.trash,),
        )
        for group in groups:
            if not menu.isEmpty():
                menu.addSeparator()
            menu.addActions(list(group))
        return menu

    def _action(self, text: str, done: Callable[[], None], *keys: str) -> QAction:
        action = QAction(text, self._window)
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.triggered.connect(lambda _checked: done())
        self._window.addAction(action)
        return action

    def _with_targets(self, then: OnPhotos) -> None:
        """Read the photos and go on with them, where there are any; a hundred thousand take seconds to read."""
        ids = self._targets()

        def read() -> list[Photo]:
            found = self._reader.photos(ids)
            return [found[photo_id] for photo_id in ids if photo_id in found]

        self._off_thread.run(read, lambda photos: then(photos) if photos else None, self.fail)

    def _open(self, photos: list[Photo]) -> None:
        self._tell_failure(partial(open_with_default_program, photos[0].path))

    def _show(self, photos: list[Photo]) -> None:
        path = photos[0].path

        def then(shown: bool) -> None:
            if not shown:
                self._tell_failure(lambda: open_folder_of(path))

        self._off_thread.run(partial(show_in_file_manager, path), then, self.fail)

    def _copy(self, photos: list[Photo]) -> None:
        clipboard = QGuiApplication.clipboard()
        clipboard.setMimeData(files_as_mime(photos))
        if len(photos) > 1:
            return

        def add_picture(image: QImage) -> None:
            still_ours = clipboard.mimeData().urls() == [url_of(photos[0].path)]
            if still_ours:
                mime = files_as_mime(photos)
                mime.setImageData(image)
                clipboard.setMimeData(mime)

        wish = Wish(photos[0].path, PREVIEW, add_picture, lambda _title, _remedy: None)  # the file itself is copied
        self._pictures.fetch(wish, photos[0].content_hash)

    def _copy_path(self, photos: list[Photo]) -> None:
        paths = "\n".join(str(photo.path).encode("utf-8", "replace").decode() for photo in photos)
        QGuiApplication.clipboard().setText(paths)

    def _confirm_trash(self, photos: list[Photo]) -> None:
        name = f"“{readable(photos[0].path.name)}”" if len(photos) == 1 else counted(len(photos), "photo")
        box = QMessageBox(self._window)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(f"Move {name} to the trash?")
        box.setInformativeText("You can get it back from your desktop's trash.")
        move = box.addButton("Move to trash", QMessageBox.ButtonRole.AcceptRole)
        box.addButton("Cancel", QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(move)
        move.clicked.connect(lambda: self.move_to_trash(photos))
        box.open()

    def move_to_trash(self, photos: Sequence[Photo]) -> None:
        """Move the files to the desktop's trash; `trashed` tells how many went."""

        def then(done: tuple[int, UserError | None]) -> None:
            count, error = done
            if error is not None:
                self.fail(error)
            if count:
                self.trashed.emit(count)
            self.outdated.emit()

        self._off_thread.run(partial(trash_files, photos), then, self.fail)

    def _tell_failure(self, work: Callable[[], None]) -> None:
        try:
            work()
        except UserError as error:
            self.fail(error)


def trash_files(photos: Sequence[Photo]) -> tuple[int, UserError | None]:
    """Move files to the trash; returns how many went, and the sentence on those that did not. For a thread.

    Never deletes for good, and takes no file that is not, or no longer, the photo that the library shows.
    """
    left: list[str] = []
    for photo in photos:
        try:
            if size_and_time(photo.path.stat()) == (photo.bytes, photo.mtime_ns):
                send2trash(photo.path)
                continue
            reason = "is not the photo that was indexed any more"
        except FileNotFoundError:
            reason = "is not there any more"
        except OSError as error:
            reason = f"could not be moved ({error.strerror or error})"
        left.append(f"{readable(photo.path.name)} {reason}")
    if not left:
        return len(photos), None
    more = [f"and {len(left) - _NAMED:,} others"] if len(left) > _NAMED else []
    title = f"Not moved to the trash: {'; '.join(left[:_NAMED] + more)}."
    return len(photos) - len(left), UserError(title, _LEFT)
