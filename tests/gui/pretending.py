"""Stands between a window and its worker: notes what is asked, and gives the answers that a test wants."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QTimer

from guie_desktop.gui.conductor import Conductor
from guie_desktop.messages import Command, Event, Suggest

Answer = Callable[[Any], Event]


class Pretender:
    """Lets commands through to the real worker, except those that a test answers, and suggestions."""

    def __init__(self, conductor: Conductor) -> None:
        self.asked: list[Command] = []
        self.answers: dict[type, Answer] = {}
        """How to answer commands instead of the worker, by their type."""
        self._client = conductor.client
        self._ask = conductor.client.ask
        conductor.client.ask = self.ask  # type: ignore[method-assign]

    def ask(self, make: Callable[[int], Command], answered: Callable[[Event], None] | None = None) -> int:
        command = make(0)
        if type(command) not in self.answers and not isinstance(command, Suggest):
            self.asked.append(command)
            return self._ask(make, answered)
        number = next(self._client._numbers)
        command = make(number)
        self.asked.append(command)
        if type(command) in self.answers:
            event = self.answers[type(command)](command)
            deliver = answered if answered is not None else self._client.received.emit
            QTimer.singleShot(0, self._client, lambda: deliver(event))
        return number

    def of(self, kind: type) -> list[Any]:
        """The commands of a kind that were asked so far."""
        return [command for command in self.asked if isinstance(command, kind)]
