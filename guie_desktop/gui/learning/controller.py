"""Learning the albums: when it can be done, that it runs, and its report."""

from PySide6.QtCore import QObject, Signal, Slot

from guie_desktop.domain import Album
from guie_desktop.gui.backend.failure_reporter import FailureReporter
from guie_desktop.gui.backend.worker_client import WorkerClient
from guie_desktop.gui.learning.learn_area import LearnArea
from guie_desktop.gui.learning.wording import missing_text
from guie_desktop.messages import Failed, JobEnded, Learn, Learned, Progress


class LearningController(QObject):
    """What the button at the end of the albums does."""

    begun = Signal()
    learned = Signal(object)
    """The LearningReport that the user waits for."""

    def __init__(self, area: LearnArea, client: WorkerClient, reporter: FailureReporter) -> None:
        super().__init__(area)
        self._area, self._client, self._reporter = area, client, reporter
        area.learn_asked.connect(self.learn)
        client.on(Progress, self._note_progress)
        client.on(JobEnded, self._note_end)

    def show_albums(self, albums: tuple[Album, ...]) -> None:
        """Whether these albums can be learned."""
        self._area.show_missing(missing_text(albums))

    @Slot()
    def learn(self) -> None:
        """Begin; what else runs waits, and what is paused stays so."""
        self._area.show_running(True)
        self.begun.emit()
        self._client.ask(Learn(), then=self._take, failed=self._take_refusal)

    def _take(self, learned: Learned) -> None:
        self._area.show_running(False)
        self.learned.emit(learned.report)

    def _take_refusal(self, refusal: Failed) -> None:
        self._area.show_running(False)
        self._reporter.refuse(refusal)

    def _note_progress(self, progress: Progress) -> None:
        if progress.stage in ("learn", "test"):
            self._area.show_running(True)

    def _note_end(self, _: JobEnded) -> None:
        self._area.show_running(False)
