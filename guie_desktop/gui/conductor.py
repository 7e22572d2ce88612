"""Makes the features of a window on one library, hands each its views, and joins them."""

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Slot

from guie_desktop.domain import Place
from guie_desktop.gui.albums.feature import Albums
from guie_desktop.gui.backbones.controller import BackbonesController
from guie_desktop.gui.backbones.page import ModelsPage
from guie_desktop.gui.backend.background import BackgroundRunner
from guie_desktop.gui.backend.failure_reporter import READING, WITHOUT_WORKER, FailureReporter, Help
from guie_desktop.gui.backend.library_reader import LibraryReader
from guie_desktop.gui.backend.pictures import Pictures
from guie_desktop.gui.backend.services import Services
from guie_desktop.gui.backend.undo import Undo
from guie_desktop.gui.backend.worker_client import WorkerClient
from guie_desktop.gui.backend.worker_link import Launch, Launched
from guie_desktop.gui.browsing.controller import BrowsingController
from guie_desktop.gui.browsing.name_finding import NameFinding
from guie_desktop.gui.desktop.file_names import readable_path
from guie_desktop.gui.filing.feature import Filing
from guie_desktop.gui.filters.controller import FiltersController
from guie_desktop.gui.learning.feature import Learning
from guie_desktop.gui.photos.actions import PhotoActions
from guie_desktop.gui.photos.checked_files import LEFT_ALONE
from guie_desktop.gui.photos.missing_pictures import MissingPictures
from guie_desktop.gui.photos.selection import Selection
from guie_desktop.gui.photos.selection_bar_controller import SelectionBarController
from guie_desktop.gui.photos.stacking import Stacking
from guie_desktop.gui.photos.tile_loader import TileLoader
from guie_desktop.gui.preview.actions import PreviewActions
from guie_desktop.gui.preview.compare_controller import CompareController
from guie_desktop.gui.preview.controller import PreviewController
from guie_desktop.gui.search.controller import SearchController
from guie_desktop.gui.search.intake import Intake
from guie_desktop.gui.shell.album_actions import offer_album_actions
from guie_desktop.gui.shell.asking import join_asking
from guie_desktop.gui.shell.error_dialog import BugReporter
from guie_desktop.gui.shell.first_steps import join_first_steps
from guie_desktop.gui.shell.ground_menus import offer_ground_menus
from guie_desktop.gui.shell.inside_menus import offer_looking_inside
from guie_desktop.gui.shell.kept_view import KeptView
from guie_desktop.gui.shell.menus import Menus
from guie_desktop.gui.shell.navigation import Navigation
from guie_desktop.gui.shell.reporting import offer_ways_out
from guie_desktop.gui.shell.screens import Screens
from guie_desktop.gui.shell.task_controller import TaskController
from guie_desktop.gui.shell.window import MainWindow
from guie_desktop.gui.widgets.actions import make_action
from guie_desktop.language import number_text, tr
from guie_desktop.messages import Failed, JobEnded
from guie_desktop.paths import LibraryPaths
from guie_desktop.settings import Settings


class Conductor(QObject):
    """Holds all parts of a window."""

    def __init__(
        self,
        paths: LibraryPaths,
        launch: Launch,
        settings: Settings,
        pictures_folder: Path | None,
        *,
        worker: Launched | None = None,
    ) -> None:
        """Where the `worker` was not started already, `start` does it."""
        super().__init__()
        self._folder = paths.root
        self.reporter, self.undo, self.background = FailureReporter(self), Undo(self), BackgroundRunner(self)
        self.client = client = WorkerClient(launch, paths, self, first=worker)
        self.reader = reader = LibraryReader(paths, client, self.background, self.reporter, self)
        pictures = Pictures(client, reader, self.background, self)
        self.loader = loader = TileLoader(self.reporter, self)
        reader.opened.connect(lambda: loader.open(reader.photos, reader.picture))
        self.missing = MissingPictures(client, loader, self)
        self.window = window = MainWindow(pictures, loader, settings.tile_size, pictures_folder)
        self.bugs = BugReporter(window)
        self.tasks = TaskController(window.status.tasks, client)
        self.selection = selection = Selection(window.shown_gallery, self)
        services = Services(client, reader, pictures, self.background, self.reporter, self.undo)
        self.reporting = offer_ways_out(paths, window, window.banner, services)
        panel, sidebar, offered = window.search, window.sidebar, settings.models_offered
        ranking, say, view = panel.results.ranking, window.status.tasks.show_message, window.browsing

        # Each feature: its views, then what it needs besides.
        self.intake = Intake(window, paths.pasted, services)
        self.actions = PhotoActions(window, selection, services)
        self.browsing = BrowsingController(window.browsing, sidebar.folders, loader, services)
        self.filters = FiltersController(window, panel.filter_button, window.filters, services)
        self.names = NameFinding(window, window.browsing, lambda: self.browsing.place, services)
        make_action(window, "Photos", tr("Choose all photos of this date"), view.choose_date, keys=("Ctrl+D",))
        self.stacking = Stacking(window, view, window.found, selection, reader, folds=settings.stacked)
        self.search = SearchController(panel, window.found, selection, services, sort=settings.sort)
        self.preview = PreviewController(window.preview, selection, loader, services, settings.slide_seconds)
        self.compare = CompareController(window, window.compare, selection, loader)
        PreviewActions(window, window.preview, self.preview)
        window.preview.show_strip(settings.film_strip)
        window.preview.show_info(settings.photo_info)
        self._watching = self.selection, self.actions, self.search, self.preview
        self.learning = Learning(
            sidebar.learn,
            window.comparison,
            ranking,
            search=self.search,
            loader=loader,
            services=services,
            say=say,
            news=window.learned,
        )
        self.albums = Albums(
            window,
            sidebar.albums,
            window.suggestions,
            ranking=ranking,
            hit_galleries=window.hit_galleries,
            photo_actions=self.actions,
            selection=selection,
            search=self.search.state,
            services=services,
        )
        self.filing = Filing(
            window,
            self.actions,
            selection=selection,
            searched=lambda: self.search.state.question.title,
            settings=settings,
            services=services,
        )
        self.selection_bar = SelectionBarController(window.selection_bar, self.actions, selection, loader, services)
        offer_ground_menus(window, self.selection_bar.mark_actions)
        compared = self.learning.comparison
        self.navigation = Navigation(
            window, self.browsing, self.search, self.preview, compared, compare=self.compare, services=services
        )
        self.parts = offer_looking_inside(window, services)
        self.backbones = BackbonesController(ModelsPage(), window.offer, services, say, offered=offered)
        self.screens = Screens(
            window,
            self.navigation,
            self.browsing,
            services,
            loader=loader,
            settings=settings,
            paths=paths,
            parts=self.parts,
            backbones=self.backbones,
            trashing=self.actions.trashing,
            watching=self._watching,
            albums=self.albums.controller,
            search=self.search,
            selection=selection,
        )
        self.screens.add(self.backbones)
        self._join_features(services, settings)
        self._join_window()
        offer_album_actions(window, self.learning.open_versions)
        self.menus = Menus(window, sidebar.menu_button, bar=settings.menu_bar)
        self.view = KeptView(paths.root, window, self.browsing, self.search, self.filters, to=services)
        self.view.take_up(settings)
        self.navigation.begin(is_new=not paths.has_library)

    def start(self) -> None:
        """Show what is known, and start the worker; the rest follows from its events."""
        self.reader.begin()
        self.client.start()

    def close(self) -> None:
        """End threads and worker."""
        self.loader.close()
        self.background.close()
        self.client.close()
        self.reader.keep_read()
        self.reader.close()

    def settings(self) -> Settings:
        """What to remember."""
        view = self.window.preview
        settings = replace(
            self.window.settings(),
            film_strip=view.tools.strip.isChecked(),
            photo_info=view.tools.info.isChecked(),
            slide_seconds=self.preview.slides.seconds,
            menu_bar=self.menus.bar.isChecked(),
            models_offered=self.backbones.offered,
        )
        settings = self.stacking.remember(self.view.remember(self.welcome.remember(settings)))
        return self.screens.remember(self.filing.remember(settings))

    def tell_about(self) -> None:
        """What the program is, and what it works on."""
        overview, model = self.browsing.overview, self.window.status.model_button.text()
        facts = {
            tr("Library"): readable_path(self._folder),
            tr("Photos"): number_text(overview.counts.photos) if overview is not None else tr("not read yet"),
            tr("Model"): model or tr("none yet"),
        }
        self.reporting.tell_about(facts)

    def _show_album(self, album_id: int) -> None:
        self.preview.close()
        self.window.sidebar.go_to(Place(album_id=album_id))

    def _join_features(self, services: Services, settings: Settings) -> None:
        self.window.selection_bar.offer(self.albums.actions.add, "album")
        self.saved = join_asking(self.window, self.search, self.filters, self.browsing, services)
        self.welcome = join_first_steps(
            self.window, self.browsing, self.search.state, self.backbones, services, settings=settings
        )
        self.learning.page_made.connect(self.screens.add_page)
        for gallery in self.window.galleries:
            for feature in self._watching:
                feature.watch(gallery)
        for part in (self.window, self.filters, self.search, self.albums, self.learning, self.welcome, self.navigation):
            self.browsing.shown.connect(part.show_library)  # in this order: the page that fits comes last
        self.window.sidebar.albums.similar_asked.connect(self.search.look_for_album)
        self.intake.photos_came.connect(self.search.look_for_files)
        self.intake.folders_came.connect(self.browsing.add_folders)
        self.actions.similar.triggered.connect(self.search.find_similar)
        self.actions.more.triggered.connect(self.search.add_chosen)
        self.actions.large.triggered.connect(self.preview.open_chosen)
        self.actions.trashed.connect(self.preview.close)
        self.actions.menu_made.connect(self.compare.add_to_menu)
        self.filing.moves.moved.connect(self.preview.close)
        self.actions.outdated.connect(self.browsing.rescan)
        self.albums.answered.connect(self.preview.follow)
        self.learning.controller.begun.connect(self.window.status.tasks.end_message)  # it is wanted for the progress
        self.learning.heads.changed.connect(self.albums.suggestions.start_again)
        self.navigation.shown.connect(self.albums.suggestions.look_at)
        self.navigation.shown.connect(self.selection.changed)  # what is not on screen is not meant
        self.navigation.shown.connect(self.welcome.look)
        self.albums.suggestions.left.connect(self.window.focus_page)
        self.tasks.busy_changed.connect(self.navigation.set_busy)
        self.tasks.percent_changed.connect(self.window.show_percent)
        self.tasks.unsearchable_changed.connect(self.window.search.results.show_unsearchable)
        self.window.sidebar.folders.albums_asked.connect(self.albums.controller.ask_to_import)

    def _join_window(self) -> None:
        window, client = self.window, self.client
        client.on(JobEnded, self._note_end)
        client.refused.connect(self.reporter.tell)
        self.reporter.follow(self.undo)
        client.told.connect(self._tell_news)
        client.gave_up.connect(self.reporter.tell)
        self.reporter.failed.connect(self._tell_failure)
        self.reporter.over.connect(window.banner.retract)
        self.browsing.came_back.connect(partial(window.banner.retract, LEFT_ALONE))
        self.reporter.bug.connect(self.bugs.report)
        self.undo.told.connect(window.status.tasks.tell_done)
        self.undo.changed.connect(self._name_undo)
        self._name_undo()
        self.backbones.in_use_changed.connect(window.show_model)
        window.drops.dropped.connect(self.intake.take)
        window.drops.own_dropped.connect(self.search.add_ids)
        window.sidebar.place_chosen.connect(self.browsing.browse)
        window.preview.similar_asked.connect(self.search.find_similar)
        window.preview.play_asked.connect(self.actions.open.trigger)
        for over in (window.preview, window.compare):
            over.menu_asked.connect(self.actions.open_menu)
        window.preview.info.album_asked.connect(self._show_album)
        window.search.add_asked.connect(self.intake.choose_more_photos)
        window.choose_photos.triggered.connect(self.intake.choose_photos)
        window.choose_folder.triggered.connect(self.intake.choose_folder)
        window.paste.triggered.connect(self.intake.paste)
        window.rescan.triggered.connect(self.browsing.rescan)
        window.check.triggered.connect(self.browsing.check)
        window.about.triggered.connect(self.tell_about)
        window.choose_model.triggered.connect(self.backbones.open)
        window.back.triggered.connect(self.search.state.go_back)
        window.forward.triggered.connect(self.search.state.go_forward)
        window.undo.triggered.connect(self.undo.take_back)
        window.redo.triggered.connect(self.undo.do_again)

    @Slot()
    def _name_undo(self) -> None:
        self.window.name_undo(self.undo.next_undo, self.undo.next_redo)

    @Slot(object)
    def _tell_news(self, failure: Failed) -> None:
        rescan = Help(tr("Look for changes"), self.browsing.rescan)
        self.reporter.refuse(failure, *((rescan, READING) if failure.of_reading else ()))

    def _note_end(self, ended: JobEnded) -> None:
        report = ended.report
        if report is not None:
            self.reporter.over.emit(READING)
        if report is not None and (report.added or report.changed or report.embedded):
            self.search.look_again()

    @Slot(str, str, object, str)
    def _tell_failure(self, title: str, remedy: str, way_out: Help | None, about: str) -> None:
        if self.client.has_given_up:  # whatever it is, nothing else helps
            way_out, about = Help(tr("Try again"), self.client.start), WITHOUT_WORKER
        helps = way_out or Help("", lambda: None)
        self.window.banner.tell(title, remedy, helps.words, helps.go, about)
