"""What the page of settings does about the library itself: measuring, checking, letting go of what is made again."""

from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from guie_desktop.gui.backend.services import Services
from guie_desktop.gui.desktop.file_names import readable_path
from guie_desktop.gui.photos.reveal import reveal
from guie_desktop.gui.settings.library_move import LibraryMove
from guie_desktop.gui.settings.library_section import LibrarySection
from guie_desktop.gui.widgets.dialogs import confirm
from guie_desktop.language import tr
from guie_desktop.library.disk_use import DiskUse, disk_use
from guie_desktop.messages import ClearPictures, Done, Examined, ExamineLibrary, Failed
from guie_desktop.paths import LibraryPaths


class LibraryController(QObject):
    """What the section on the library does."""

    moved = Signal()
    """The library lies elsewhere now, and the program is to start again with it."""

    def __init__(self, section: LibrarySection, services: Services, paths: LibraryPaths) -> None:
        super().__init__(section)
        self._section, self._paths = section, paths
        self._client, self._reader, self._undo = services.client, services.reader, services.undo
        self._background, self._reporter = services.background, services.reporter
        self._measures = False
        self.move = LibraryMove(section, services, paths, self.moved.emit)
        section.show_place(readable_path(paths.root), can_move=paths.is_found)
        section.show_asked.connect(lambda: reveal(paths.root, services.background, services.reporter))
        section.move_asked.connect(self.move.choose)
        section.clear_asked.connect(self._ask_to_clear)
        section.check_asked.connect(self._examine)

    def measure(self) -> None:
        """Look how much of the disk the library takes, in a thread."""
        if self._measures:
            return
        self._measures = True

        def failed(error: Exception) -> None:
            self._measures = False
            self._reporter.report(error)

        self._background.run(partial(disk_use, self._paths), self._show, failed)

    def _show(self, used: DiskUse) -> None:
        self._measures = False
        self._section.show_disk_use(used)

    @Slot()
    def _ask_to_clear(self) -> None:
        confirm(
            self._section.window(),
            tr("Clear the thumbnails?"),
            tr(
                "They are made again when you see the photos; those on drives that are not connected have none until "
                "then. Your photos, albums and ratings are not touched."
            ),
            tr("Clear"),
            self._clear,
        )

    def _clear(self) -> None:
        """Nobody may have their file open meanwhile; where the worker ends, the library is opened anew by the next."""
        self._reader.let_go_of_pictures()

        def cleared(_: Done) -> None:
            way_back = tr("This cannot be undone; they are made again when you see the photos.")
            self._undo.note_final(tr("The thumbnails were cleared."), way_back)
            self._end_clearing()

        def failed(refusal: Failed) -> None:
            self._reporter.refuse(refusal)
            self._end_clearing()

        self._client.ask(ClearPictures(), then=cleared, failed=failed)

    def _end_clearing(self) -> None:
        self._reader.open_pictures()
        self.measure()

    @Slot(bool)
    def _examine(self, repair: bool) -> None:
        def examined(answer: Examined) -> None:
            if repair:  # their file may be another one
                self._reader.let_go_of_pictures()
                self._reader.open_pictures()
            self._section.show_problems(answer.problems)

        def failed(refusal: Failed) -> None:
            self._section.tell_state(f"{tr(refusal.title)} {tr(refusal.remedy)}")

        def cancelled() -> None:
            self._section.tell_state(tr("The check was cancelled."))

        self._section.show_checking()
        self._client.ask(ExamineLibrary(repair), then=examined, failed=failed, cancelled=cancelled)
