"""A real worker process, as the window starts it, and the window's end of the pipe."""

import contextlib
import itertools
import multiprocessing
from collections.abc import Callable
from pathlib import Path
from typing import Any

from guie_desktop.__main__ import start_worker
from guie_desktop.asking import Answer, Query
from guie_desktop.messages import AnswerT, Command, Event, Found, Reply, Request, Search, Shutdown
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
        self.news: list[Event] = []
        """All that came unasked."""
        self.replies: dict[int, Event] = {}
        self._unseen: list[Event] = []
        self._numbers = itertools.count(1)

    def send(self, command: Command[Any]) -> int:
        """Ask for something; returns the number that the reply will have."""
        number = next(self._numbers)
        self.connection.send(Request(number, command))
        return number

    def reply(self, number: int) -> Event:
        """The reply to a request, whatever it is."""
        while number not in self.replies:
            assert self.receive(PATIENCE), f"no reply to {number} came, but {self._told()}"
        return self.replies[number]

    def ask(self, command: Command[AnswerT]) -> AnswerT:
        """Ask and get the reply, whatever it is."""
        return self.reply(self.send(command))  # type: ignore[return-value]

    def wait_for(
        self, kind: type[Any], where: Callable[[Any], bool] = lambda _: True, seconds: float = PATIENCE
    ) -> Any:
        """The next news of a kind; what was told before it is passed over."""
        while True:
            while self._unseen:
                event = self._unseen.pop(0)
                if isinstance(event, kind) and where(event):
                    return event
            assert self.receive(seconds), f"no {kind.__name__} came, but {self._told()}"

    def end(self) -> None:
        if self.process.is_alive():
            with contextlib.suppress(BrokenPipeError):
                self.send(Shutdown())
        self.process.join(PATIENCE)
        assert not self.process.is_alive()
        self.connection.close()
        self.process.close()

    def receive(self, seconds: float) -> bool:
        """Take what comes next; whether something came within so many seconds."""
        if not self.connection.poll(seconds):
            return False
        message = self.connection.recv()
        if isinstance(message, Reply):
            assert message.number not in self.replies, "answered twice"
            self.replies[message.number] = message.event
        else:
            self.news.append(message)
            self._unseen.append(message)
        return True

    def _told(self) -> list[str]:
        return [type(event).__name__ for event in self.news]


Start = Callable[[], WorkerEnd]


def answer(worker: WorkerEnd, photo: Path) -> Answer:
    """What a search for the look-alikes of a photo file finds, however many."""
    found = worker.ask(Search(Query(images=(photo,), top=999)))
    assert isinstance(found, Found)
    return found.answer
