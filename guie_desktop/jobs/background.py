"""Waiting for work that cannot be cut into steps, without holding up answers."""

from collections.abc import Callable, Generator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import TypeVar

from guie_desktop.messages import Progress

Result = TypeVar("Result")

_LOOK_AGAIN = 0.03  # seconds


def in_background(work: Callable[[], Result], progress: Callable[[], Progress]) -> Generator[Progress, None, Result]:
    """Run the work in a thread of its own; yields progress until it is done and returns its result."""
    with ThreadPoolExecutor(1) as pool:
        future = pool.submit(work)
        yield from until_done(future, progress)
        return future.result()


def until_done(future: Future[Result], progress: Callable[[], Progress]) -> Generator[Progress, None, None]:
    """Yield progress until the future is done."""
    while not wait([future], timeout=_LOOK_AGAIN).done:
        yield progress()
