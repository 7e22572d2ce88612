"""Waiting for work that cannot be cut into steps, without holding up answers."""

import math
import time
from collections.abc import Callable, Generator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import TypeVar

from guie_desktop.messages import Progress

Result = TypeVar("Result")

LOOK_AGAIN = 0.03
"""Seconds between looks at whether the work is done."""


class Cancelled(Exception):
    """Raised by work in a thread that was told to stop."""


def in_background(
    work: Callable[[], Result], progress: Callable[[], Progress], stop: Callable[[], None] = lambda: None
) -> Generator[Progress, None, Result]:
    """Run the work in a thread of its own; yields progress until it is done and returns its result.

    A generator that is closed before waits for its thread all the same, and nothing is answered meanwhile. `stop` is
    called first, so that work which can be cut ends soon.
    """
    with ThreadPoolExecutor(1) as pool:
        future = pool.submit(work)
        try:
            yield from until_done(future, progress)
        finally:
            stop()
        return future.result()


def until_done(
    future: Future[Result], progress: Callable[[], Progress], seconds: float = math.inf
) -> Generator[Progress, None, None]:
    """Yield progress until the future is done, or so many seconds have passed."""
    latest = time.monotonic() + seconds
    while time.monotonic() < latest and not wait([future], timeout=LOOK_AGAIN).done:
        yield progress()
