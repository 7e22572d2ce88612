"""Which page is on screen: the photos, what was found, or a page that lies over them for a while."""

from functools import partial
from typing import Protocol, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from guie_desktop.asking import Answer
from guie_desktop.domain import Album
from guie_desktop.gui.backend.failure_reporter import WITHOUT_WORKER, Help
from guie_desktop.gui.backend.overview import Overview
from guie_desktop.gui.backend.services import Services
from guie_desktop.gui.browsing.controller import BrowsingController
from guie_desktop.gui.learning.comparison_controller import ComparisonController
from guie_desktop.gui.preview.compare_controller import CompareController
from guie_desktop.gui.preview.controller import PreviewController
from guie_desktop.gui.search.controller import SearchController
from guie_desktop.gui.shell.window import MainWindow
from guie_desktop.gui.widgets.overlay_page import OverlayPage
from guie_desktop.language import spoken, tr
from guie_desktop.messages import Failed
from guie_desktop.search.vocabulary import imagenet_vocabulary


class Screen(Protocol):
    """A feature that has a page of its own."""

    @property
    def page(self) -> OverlayPage:
        """It lies over the photos when it asks for it."""

    def show_library(self, overview: Overview) -> None:
        """The library was read again."""


ScreenT = TypeVar("ScreenT", bound=Screen)


class Navigation(QObject):
    """Shows the page that fits what goes on, and leads back out of each."""

    shown = Signal(object)
    """A page is on screen, perhaps the one that was; with the Album that is browsed there, or None."""

    def __init__(
        self,
        window: MainWindow,
        browsing: BrowsingController,
        search: SearchController,
        preview: PreviewController,
        comparison: ComparisonController,
        *,
        compare: CompareController,
        services: Services,
    ) -> None:
        super().__init__(window)
        self._begins_empty = False
        """Whether there was no library at the start, so that nothing has to be read to know that it is empty."""
        self._window, self._browsing, self._search = window, browsing, search
        self._preview, self._comparison, self._compare = preview, comparison, compare
        self._client, self._reporter = services.client, services.reporter
        self._overlays: list[OverlayPage] = []
        """The pages that were opened over the photos, such as the list of models; the last one is on screen."""
        self._busy = False
        window.escape_pressed.connect(self.step_out)
        browsing.wanted.connect(self._browse_again)
        browsing.found_older.connect(self.show_right_page)
        search.wanted.connect(self._leave_for_hits)
        search.shown.connect(self.show_right_page)
        comparison.changed.connect(self.show_right_page)
        for large in (preview, compare):
            large.left.connect(window.focus_page)
        window.search_words.triggered.connect(self._write_words)
        window.notice.chosen.connect(search.state.describe)

    def begin(self, *, is_new: bool) -> None:
        """Show the first page; `is_new` is whether there is no library yet."""
        self._begins_empty = is_new
        self.show_right_page()
        self._window.focus_page()  # which may have been there all the time

    def add(self, page: OverlayPage) -> None:
        """Let this page be opened over the photos, and closed again."""
        self._window.pages.addWidget(page)
        page.open_asked.connect(partial(self._open, page))
        page.closed.connect(self.close_overlay)

    @Slot()
    def close_overlay(self) -> None:
        """Back to what was there before."""
        if self._overlays:
            self._overlays.pop()
        self.show_right_page()

    @Slot(bool)
    def set_busy(self, busy: bool) -> None:
        """Whether a job runs; told of each that ends, also of one that was over before it could tell how far it was."""
        if busy != self._busy:
            self._busy = busy
            self.show_right_page()
        answer = self._search.answer
        if not busy and answer is not None and not answer.hits:
            self._search.state.repeat()  # what was looked for among photos that were not ready

    @Slot(object)
    def show_library(self, overview: Overview) -> None:
        """The library was read again: another page may fit, and the photo that is seen large may be gone."""
        self._preview.follow()
        self._compare.follow()
        self.show_right_page()

    @Slot()
    def show_right_page(self) -> None:
        """Show the page that fits what goes on."""
        window, overview = self._window, self._browsing.overview
        is_new = overview.folders == () if overview is not None else self._begins_empty
        above = self._overlays[-1] if self._overlays else None
        can_search = not is_new or self._search.state.is_on
        window.search_words.setEnabled(can_search)
        window.show_search(above is None and can_search, filters=above is not None and above.shows_filters)
        if self._overlays:
            window.show_page(self._overlays[-1])
        elif (failure := self._search.failure) is not None:
            self._tell(failure)
        elif (answer := self._search.answer) is not None:
            if answer.hits:
                window.show_page(window.comparison if self._comparison.is_on else window.found)
            else:
                self._tell_nothing(answer)
        elif is_new:
            window.show_page(window.welcome)
        elif (notice := self._browsing.empty_notice(busy=self._busy)) is not None:
            window.show_notice(*notice, self._adding() if self._lacks_photos() else None)
        else:
            window.show_page(window.browsing)
        self.shown.emit(self._browsed_album())

    def _tell(self, failure: Failed) -> None:
        """Say why a search has no answer; of words that are not known, what can be asked for instead."""
        choices: tuple[str, ...] = ()
        way_out: Help | None = Help(tr("Try again"), self._try_again)
        if failure.instead is not None:
            vocabulary = imagenet_vocabulary()
            names = [thing.name(spoken().tag) for name in failure.instead for thing in vocabulary.called(name)[:1]]
            choices, way_out = tuple(dict.fromkeys(names)), Help(tr("Models"), self._window.choose_model.trigger)
        elif failure.by_filters:  # it would find nothing again
            way_out = self._without_filters()
        self._window.show_notice(tr(failure.title), tr(failure.remedy), way_out, choices)

    def _tell_nothing(self, answer: Answer) -> None:
        """Say why nothing was found, and what may help."""
        if self._busy and not answer.dates:
            text = tr("Those that are ready can be searched already. It is tried again when all are.")
            again = Help(tr("Try again"), self._try_again)
            self._window.show_notice(tr("Your photos are still being prepared"), text, again)
            return
        if answer.dates:
            text = tr("There is no such photo of that time.")
        elif self._search.state.question.examples:
            text = tr("There are no other photos here to compare with.")
        else:
            text = tr("No photo has these words in its name or notes.")
        way_out = self._adding() if self._lacks_photos() else self._without_filters()
        self._window.show_notice(tr("Nothing found"), text, way_out)

    def _adding(self) -> Help:
        return Help(tr("Add folder…"), self._window.choose_folder.trigger)

    def _without_filters(self) -> Help | None:
        """To look for the same among all photos; None where no filter holds."""
        filters = self._window.filters
        return Help(filters.clear.text(), filters.clear.click) if self._search.state.question.which else None

    def _try_again(self) -> None:
        """Look once more for what had no answer, by a worker that is started again where it was given up."""
        if self._client.has_given_up:
            self._client.start()
            self._reporter.over.emit(WITHOUT_WORKER)
        self._search.state.repeat()

    def _lacks_photos(self) -> bool:
        """Whether the folders of the library hold no photo, and none is on its way."""
        overview = self._browsing.overview
        return overview is not None and not self._busy and not overview.counts.photos and not overview.counts.unread

    @Slot()
    def step_out(self) -> None:
        """Esc: leave the large view or the page over the photos, close a hint, leave the search, or drop the choice."""
        if self._window.preview.isVisible():
            self._window.preview.leave()
        elif self._window.compare.isVisible():
            self._compare.close()
        elif self._overlays:
            self.close_overlay()
        elif self._window.hint.isVisible():
            self._window.hint.dismiss()
        elif self._comparison.is_on:
            self._comparison.set_on(False)
        elif self._search.state.is_on:
            self._search.state.clear()
        else:
            self._window.shown_gallery().grid.clearSelection()

    def _browsed_album(self) -> Album | None:
        return self._window.browsing.album if self._window.pages.currentWidget() is self._window.browsing else None

    def _open(self, page: OverlayPage) -> None:
        self._close_large()
        if page in self._overlays:
            self._overlays.remove(page)
        self._overlays.append(page)
        self.show_right_page()
        self._window.focus_page()  # wherever the button is that asked for it

    def _close_large(self) -> None:
        self._preview.close()
        self._compare.close()

    @Slot()
    def _leave_for_hits(self) -> None:
        self._close_large()
        self._overlays = []
        self.show_right_page()

    @Slot()
    def _write_words(self) -> None:
        """Words are written into the search bar, which is below whatever lies over the photos."""
        self._leave_for_hits()
        self._window.search.words.setFocus(Qt.FocusReason.ShortcutFocusReason)  # which chooses what is there

    @Slot()
    def _browse_again(self) -> None:
        self._overlays = []
        if self._search.state.is_on:
            self._search.state.clear()
        self.show_right_page()
