"""Asking the worker about the lines of a list, which show what is so whatever comes of it."""

from collections.abc import Callable

from guie_desktop.gui.backend.services import Services
from guie_desktop.gui.backend.steps import Ended, Outcome, Step, asking
from guie_desktop.messages import AnswerT, Command, Done


class ShownAsking:
    """Makes such steps."""

    def __init__(self, services: Services, show_again: Callable[[], object]) -> None:
        """`show_again` makes the lines anew, of what is known already."""
        self._client, self._reader, self._show_again = services.client, services.reader, show_again

    def __call__(self, command: Command[AnswerT], then: Callable[[AnswerT], object] = lambda _: None) -> Step:
        """The step of asking this; `then` gets the answer before the end is told."""
        step = asking(self._client, command, then)

        def begin(ended: Ended) -> None:
            def take(outcome: Outcome) -> None:
                if isinstance(outcome, Done):
                    self._reader.refresh_now()
                else:
                    self._show_again()
                ended(outcome)

            step(take)

        return begin
