"""Which page is on screen: the photos, what was found, or a page that lies over them for a while."""

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from guie_desktop.gui.browse_flow import BrowseFlow
from guie_desktop.gui.preview_flow import PreviewFlow
from guie_desktop.gui.search_flow import SearchFlow
from guie_desktop.gui.window import MainWindow


class PageFlow(QObject):
    """Shows the page that fits what goes on, and leads back out of each."""

    shown = Signal()
    """A page is on screen; perhaps the one that was."""
    comparing_changed = Signal(bool)
    """Whether two rankings are shown side by side now."""

    def __init__(self, window: MainWindow, browse: BrowseFlow, search: SearchFlow, preview: PreviewFlow) -> None:
        super().__init__(window)
        self._window, self._browse, self._search, self._preview = window, browse, search, preview
        self._asides: list[QWidget] = []
        """The pages that were opened over the photos, such as the list of models; the last one is on screen."""
        self._busy = False
        self.comparing = False
        """Whether what was found is shown by two rankings side by side."""
        window.escape_pressed.connect(self.step_out)
        browse.wanted.connect(self._browse_again)
        search.shown.connect(self.show_right_page)

    @property
    def shows_photos(self) -> bool:
        """Whether the gallery that the user works in is on screen, and not a list or a notice."""
        return self._window.shown_gallery().isVisible()

    def open_aside(self, page: QWidget) -> None:
        """Lay a page over the photos."""
        self._preview.close()
        if page in self._asides:
            self._asides.remove(page)
        self._asides.append(page)
        self.show_right_page()

    def is_open(self, page: QWidget) -> bool:
        """Whether this page is the one that lies over the photos."""
        return self._asides[-1:] == [page]

    @Slot()
    def close_aside(self) -> None:
        """Back to what was there before."""
        if self._asides:
            self._asides.pop()
        self.show_right_page()

    @Slot()
    def close_asides(self) -> None:
        """Back to the photos."""
        self._asides = []
        self.show_right_page()

    def set_busy(self, busy: bool) -> None:
        """Whether a job runs."""
        if busy != self._busy:
            self._busy = busy
            self.show_right_page()

    @Slot(bool)
    def set_comparing(self, on: bool) -> None:
        """Show what was found by two rankings, or by one again."""
        if on != self.comparing:
            self.comparing = on
            self.comparing_changed.emit(on)
            self.show_right_page()

    @Slot()
    def show_right_page(self) -> None:
        """Show the page that fits what goes on."""
        window = self._window
        page: QWidget = window.browsing
        folders = self._browse.overview.folders if self._browse.overview is not None else None
        answer = self._search.answer
        window.search.setVisible(not self._asides and folders != ())
        if self._asides:
            page = self._asides[-1]
        elif answer is not None:
            page = window.comparison if self.comparing else window.found
            if not answer.hits:
                window.notice.tell("Nothing found", "There are no photos to compare with here yet.")
                page = window.notice
        elif folders == ():
            page = window.welcome
        elif (notice := self._browse.empty_notice(busy=self._busy)) is not None:
            window.notice.tell(*notice)
            page = window.notice
        window.show_page(page)
        self.shown.emit()

    @Slot()
    def step_out(self) -> None:
        """Esc: leave the preview, the page over the photos, the comparison, or the search, or drop the choice."""
        if self._window.preview.isVisible():
            self._window.preview.leave()
        elif self._asides:
            self.close_aside()
        elif self.comparing:
            self.set_comparing(False)
        elif self._search.searching.is_on:
            self._search.searching.clear()
        else:
            self._window.shown_gallery().grid.clearSelection()

    @Slot()
    def _browse_again(self) -> None:
        self._asides = []
        if self._search.searching.is_on:
            self._search.searching.clear()
        self.show_right_page()
