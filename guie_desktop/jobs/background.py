"""Waiting for work that cannot be cut into steps, without holding up answers."""

import math
import threading
import time
from collections.abc import Callable, Generator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import TypeVar

from guie_desktop.jobs.pace import Pace
from guie_desktop.messages import Progress

Result = TypeVar("Result")

LOOK_AGAIN = 0.03
"""Seconds between looks at whether the work is done."""
PARTS = 1000
"""Of work that tells how far it is, to count its progress in."""


Tell = Callable[[float], None]
"""Tells how much of the work is done, from 0 to 1; raises Cancelled where nobody waits for it any more."""


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


def telling_in_background(
    work: Callable[[Tell], Result], pace: Pace, until: float = 1.0
) -> Generator[Progress, None, Result]:
    """The same for work that tells how far it is, which brings the pace from where it is to this share of its total.

    A generator that is closed before ends the work with the next that it tells.
    """
    stopped = threading.Event()
    begun = pace.done

    def tell(share: float) -> None:
        if stopped.is_set():
            raise Cancelled
        pace.advance(begun + int((pace.total * until - begun) * share) - pace.done)

    return (yield from in_background(lambda: work(tell), pace.progress, stopped.set))


def until_done(
    future: Future[Result], progress: Callable[[], Progress], seconds: float = math.inf
) -> Generator[Progress, None, None]:
    """Yield progress until the future is done, or so many seconds have passed."""
    latest = time.monotonic() + seconds
    while time.monotonic() < latest and not wait([future], timeout=LOOK_AGAIN).done:
        yield progress()
