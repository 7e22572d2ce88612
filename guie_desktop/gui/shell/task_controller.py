"""The running job on the line of tasks: how far it is, and what the user wants of it."""

from PySide6.QtCore import QObject, Signal

from guie_desktop.gui.backend.worker_client import WorkerClient
from guie_desktop.gui.look.progress_wording import report_text
from guie_desktop.gui.shell.task_line import TaskLine
from guie_desktop.messages import Cancel, JobEnded, Pause, Progress, Resume


class TaskController(QObject):
    """Joins the line to the worker."""

    busy_changed = Signal(bool)
    """Whether a job runs."""

    def __init__(self, line: TaskLine, client: WorkerClient) -> None:
        super().__init__(line)
        self._line = line
        line.pause_asked.connect(lambda: client.ask(Pause()))
        line.resume_asked.connect(lambda: client.ask(Resume()))
        line.cancel_asked.connect(lambda: client.ask(Cancel()))
        client.restarted.connect(line.show_message)
        client.gave_up.connect(lambda _title, _remedy: line.job_ended())
        client.on(Progress, self._show)
        client.on(JobEnded, self._end)

    def _show(self, progress: Progress) -> None:
        self._line.show_progress(progress)
        self.busy_changed.emit(True)

    def _end(self, ended: JobEnded) -> None:
        self._line.job_ended()
        self.busy_changed.emit(False)
        if ended.report is not None:
            self._line.show_message(report_text(ended.report))
