"""How many work at the same time, which can be changed while they do."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Turns:
    """Admits so many at once; the others wait. Safe in any thread."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._working = 0
        self._held = 0
        self._is_closed = False
        self._changed = threading.Condition()

    def allow(self, most: int) -> None:
        """So many from now on; who works already is not disturbed."""
        with self._changed:
            self._most = most
            self._changed.notify_all()

    def close(self) -> None:
        """Let all go on that wait."""
        with self._changed:
            self._is_closed = True
            self._changed.notify_all()

    @contextmanager
    def one(self) -> Iterator[None]:
        """Wait for a turn, and have it within this block."""
        with self._changed:
            self._changed.wait_for(lambda: self._is_closed or (not self._held and self._working < self._most))
            self._working += 1
        try:
            yield
        finally:
            with self._changed:
                self._working -= 1
                self._changed.notify_all()

    @contextmanager
    def none(self) -> Iterator[None]:
        """Nobody begins within this block; who works already goes on."""
        with self._changed:
            self._held += 1
        try:
            yield
        finally:
            with self._changed:
                self._held -= 1
                self._changed.notify_all()
