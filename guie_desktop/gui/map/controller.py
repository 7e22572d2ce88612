"""The map: has it drawn, shows it, and lets it follow the library and the filters."""

from PySide6.QtCore import QObject, Slot

from guie_desktop.asking import EVERYTHING
from guie_desktop.gui.backend.overview import Overview
from guie_desktop.gui.backend.services import Services
from guie_desktop.gui.map.contents import MapContents, read_contents
from guie_desktop.gui.map.page import MapPage
from guie_desktop.gui.photos.tile_loader import TileLoader
from guie_desktop.messages import DrawMap, Failed, FindMap, JobEnded, MapDrawn


class MapController(QObject):
    """What the page of the map does."""

    def __init__(self, loader: TileLoader, services: Services) -> None:
        self.page = page = MapPage(loader)
        super().__init__(page)
        self._client, self._reader = services.client, services.reader
        self._background, self._reporter = services.background, services.reporter
        self._which = EVERYTHING
        self._drawn: MapDrawn | None = None
        self._contents: MapContents | None = None
        self._is_drawing = self._is_reading = self._again = False
        page.anew_asked.connect(lambda: self._draw(anew=True))
        services.client.on(JobEnded, self._note_end)

    @Slot()
    def open(self) -> None:
        """Show the page, with the map as it was drawn last, and have it brought up to date."""
        self.page.open_asked.emit()
        self._client.ask(FindMap(), then=self._read)
        self._draw()

    @Slot(object)
    def show_library(self, overview: Overview) -> None:
        """The library was read again, or is filtered in another way; the map follows while it is looked at."""
        self._which = overview.which
        if self.page.isVisible() and self._drawn is not None:
            self._read(self._drawn)

    def _note_end(self, ended: JobEnded) -> None:
        """Photos were read, which have no place yet."""
        if ended.report is not None and self.page.isVisible():
            self._draw()

    def _draw(self, *, anew: bool = False) -> None:
        if self._is_drawing:
            return
        self._is_drawing = True
        self._client.ask(DrawMap(anew), then=self._end, failed=self._fail, cancelled=self._end_drawing)
        self._show()

    def _end(self, drawn: MapDrawn) -> None:
        self._end_drawing()
        self._read(drawn)

    def _fail(self, refusal: Failed) -> None:
        self._end_drawing()
        self._reporter.refuse(refusal)

    def _end_drawing(self) -> None:
        self._is_drawing = False
        self._show()

    def _read(self, drawn: MapDrawn) -> None:
        """Read it beside the window, and once more where something else is to be read by then."""
        self._drawn = drawn
        if self._is_reading:
            self._again = True
            return
        self._is_reading, self._again = True, False
        which = self._which
        self._background.run(
            lambda: self._reader.ask(lambda catalog: read_contents(catalog, drawn, which), None),
            self._take,
            self._give_up,
        )

    def _take(self, contents: MapContents | None) -> None:
        self._contents = contents
        self._show()
        self._finish_reading()

    def _give_up(self, error: Exception) -> None:
        self._reporter.report(error)
        self._finish_reading()

    def _finish_reading(self) -> None:
        self._is_reading = False
        if self._again and self._drawn is not None:
            self._read(self._drawn)

    def _show(self) -> None:
        self.page.show_contents(self._contents, is_drawing=self._is_drawing)
