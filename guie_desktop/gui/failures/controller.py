"""The list of files that could not be read: what it shows, and what can be done about them."""

from pathlib import Path

from PySide6.QtCore import QObject, Slot

from guie_desktop.domain import Failure
from guie_desktop.errors import UserError
from guie_desktop.gui.backend.overview import Overview
from guie_desktop.gui.backend.services import Services
from guie_desktop.gui.desktop.file_manager import open_with_default_program
from guie_desktop.gui.failures.page import FailuresPage
from guie_desktop.gui.photos.reveal import reveal
from guie_desktop.library.catalog import Catalog
from guie_desktop.messages import Rescan
from guie_desktop.wording.left_out import left_out_sentences


class FailuresController(QObject):
    """What the page of failures does."""

    def __init__(self, page: FailuresPage, services: Services) -> None:
        super().__init__(page)
        self.page = page
        self._client, self._reader = services.client, services.reader
        self._background, self._reporter = services.background, services.reporter
        page.retry_asked.connect(self._retry)
        page.show_asked.connect(self._show_file)
        page.play_asked.connect(self._open_file)

    @Slot()
    def open(self) -> None:
        """Show the page."""
        self._read()
        self.page.open_asked.emit()

    @Slot(object)
    def show_library(self, overview: Overview) -> None:
        """The library was read again; the list follows while it is looked at."""
        if self.page.isVisible():
            self._read()

    def _read(self) -> None:
        def read() -> tuple[tuple[Failure, ...], tuple[Failure, ...], list[str]]:
            ask = self._reader.ask
            left_out: dict[str, int] = {}
            return (
                ask(Catalog.failures, ()),
                ask(Catalog.cut_off, ()),
                left_out_sentences(ask(Catalog.left_out, left_out)),
            )

        self._background.run(read, lambda found: self.page.show_failures(*found), self._reporter.report)

    @Slot()
    def _retry(self) -> None:
        self._client.ask(Rescan(retry=True))

    @Slot(object)
    def _open_file(self, path: Path) -> None:
        try:
            open_with_default_program(path)
        except UserError as error:
            self._reporter.report(error)

    @Slot(object)
    def _show_file(self, path: Path) -> None:
        reveal(path, self._background, self._reporter)
