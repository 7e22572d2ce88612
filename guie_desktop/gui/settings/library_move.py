"""Moving the library to another folder: it is asked which, the worker ends, files are copied, all starts anew."""

import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Qt, Slot
from PySide6.QtWidgets import QProgressDialog

from guie_desktop.gui.backend.services import Services
from guie_desktop.gui.desktop.file_names import readable_path
from guie_desktop.gui.settings.library_section import LibrarySection
from guie_desktop.gui.widgets.dialogs import choose_folder, confirm
from guie_desktop.language import size_text, tr
from guie_desktop.library.new_place import check_new_place, move_library
from guie_desktop.paths import LibraryPaths

_STEPS = 1000
_BETWEEN = 0.1
"""Seconds between two looks at how far it is."""


class LibraryMove(QObject):
    """Once it has begun nothing else can be done in the window, until it is done, cancelled or failed."""

    def __init__(
        self, section: LibrarySection, services: Services, paths: LibraryPaths, moved: Callable[[], object]
    ) -> None:
        super().__init__(section)
        self._section, self._paths, self._moved = section, paths, moved
        self._client, self._reader, self._undo = services.client, services.reader, services.undo
        self._background, self._reporter = services.background, services.reporter
        self.progress: QProgressDialog | None = None
        self._stopped = threading.Event()

    @Slot()
    def choose(self) -> None:
        """Let the user choose the folder."""
        choose_folder(self._section.window(), tr("Move the library to an empty folder"), self.ask, self._paths.root)

    def ask(self, target: Path) -> None:
        """Move it there, if it can lie there and the user says so."""
        folders = [folder.path for folder in self._reader.folders()]
        check = partial(check_new_place, self._paths, target, folders)
        self._background.run(check, partial(self._confirm, target), self._reporter.report)

    def _confirm(self, target: Path, needed: int) -> None:
        confirm(
            self._section.window(),
            tr("Move the library to {folder}?", folder=readable_path(target)),
            tr(
                "{size} are copied and checked before they are removed from the old place. Then the program restarts. "
                "Your photos stay where they are.",
                size=size_text(needed),
            ),
            tr("Move"),
            lambda: self._begin(target),
        )

    def _begin(self, target: Path) -> None:
        self._stopped.clear()
        dialog = QProgressDialog(
            tr("The library is being moved…"), tr("Cancel"), 0, _STEPS, self._section.window(), Qt.WindowType.Dialog
        )
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        dialog.setMinimumDuration(0)
        dialog.setAutoClose(False)
        dialog.setAutoReset(False)
        dialog.canceled.connect(self._stopped.set)
        application = QCoreApplication.instance()
        assert application is not None
        application.aboutToQuit.connect(self._stopped.set)
        self.progress = dialog
        dialog.open()
        dialog.setValue(0)
        self._reader.close()
        end_worker = self._client.halt()
        tell = self._telling()

        def work() -> bool:
            end_worker()
            return move_library(self._paths, target, tell, self._stopped.is_set)

        self._background.run(work, self._end, self._fail)

    def _telling(self) -> Callable[[int, int], None]:
        """What is called in the thread that copies."""
        told = 0.0

        def tell(done: int, total: int) -> None:
            nonlocal told
            if time.monotonic() - told >= _BETWEEN:
                told = time.monotonic()
                self._background.hand_over(self._show, done * _STEPS // max(1, total))

        return tell

    def _show(self, steps: int) -> None:
        if self.progress is not None:
            self.progress.setValue(steps)

    def _end(self, moved: bool) -> None:
        self._dismiss()
        if moved:
            self._moved()
        else:
            self._client.start()
            self._undo.say(tr("The library stays where it is."))

    def _fail(self, error: Exception) -> None:
        self._dismiss()
        self._client.start()
        self._reporter.report(error)

    def _dismiss(self) -> None:
        if self.progress is not None:
            self.progress.canceled.disconnect()
            self.progress.close()
            self.progress.deleteLater()
            self.progress = None
