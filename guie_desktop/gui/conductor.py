"""Joins the window's views to the worker and the library."""

from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Qt, Slot
from PySide6.QtGui import QDrag
from PySide6.QtWidgets import QWidget

from guie_desktop.domain import Failure, Photo, Region
from guie_desktop.errors import UserError
from guie_desktop.gui.browse_flow import BrowseFlow
from guie_desktop.gui.error_dialog import BugReporter
from guie_desktop.gui.file_manager import open_folder_of, show_in_file_manager
from guie_desktop.gui.intake import Intake
from guie_desktop.gui.missing_pictures import MissingPictures
from guie_desktop.gui.model_flow import ModelFlow
from guie_desktop.gui.models.library import LibraryReader
from guie_desktop.gui.models.tile_loader import TileLoader
from guie_desktop.gui.off_thread import OffThread
from guie_desktop.gui.photo_actions import PhotoActions, files_as_mime
from guie_desktop.gui.pictures import Pictures
from guie_desktop.gui.preview_flow import PreviewFlow
from guie_desktop.gui.progress_text import report_text
from guie_desktop.gui.search_flow import SearchFlow
from guie_desktop.gui.window import MainWindow
from guie_desktop.gui.worker_client import WorkerClient
from guie_desktop.gui.worker_link import StartWorker
from guie_desktop.messages import (
    Cancel,
    Event,
    Failed,
    JobEnded,
    LibraryChanged,
    Models,
    Pause,
    Progress,
    Ready,
    Rescan,
    Resume,
)
from guie_desktop.paths import LibraryPaths
from guie_desktop.settings import Settings


class Conductor(QObject):
    """Makes all parts of a window on one library, and holds them."""

    def __init__(
        self, paths: LibraryPaths, start_worker: StartWorker, settings: Settings, pictures_folder: Path | None
    ) -> None:
        super().__init__()
        self.off_thread = OffThread(self)
        self.client = WorkerClient(start_worker, paths, self)
        self.reader = LibraryReader(paths, self.off_thread, self)
        self.loader = TileLoader(self)
        self.pictures = Pictures(self.client, self.reader, self.off_thread, self)
        self.missing = MissingPictures(self.client, self.loader, self)
        self.window = MainWindow(self.pictures, self.loader, settings, pictures_folder)
        self.bugs = BugReporter(self.window)
        self.intake = Intake(self.window, paths.pasted, self.off_thread)
        self.window.connect_intake(self.intake)
        self.actions = PhotoActions(self.window, self.targets, self.pictures, self.off_thread)
        self.browse = BrowseFlow(self.window, self.client, self.reader, self.loader)
        self.search = SearchFlow(self.window, self.client, self.reader, self.off_thread, settings.sort)
        self.preview = PreviewFlow(self.window, self.loader)
        self._busy = False
        self.models = ModelFlow(self.window, self.client, offered=settings.models_offered)
        self._aside: QWidget | None = None
        """The list of failures or of models, while it is open."""
        self._tell_failures()
        self._connect_views()
        self._connect_worker()
        self.show_right_page()

    def start(self) -> None:
        """Start the worker; the rest follows from its events."""
        self.client.start()

    def close(self) -> None:
        """End threads and worker."""
        self.loader.close()
        self.off_thread.close()
        self.client.close()
        self.reader.close()

    def settings(self) -> Settings:
        """What to remember."""
        return self.window.settings(self.search.sort, models_offered=self.models.offered)

    def targets(self) -> list[Photo]:
        """The photos that a verb acts on."""
        seen = self.window.preview.photo
        if seen is not None:
            return [seen]
        return self.window.shown_gallery().chosen_photos() if self._gallery_on_screen() else []

    # --- joining

    def _tell_failures(self) -> None:
        for source in (self.actions, self.browse, self.search, self.intake, self.models, self.reader, self.loader):
            source.failed.connect(self.window.banner.tell)
        self.client.gave_up.connect(self._give_up)
        self.client.restarted.connect(self.window.tasks.show_message)
        for source in (self.actions, self.reader, self.loader):
            source.bug.connect(self.bugs.report)

    def _connect_views(self) -> None:
        window = self.window
        window.escape_pressed.connect(self.step_out)
        window.choose_photos.triggered.connect(self.intake.choose_photos)
        window.choose_folder.triggered.connect(self.intake.choose_folder)
        window.paste.triggered.connect(self.intake.paste)
        window.search.files_asked.connect(self.intake.choose_photos)
        window.search.add_asked.connect(self.intake.choose_more_photos)
        window.search.paste_asked.connect(self.intake.paste)
        window.sidebar.add_asked.connect(self.intake.choose_folder)
        window.sidebar.failures_asked.connect(self.open_failures)
        window.welcome.add_asked.connect(self.intake.choose_folder)
        window.welcome.pictures_asked.connect(lambda folder: self.browse.add_folders((folder,)))
        window.failures.closed.connect(self.close_aside)
        window.models.closed.connect(self.close_aside)
        window.choose_model.triggered.connect(self.open_models)
        window.failures.retry_asked.connect(self._retry_failures)
        window.failures.show_asked.connect(self._show_file)
        for gallery in (window.browsing, window.found):
            gallery.chosen_changed.connect(self._count_chosen)
            gallery.similar_asked.connect(self._find_similar_to_row)
            gallery.menu_asked.connect(self._open_menu)
            gallery.drag_asked.connect(self._drag_out)
        window.preview.similar_asked.connect(self._find_similar)
        window.preview.part_asked.connect(self._find_part)
        window.preview.menu_asked.connect(self._open_menu)
        self.actions.similar_asked.connect(self._similar_verb)
        self.actions.more_asked.connect(self._add_to_search)
        self.actions.large_asked.connect(self._open_large)
        self.actions.trashed.connect(self._after_trash)
        self.browse.wanted.connect(self._browse_again)
        self.browse.shown.connect(self._library_shown)
        self.search.shown.connect(self.show_right_page)
        self.intake.photos_came.connect(self._look_for_files)
        self.intake.folders_came.connect(self.browse.add_folders)

    def _connect_worker(self) -> None:
        tasks = self.window.tasks
        self.client.received.connect(self._take_event)
        tasks.pause_asked.connect(lambda: self.client.ask(Pause))
        tasks.resume_asked.connect(lambda: self.client.ask(Resume))
        tasks.cancel_asked.connect(lambda: self.client.ask(Cancel))

    # --- what the worker says

    @Slot(object)
    def _take_event(self, event: Event) -> None:
        match event:
            case Ready():
                self._open_library()
                self.models.refresh()
            case Progress():
                self._set_busy(True)
                self.window.tasks.show_progress(event)
                self.models.note_progress(event)
            case LibraryChanged():
                self.reader.refresh()
            case JobEnded(_, report):
                self.window.tasks.job_ended()
                self._set_busy(False)
                self.reader.refresh()
                self.models.job_ended(report)
                if report is not None:
                    self.window.tasks.show_message(report_text(report))
            case Models():
                self.models.take(event)
            case Failed(_, title, remedy):
                self.window.banner.tell(title, remedy)

    def _open_library(self) -> None:
        try:
            self.reader.open()
        except UserError as error:
            self.window.banner.tell(error.title, error.remedy)
        else:
            self.loader.open(self.reader.photos, self.reader.thumbnail)

    def _set_busy(self, busy: bool) -> None:
        if busy != self._busy:
            self._busy = busy
            self.show_right_page()

    @Slot(str, str)
    def _give_up(self, title: str, remedy: str) -> None:
        self.window.tasks.job_ended()
        self.window.banner.tell(title, remedy)

    # --- which page is on screen

    @Slot()
    def show_right_page(self) -> None:
        """Show the page that fits what goes on."""
        window = self.window
        page: QWidget = window.browsing
        folders = self.browse.overview.folders if self.browse.overview is not None else None
        answer = self.search.answer
        window.search.setVisible(self._aside is None and folders != ())
        if self._aside is not None:
            page = self._aside
        elif answer is not None:
            page = window.found
            if not answer.hits:
                window.notice.tell("Nothing found", "There are no photos to compare with here yet.")
                page = window.notice
        elif folders == ():
            page = window.welcome
        elif (notice := self.browse.empty_notice(busy=self._busy)) is not None:
            window.notice.tell(*notice)
            page = window.notice
        window.show_page(page)
        self._count_chosen()

    @Slot()
    def step_out(self) -> None:
        """Esc: leave the preview, or the list of failures, or the search, or drop the choice."""
        if self.window.preview.isVisible():
            self.window.preview.leave()
        elif self._aside is not None:
            self.close_aside()
        elif self.search.searching.is_on:
            self.search.searching.clear()
        else:
            self.window.shown_gallery().grid.clearSelection()

    @Slot()
    def open_failures(self) -> None:
        """List what could not be read."""
        self.preview.close()
        self._aside = self.window.failures
        self._read_failures()
        self.show_right_page()

    @Slot()
    def open_models(self) -> None:
        """List the backbones."""
        self.preview.close()
        self._aside = self.window.models
        self.models.refresh(measure=True)
        self.show_right_page()

    @Slot()
    def close_aside(self) -> None:
        """Back to the photos."""
        self._aside = None
        self.show_right_page()

    def _read_failures(self) -> None:
        def then(failures: tuple[Failure, ...]) -> None:
            self.window.failures.show_failures(failures)

        self.off_thread.run(self.reader.failures, then, self.bugs.report)

    @Slot()
    def _library_shown(self) -> None:
        if self._aside is self.window.failures:
            self._read_failures()
        if self.browse.overview is not None:
            self.models.set_photos(self.browse.overview.counts.photos)
        self.show_right_page()

    @Slot()
    def _browse_again(self) -> None:
        self._aside = None
        if self.search.searching.is_on:
            self.search.searching.clear()
        self.show_right_page()

    # --- verbs

    def _gallery_on_screen(self) -> bool:
        return self.window.pages.currentWidget() in (self.window.browsing, self.window.found)

    @Slot()
    def _count_chosen(self) -> None:
        if self.window.preview.photo is not None:
            self.actions.enable(1)
        elif self._gallery_on_screen():
            self.actions.enable(self.window.shown_gallery().chosen_count())
        else:
            self.actions.enable(0)

    @Slot()
    def _similar_verb(self) -> None:
        if self.window.preview.isVisible():
            self.window.preview.ask_similar()
        else:
            self._find_similar()

    @Slot()
    def _find_similar(self) -> None:
        photos = self.targets()
        self.preview.close()
        self.search.look_for_photos(photos)

    @Slot(object)
    def _find_part(self, part: Region) -> None:
        photos = self.targets()
        self.preview.close()
        self.search.look_for_photos(photos, region=part)

    @Slot(int)
    def _find_similar_to_row(self, row: int) -> None:
        photo = self.window.shown_gallery().photo_at(row)
        if photo is not None:
            self.search.look_for_photos([photo])

    @Slot()
    def _add_to_search(self) -> None:
        self.search.look_for_photos(self.targets(), add=True)

    @Slot(object, bool)
    def _look_for_files(self, paths: tuple[Path, ...], add: bool) -> None:
        self.preview.close()
        self._aside = None
        self.search.look_for_files(paths, add)

    @Slot()
    def _open_large(self) -> None:
        rows = self.window.shown_gallery().chosen_rows()
        if rows:
            self.preview.open(rows[0])
            self._count_chosen()

    @Slot(QPoint)
    def _open_menu(self, point: QPoint) -> None:
        self.actions.menu().popup(point)

    @Slot()
    def _drag_out(self) -> None:
        gallery = self.window.shown_gallery()
        photos = gallery.chosen_photos()
        if not photos:
            return
        drag = QDrag(gallery.grid)
        drag.setMimeData(files_as_mime(photos))
        picture = self.loader.picture(photos[0])
        if picture is not None:
            small = picture.scaledToWidth(min(120, picture.width()), Qt.TransformationMode.SmoothTransformation)
            drag.setPixmap(small)
        drag.exec(Qt.DropAction.CopyAction)

    @Slot(int)
    def _after_trash(self, count: int) -> None:
        if count:
            self.preview.close()
            self.browse.rescan()

    @Slot()
    def _retry_failures(self) -> None:
        self.client.ask(lambda number: Rescan(number, retry=True))

    @Slot(object)
    def _show_file(self, path: Path) -> None:
        def then(shown: bool) -> None:
            if not shown:
                try:
                    open_folder_of(path)
                except UserError as error:
                    failed(error)

        def failed(error: Exception) -> None:
            if isinstance(error, UserError):
                self.window.banner.tell(error.title, error.remedy)
            else:
                self.bugs.report(error)

        self.off_thread.run(lambda: show_in_file_manager(path), then, failed)
