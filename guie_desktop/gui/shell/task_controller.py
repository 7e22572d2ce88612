"""The running job on the line of tasks and on the program's icon: how far it is, and what the user wants of it."""

import time

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from guie_desktop.gui.backend.worker_client import WorkerClient
from guie_desktop.gui.desktop.launcher import Launcher
from guie_desktop.gui.look.progress_wording import job_name, left_text, report_text
from guie_desktop.gui.shell.task_line import TaskLine
from guie_desktop.language import tr
from guie_desktop.messages import Cancel, JobEnded, LeftToDo, Pause, Progress, Rescan, Resume

_LONG_ENOUGH_TO_GO_AWAY = 20.0
"""Seconds after which somebody who works elsewhere wants to hear that a job has ended."""


class TaskController(QObject):
    """Joins the line and the icon to the worker."""

    percent_changed = Signal(object)
    """How far the running job is; None where none runs, or nobody knows."""
    busy_changed = Signal(bool)
    """Whether a job runs."""
    unsearchable_changed = Signal(int)
    """How many photos are shown and not found by searches yet, as far as is known."""

    def __init__(self, line: TaskLine, client: WorkerClient) -> None:
        super().__init__(line)
        self._line, self._launcher = line, Launcher(self)
        self._running: tuple[float, str] | None = None
        """Since when a job runs, by the monotonic clock, and what it is called."""
        self.percent_changed.connect(self._launcher.show_progress)
        line.pause_asked.connect(lambda: client.ask(Pause()))
        line.resume_asked.connect(lambda: client.ask(Resume()))
        line.cancel_asked.connect(lambda: client.ask(Cancel()))
        client.gave_up.connect(lambda _title, _remedy: line.job_ended())
        client.on(Progress, self._show)
        client.on(JobEnded, self._end)
        client.on(LeftToDo, self._tell_what_is_left)
        line.go_on_asked.connect(lambda: client.ask(Rescan()))

    def _show(self, progress: Progress) -> None:
        since, _ = self._running or (time.monotonic(), "")
        self._running = since, job_name(progress.stage)
        self._line.show_progress(progress)
        self.percent_changed.emit(100 * progress.done // progress.total if progress.total else None)
        self.busy_changed.emit(True)
        if progress.stage == "embed":
            self.unsearchable_changed.emit(progress.total - progress.done)

    def _tell_what_is_left(self, left: LeftToDo) -> None:
        self._line.set_left_text(left_text(left))
        self.unsearchable_changed.emit(left.unembedded)

    def _end(self, ended: JobEnded) -> None:
        self._line.job_ended()
        self.percent_changed.emit(None)
        self.busy_changed.emit(False)
        told = "" if ended.report is None else report_text(ended.report)
        self._line.show_message(told)
        if self._running is not None and QGuiApplication.focusWindow() is None:
            since, name = self._running
            if time.monotonic() - since >= _LONG_ENOUGH_TO_GO_AWAY:
                self._launcher.notify(tr("guie-desktop has finished"), told or f"{name}.")
        self._running = None
