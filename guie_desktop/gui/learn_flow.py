"""Learning the albums: when it can be done, that it runs, and its report."""

from PySide6.QtCore import Signal, Slot

from guie_desktop.domain import Album
from guie_desktop.gui.flow import Flow
from guie_desktop.gui.learning_text import missing_text
from guie_desktop.gui.window import MainWindow
from guie_desktop.gui.worker_client import WorkerClient
from guie_desktop.messages import Event, Failed, JobEnded, Learn, Learned, Progress


class LearnFlow(Flow):
    """What the button at the end of the albums does."""

    learned = Signal(object)
    """The LearningReport that the user waits for."""

    def __init__(self, window: MainWindow, client: WorkerClient) -> None:
        super().__init__(window)
        self._area, self._tasks, self._client = window.sidebar.learn, window.tasks, client
        self._request = 0
        self._area.learn_asked.connect(self.learn)

    def show_albums(self, albums: tuple[Album, ...]) -> None:
        """Whether these albums can be learned."""
        self._area.show_missing(missing_text(albums))

    @Slot()
    def learn(self) -> None:
        """Begin; what else runs waits, and what is paused stays so."""
        self._area.show_running(True)
        self._tasks.end_message()  # the line is wanted for the progress now
        # Without a callback: progress may carry the number as well, and the outcome comes last.
        self._request = self._client.ask(Learn)

    def take(self, event: Event) -> None:
        """News of the worker."""
        match event:
            case Progress(_, ("learn" | "test")):
                self._area.show_running(True)
            case JobEnded():
                self._area.show_running(False)
            case Failed(request) if request == self._request:
                self._area.show_running(False)
            case Learned(_, report):
                self._area.show_running(False)
                self.learned.emit(report)
