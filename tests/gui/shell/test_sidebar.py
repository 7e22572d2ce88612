"""The left side stands still while the library comes."""

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from guie_desktop.domain import Counts
from guie_desktop.gui.albums.heading import AlbumsHeading
from guie_desktop.gui.shell.sidebar import Sidebar
from guie_desktop.paths import LibraryPaths
from tests.gui.conftest import Start


class _Seen(QObject):
    """Where the heading of the albums was painted."""

    def __init__(self) -> None:
        super().__init__()
        self.heights: set[int] = set()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
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
