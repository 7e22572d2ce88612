"""What can be done with the chosen photos: one action each, for menus, keys and buttons alike."""

import threading
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction, QGuiApplication, QImage
from PySide6.QtWidgets import QMenu, QWidget

from guie_desktop.asking import MOST_EXAMPLES
from guie_desktop.domain import Photo
from guie_desktop.errors import UserError
from guie_desktop.gui.backend.failure_reporter import Help
from guie_desktop.gui.backend.pictures import PictureRequest
from guie_desktop.gui.backend.services import Services
from guie_desktop.gui.desktop.file_manager import open_with_default_program
from guie_desktop.gui.desktop.file_names import readable, readable_path, url_of
from guie_desktop.gui.photos.checked_files import CheckedFiles, WentOn, check_files
from guie_desktop.gui.photos.drag_out import drag_out
from guie_desktop.gui.photos.gallery import Gallery
from guie_desktop.gui.photos.photo_mime import files_as_mime
from guie_desktop.gui.photos.reveal import reveal
from guie_desktop.gui.photos.selection import Selection
from guie_desktop.gui.photos.trash import kept_elsewhere
from guie_desktop.gui.photos.trashing import Trashing
from guie_desktop.gui.widgets.actions import make_action, set_keys
from guie_desktop.gui.widgets.dialogs import confirm
from guie_desktop.language import ntr, tr, tr_noop
from guie_desktop.pictures.picture_sizes import PREVIEW

_PLACES_IN_MENU = 20
TOLD_EVERY = 0.3
"""Seconds between two sentences on how far it is; what takes less needs none."""

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
        self._client, self._reader, self._undo = services.client, services.reader, services.undo
        self._pictures, self._background, self._reporter = services.pictures, services.background, services.reporter
        self.similar = make_action(window, "Search", tr("Find similar"), keys=("S", "Ctrl+Return", "Ctrl+Enter"))
        self.more = make_action(window, "Search", tr("Add to the search"), keys=("Shift+S",))
        self.large = make_action(window, "Photos", tr("Open large"), shown="Return")
        self.open = self._verb(tr("Open with default program"), self._open, "Ctrl+Shift+Return", "Ctrl+Shift+Enter")
        self.show = self._verb(tr("Show in file manager"), self._show, "Ctrl+E")
        self.copy = self._verb(tr("Copy"), self._copy, "Ctrl+C")
        self.copy_path = self._verb(tr("Copy path"), self._copy_path, "Ctrl+Shift+C")
        self.trashing = Trashing(services, self._telling, self)
        self.trashing.gone.connect(self.trashed)
        self.trashing.outdated.connect(self.outdated)
        self.trash = self._verb(tr("Move to trash…"), self._confirm_trash, hint=tr("Delete; in an album Ctrl+Delete"))
        selection.changed.connect(self.enable)
        self.enable()

    def watch(self, gallery: Gallery) -> None:
        """Open the menu where it is asked for, and let photos be dragged away."""
        gallery.menu_asked.connect(self.open_menu)
        gallery.drag_asked.connect(lambda: drag_out(gallery, self._undo.say, self.outdated.emit))

    @Slot()
    def enable(self) -> None:
        """Offer what makes sense for what is selected."""
        count = self._selection.count()
        # In an album, Delete takes photos out of it and leaves the files.
        set_keys(self.trash, *(["Ctrl+Delete"] if self._selection.album is not None else ["Delete", "Ctrl+Delete"]))
        if count <= MOST_EXAMPLES:
            self.similar.setText(tr("Find similar"))
            self.more.setText(tr("Add to the search"))
        else:
            self.similar.setText(tr("Find similar ({most} photos at most)", most=MOST_EXAMPLES))
            self.more.setText(tr("Add to the search ({most} photos at most)", most=MOST_EXAMPLES))
        for action in (self.similar, self.more, self.copy, self.copy_path, self.trash):
            action.setEnabled(count > 0)
        for action in (self.open, self.show):
            action.setEnabled(count == 1)
        self.large.setEnabled(count == 1 and not self._selection.is_large)

    @Slot(QPoint)
    def open_menu(self, point: QPoint) -> None:
        """Open a menu of all verbs at a point of the screen."""
        menu = QMenu(self._window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        groups: tuple[tuple[QAction, ...], ...] = (
            (self.similar, self.more, *(() if self._selection.is_large else (self.large,))),
            (self.open, self.show),
            (self.copy, self.copy_path),
            (self.trash,),
        )
        for group in groups:
            if not menu.isEmpty():
                menu.addSeparator()
            menu.addActions(list(group))
        others = self._selection.places()[1:]
        if others:
            menu.insertMenu(self.copy, self._menu_of_places(menu, others))
        self.menu_made.emit(menu)
        menu.popup(point)

    def _menu_of_places(self, parent: QMenu, places: Sequence[Path]) -> QMenu:
        menu = QMenu(tr("Show other places"), parent)
        for place in places[:_PLACES_IN_MENU]:
            show = partial(reveal, place, self._background, self._reporter)
            menu.addAction(readable_path(place).replace("&", "&&"), show)
        if len(places) > _PLACES_IN_MENU:
            others = ntr("and {number} other", "and {number} others", len(places) - _PLACES_IN_MENU)
            menu.addAction(others).setEnabled(False)
        return menu

    def _verb(self, text: str, then: OnPhotos, *keys: str, hint: str = "") -> QAction:
        return make_action(self._window, "Photos", text, partial(self._with_selected, then), keys=keys, hint=hint)

    def _with_selected(self, then: OnPhotos) -> None:
        """Read the photos and go on with them, where there are any; a hundred thousand take seconds to read."""
        ids = self._selection.ids()

        def read() -> list[Photo]:
            found = self._reader.photos(ids)
            return [found[photo_id] for photo_id in ids if photo_id in found]

        self._background.run(read, lambda photos: then(photos) if photos else None, self._reporter.report)

    def _checked(self, photos: list[Photo], refused: str, then: OnPhotos) -> None:
        """Go on with those whose files are the photos that the library shows; the others are told."""

        def take(checked: CheckedFiles) -> None:
            if checked.refusal is not None:
                left = [photo for photo in photos if photo not in checked.good]
                self._reporter.report(checked.refusal, Help(tr("Show folder"), partial(self._show_folder, left[0])))
                self.outdated.emit()
            if checked.good:
                then(checked.good)

        look = partial(check_files, photos, refused, self._telling(tr("Looking at the files"), len(photos)))
        self._background.run(look, take, self._reporter.report)

    def _telling(self, what: str, total: int, stopped: threading.Event | None = None) -> WentOn:
        """Tells in the status line how far something is that goes on in a thread, where it takes a while."""
        told = time.monotonic()

        def went_on(done: int) -> bool:
            nonlocal told
            goes_on = stopped is None or not stopped.is_set()
            if goes_on and time.monotonic() - told >= TOLD_EVERY:
                told = time.monotonic()
                tell = partial(self._undo.say, can_undo=stopped is not None)
                self._background.hand_over(tell, tr("{what}: {number} of {total}", what=what, number=done, total=total))
            return goes_on

        return went_on

    def _open(self, photos: list[Photo]) -> None:
        def then(good: list[Photo]) -> None:
            try:
                open_with_default_program(good[0].path)
            except UserError as error:
                self._reporter.report(error)

        self._checked(photos, tr_noop("Not opened: {files}."), then)

    def _show_folder(self, photo: Photo) -> None:
        try:
            open_with_default_program(photo.path.parent)
        except UserError as error:
            self._reporter.report(error)

    def _show(self, photos: list[Photo]) -> None:
        reveal(photos[0].path, self._background, self._reporter)

    def _copy(self, photos: list[Photo]) -> None:
        self._checked(photos, tr_noop("Not copied: {files}."), self._copy_files)

    def _copy_files(self, photos: list[Photo]) -> None:
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
        (photo,) = photos
        request = PictureRequest(photo.path, PREVIEW, add_picture, lambda _title, _remedy: None, photo.moment)
        self._pictures.fetch(request, photo.picture_hash)

    def _copy_path(self, photos: list[Photo]) -> None:
        paths = "\n".join(str(photo.path).encode("utf-8", "replace").decode() for photo in photos)
        QGuiApplication.clipboard().setText(paths)

    def _confirm_trash(self, photos: list[Photo]) -> None:
        number = len(photos)
        question = tr("Move “{name}” to the trash?", name=readable(photos[0].path.name))
        if number > 1:
            question = ntr("Move {number} photo to the trash?", "Move {number} photos to the trash?", number)
        way_back = ntr(
            "You can get it back from your desktop's trash.", "You can get them back from your desktop's trash.", number
        )

        def ask(kept: str) -> None:
            confirm(
                self._window,
                question,
                f"{kept} {way_back}".lstrip(),
                tr("Move to trash"),
                lambda: self.trashing.move(photos),
                is_default=True,
            )

        hashes = [photo.content_hash for photo in photos]
        self._background.run(lambda: kept_elsewhere(photos, self._reader.places(hashes)), ask, self._reporter.report)
