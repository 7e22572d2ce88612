"""A real worker process, as the window starts it."""

import contextlib
import multiprocessing
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from guie_desktop.__main__ import start_worker
from guie_desktop.domain import Answer, Query
from guie_desktop.messages import Command, Event, Found, Search, Shutdown
from guie_desktop.paths import LibraryPaths

MANY = 120
"""Photos that take a worker seconds to read, so that it is still at it when it is told something meanwhile."""
PATIENCE = 300
"""Seconds that only a worker that hangs uses up."""


class WorkerEnd:
    """The window's end of the pipe, without a window."""

    def __init__(self, paths: LibraryPaths) -> None:
        context = multiprocessing.get_context("spawn")
        self.connection, theirs = context.Pipe()
        self.process = context.Process(target=start_worker, args=(theirs, paths), daemon=True)
        self.process.start()
        theirs.close()
        self.events: list[Event] = []

    def send(self, command: Command) -> None:
        self.connection.send(command)

    def wait_for(
        self, kind: type[Any], where: Callable[[Any], bool] = lambda _: True, seconds: float = PATIENCE
    ) -> Any:
        """The next event of a kind; what comes before it is kept in `events`."""
        while self.connection.poll(seconds):
            event = self.connection.recv()
            self.events.append(event)
            if isinstance(event, kind) and where(event):
                return event
        raise AssertionError(f"no {kind.__name__} came; there were {[type(event).__name__ for event in self.events]}")

    def end(self) -> None:
        if self.process.is_alive():
            with contextlib.suppress(BrokenPipeError):
                self.connection.send(Shutdown(0))
        self.process.join(PATIENCE)
        assert not self.process.is_alive()
        self.connection.close()
        self.process.close()


@pytest.fixture
def start(paths: LibraryPaths) -> Iterator[Callable[[], WorkerEnd]]:
    """Start workers on the test's library; they are ended with the test."""
    started: list[WorkerEnd] = []

    def start_one() -> WorkerEnd:
        started.append(WorkerEnd(paths))
        return started[-1]

    yield start_one
    for worker in started:
        worker.end()


def answer(worker: WorkerEnd, photo: Path, request: int) -> Answer:
    """What a search for the look-alikes of a photo file finds, however many."""
    worker.send(Search(request, Query(images=(photo,), top=999)))
    found: Answer = worker.wait_for(Found, lambda event: event.request == request).answer
    return found


@pytest.fixture
def red(indexed_marks: LibraryPaths) -> Path:
    """A photo of an album."""
    return indexed_marks.root.parent / "photos" / "red" / "red-000.jpg"
