"""The window's end of the contract with the worker: requests, their answers, and a new worker after a crash."""

import itertools
import threading
import time
from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from guie_desktop.gui.worker_link import StartWorker, WorkerLink
from guie_desktop.messages import Command, Event, Failed, Ready
from guie_desktop.paths import LibraryPaths

_RESTARTS = 3
_WITHIN_SECONDS = 60.0
STOPPED = "The search engine stopped unexpectedly and was started again."

OnAnswer = Callable[[Event], None]


class WorkerClient(QObject):
    """Sends commands and delivers events in the window's thread."""

    received = Signal(object)
    """Every event that is not the answer to a request with a callback."""
    restarted = Signal(str)
    gave_up = Signal(str, str)
    """The worker is gone for good: what happened, and what the user can do."""

    _event = Signal(object)
    _gone = Signal(object)

    def __init__(self, start_worker: StartWorker, paths: LibraryPaths, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._start_worker = start_worker
        self._paths = paths
        self._link: WorkerLink | None = None
        self._numbers = itertools.count(1)
        self._waiting: dict[int, OnAnswer] = {}
        self._deaths: deque[float] = deque(maxlen=_RESTARTS + 1)
        self._ready = False
        self._refused: Failed | None = None
        self._closing = threading.Event()
        self._event.connect(self._deliver)
        self._gone.connect(self._after_death)

    def start(self) -> None:
        """Spawn the worker; Ready follows."""
        self._ready = False
        self._refused = None
        self._link = WorkerLink(self._start_worker, self._paths, self._pass_event, self._pass_end)

    def ask(self, command: Callable[[int], Command], answered: OnAnswer | None = None) -> int:
        """Send the command made for the next number; `answered` gets the event that answers it, or Failed."""
        number = next(self._numbers)
        if answered is not None:
            self._waiting[number] = answered
        if self._link is None:
            failure = Failed(number, "The search engine is not running.", "Start the program again.")
            QTimer.singleShot(0, self, lambda: self._deliver(failure))  # never before this call has returned
        else:
            self._link.send(command(number))
        return number

    def close(self) -> None:
        """End the worker; no event is delivered afterwards."""
        self._closing.set()
        self._waiting.clear()
        if self._link is not None:
            self._link.stop(next(self._numbers))
            self._link = None

    # --- called in the reading thread

    def _pass_event(self, event: Event) -> None:
        if not self._closing.is_set():
            self._event.emit(event)

    def _pass_end(self, link: WorkerLink) -> None:
        if not self._closing.is_set():
            self._gone.emit(link)

    # --- called in the window's thread

    @Slot(object)
    def _deliver(self, event: Event) -> None:
        if self._closing.is_set():
            return
        if isinstance(event, Ready):
            self._ready = True
        if isinstance(event, Failed) and event.request == 0 and not self._ready:
            self._refused = event  # it will end now, and starting it again would end the same way
        answered = self._waiting.pop(event.request, None)
        if answered is not None:
            answered(event)
        else:
            self.received.emit(event)

    @Slot(object)
    def _after_death(self, link: WorkerLink) -> None:
        if link is not self._link or self._closing.is_set():
            return
        self._link = None
        waiting, self._waiting = self._waiting, {}
        for number, answered in waiting.items():
            answered(Failed(number, "The search engine stopped unexpectedly.", "Please try again."))
        now = time.monotonic()
        self._deaths.append(now)
        if self._refused is not None:
            self.gave_up.emit(self._refused.title, self._refused.remedy)
        elif len(self._deaths) > _RESTARTS and now - self._deaths[0] < _WITHIN_SECONDS:
            self.gave_up.emit(
                "The search engine keeps stopping unexpectedly.",
                f"Start the program again. If it stays so, report it with the file {self._paths.crash_report}.",
            )
        else:
            self.start()
            self.restarted.emit(STOPPED)
