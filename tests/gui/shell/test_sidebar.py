"""The left side stands still while the library comes."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

from guie_desktop.gui.albums.heading import AlbumsHeading
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
