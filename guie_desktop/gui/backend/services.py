"""What features are handed to reach worker and library, each made once for a window."""

from dataclasses import dataclass

from guie_desktop.gui.backend.background import BackgroundRunner
from guie_desktop.gui.backend.failure_reporter import FailureReporter
from guie_desktop.gui.backend.library_reader import LibraryReader
from guie_desktop.gui.backend.pictures import Pictures
from guie_desktop.gui.backend.undo import Undo
from guie_desktop.gui.backend.worker_client import WorkerClient


@dataclass(frozen=True, slots=True)
class Services:
    """No views, and nothing that changes what is on screen."""

    client: WorkerClient
    reader: LibraryReader
    pictures: Pictures
    background: BackgroundRunner
    reporter: FailureReporter
    undo: Undo
