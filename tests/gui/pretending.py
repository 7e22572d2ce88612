"""Stands between a window and its worker: notes what is asked, and gives the answers that a test wants."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QTimer

from guie_desktop.gui.backend.pending import OnFailure, Pending
from guie_desktop.gui.conductor import Conductor
from guie_desktop.messages import Command, Event, Failed, Suggest

GiveAnswer = Callable[[Any], Event]


class Pretender:
    """Lets commands through to the real worker, except those that a test answers, and suggestions."""

    def __init__(self, conductor: Conductor) -> None:
        self.asked: list[Command[Any]] = []
        self.answers: dict[type, GiveAnswer] = {}
        """How to answer commands instead of the worker, by their type."""
        self.answered = 0
        """How many of them have their answer."""
        self.held: dict[type, Pending[Any]] = {}
        """What is asked of the kinds that `hold` named, until `reply`."""
        self._hold: set[type] = set()
        self._silent = False
        """Whether the worker gets nothing any more."""
        self._client = conductor.client
        self._ask = conductor.client.ask
        conductor.client.ask = self.ask  # type: ignore[method-assign]

    def ask(
        self,
        command: Command[Any],
        then: Callable[[Any], object] | None = None,
        failed: OnFailure | None = None,
        cancelled: Callable[[], object] = lambda: None,
    ) -> Pending[Any]:
        """As the client does."""
        self.asked.append(command)
        answer = self.answers.get(type(command))
        if type(command) in self._hold:
            self.held[type(command)] = Pending(then, failed or self._refuse, cancelled=cancelled)
            return self.held[type(command)]
        if answer is None and not self._silent and not isinstance(command, Suggest):
            return self._ask(command, then, failed, cancelled)
        pending = Pending(then, failed or self._refuse, cancelled=cancelled)
        if answer is not None:
            event = answer(command)
            QTimer.singleShot(0, self._client, lambda: self._settle(pending, event))
        return pending

    def silence(self) -> None:
        """The worker gets nothing any more and is not heard, so that only this test answers and tells."""
        self._silent = True
        self._client._arrived.disconnect(self._client._take)

    def hold(self, kind: type) -> None:
        """Answer commands of this kind by `reply`, and no sooner."""
        self._hold.add(kind)

    def reply(self, kind: type, event: Event) -> None:
        """Answer the last command of a kind that is held."""
        self.held.pop(kind).settle(event)

    def of(self, kind: type) -> list[Any]:
        """The commands of a kind that were asked so far."""
        return [command for command in self.asked if isinstance(command, kind)]

    def _settle(self, pending: Pending[Any], event: Event) -> None:
        pending.settle(event)
        self.answered += 1

    def _refuse(self, failure: Failed) -> None:
        self._client.refused.emit(failure.title, failure.remedy)
