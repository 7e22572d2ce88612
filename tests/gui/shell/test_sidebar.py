"""The left side stands still while the library comes."""

from itertools import product
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QRect
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from guie_desktop.domain import Album, Counts, Folder, Place
from guie_desktop.gui.albums.heading import AlbumsHeading
from guie_desktop.gui.shell.sidebar import Sidebar
from guie_desktop.library.directory_tree import tree_of
from guie_desktop.paths import LibraryPaths
from tests.gui.conftest import Start


class _Seen(QObject):
    """Where the heading of the albums was painted."""

    def __init__(self) -> None:
        super().__init__()
        self.heights: set[int] = set()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and isinstance(watched, AlbumsHeading):
            self.heights.add(watched.y())
        return False


def test_the_albums_are_where_they_will_be_from_the_beginning(
    qapp: QApplication, start: Start, library: LibraryPaths
) -> None:
    seen = _Seen()
    qapp.installEventFilter(seen)
    try:
        sidebar = start(library).window.sidebar
        qapp.processEvents()
    finally:
        qapp.removeEventFilter(seen)
    assert seen.heights == {sidebar.albums_heading.y()}


def test_the_heading_of_the_library_is_at_the_top_before_anything_is_known(qtbot: QtBot) -> None:
    sidebar = Sidebar()
    qtbot.addWidget(sidebar)
    sidebar.resize(232, 740)
    sidebar.show()
    before = sidebar.head.geometry()
    sidebar.show_library((), Counts(photos=0, failed=0), ())
    QCoreApplication.sendPostedEvents(sidebar, QEvent.Type.LayoutRequest)
    assert sidebar.head.geometry() == before


@pytest.mark.parametrize("inside", [1, 0])
def test_icons_of_albums_stand_below_those_of_folders(qtbot: QtBot, inside: int) -> None:
    sidebar = Sidebar()
    qtbot.addWidget(sidebar)
    sidebar.resize(232, 740)
    sidebar.show()
    root = Path("/photos")
    below = tree_of({str(root): 3} | ({str(root / "sea"): 2} if inside else {}), [root])
    counts, album = Counts(photos=5, failed=0), Album(1, "Gulls", 5, 0)
    sidebar.show_library((Folder(1, root, online=True, photos=5),), counts, (album,), below)
    sidebar.go_to(Place(folder_id=1))  # the others are not lit
    QCoreApplication.sendPostedEvents(sidebar, QEvent.Type.LayoutRequest)

    def begins(line: QRect, viewport: QWidget) -> int:
        """Where the first pixel of a line is painted."""
        image = viewport.grab(line).toImage()
        empty = image.pixel(0, 0)
        there = product(range(image.width()), range(image.height()))
        return next(x for x, y in there if image.pixel(x, y) != empty)

    folders, albums = sidebar.folders, sidebar.albums
    all_photos = folders.visualItemRect(folders.top_line(0))
    line = QRect(0, all_photos.top(), folders.viewport().width(), all_photos.height())
    gulls = albums.visualItemRect(albums.item(0))
    assert abs(begins(gulls, albums.viewport()) - begins(line, folders.viewport())) <= 1
