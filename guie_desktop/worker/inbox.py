"""The requests that wait to be carried out, and which of them nobody waits for any more."""

from collections import OrderedDict
from multiprocessing.connection import Connection
from typing import Any

from guie_desktop.messages import Command, Request, ToWorker

GONE = (EOFError, BrokenPipeError, ConnectionResetError)
"""What the end of the pipe raises when the window is gone."""


class Inbox:
    """Reads the worker's end of the pipe."""

    def __init__(self, connection: Connection, at_once: int = 1000) -> None:
        """So many messages are read before the first of them is answered, however many there are."""
        self._connection, self._at_once = connection, at_once
        self._waiting: OrderedDict[int, Command[Any] | None] = OrderedDict()
        self._taken: int | None = None
        """The request that was handed out last; None where it was withdrawn since."""

    def look(self, patience: float = 0.0) -> None:
        """Read what has arrived, or wait so many seconds for the first message.

        Raises one of GONE when the window is gone and nothing is left to be carried out.
        """
        try:
            for _ in range(self._at_once):
                if not self._connection.poll(0 if self._waiting else patience):
                    return
                self._take(self._connection.recv())
        except GONE:
            if not self._waiting:
                raise

    def next(self) -> tuple[int, Command[Any] | None] | None:
        """The oldest request: its number, and its command, None where it was withdrawn; None where there is none."""
        if not self._waiting:
            return None
        number, command = self._waiting.popitem(last=False)
        self._taken = number
        return number, command

    def is_waited_for(self) -> bool:
        """Whether somebody still waits for the request that was handed out last; False as well where all are gone."""
        try:
            self.look()
        except GONE:
            return False  # which the next look says again
        return self._taken is not None

    def _take(self, message: ToWorker) -> None:
        if isinstance(message, Request):
            self._waiting[message.number] = message.command
        elif message.number in self._waiting:
            self._waiting[message.number] = None  # in its place, so that it is answered in its turn
        elif message.number == self._taken:
            self._taken = None
