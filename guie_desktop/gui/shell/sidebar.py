"""The left side: all photos, folders, albums and saved searches, shared libraries, and what could not be read."""

from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from guie_desktop.domain import ALL_PHOTOS, Album, Counts, Folder, Place
from guie_desktop.gui.albums.album_list import AlbumList
from guie_desktop.gui.albums.heading import AlbumsHeading
from guie_desktop.gui.browsing.folder_tree import FolderTree
from guie_desktop.gui.learning.learn_area import LearnArea
from guie_desktop.gui.look.theme import GAP, TIGHT
from guie_desktop.gui.saved.search_list import SearchesArea
from guie_desktop.gui.shared.shared_list import SharedArea
from guie_desktop.gui.widgets.buttons import tool_button
from guie_desktop.gui.widgets.fitting_button import FittingButton
from guie_desktop.gui.widgets.labels import plain_label
from guie_desktop.language import ntr, tr
from guie_desktop.library.directory_tree import Directories
from guie_desktop.question import Question


class Sidebar(QWidget):
    """Chooses what is browsed."""

    place_chosen = Signal(object)
    """The Place that the user wants to see."""
    failures_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.place = ALL_PHOTOS
        self._question: Question | None = None
        self._saved: int | None = None
        self._shared: str | None = None
        self.folders = FolderTree()
        self.albums = AlbumList()
        self.albums_heading = AlbumsHeading()
        self.learn = LearnArea()
        self.searches = SearchesArea()
        self.shared = SharedArea()
        self.albums_heading.new_asked.connect(self.albums.ask_name)
        self.albums_heading.import_asked.connect(self.albums.import_asked)
        for lines in (self.folders, self.albums):
            lines.chosen.connect(self.go_to)
        self.albums.shown.connect(self._mark)
        self.failures_button = FittingButton("warning")
        self.failures_button.clicked.connect(self.failures_asked)
        self.failures_button.hide()
        self.left_out_button = FittingButton()
        self.left_out_button.clicked.connect(self.failures_asked)
        self.left_out_button.hide()
        add = tool_button("add", tr("Add a folder of photos (Ctrl+Shift+O)"))
        add.clicked.connect(self.folders.add_asked)
        self.menu_button = tool_button("menu", tr("Menus (F10)"))
        self.head = QWidget()
        self.head.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        head = QHBoxLayout(self.head)
        head.setContentsMargins(0, 0, 0, 0)
        head.addWidget(self.menu_button)
        head.addWidget(plain_label(tr("Library"), style="heading"), 1)
        head.addWidget(add)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GAP, 12, GAP, GAP)
        layout.setSpacing(TIGHT)
        layout.addWidget(self.head)
        layout.addWidget(self.folders, 1)
        layout.addSpacing(GAP)
        layout.addWidget(self.albums_heading)
        layout.addWidget(self.albums, 1)
        layout.addWidget(self.searches)
        layout.addWidget(self.shared)
        layout.addWidget(self.learn)
        layout.addWidget(self.failures_button)
        layout.addWidget(self.left_out_button)
        layout.addStretch(0)  # while nothing stands below the folders the heading is at its place all the same
        # They stand below the folders: shown before those are known, they would jump.
        self._below = self.albums_heading, self.albums, self.learn
        for part in self._below:
            part.hide()

    def show_library(
        self,
        folders: tuple[Folder, ...],
        counts: Counts,
        albums: tuple[Album, ...],
        directories: Directories = Directories(),
    ) -> None:
        """Bring the lists up to date; what is chosen stays chosen while it is there."""
        failed = ntr("{number} file could not be read", "{number} files could not be read", counts.failed)
        self.failures_button.say(failed, ntr("{number} not read", "{number} not read", counts.failed))
        self.failures_button.setVisible(counts.failed > 0)
        # Where nothing went wrong it is said without the sign that something did.
        cut_off, left_out = counts.cut_off, counts.left_out
        told = [
            *([ntr("{number} photo cut off", "{number} photos cut off", cut_off)] if cut_off else []),
            *([ntr("{number} file left out", "{number} files left out", left_out)] if left_out else []),
        ]
        self.left_out_button.say(", ".join(told))
        self.left_out_button.setVisible(bool(told) and counts.failed == 0)
        self.folders.show_folders(folders, directories)
        self.albums.show_albums(albums)
        for lines in (self.albums, self.searches.list, self.shared.list):
            lines.stand_below(self.folders.inset)
        for part in self._below:
            part.show()
        self._mark()
        if not self.folders.holds(self.place) and not self.albums.holds(self.place):
            self.go_to(ALL_PHOTOS)

    @Slot(object)
    def show_question(self, question: Question) -> None:
        """While something is looked for, the folder or album is marked that it is looked for in."""
        self._question = question if question.is_on else None
        self._mark()

    @Slot(object)
    def show_saved(self, search_id: int | None) -> None:
        """While what is on was saved, that search is marked."""
        self._saved = search_id
        self._mark()

    def show_shared(self, address: str | None) -> None:
        """While a shared library is on screen its line is marked, whatever lies below it."""
        if address != self._shared:
            self._shared = address
            self._mark()

    @Slot(object)
    def go_to(self, place: Place) -> None:
        """Choose what is browsed."""
        self.place = place
        self._mark()
        self.place_chosen.emit(place)

    @Slot()
    def _mark(self) -> None:
        """Mark the line of the search or place that the photos on screen are of, and no other."""
        place: Place | None = self.place
        if self._saved is not None:
            place = None
        elif self._question is not None:
            scope = self._question.scope
            place = Place(album_id=scope) if isinstance(scope, int) else None
            if isinstance(scope, Path):
                place = self.folders.place_of(scope)
        if self._shared is not None:
            place = None
        self.folders.choose(place)
        self.albums.choose(place)
        self.searches.list.choose(self._saved if self._shared is None else None)
        self.shared.list.choose(self._shared)
