"""Joins all that has to do with albums: sorting photos, yes and no, learning, and what was learned."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from guie_desktop.domain import Album, LearningReport, ModelState, Verdict
from guie_desktop.gui.album_actions import AlbumActions
from guie_desktop.gui.album_flow import AlbumFlow
from guie_desktop.gui.browse_flow import BrowseFlow
from guie_desktop.gui.compare_flow import CompareFlow
from guie_desktop.gui.decisions import Decisions
from guie_desktop.gui.flow import Flow
from guie_desktop.gui.head_flow import HeadFlow
from guie_desktop.gui.hit_verdicts import HitVerdicts
from guie_desktop.gui.learn_flow import LearnFlow
from guie_desktop.gui.models.library import LibraryReader, Overview
from guie_desktop.gui.off_thread import OffThread
from guie_desktop.gui.page_flow import PageFlow
from guie_desktop.gui.preview_flow import PreviewFlow
from guie_desktop.gui.search_flow import SearchFlow
from guie_desktop.gui.suggest_flow import SuggestFlow
from guie_desktop.gui.undo import Undo
from guie_desktop.gui.verdict_keys import VerdictKeys
from guie_desktop.gui.window import MainWindow
from guie_desktop.gui.worker_client import WorkerClient
from guie_desktop.messages import Event, Heads, JobEnded, Models


class Teaching(QObject):
    """Makes the parts by which the user tells the program what he means, and holds them."""

    def __init__(
        self,
        window: MainWindow,
        client: WorkerClient,
        reader: LibraryReader,
        off_thread: OffThread,
        *,
        browse: BrowseFlow,
        search: SearchFlow,
        preview: PreviewFlow,
        pages: PageFlow,
        target_ids: Callable[[], tuple[int, ...]],
    ) -> None:
        super().__init__(window)
        self._window, self._browse, self._preview, self._search, self._pages = window, browse, preview, search, pages
        self._model = ""
        self.undo = Undo(self)
        self.decisions = Decisions(client, reader, self.undo, self)
        self.albums = AlbumFlow(window, client, reader, off_thread, decisions=self.decisions, undo=self.undo)
        self.actions = AlbumActions(window, self.albums, self.decisions, target_ids)
        self.suggest = SuggestFlow(window, client, self.decisions)
        self.verdicts = HitVerdicts(window, reader, off_thread, search, albums=self.albums, decisions=self.decisions)
        self.keys = VerdictKeys(window)
        self.learning = LearnFlow(window, client)
        self.heads = HeadFlow(window, client)
        self.comparing = CompareFlow(window, client, search, pages, self.heads)
        self.flows: tuple[Flow, ...] = (
            self.decisions,
            self.albums,
            self.verdicts,
            self.learning,
            self.heads,
            self.comparing,
        )
        self.keys.given.connect(self._give_verdict)
        self.suggest.left.connect(window.focus_page)
        self.undo.told.connect(window.tasks.tell_deed)
        window.undo.triggered.connect(self.undo.take_back)
        window.tasks.undo_asked.connect(self.undo.take_back)
        pages.shown.connect(self._page_shown)
        for page in (window.report, window.heads):
            page.closed.connect(pages.close_aside)
        for source in (self.learning.learned, self.heads.report_read):
            source.connect(self._show_report)
        for asked in (window.sidebar.learn.versions_asked, window.report.versions_asked):
            asked.connect(self._open_heads)
        self.heads.changed.connect(self._rank_again)

    def ready(self, model: str) -> None:
        """The worker answers from now on; each model has heads of its own."""
        self._model = model
        self.heads.refresh()

    def take(self, event: Event) -> None:
        """News of the worker."""
        self.learning.take(event)
        match event:
            case Heads():
                self.heads.take(event)
            case Models(_, (ModelState(name=name, in_use=True), *_)) if name != self._model:
                self.ready(name)
            case JobEnded():
                self.suggest.look_again()

    def library_shown(self, overview: Overview) -> None:
        """The library was read again."""
        self.albums.show(overview.albums)
        self.learning.show_albums(overview.albums)
        self._search.show_scopes(overview.folders, overview.albums)
        self.verdicts.look_up()

    @property
    def album(self) -> Album | None:
        """The album whose photos a verb acts on; None where photos of all kinds are on screen."""
        return self._browse.album if self._window.shown_gallery() is self._window.browsing else None

    def count_chosen(self, chosen: int) -> None:
        """Offer what makes sense for so many photos."""
        self.actions.enable(chosen, self.album)

    def put_into(self, menu: QMenu, before: QAction) -> None:
        """Put what can be done with albums into the menu of the photos."""
        self.actions.put_into(menu, before)

    @Slot()
    def _page_shown(self) -> None:
        browsing = self._window.pages.currentWidget() is self._window.browsing
        self.suggest.look_at(self._browse.album if browsing else None)

    @Slot(object)
    def _show_report(self, report: LearningReport) -> None:
        self._window.report.show_report(report)
        self.heads.show_use()
        self._pages.open_aside(self._window.report)

    @Slot()
    def _open_heads(self) -> None:
        self.heads.refresh()
        self._pages.open_aside(self._window.heads)

    @Slot()
    def _rank_again(self) -> None:
        self._search.searching.repeat()
        self.suggest.start_again()

    @Slot(str)
    def _give_verdict(self, verdict: Verdict) -> None:
        gallery = self._preview.gallery or self._window.shown_gallery()
        album = self._browse.album
        if gallery in self._window.hit_galleries:
            self.verdicts.decide(gallery, verdict)
        elif gallery is self._window.browsing and album is not None and gallery.chosen_count():
            self.decisions.decide(album, gallery.chosen_ids(), verdict)
        elif self.suggest.asks:
            self.suggest.decide(verdict)
        self._preview.follow()
