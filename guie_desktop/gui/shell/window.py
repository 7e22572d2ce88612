"""The main window: puts the parts beside each other."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QMainWindow, QSplitter, QVBoxLayout, QWidget

from guie_desktop.domain import ModelState
from guie_desktop.gui.albums.suggestions_view import SuggestionsView
from guie_desktop.gui.backend.failure_reporter import Help
from guie_desktop.gui.backend.overview import Overview
from guie_desktop.gui.backend.pictures import Pictures
from guie_desktop.gui.browsing.browsing_view import BrowsingView
from guie_desktop.gui.browsing.notices import Notice
from guie_desktop.gui.filters.filter_line import FilterLine
from guie_desktop.gui.learning.comparison_view import ComparisonView
from guie_desktop.gui.look.theme import GAP
from guie_desktop.gui.photos.gallery import Gallery
from guie_desktop.gui.photos.selection_bar import SelectionBar
from guie_desktop.gui.photos.tile_loader import TileLoader
from guie_desktop.gui.preview.compare_view import CompareView
from guie_desktop.gui.preview.view import PreviewView
from guie_desktop.gui.search.drop_overlay import DropOverlay
from guie_desktop.gui.search.search_panel import SearchPanel
from guie_desktop.gui.shell.drop_target import DropTarget
from guie_desktop.gui.shell.shortcuts import ShortcutsDialog, keys_of_widgets
from guie_desktop.gui.shell.sidebar import Sidebar
from guie_desktop.gui.shell.status_line import StatusLine
from guie_desktop.gui.welcome.hint_strip import HintStrip
from guie_desktop.gui.welcome.page import Welcome
from guie_desktop.gui.widgets.actions import listed_keys, make_action
from guie_desktop.gui.widgets.banner import Banner
from guie_desktop.gui.widgets.offer import Offer
from guie_desktop.gui.widgets.overlay_page import OverlayPage
from guie_desktop.gui.widgets.page_stack import PageStack
from guie_desktop.language import ntr, percent_text, tr
from guie_desktop.settings import Settings

_SMALLEST = QSize(640, 464)
"""Where letters are larger than usual, all words need more."""


class MainWindow(QMainWindow):
    """Holds the views; what happens between them is the conductor's."""

    escape_pressed = Signal()

    def __init__(self, pictures: Pictures, loader: TileLoader, tile_size: int, pictures_folder: Path | None) -> None:
        """`pictures_folder` is the one that a new library is offered."""
        super().__init__()
        self.setWindowTitle("guie-desktop")
        self.setAcceptDrops(True)
        letters = self.fontMetrics()
        self.setMinimumSize(_SMALLEST.expandedTo(QSize(106 * letters.averageCharWidth(), 30 * letters.height())))
        self.sidebar = Sidebar()
        self.search = SearchPanel(pictures)
        self.filters = FilterLine()
        self.banner = Banner()
        self.browsing = BrowsingView(loader)
        self.found = Gallery(loader)
        self.found.grid.setAccessibleName(tr("Photos that were found"))
        self.suggestions = SuggestionsView(loader)
        self.comparison = ComparisonView(loader)
        self.hit_galleries = (self.found, self.comparison.general, self.comparison.learned)
        self.galleries = (self.browsing, *self.hit_galleries, self.suggestions.strip)
        self.selection_bar = SelectionBar()
        self.welcome = Welcome(pictures_folder)
        self.notice = Notice()
        self.offer = Offer(tr("Show models"))
        self.learned = Offer(tr("Show report"), tr("Close"))
        self.hint = HintStrip()
        self.status = StatusLine()
        self.pages = PageStack()
        for page in (self.browsing, self.found, self.comparison, self.notice, self.welcome):
            self.pages.addWidget(page)
        self.centre = QWidget()
        self._build()
        self.preview = PreviewView(pictures, loader, self.centre)
        self.compare = CompareView(pictures, self.centre)
        for over in (self.preview, self.compare):
            over.covers.connect(self._cover)
            over.covers.connect(loader.keep_less)
        self.overlay = DropOverlay(self)
        self.drops = DropTarget(
            self, self.search, self.overlay, is_covered=lambda: not self.splitter.isEnabled(), beside=self._takes_drops
        )
        self._add_actions()
        self._connect_zoom(tile_size)

    # --- building

    def _build(self) -> None:
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self.search)
        self._strips = QVBoxLayout()
        self._strips.setSpacing(GAP)
        for strip in (self.banner, self.offer, self.learned, self.hint):
            self._strips.addWidget(strip)
        column.addLayout(self._strips)
        column.addWidget(self.filters)
        self.show_search(True)
        column.addWidget(self.pages, 1)
        column.addWidget(self.selection_bar)
        column.addWidget(self.suggestions)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self.sidebar)
        self.splitter.addWidget(right)
        self.splitter.setStretchFactor(1, 1)
        whole = QVBoxLayout(self.centre)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.splitter, 1)
        whole.addWidget(self.status)
        self.setCentralWidget(self.centre)

    def _add_actions(self) -> None:
        library, edit, view, search, get_help = (
            partial(make_action, self, group) for group in ("Library", "Edit", "View", "Search", "Help")
        )
        self.choose_folder = library(tr("Add folder…"), keys=("Ctrl+Shift+O",))
        self.rescan = library(tr("Look for changes"), keys=("F5",))
        self.check = library(tr("Check all photos…"))
        self.leave_out = library(tr("Leave out…"))
        self.show_failures = library(tr("Files that could not be read"), apart=True)
        self.choose_model = library(tr("Models"), keys=("F3",))
        library(tr("Quit"), self.close, keys=("Ctrl+Q",), apart=True, last=True)
        self.undo = edit(tr("Undo"), keys=("Ctrl+Z",))
        self.redo = edit(tr("Redo"), keys=("Ctrl+Shift+Z", "Ctrl+Y"))
        self.choose_settings = edit(tr("Settings"), keys=("Ctrl+,",), apart=True)
        larger, smaller = (partial(self._zoom, steps) for steps in (1, -1))
        view(tr("Larger thumbnails"), larger, keys=("Ctrl++", "Ctrl+="), hint=tr("Ctrl++ or Ctrl+wheel"))
        view(tr("Smaller thumbnails"), smaller, keys=("Ctrl+-",))
        self.choose_photos = search(tr("Choose photo files to look for…"), keys=("Ctrl+O",))
        self.paste = search(tr("Look for what is on the clipboard"), keys=("Ctrl+V",))
        self.search_words = search(tr("Search by words"), keys=("Ctrl+F",))
        self.back = search(tr("Previous search"), keys=("Alt+Left",), apart=True)
        self.forward = search(tr("Next search"), keys=("Alt+Right",))
        search(tr("Back to browsing"), self.escape_pressed.emit, keys=("Esc",))
        get_help(tr("Keyboard shortcuts"), self.show_shortcuts, keys=("F1",))
        self.about = get_help(tr("About guie-desktop"))
        self.status.shortcuts_asked.connect(self.show_shortcuts)
        for asked, action in (
            (self.search.files_asked, self.choose_photos),
            (self.search.paste_asked, self.paste),
            (self.welcome.add_asked, self.choose_folder),
            (self.sidebar.folders.add_asked, self.choose_folder),
            (self.sidebar.folders.rescan_asked, self.rescan),
            (self.sidebar.folders.check_asked, self.check),
            (self.sidebar.folders.leave_out_asked, self.leave_out),
            (self.sidebar.folders.settings_asked, self.choose_settings),
            (self.status.models_asked, self.choose_model),
            (self.status.tasks.undo_asked, self.undo),
            (self.status.tasks.redo_asked, self.redo),
        ):
            asked.connect(action.trigger)

    def _zoom(self, steps: int) -> None:
        self.shown_gallery().grid.zoom(steps)

    def _connect_zoom(self, size: int) -> None:
        zoom = self.status.zoom
        for gallery in (self.browsing, *self.hit_galleries):
            gallery.grid.set_tile_size(size)
            gallery.grid.tile_size_changed.connect(zoom.setValue)
            zoom.valueChanged.connect(gallery.grid.set_tile_size)
        zoom.setValue(size)

    # --- what is shown

    def shown_gallery(self) -> Gallery:
        """The gallery that the user works in: the one with the keyboard, or else that of the page."""
        focused: QWidget | None = self.focusWidget()
        while focused is not None and not isinstance(focused, Gallery):
            focused = focused.parentWidget()
        if focused is not None and focused.isVisible():
            return focused
        page = self.pages.currentWidget()
        if page is self.comparison:
            return self.comparison.learned
        inside = page.findChild(Gallery) if isinstance(page, OverlayPage) else None
        return self.found if page is self.found else inside or self.browsing

    def show_search(self, shown: bool, *, filters: bool = False) -> None:
        """Show the search bar, or not, and filters; what is told below it keeps its distance from the upper edge."""
        self.search.setVisible(shown)
        self.filters.setHidden(not (shown or filters) or not self.filters.chips)
        self._strips.setContentsMargins(16, 0 if shown else 12, 16, 0)

    def show_page(self, page: QWidget) -> None:
        """Show one of the pages; the keyboard follows."""
        if self.pages.currentWidget() is page:
            return
        held_focus = self.pages.isAncestorOf(self.focusWidget()) if self.focusWidget() is not None else True
        self.pages.setCurrentWidget(page)
        if held_focus:
            page.setFocus()

    def show_notice(self, title: str, text: str, way_out: Help | None = None, choices: Sequence[str] = ()) -> None:
        """Show a sentence or two in the place of photos, with a button for the way out, if there is one.

        The `choices` have a button each above that.
        """
        self.notice.tell(title, text, way_out, choices)
        self.show_page(self.notice)

    @Slot()
    def focus_page(self) -> None:
        """Give the keyboard to the page that is on screen."""
        page = self.pages.currentWidget()
        if page is not None:
            page.setFocus()

    @Slot(object)
    def show_library(self, overview: Overview) -> None:
        """The library was read again."""
        photos = overview.counts.photos
        self.status.tasks.set_idle_text(ntr("{number} photo", "{number} photos", photos) if photos else "")
        # May choose another place, where the one that was looked at is gone.
        self.sidebar.show_library(overview.folders, overview.counts, overview.albums, overview.directories)

    def name_undo(self, undo: str, redo: str) -> None:
        """Let the actions say what they would do; "" where there is nothing."""
        for action, name, words in ((self.undo, tr("Undo"), undo), (self.redo, tr("Redo"), redo)):
            action.setText(words.replace("&", "&&") or name)
            action.setIconText(name)  # what the list of keys says
            action.setEnabled(bool(words))

    @Slot(object)
    def show_model(self, model: ModelState | None) -> None:
        """Name the model in use; where it understands words, there is a place for them."""
        self.status.show_model(model)
        self.search.offer_words(model)

    @Slot(object)
    def show_percent(self, percent: int | None) -> None:
        """How far the running job is, for whoever sees the title only."""
        self.setWindowTitle("guie-desktop" if percent is None else f"{percent_text(percent / 100)} – guie-desktop")

    def settings(self) -> Settings:
        """What to remember of the window itself."""
        return Settings(
            geometry=bytes(self.saveGeometry().toBase64().data()).decode(),
            tile_size=self.browsing.grid.tile_size,
            sidebar_width=self.splitter.sizes()[0],
        )

    def set_sidebar_width(self, width: int) -> None:
        """Make the left side this wide."""
        self.splitter.setSizes([width, max(1, self.width() - width)])

    @Slot()
    def show_shortcuts(self) -> None:
        """The list of keys."""
        ShortcutsDialog((*listed_keys(self.actions()), *keys_of_widgets()), self).open()

    @Slot()
    def come_to_front(self) -> None:
        """Somebody started the program again."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    # --- events

    def _takes_drops(self) -> QWidget | None:
        """What takes drops itself, and so is to be seen while something is dragged."""
        return self.sidebar if self.sidebar.albums.count() and not self.preview.isVisible() else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The preview covers all."""
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._fit_preview)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Hide at once; ending the worker may take a moment."""
        self.hide()
        event.accept()

    @Slot(bool)
    def _cover(self, covered: bool) -> None:
        self._fit_preview()
        for below in (self.splitter, self.status):  # so that Tab stays in the preview
            below.setEnabled(not covered)

    @Slot()
    def _fit_preview(self) -> None:
        for over in (self.preview, self.compare):
            over.setGeometry(self.centre.rect())
