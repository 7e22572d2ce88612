"""Answers that are made in threads, while the worker goes on with its jobs and with other questions."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

from guie_desktop.messages import Event

_AT_ONCE = 2
"""As many as the window asks for at once; further ones wait for these."""

Reply = Callable[[Event], None]
Refuse = Callable[[Exception], Event]


class Asides:
    """All that is being made, and whom it is for; the replies come from the thread that calls `deliver`."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(_AT_ONCE, "aside")
        self._under_way: dict[Future[Event], Reply] = {}

    @property
    def is_busy(self) -> bool:
        """Whether somebody waits for one."""
        return bool(self._under_way)

    def begin(self, make: Callable[[], Event], reply: Reply) -> None:
        """Make an answer in a thread."""
        self._under_way[self._threads.submit(make)] = reply

    def deliver(self, refuse: Refuse) -> None:
        """Reply what was made; `refuse` makes the answer of an error, or raises what is none."""
        for made in [future for future in self._under_way if future.done()]:
            reply = self._under_way.pop(made)
            error = made.exception()
            reply(made.result() if error is None else refuse(_checked(error)))

    def close(self) -> None:
        """Wait for what is being made, and forget the rest."""
        self._threads.shutdown(wait=True, cancel_futures=True)


def _checked(error: BaseException) -> Exception:
    if not isinstance(error, Exception):
        raise error
    return error
