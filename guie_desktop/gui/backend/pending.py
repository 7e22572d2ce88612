"""A command that was asked and is not answered yet."""

from collections.abc import Callable
from typing import Generic, cast

from guie_desktop.messages import AnswerT, Cancelled, Event, Failed

OnFailure = Callable[[Failed], object]


class Pending(Generic[AnswerT]):
    """Hands the answer to whom it is for, once; `withdraw` is called when nobody wants it any more."""

    def __init__(
        self,
        then: Callable[[AnswerT], object] | None,
        failed: OnFailure,
        withdraw: Callable[[], None] = lambda: None,
        cancelled: Callable[[], object] = lambda: None,
    ) -> None:
        self._then, self._failed, self._withdraw, self._cancelled = then, failed, withdraw, cancelled
        self.is_open = True
        """Whether the answer is still to come."""

    def cancel(self) -> None:
        """Nobody wants the answer any more: nothing is called, and a question may not even be carried out."""
        if self.is_open:
            self.is_open = False
            self._withdraw()

    def settle(self, event: Event) -> None:
        """Hand on the answer."""
        if not self.is_open:
            return
        self.is_open = False
        match event:
            case Failed():
                self._failed(event)
            case Cancelled():
                self._cancelled()
            case _ if self._then is not None:
                self._then(cast(AnswerT, event))  # the contract says which event answers which command
