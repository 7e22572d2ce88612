"""Has the C library give memory back to the system, which it would keep for whoever may want it next."""

import ctypes
import sys
import time
from collections.abc import Callable
from typing import Any

_ARENA_MAX, _MMAP_THRESHOLD, _TRIM_THRESHOLD = -8, -3, -1
"""As malloc.h of glibc numbers them."""
_ARENAS = 2
"""One for the thread that has most to do, one for all others; each arena keeps what its threads once needed."""
_SMALL_TILE = 16 << 10
"""Bytes; pictures of the smallest tiles take more."""
_LEFT = 256 << 10
"""Bytes that are kept at the end of an arena."""


def share_arenas() -> None:
    """Let threads take memory from where others have given it back, not each from an arena of its own; of glibc."""
    _tune(_ARENA_MAX, _ARENAS)


def return_memory_early() -> None:
    """Let what is as large as a picture be the system's own besides, to which it goes back at once.

    Else glibc would learn from the first large one that is freed to keep the next ones. Not for who computes: to get an
    array anew takes a seventh of the time of a search.
    """
    share_arenas()
    _tune(_MMAP_THRESHOLD, _SMALL_TILE)
    _tune(_TRIM_THRESHOLD, _LEFT)


def give_back_memory() -> None:
    """Give back what a job or a view has left behind, in a few milliseconds; a tenth of a process, or more."""
    if (trim := _of_glibc("malloc_trim")) is not None:
        trim(0)


class Tidying:
    """Tidies up and gives memory back when nothing was done for some seconds, for whoever looks now and then."""

    def __init__(self, after: float, tidy: Callable[[], None], clock: Callable[[], float] = time.monotonic) -> None:
        self._after, self._tidy, self._clock = after, tidy, clock
        self._worked = clock()
        self._is_tidy = True

    def look(self, *, works: bool) -> None:
        """Begin to wait again where somebody `works`."""
        if works:
            self._worked, self._is_tidy = self._clock(), False
        elif not self._is_tidy and self._clock() >= self._worked + self._after:
            self._is_tidy = True
            self._tidy()
            give_back_memory()


def _tune(what: int, value: int) -> None:
    if (tune := _of_glibc("mallopt")) is not None:
        tune(what, value)


def _of_glibc(name: str) -> Any:
    return getattr(ctypes.CDLL(None), name, None) if sys.platform.startswith("linux") else None  # musl has none
