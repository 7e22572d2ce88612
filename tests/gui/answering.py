"""In the place of the worker's client, for tests of one part alone: it keeps what is asked until the test answers."""

from collections.abc import Callable
from typing import Any, cast

from guie_desktop.gui.backend.pending import OnFailure, Pending
from guie_desktop.gui.backend.worker_client import WorkerClient
from guie_desktop.messages import Command, Event, Failed


class Answering:
    """Asks nobody."""

    def __init__(self) -> None:
        self.commands: list[Command[Any]] = []
        self.pending: list[Pending[Any]] = []
        self.refused: list[Failed] = []
        self._listeners: dict[type, list[Callable[[Any], object]]] = {}

    @property
    def client(self) -> WorkerClient:
        """What the part under test is handed."""
        return cast(WorkerClient, self)

    def ask(
        self,
        command: Command[Any],
        then: Callable[[Any], object] | None = None,
        failed: OnFailure | None = None,
        cancelled: Callable[[], object] = lambda: None,
    ) -> Pending[Any]:
        """As the client does."""
        self.commands.append(command)
        self.pending.append(Pending(then, failed or self.refused.append, cancelled=cancelled))
        return self.pending[-1]

    def on(self, kind: type, handler: Callable[[Any], object]) -> None:
        """As the client does."""
        self._listeners.setdefault(kind, []).append(handler)

    def answer(self, event: Event, which: int = -1) -> None:
        """Answer one of the commands; the last, unless it is said which."""
        self.pending[which].settle(event)

    def tell(self, news: Event) -> None:
        """Say what nobody asked for."""
        for handler in self._listeners.get(type(news), ()):
            handler(news)
