"""Joins the window's views to the worker and the library."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Slot

from guie_desktop.domain import Photo, Region
from guie_desktop.errors import UserError
from guie_desktop.gui.browse_flow import BrowseFlow
from guie_desktop.gui.drag_out import drag_out
from guie_desktop.gui.error_dialog import BugReporter
from guie_desktop.gui.failure_flow import FailureFlow
from guie_desktop.gui.intake import Intake
from guie_desktop.gui.missing_pictures import MissingPictures
from guie_desktop.gui.model_flow import ModelFlow
from guie_desktop.gui.models.library import LibraryReader
from guie_desktop.gui.models.tile_loader import TileLoader
from guie_desktop.gui.off_thread import OffThread
from guie_desktop.gui.page_flow import PageFlow
from guie_desktop.gui.photo_actions import PhotoActions
from guie_desktop.gui.pictures import Pictures
from guie_desktop.gui.preview_flow import PreviewFlow
from guie_desktop.gui.progress_text import counted, report_text
from guie_desktop.gui.search_flow import SearchFlow
from guie_desktop.gui.teaching import Teaching
from guie_desktop.gui.views.gallery import Gallery
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
        self.actions = PhotoActions(self.window, self.target_ids, self.reader, self.pictures, self.off_thread)
        self.browse = BrowseFlow(self.window, self.client, self.reader, self.loader)
        self.search = SearchFlow(self.window, self.client, self.reader, self.off_thread, settings.sort)
        self.preview = PreviewFlow(self.window, self.loader)
        self.pages = PageFlow(self.window, self.browse, self.search, self.preview)
        self.failures = FailureFlow(self.window, self.client, self.reader, self.off_thread)
        self.teaching = Teaching(
            self.window,
            self.client,
            self.reader,
            self.off_thread,
            browse=self.browse,
            search=self.search,
            preview=self.preview,
            pages=self.pages,
            target_ids=self.target_ids,
        )
        self.models = ModelFlow(self.window, self.client, offered=settings.models_offered)
        self._tell_failures()
        self._connect_views()
        self._connect_worker()
        self.pages.show_right_page()

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
        """The photos to look for; none, and a sentence, where they are more than a search takes."""
        seen = self.window.preview.photo
        if seen is not None:
            return [seen]
        gallery = self.window.shown_gallery()
        if not self.pages.shows_photos or self.search.is_too_many(gallery.chosen_count()):
            return []
        return gallery.chosen_photos()

    def target_ids(self) -> tuple[int, ...]:
        """The photos that a verb acts on, however many, by id."""
        seen = self.window.preview.photo
        if seen is not None:
            return (seen.id,)
        return self.window.shown_gallery().chosen_ids() if self.pages.shows_photos else ()

    # --- joining

    def _tell_failures(self) -> None:
        readers, pages = (self.reader, self.loader), (self.browse, self.search, self.failures, self.models)
        for flow in (*readers, *pages, self.intake, self.actions, *self.teaching.flows):
            flow.failed.connect(self.window.banner.tell)
            flow.bug.connect(self.bugs.report)
        self.client.gave_up.connect(self._give_up)
        self.client.restarted.connect(self.window.tasks.show_message)

    def _connect_views(self) -> None:
        window = self.window
        window.choose_photos.triggered.connect(self.intake.choose_photos)
        window.choose_folder.triggered.connect(self.intake.choose_folder)
        window.paste.triggered.connect(self.intake.paste)
        window.search.files_asked.connect(self.intake.choose_photos)
        window.search.add_asked.connect(self.intake.choose_more_photos)
        window.search.paste_asked.connect(self.intake.paste)
        window.sidebar.folders.add_asked.connect(self.intake.choose_folder)
        window.sidebar.failures_asked.connect(self.open_failures)
        window.welcome.add_asked.connect(self.intake.choose_folder)
        window.welcome.pictures_asked.connect(lambda folder: self.browse.add_folders((folder,)))
        window.failures.closed.connect(self.pages.close_aside)
        window.models.closed.connect(self.pages.close_aside)
        window.choose_model.triggered.connect(self.open_models)
        for gallery in window.galleries:
            gallery.chosen_changed.connect(self._count_chosen)
            gallery.similar_asked.connect(partial(self._find_similar_to_row, gallery))
            gallery.menu_asked.connect(self._open_menu)
            gallery.drag_asked.connect(
                partial(drag_out, gallery, self.loader, partial(window.tasks.tell_deed, undo=False))
            )
        window.preview.similar_asked.connect(self._find_similar)
        window.preview.part_asked.connect(self._find_part)
        window.preview.menu_asked.connect(self._open_menu)
        self.actions.similar_asked.connect(self._similar_verb)
        self.actions.more_asked.connect(self._add_to_search)
        self.actions.large_asked.connect(self._open_large)
        self.actions.trashed.connect(self._after_trash)
        self.actions.outdated.connect(self.browse.rescan)
        self.browse.shown.connect(self._library_shown)
        self.pages.shown.connect(self._count_chosen)
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
        self.teaching.take(event)
        match event:
            case Ready(_, model):
                self._open_library()
                self.models.refresh()
                self.teaching.ready(model)
            case Progress():
                self.pages.set_busy(True)
                self.window.tasks.show_progress(event)
                self.models.note_progress(event)
            case LibraryChanged():
                self.reader.refresh()
            case JobEnded(_, report):
                self.window.tasks.job_ended()
                self.pages.set_busy(False)
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

    @Slot(str, str)
    def _give_up(self, title: str, remedy: str) -> None:
        self.window.tasks.job_ended()
        self.window.banner.tell(title, remedy)

    # --- pages that lie over the photos

    @Slot()
    def open_failures(self) -> None:
        """List what could not be read."""
        self.failures.read()
        self.pages.open_aside(self.window.failures)

    @Slot()
    def open_models(self) -> None:
        """List the backbones."""
        self.models.refresh(measure=True)
        self.pages.open_aside(self.window.models)

    @Slot()
    def _library_shown(self) -> None:
        if self.pages.is_open(self.window.failures):
            self.failures.read()
        if self.browse.overview is not None:
            self.models.set_photos(self.browse.overview.counts.photos)
            self.teaching.library_shown(self.browse.overview)
        self.preview.follow()  # the photo that was looked at may have left the album
        self.pages.show_right_page()

    # --- verbs

    @Slot()
    def _count_chosen(self) -> None:
        chosen = 0
        if self.window.preview.photo is not None:
            chosen = 1
        elif self.pages.shows_photos:
            chosen = self.window.shown_gallery().chosen_count()
        self.actions.enable(chosen, in_album=self.teaching.album is not None)
        self.teaching.count_chosen(chosen)

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
        self.pages.close_asides()
        self.search.look_for_photos(photos)

    @Slot(object)
    def _find_part(self, part: Region) -> None:
        photos = self.targets()
        self.preview.close()
        self.pages.close_asides()
        self.search.look_for_photos(photos, region=part)

    def _find_similar_to_row(self, gallery: Gallery, row: int) -> None:
        photo = gallery.photo_at(row)
        if photo is not None:
            self.pages.close_asides()
            self.search.look_for_photos([photo])

    @Slot()
    def _add_to_search(self) -> None:
        self.search.look_for_photos(self.targets(), add=True)

    @Slot(object, bool)
    def _look_for_files(self, paths: tuple[Path, ...], add: bool) -> None:
        self.preview.close()
        self.pages.close_asides()
        self.search.look_for_files(paths, add)

    @Slot()
    def _open_large(self) -> None:
        gallery = self.window.shown_gallery()
        if rows := gallery.chosen_rows():
            self.preview.open(gallery, rows[0])
            self._count_chosen()

    @Slot(QPoint)
    def _open_menu(self, point: QPoint) -> None:
        menu = self.actions.menu()
        self.teaching.put_into(menu, before=self.actions.open)
        menu.popup(point)

    @Slot(int)
    def _after_trash(self, count: int) -> None:
        self.preview.close()
        photos = counted(count, "photo")
        way_back = f"This cannot be undone here: get {photos} back from your desktop's trash."
        self.teaching.undo.note_final(f"{photos} moved to the trash.", way_back)
