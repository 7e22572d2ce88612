"""All that has to do with sorting photos into albums, put together."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QMenu, QWidget

from guie_desktop.domain import Verdict
from guie_desktop.gui.albums.actions import AlbumActions
from guie_desktop.gui.albums.album_list import AlbumList
from guie_desktop.gui.albums.controller import AlbumsController
from guie_desktop.gui.albums.hit_verdicts import HitVerdicts
from guie_desktop.gui.albums.outside_files import OutsideFiles
from guie_desktop.gui.albums.suggestions_controller import SuggestionsController
from guie_desktop.gui.albums.suggestions_view import SuggestionsView
from guie_desktop.gui.albums.verdicts import Verdicts
from guie_desktop.gui.backend.overview import Overview
from guie_desktop.gui.backend.services import Services
from guie_desktop.gui.photos.actions import PhotoActions
from guie_desktop.gui.photos.gallery import Gallery
from guie_desktop.gui.photos.selection import Selection
from guie_desktop.gui.search.ranking_line import RankingLine
from guie_desktop.gui.search.state import SearchState


class Albums(QObject):
    """Makes the parts and takes Y and N to the one that they are meant for."""

    answered = Signal()
    """Y or N was taken; the photos on screen may be others now."""

    def __init__(
        self,
        window: QWidget,
        lines: AlbumList,
        suggestions: SuggestionsView,
        *,
        ranking: RankingLine,
        hit_galleries: Sequence[Gallery],
        photo_actions: PhotoActions,
        selection: Selection,
        search: SearchState,
        services: Services,
    ) -> None:
        super().__init__(lines)
        self._selection, self._photo_actions = selection, photo_actions
        self.verdicts = Verdicts(services, self)
        self.controller = AlbumsController(lines, self.verdicts, services)
        self.outside_files = OutsideFiles(window, services, self.controller.put)
        lines.files_dropped.connect(self.outside_files.take)
        self.actions = AlbumActions(window, self.controller, self.verdicts, selection)
        self.suggestions = SuggestionsController(suggestions, self.verdicts, services)
        self.hits = HitVerdicts(
            ranking, hit_galleries, search, albums=self.controller, verdicts=self.verdicts, services=services
        )
        self.actions.verdict_given.connect(self._give_verdict)
        photo_actions.menu_made.connect(self._extend_menu)

    @Slot(object)
    def show_library(self, overview: Overview) -> None:
        """The library was read again."""
        self.controller.show(overview.albums)
        self.hits.look_up()
        self.suggestions.show_library()

    @Slot(object)
    def _extend_menu(self, menu: QMenu) -> None:
        self.actions.put_into(menu, before=self._photo_actions.open)

    @Slot(str)
    def _give_verdict(self, verdict: Verdict) -> None:
        gallery, album, photos = self._selection.gallery, self._selection.album, self._selection.ids()
        if self.hits.speaks_of(gallery):
            self.hits.decide(gallery, photos, verdict)
        elif album is not None and photos:
            self.verdicts.decide(album, photos, verdict)
        elif self.suggestions.asks:
            self.suggestions.decide(verdict)
        self.answered.emit()
