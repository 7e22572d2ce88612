"""Opens the chosen photo with a program of the desktop, which is chosen in the menu of the photo."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from guie_desktop.domain import Photo
from guie_desktop.errors import UserError
from guie_desktop.gui.backend.services import Services
from guie_desktop.gui.desktop.file_names import readable
from guie_desktop.gui.desktop.programs import Program, chosen_program, dialog_of_system, programs_for, start
from guie_desktop.gui.photos.checked_files import CheckedFiles, check_files
from guie_desktop.gui.photos.selection import Selection
from guie_desktop.gui.widgets.dialogs import choose_file
from guie_desktop.language import tr, tr_noop

_MOST = 20


class OpenWith(QObject):
    """A menu in the menu."""

    def __init__(self, window: QWidget, selection: Selection, services: Services) -> None:
        """Dialogs open over the window."""
        super().__init__(window)
        self._window, self._selection = window, selection
        self._background, self._reporter = services.background, services.reporter

    def put_into(self, menu: QMenu, before: QAction) -> None:
        """Put it into the menu of the photos, where one photo is meant."""
        photos = self._selection.photos() if self._selection.count() == 1 else []
        inner = QMenu(tr("Open with"), menu)
        inner.setEnabled(bool(photos))
        menu.insertMenu(before, inner)
        if photos:
            inner.aboutToShow.connect(partial(self._fill, inner, photos[0]))

    def _fill(self, menu: QMenu, photo: Photo) -> None:
        menu.clear()
        for program in programs_for(photo.path)[:_MOST]:
            menu.addAction(program.name.replace("&", "&&"), partial(self._open, photo, program))
        if not menu.isEmpty():
            menu.addSeparator()
        menu.addAction(tr("Another program…"), partial(self._choose, photo))

    def _open(self, photo: Photo, program: Program) -> None:
        def take(checked: CheckedFiles) -> None:
            try:
                if checked.refusal is not None:
                    raise checked.refusal
                start(program, photo.path)
            except UserError as error:
                self._reporter.report(error)

        self._background.run(lambda: check_files([photo], tr_noop("Not opened: {files}.")), take, self._reporter.report)

    def _choose(self, photo: Photo) -> None:
        dialog = dialog_of_system()
        if dialog is not None:
            self._open(photo, dialog)
        else:
            chosen = partial(self._open_with_chosen, photo)
            choose_file(self._window, tr("Open {file} with this program", file=readable(photo.path.name)), "", chosen)

    def _open_with_chosen(self, photo: Photo, application: Path) -> None:
        self._open(photo, chosen_program(application))
