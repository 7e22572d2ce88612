"""The worker in a thread of this process, for tests of the window that do not try the process itself.

It answers as the real one does, and starts at once. Nothing of it reaches beyond its thread: no signal handler, no
priority, no filter of warnings, no log file and no crash report.
"""

import threading
from multiprocessing.connection import Connection

from guie_desktop.paths import LibraryPaths
from guie_desktop.worker.loop import serve, telling_why_not
from guie_desktop.workspace.open_library import WritableLibrary


class WorkerThread(threading.Thread):
    """Ends by Shutdown, and when the other end of the pipe is closed."""

    def __init__(self, connection: Connection, paths: LibraryPaths) -> None:
        super().__init__(name="guie-desktop worker", daemon=True)
        self._connection, self._paths = connection, paths

    def run(self) -> None:
        """All files of the library are opened and closed in here."""
        with self._connection, telling_why_not(self._connection, self._paths), WritableLibrary(self._paths) as library:
            serve(self._connection, library)

    def terminate(self) -> None:
        """Wait: a thread cannot be ended from outside, and one that was asked to end does."""
        self.join()


def in_process(connection: Connection, paths: LibraryPaths) -> WorkerThread:
    """A Launch."""
    worker = WorkerThread(connection, paths)
    worker.start()
    return worker
