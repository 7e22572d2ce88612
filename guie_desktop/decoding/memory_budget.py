"""How much memory all decoders together may take, and who has to wait for it."""

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

_SHARE = 1 / 4  # of what is available
_LEAST = 768 * 1024**2
_MOST = 4 * 1024**3

_CONTROL_GROUPS = (
    ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory.current"),
    ("/sys/fs/cgroup/memory/memory.limit_in_bytes", "/sys/fs/cgroup/memory/memory.usage_in_bytes"),
)
"""Limit and use where the program runs in a container, in either version of Linux's control groups."""


def bytes_for_decoding() -> int:
    """What this machine can spare now."""
    available = min([int(psutil.virtual_memory().available), *_left_in_control_groups()])
    return max(_LEAST, min(int(available * _SHARE), _MOST))


def _left_in_control_groups() -> Iterator[int]:
    for limit, used in _CONTROL_GROUPS:
        try:
            yield int(Path(limit).read_text()) - int(Path(used).read_text())
        except (OSError, ValueError):  # there is none, or it says "max"
            continue


class MemoryBudget:
    """Admits what fits, in the order in which it came: small ones together, a huge one alone."""

    def __init__(self, total: int) -> None:
        self.total = total
        self._used = 0
        self._queue: deque[object] = deque()
        self._changed = threading.Condition()

    @contextmanager
    def reserve(self, amount: int) -> Iterator[None]:
        """Wait until so many bytes are free, and hold them within this block; more than all there is waits for all."""
        amount = min(amount, self.total)
        ticket = object()
        with self._changed:
            self._queue.append(ticket)
            self._changed.wait_for(lambda: self._queue[0] is ticket and self._used + amount <= self.total)
            self._queue.popleft()
            self._used += amount
            self._changed.notify_all()  # the next one may fit beside it
        try:
            yield
        finally:
            with self._changed:
                self._used -= amount
                self._changed.notify_all()
