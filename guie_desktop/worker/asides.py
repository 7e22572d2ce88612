"""Answers that are made in threads, while the worker goes on with its jobs and with other questions."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from guie_desktop.messages import Event
from guie_desktop.worker.later import Aside

_AT_ONCE = 2
"""As many as the window asks for at once; further ones wait for these."""

Reply = Callable[[Event], None]
Refuse = Callable[[Exception], Event]


class Asides:
    """All that is being made, and whom it is for; the replies come from the thread that calls `deliver`."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(_AT_ONCE, "aside")
        self._under_way: dict[Future[Any], tuple[Aside, Reply]] = {}

    @property
    def is_busy(self) -> bool:
        """Whether somebody waits for one."""
        return bool(self._under_way)

    def begin(self, aside: Aside, reply: Reply) -> None:
        """Make an answer in a thread."""
        self._under_way[self._threads.submit(aside.make)] = aside, reply

    def deliver(self, refuse: Refuse) -> None:
        """Reply what was made; `refuse` makes the answer of an error, or raises what is none."""
        for made in [future for future in self._under_way if future.done()]:
            aside, reply = self._under_way.pop(made)
            try:
                answer = aside.finish(made.result())
            except Exception as error:  # noqa: BLE001 - `refuse` raises what is no error of the world
                answer = refuse(error)
            reply(answer)

    def close(self) -> None:
        """Wait for what is being made, and forget the rest."""
        self._threads.shutdown(wait=True, cancel_futures=True)
