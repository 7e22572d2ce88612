"""All that has to do with learning from albums, put together."""

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from guie_desktop.gui.backend.overview import Overview
from guie_desktop.gui.backend.services import Services
from guie_desktop.gui.learning.comparison_controller import ComparisonController
from guie_desktop.gui.learning.comparison_view import ComparisonView
from guie_desktop.gui.learning.controller import LearningController
from guie_desktop.gui.learning.heads_controller import HeadsController
from guie_desktop.gui.learning.learn_area import LearnArea
from guie_desktop.gui.learning.wording import headline, training_summary
from guie_desktop.gui.photos.tile_loader import TileLoader
from guie_desktop.gui.search.controller import SearchController
from guie_desktop.gui.search.ranking_line import RankingLine
from guie_desktop.gui.widgets.offer import Offer
from guie_desktop.learned import LearningReport
from guie_desktop.messages import Models, Ready

if TYPE_CHECKING:
    from guie_desktop.gui.learning.heads_page import HeadsPage
    from guie_desktop.gui.learning.report_page import ReportPage


class Learning(QObject):
    """Makes the parts, and leads from what was learned to its report and its versions.

    Their pages are loaded and made when they are opened first.
    """

    page_made = Signal(object, object)
    """A page that is to lie over the photos when it asks for it, and the galleries on it."""

    def __init__(
        self,
        area: LearnArea,
        comparison: ComparisonView,
        ranking: RankingLine,
        *,
        search: SearchController,
        loader: TileLoader,
        services: Services,
        news: Offer,
        say: Callable[[str], None],
    ) -> None:
        """`news` tells that learning ended, and leads to its report; `say` tells the user something in passing."""
        super().__init__(area)
        self._learned: LearningReport | None = None
        """What came of learning last."""
        self._model = ""
        """The backbone in use; each has heads of its own."""
        self._loader = loader
        client = services.client
        self.controller = LearningController(area, client, services.reporter)
        self.heads = HeadsController(area, services, say)
        self.comparison = ComparisonController(comparison, ranking, search, self.heads, services)
        self.news = news
        self.controller.begun.connect(self.heads.note_learning)
        self.controller.learned.connect(self.heads.note_learned)
        self.controller.learned.connect(self._tell_learned)
        news.accepted.connect(self._open_learned)
        self.controller.begun.connect(news.dismiss)
        self.heads.report_read.connect(self._show_report)
        self.heads.changed.connect(search.state.repeat)
        area.versions_asked.connect(self.open_versions)
        client.on(Ready, lambda ready: self._note_model(ready.model))
        client.on(Models, self._note_models)

    @cached_property
    def report(self) -> "ReportPage":
        """What came of learning."""
        from guie_desktop.gui.learning.report_page import ReportPage

        page, heads = ReportPage(self._loader), self.heads
        page.use_asked.connect(heads.use)
        page.general_asked.connect(heads.use_general)
        page.export_asked.connect(heads.export_by_id)
        page.versions_asked.connect(self.open_versions)
        heads.use_told.connect(page.show_use)
        self.page_made.emit(page, (page.strip,))
        return page

    @cached_property
    def versions(self) -> "HeadsPage":
        """All that was learned so far."""
        from guie_desktop.gui.learning.heads_page import HeadsPage

        page, heads = HeadsPage(), self.heads
        page.use_asked.connect(heads.use)
        page.report_asked.connect(heads.read_report)
        page.export_asked.connect(heads.export)
        page.import_asked.connect(heads.choose_import)
        heads.told.connect(page.show_heads)
        page.show_heads(heads.heads)
        self.page_made.emit(page, ())
        return page

    @Slot(object)
    def show_library(self, overview: Overview) -> None:
        """The library was read again."""
        self.controller.show_albums(overview.albums)

    @Slot()
    def open_versions(self) -> None:
        """Show the page of versions."""
        self.heads.refresh(is_looked_at=True)
        self.versions.open_asked.emit()

    def _note_model(self, name: str) -> None:
        self._model = name
        self.heads.refresh()

    def _note_models(self, models: Models) -> None:
        in_use = next((model for model in models.models if model.in_use), None)
        if in_use is not None and in_use.name != self._model:
            self._note_model(in_use.name)

    @Slot(object)
    def _tell_learned(self, report: LearningReport) -> None:
        """Nobody is taken away from what he is at: the report is there to be looked at."""
        self._learned = report
        self.news.tell(headline(report), training_summary(report))

    @Slot()
    def _open_learned(self) -> None:
        if self._learned is not None:
            self._show_report(self._learned)

    @Slot(object)
    def _show_report(self, report: LearningReport) -> None:
        self.report.show_report(report)
        self.heads.show_use()
        self.report.open_asked.emit()
