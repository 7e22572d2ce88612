"""Keeps the selection bar true: what is chosen is summed up in a thread, however many photos these are."""

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QMenu

from guie_desktop.domain import ChosenPhotos
from guie_desktop.gui.backend.services import Services
from guie_desktop.gui.photos.actions import PhotoActions
from guie_desktop.gui.photos.mark_actions import MarkActions
from guie_desktop.gui.photos.marks import Marks
from guie_desktop.gui.photos.selection import Selection
from guie_desktop.gui.photos.selection_bar import SelectionBar
from guie_desktop.gui.photos.tile_loader import TileLoader


class SelectionBarController(QObject):
    """Shows the bar while photos are chosen, and makes ratings and flags of what is clicked in it."""

    def __init__(
        self, bar: SelectionBar, actions: PhotoActions, selection: Selection, loader: TileLoader, services: Services
    ) -> None:
        super().__init__(bar)
        self._bar, self._actions, self._selection = bar, actions, selection
        self._reader, self._background, self._reporter = services.reader, services.background, services.reporter
        self._summing = self._again = False
        self.marks = marks = Marks(loader, services, self)
        self.mark_actions = MarkActions(bar.window(), marks, selection)
        bar.rated.connect(self.mark_actions.rate)
        bar.flag_asked.connect(self.mark_actions.toggle_flag)
        bar.none_asked.connect(self.mark_actions.choose_none.trigger)
        bar.menu_asked.connect(actions.open_menu)
        bar.offer(actions.similar, "similar")
        actions.menu_made.connect(self._extend_menu)
        selection.changed.connect(self.look)
        marks.changed.connect(self.look)
        services.reader.overview_read.connect(self.look)

    @Slot()
    def look(self) -> None:
        """What is chosen is other photos now, or the same with other marks; one look at a time."""
        if self._selection.count() == 0:
            self._bar.hide()
        if self._summing:
            self._again = True
        elif ids := self._selection.ids():
            self._summing = True
            self._background.run(lambda: self._reader.sum_up(ids), self._show, self._fail)

    def _show(self, chosen: ChosenPhotos) -> None:
        self._summing = False
        if self._again:
            self._again = False
            self.look()
        elif chosen.photos:
            self._bar.show_chosen(chosen)
            self._bar.show()

    def _fail(self, error: Exception) -> None:
        self._summing = False
        self._reporter.report(error)

    @Slot(object)
    def _extend_menu(self, menu: QMenu) -> None:
        self.mark_actions.put_into(menu, before=self._actions.open)
