"""One life of the worker: how it is started, its pipe, a thread that reads it, a thread that writes it."""

import multiprocessing
import queue
import threading
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any, NamedTuple, Protocol

from guie_desktop.messages import FromWorker, JobEnded, Progress, Request, ToWorker
from guie_desktop.paths import LibraryPaths

RunWorker = Callable[[Connection, LibraryPaths], None]

_BETWEEN_PROGRESS = 0.1
"""Seconds between two Progress events that reach the window; a busy worker sends many more."""
_PATIENCE = 5.0
"""Seconds that a worker gets to save and end before it is terminated."""
_LAST_WAIT = 1.0


class RunningWorker(Protocol):
    """What the window does with a worker besides talking to it."""

    def join(self, timeout: float | None = None) -> None:
        """Wait until it has ended, so many seconds at most."""

    def is_alive(self) -> bool:
        """Whether it has not ended."""

    def terminate(self) -> None:
        """End it without being asked."""


Launch = Callable[[Connection, LibraryPaths], RunningWorker]
"""Starts a worker on a library; the connection is for it alone, and must be closed when it has ended."""


def spawned(run_worker: RunWorker) -> Launch:
    """Launches each worker as a process of its own."""

    def launch(connection: Connection, paths: LibraryPaths) -> RunningWorker:
        context = multiprocessing.get_context("spawn")
        process = context.Process(target=run_worker, args=(connection, paths), name="guie-desktop worker", daemon=True)
        process.start()
        connection.close()  # the process has its own
        return process

    return launch


class Launched(NamedTuple):
    """A worker that was started, and our end of its pipe."""

    connection: Connection
    worker: RunningWorker


def launched(launch: Launch, paths: LibraryPaths) -> Launched:
    """Start a worker on a library; what it says waits in its pipe."""
    theirs: Any  # a Connection, which on Windows is another class with the same methods
    ours, theirs = multiprocessing.Pipe()
    return Launched(ours, launch(theirs, paths))


class WorkerLink:
    """A started worker; `arrived` and `ended` are called in the reading thread."""

    def __init__(
        self,
        started: Launched,
        arrived: Callable[[FromWorker], None],
        ended: Callable[["WorkerLink"], None],
    ) -> None:
        self._ours, self._worker = started
        self._arrived = arrived
        self._ended = ended
        self._outbox: queue.SimpleQueue[ToWorker | None] = queue.SimpleQueue()
        for target in (self._read, self._write):
            threading.Thread(target=target, name=f"worker {target.__name__}", daemon=True).start()

    def send(self, message: ToWorker) -> None:
        """Put the message on its way; never waits, even where the worker does not read."""
        self._outbox.put(message)

    def stop(self, shutdown: Request, patience: float = _PATIENCE, last_wait: float = _LAST_WAIT) -> None:
        """Ask the worker to end; where it does not within so many seconds, terminate it, and wait a last time."""
        self._outbox.put(shutdown)
        self._worker.join(patience)
        if self._worker.is_alive():
            self._worker.terminate()
            self._worker.join(last_wait)
        self._outbox.put(None)

    def _write(self) -> None:
        while (message := self._outbox.get()) is not None:
            try:
                self._ours.send(message)
            except OSError:
                return  # the reading thread sees the same and tells

    def _read(self) -> None:
        held: Progress | None = None
        next_progress = 0.0
        try:
            while True:
                if held and not self._ours.poll(max(0.0, next_progress - time.monotonic())):
                    self._arrived(held)
                    held, next_progress = None, time.monotonic() + _BETWEEN_PROGRESS
                    continue
                message: FromWorker = self._ours.recv()
                if isinstance(message, Progress):
                    held = message
                    continue
                if isinstance(message, JobEnded):
                    held = None  # its job is over
                self._arrived(message)
        except (EOFError, OSError):
            self._outbox.put(None)
            self._ended(self)
