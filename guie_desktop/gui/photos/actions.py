"""What can be done with the chosen photos: one action each, for menus, keys and buttons alike."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction, QGuiApplication, QImage
from PySide6.QtWidgets import QMenu, QWidget
from send2trash import send2trash

from guie_desktop.domain import Photo
from guie_desktop.errors import UserError
from guie_desktop.gui.backend.pictures import PictureRequest
from guie_desktop.gui.backend.services import Services
from guie_desktop.gui.desktop.file_manager import open_with_default_program
from guie_desktop.gui.desktop.file_names import readable, url_of
from guie_desktop.gui.look.wording import counted
from guie_desktop.gui.photos.drag_out import drag_out
from guie_desktop.gui.photos.gallery import Gallery
from guie_desktop.gui.photos.photo_mime import files_as_mime
from guie_desktop.gui.photos.reveal import reveal
from guie_desktop.gui.photos.selection import Selection
from guie_desktop.gui.widgets.actions import make_action, set_keys
from guie_desktop.gui.widgets.dialogs import confirm
from guie_desktop.library.scan import size_and_time
from guie_desktop.library.thumbnails import PREVIEW

_NAMED = 3
"""Photos that a sentence names; of the others it says how many they are."""
_LEFT = "What is there was left where it is; the library is brought up to date now."

OnPhotos = Callable[[list[Photo]], None]


class PhotoActions(QObject):
    """The verbs; each acts on what is selected at that moment."""

    menu_made = Signal(object)
    """A menu of these verbs is about to open; other features may put theirs into it."""
    trashed = Signal(int)
    """How many photos went to the trash."""
    outdated = Signal()
    """What lies on the disk is not what the library says."""

    def __init__(self, window: QWidget, selection: Selection, services: Services) -> None:
        """The actions are the window's, so that their keys hold wherever the keyboard is."""
        super().__init__(window)
        self._window, self._selection = window, selection
        self._reader, self._undo = services.reader, services.undo
        self._pictures, self._background, self._reporter = services.pictures, services.background, services.reporter
        self.similar = make_action(window, "Search", "Find similar", keys=("S", "Ctrl+Return", "Ctrl+Enter"))
        self.more = make_action(window, "Search", "Add to the search", keys=("Shift+S",))
        self.large = make_action(window, "Photos", "Open large", hint="Return")
        self.open = self._verb("Open with default program", self._open, "Ctrl+Shift+Return", "Ctrl+Shift+Enter")
        self.show = self._verb("Show in file manager", self._show, "Ctrl+E")
        self.copy = self._verb("Copy", self._copy, "Ctrl+C")
        self.copy_path = self._verb("Copy path", self._copy_path, "Ctrl+Shift+C")
        self.trash = self._verb("Move to trash…", self._confirm_trash, hint="Delete; in an album Ctrl+Delete")
        selection.changed.connect(self.enable)
        self.enable()

    def watch(self, gallery: Gallery) -> None:
        """Open the menu where it is asked for, and let photos be dragged away."""
        gallery.menu_asked.connect(self.open_menu)
        gallery.drag_asked.connect(partial(drag_out, gallery, self._undo.say))

    @Slot()
    def enable(self) -> None:
        """Offer what makes sense for what is selected."""
        count = self._selection.count()
        # In an album, Delete takes photos out of it and leaves the files.
        set_keys(self.trash, *(["Ctrl+Delete"] if self._selection.album is not None else ["Delete", "Ctrl+Delete"]))
        for action in (self.similar, self.more, self.copy, self.copy_path, self.trash):
            action.setEnabled(count > 0)
        for action in (self.large, self.open, self.show):
            action.setEnabled(count == 1)

    @Slot(QPoint)
    def open_menu(self, point: QPoint) -> None:
        """Open a menu of all verbs at a point of the screen."""
        menu = QMenu(self._window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        groups: tuple[tuple[QAction, ...], ...] = (
            (self.similar, self.more, self.large),
            (self.open, self.show),
            (self.copy, self.copy_path),
            (self.trash,),
        )
        for group in groups:
            if not menu.isEmpty():
                menu.addSeparator()
            menu.addActions(list(group))
        self.menu_made.emit(menu)
        menu.popup(point)

    def _verb(self, text: str, then: OnPhotos, *keys: str, hint: str = "") -> QAction:
        return make_action(self._window, "Photos", text, partial(self._with_selected, then), keys=keys, hint=hint)

    def _with_selected(self, then: OnPhotos) -> None:
        """Read the photos and go on with them, where there are any; a hundred thousand take seconds to read."""
        ids = self._selection.ids()

        def read() -> list[Photo]:
            found = self._reader.photos(ids)
            return [found[photo_id] for photo_id in ids if photo_id in found]

        self._background.run(read, lambda photos: then(photos) if photos else None, self._reporter.report)

    def _open(self, photos: list[Photo]) -> None:
        try:
            open_with_default_program(photos[0].path)
        except UserError as error:
            self._reporter.report(error)

    def _show(self, photos: list[Photo]) -> None:
        reveal(photos[0].path, self._background, self._reporter)

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

        # Where there is no picture the file itself is copied all the same.
        request = PictureRequest(photos[0].path, PREVIEW, add_picture, lambda _title, _remedy: None)
        self._pictures.fetch(request, photos[0].content_hash)

    def _copy_path(self, photos: list[Photo]) -> None:
        paths = "\n".join(str(photo.path).encode("utf-8", "replace").decode() for photo in photos)
        QGuiApplication.clipboard().setText(paths)

    def _confirm_trash(self, photos: list[Photo]) -> None:
        name = f"“{readable(photos[0].path.name)}”" if len(photos) == 1 else counted(len(photos), "photo")
        confirm(
            self._window,
            f"Move {name} to the trash?",
            "You can get it back from your desktop's trash.",
            "Move to trash",
            lambda: self.move_to_trash(photos),
            is_default=True,
        )

    def move_to_trash(self, photos: Sequence[Photo]) -> None:
        """Move the files to the desktop's trash; `trashed` tells how many went."""

        def then(done: tuple[int, UserError | None]) -> None:
            count, error = done
            if error is not None:
                self._reporter.report(error)
            if count:
                counted_photos = counted(count, "photo")
                way_back = f"This cannot be undone here: get {counted_photos} back from your desktop's trash."
                self._undo.note_final(f"{counted_photos} moved to the trash.", way_back)
                self.trashed.emit(count)
            self.outdated.emit()

        self._background.run(partial(trash_files, photos), then, self._reporter.report)


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
