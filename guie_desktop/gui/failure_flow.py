"""The list of files that could not be read: what it shows, and what can be done about them."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Slot

from guie_desktop.errors import UserError
from guie_desktop.gui.file_manager import open_folder_of, show_in_file_manager
from guie_desktop.gui.flow import Flow
from guie_desktop.gui.models.library import LibraryReader
from guie_desktop.gui.off_thread import OffThread
from guie_desktop.gui.window import MainWindow
from guie_desktop.gui.worker_client import WorkerClient
from guie_desktop.messages import Rescan


class FailureFlow(Flow):
    """What the list of failures does."""

    def __init__(self, window: MainWindow, client: WorkerClient, reader: LibraryReader, off_thread: OffThread) -> None:
        super().__init__(window)
        self._view, self._client, self._reader, self._off_thread = window.failures, client, reader, off_thread
        self._view.retry_asked.connect(self._retry)
        self._view.show_asked.connect(self._show_file)

    @Slot()
    def read(self) -> None:
        """Read the list anew."""
        self._off_thread.run(self._reader.failures, self._view.show_failures, self.fail)

    @Slot()
    def _retry(self) -> None:
        self._client.ask(partial(Rescan, retry=True))

    @Slot(object)
    def _show_file(self, path: Path) -> None:
        def then(shown: bool) -> None:
            if not shown:
                try:
                    open_folder_of(path)
                except UserError as error:
                    self.fail(error)

        self._off_thread.run(partial(show_in_file_manager, path), then, self.fail)
