"""The main window: puts the parts beside each other."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QAction,
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeySequence,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMainWindow,
    QSlider,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from guie_desktop.domain import ModelState
from guie_desktop.gui.incoming import Incoming, could_be_useful, read_incoming
from guie_desktop.gui.intake import Intake
from guie_desktop.gui.models.tile_loader import TileLoader
from guie_desktop.gui.photo_mime import accept_unmoved
from guie_desktop.gui.pictures import Pictures
from guie_desktop.gui.tasks import TaskLine
from guie_desktop.gui.theme import GAP
from guie_desktop.gui.views.comparison import Comparison
from guie_desktop.gui.views.drop_overlay import DropOverlay, drop_sentence
from guie_desktop.gui.views.failures import FailuresView
from guie_desktop.gui.views.gallery import Gallery
from guie_desktop.gui.views.heads import HeadsView
from guie_desktop.gui.views.models import ModelsView
from guie_desktop.gui.views.notices import Notice, Welcome
from guie_desktop.gui.views.preview import Preview
from guie_desktop.gui.views.report import ReportView
from guie_desktop.gui.views.search_panel import SearchPanel
from guie_desktop.gui.views.shortcuts import ShortcutsDialog
from guie_desktop.gui.views.sidebar import Sidebar
from guie_desktop.gui.views.suggestions import Suggestions
from guie_desktop.gui.widgets.banner import Banner
from guie_desktop.gui.widgets.buttons import push_button, set_words, tool_button
from guie_desktop.gui.widgets.offer import Offer
from guie_desktop.settings import LARGEST_TILE, SMALLEST_TILE, Settings, SortOrder

_LONGEST_NAME = 150
_FIRST_SIZE = QSize(1180, 780)


class MainWindow(QMainWindow):
    """Holds the views; what happens between them is the conductor's."""

    escape_pressed = Signal()

    def __init__(
        self, pictures: Pictures, loader: TileLoader, settings: Settings, pictures_folder: Path | None
    ) -> None:
        super().__init__()
        self.setWindowTitle("guie-desktop")
        self.setAcceptDrops(True)
        self.setMinimumSize(640, 420)
        self.sidebar = Sidebar()
        self.search = SearchPanel(pictures)
        self.search.results.set_sort(settings.sort)
        self.banner = Banner()
        self.browsing = Gallery(loader)
        self.found = Gallery(loader)
        self.found.grid.setAccessibleName("Photos that were found")
        self.suggestions = Suggestions(loader)
        self.report = ReportView(loader)
        self.comparison = Comparison(loader)
        self.hit_galleries = [self.found, self.comparison.general, self.comparison.learned]
        self.galleries = [self.browsing, *self.hit_galleries, self.suggestions.strip, self.report.strip]
        self.welcome = Welcome(pictures_folder)
        self.notice = Notice()
        self.failures = FailuresView()
        self.models = ModelsView()
        self.heads = HeadsView()
        self.offer = Offer("Show models")
        self.model_button = push_button("")
        self.tasks = TaskLine()
        self.pages = QStackedWidget()
        lists = (self.failures, self.models, self.report, self.heads)
        for page in (self.browsing, self.found, self.comparison, self.notice, *lists, self.welcome):
            self.pages.addWidget(page)
        self.zoom = QSlider(Qt.Orientation.Horizontal)
        self.centre = QWidget()
        self._build()
        self.preview = Preview(pictures, self.centre)
        self.overlay = DropOverlay(self)
        self._add_actions()
        self._connect_zoom(settings.tile_size)
        if not self.restoreGeometry(QByteArray.fromBase64(settings.geometry.encode())):
            self.resize(_FIRST_SIZE)

    # --- building

    def _build(self) -> None:
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self.search)
        for strip in (self.banner, self.offer):
            margin = QHBoxLayout()
            margin.setContentsMargins(16, 0, 16, 0)
            margin.addWidget(strip)
            column.addLayout(margin)
        column.addWidget(self.pages, 1)
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
        whole.addWidget(self._status_line())
        self.setCentralWidget(self.centre)

    def _status_line(self) -> QWidget:
        line = QWidget()
        line.setObjectName("status_line")
        line.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        line.setFixedHeight(38)
        layout = QHBoxLayout(line)
        layout.setContentsMargins(16, 0, 12, 0)
        layout.setSpacing(GAP)
        layout.addWidget(self.tasks, 1)
        self.zoom.setRange(SMALLEST_TILE, LARGEST_TILE)
        self.zoom.setFixedWidth(120)
        self.zoom.setAccessibleName("Size of the tiles")
        self.zoom.setToolTip("Size of the tiles (Ctrl++ and Ctrl+-)")
        keys = tool_button("keyboard", "Keyboard shortcuts (F1)")
        keys.clicked.connect(self.show_shortcuts)
        self.model_button.setProperty("quiet", True)
        self.model_button.hide()
        layout.addWidget(self.model_button)
        layout.addWidget(self.zoom)
        layout.addWidget(keys)
        return line

    def _add_actions(self) -> None:
        self.choose_photos = self._action("Choose photos", "Ctrl+O")
        self.choose_folder = self._action("Add folder", "Ctrl+Shift+O")
        self.paste = self._action("Paste", "Ctrl+V")
        self.rescan = self._action("Look for changes", "F5")
        self._action("Describe it in words", "Ctrl+F").triggered.connect(self.search.words.setFocus)
        self.choose_model = self._action("Models", "F2")
        self.model_button.clicked.connect(self.choose_model.trigger)
        self.offer.accepted.connect(self.choose_model.trigger)
        self.back = self._action("Previous search", "Alt+Left")
        self.undo = self._action("Undo", "Ctrl+Z")
        self._action("Keyboard shortcuts", "F1").triggered.connect(self.show_shortcuts)
        self._action("Quit", "Ctrl+Q").triggered.connect(self.close)
        self._action("Escape", "Esc").triggered.connect(self.escape_pressed)
        larger = self._action("Larger tiles", "Ctrl++", "Ctrl+=")
        larger.triggered.connect(lambda: self.shown_gallery().grid.zoom(1))
        smaller = self._action("Smaller tiles", "Ctrl+-")
        smaller.triggered.connect(lambda: self.shown_gallery().grid.zoom(-1))

    def _action(self, text: str, *keys: str) -> QAction:
        action = QAction(text, self)
        action.setShortcuts([QKeySequence(key) for key in keys])
        self.addAction(action)
        return action

    def _connect_zoom(self, size: int) -> None:
        for gallery in (self.browsing, *self.hit_galleries):
            gallery.grid.set_tile_size(size)
            gallery.grid.tile_size_changed.connect(self.zoom.setValue)
            self.zoom.valueChanged.connect(gallery.grid.set_tile_size)
        self.zoom.setValue(size)

    # --- what is shown

    def shown_gallery(self) -> Gallery:
        """The gallery that the user works in: the one with the keyboard, or else that of the page."""
        focused = self.focusWidget()
        for gallery in self.galleries:
            if focused is not None and gallery.isVisible() and gallery.isAncestorOf(focused):
                return gallery
        page = self.pages.currentWidget()
        if page is self.comparison:
            return self.comparison.learned
        return self.found if page is self.found else self.browsing

    def show_page(self, page: QWidget) -> None:
        """Show one of the pages; the keyboard follows."""
        if self.pages.currentWidget() is page:
            return
        held_focus = self.pages.isAncestorOf(self.focusWidget()) if self.focusWidget() is not None else True
        self.pages.setCurrentWidget(page)
        if held_focus:
            page.setFocus()

    @Slot()
    def focus_page(self) -> None:
        """Give the keyboard to the page that is on screen."""
        page = self.pages.currentWidget()
        if page is not None:
            page.setFocus()

    def show_model(self, model: ModelState | None) -> None:
        """Name the model in use; where it understands words, there is a place for them."""
        self.model_button.setVisible(model is not None)
        if model is not None:
            metrics = self.model_button.fontMetrics()
            name = metrics.elidedText(model.title, Qt.TextElideMode.ElideRight, _LONGEST_NAME)
            set_words(self.model_button, name, has_icon=False)
            self.model_button.setToolTip(f"{model.title} looks at your photos; choose another (F2)")
            self.model_button.setAccessibleName(f"Model: {model.title}")
        self.search.offer_words(model is not None and model.words)

    def settings(self, sort: SortOrder, *, models_offered: bool) -> Settings:
        """What to remember."""
        geometry = bytes(self.saveGeometry().toBase64().data()).decode()
        width = self.splitter.sizes()[0]
        return Settings(
            geometry=geometry,
            tile_size=self.browsing.grid.tile_size,
            sidebar_width=width,
            sort=sort,
            models_offered=models_offered,
        )

    def set_sidebar_width(self, width: int) -> None:
        """Make the left side this wide."""
        self.splitter.setSizes([width, max(1, self.width() - width)])

    @Slot()
    def show_shortcuts(self) -> None:
        """The list of keys."""
        ShortcutsDialog(self).open()

    @Slot()
    def come_to_front(self) -> None:
        """Somebody started the program again."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    # --- events

    def connect_intake(self, intake: Intake) -> None:
        """Where drops go."""
        self._intake = intake

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Say what a drop would do."""
        own = event.source() is not None
        if own or not could_be_useful(event.mimeData()) or not accept_unmoved(event):
            return
        # Files are looked at now; picture data may be slow to come, and is read when it is dropped.
        incoming = read_incoming(event.mimeData()) if event.mimeData().hasUrls() else Incoming()
        self.overlay.announce(drop_sentence(incoming))

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """The whole window takes drops."""
        accept_unmoved(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """The drag went away."""
        self.overlay.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take it; on the search area it comes on top of what is looked for."""
        self.overlay.hide()
        if accept_unmoved(event):
            inside = self.search.frame.rect().contains(self.search.frame.mapFrom(self, event.position().toPoint()))
            self._intake.take(event.mimeData(), add=inside)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The preview covers all."""
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self.cover)

    @Slot()
    def cover(self) -> None:
        """Fit what lies over the window to its size."""
        self.preview.setGeometry(self.centre.rect())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Hide at once; ending the worker may take a moment."""
        self.hide()
        event.accept()
