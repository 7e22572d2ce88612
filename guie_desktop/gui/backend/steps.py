"""Steps: what is begun, ends at any time, and says then whether it was done."""

from collections.abc import Callable

from guie_desktop.former import Former
from guie_desktop.gui.backend.worker_client import WorkerClient
from guie_desktop.messages import AnswerT, Cancelled, Changed, Command, Done, Failed, PutBack

Outcome = Done | Failed | Cancelled
"""What came of it: done, refused and why, or given up by the user."""
Ended = Callable[[Outcome], None]
Step = Callable[[Ended], None]
"""Begins something, and calls what it is handed when that has ended: once, at any time."""


def asking(client: WorkerClient, command: Command[AnswerT], then: Callable[[AnswerT], object] = lambda _: None) -> Step:
    """The step of asking the worker this; `then` gets the answer before the end is told."""

    def step(ended: Ended) -> None:
        def take(answer: AnswerT) -> None:
            then(answer)
            ended(Done())

        client.ask(command, then=take, failed=ended, cancelled=lambda: ended(Cancelled()))

    return step


def refusing(step: Step, refuse: Callable[[Failed], object]) -> Step:
    """The same step; where it fails, `refuse` tells it, and nobody else has to."""

    def begin(ended: Ended) -> None:
        def take(outcome: Outcome) -> None:
            if isinstance(outcome, Failed):
                refuse(outcome)
                outcome = Cancelled()
            ended(outcome)

        step(take)

    return begin


def in_turn(*steps: Step) -> Step:
    """These steps one after the other, up to the first that is not done."""

    def step(ended: Ended) -> None:
        if not steps:
            ended(Done())
            return
        first, *rest = steps
        first(lambda outcome: in_turn(*rest)(ended) if isinstance(outcome, Done) else ended(outcome))

    return step


class Exchange:
    """The step of putting back what was so; it keeps what was so until then, so that the next time it does it again."""

    def __init__(self, client: WorkerClient) -> None:
        self._client = client
        self._former = Former((), ())

    def keep(self, changed: Changed) -> None:
        """Something was changed, and this step can undo it."""
        self._former = changed.former

    def __call__(self, ended: Ended) -> None:
        """The step."""
        asking(self._client, PutBack(self._former), self.keep)(ended)
