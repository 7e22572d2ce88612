"""One life of the worker process: its pipe, a thread that reads it, a thread that writes it."""

import multiprocessing
import queue
import threading
import time
from collections.abc import Callable
from multiprocessing.connection import Connection

from guie_desktop.messages import Command, Event, JobEnded, Progress, Shutdown
from guie_desktop.paths import LibraryPaths

StartWorker = Callable[[Connection, LibraryPaths], None]

_BETWEEN_PROGRESS = 0.1
"""Seconds between two Progress events that reach the window; a busy worker sends many more."""
_PATIENCE = 5.0
"""Seconds that a worker gets to save and end before it is terminated."""


class WorkerLink:
    """A started worker; `arrived` and `ended` are called in the reading thread."""

    def __init__(
        self,
        start_worker: StartWorker,
        paths: LibraryPaths,
        arrived: Callable[[Event], None],
        ended: Callable[["WorkerLink"], None],
    ) -> None:
        context = multiprocessing.get_context("spawn")
        self._ours, theirs = context.Pipe()
        self._process = context.Process(
            target=start_worker, args=(theirs, paths), name="guie-desktop worker", daemon=True
        )
        self._process.start()
        theirs.close()  # so that reading ends when the worker does
        self._arrived = arrived
        self._ended = ended
        self._outbox: queue.SimpleQueue[Command | None] = queue.SimpleQueue()
        for target in (self._read, self._write):
            threading.Thread(target=target, name=f"worker {target.__name__}", daemon=True).start()

    def send(self, command: Command) -> None:
        """Put the command on its way; never waits, even where the worker does not read."""
        self._outbox.put(command)

    def stop(self, request: int) -> None:
        """Ask the worker to end, and terminate it where it does not."""
        self._outbox.put(Shutdown(request))
        self._process.join(_PATIENCE)
        if self._process.is_alive():
            self._process.terminate()
            self._process.join(1.0)
        self._outbox.put(None)

    def _write(self) -> None:
        while (command := self._outbox.get()) is not None:
            try:
                self._ours.send(command)
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
                event: Event = self._ours.recv()
                if isinstance(event, Progress):
                    held = event
                    continue
                if isinstance(event, JobEnded):
                    held = None  # its job is over
                self._arrived(event)
        except (EOFError, OSError):
            self._outbox.put(None)
            self._ended(self)
