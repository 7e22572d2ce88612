"""Asks the C library to give memory back to the system, where it would keep what many short-lived pictures took."""

import ctypes
import sys

_ARENA_MAX, _MMAP_THRESHOLD, _TRIM_THRESHOLD = -8, -3, -1
"""As malloc.h of glibc numbers them."""
_ARENAS = 2
"""One for the window's thread, one for all that load; each arena keeps what its threads once needed."""
_PICTURE = 64 << 10
"""Bytes from which on memory is the system's own, and goes back to it at once; small pictures of tiles take more."""


def return_memory_early() -> None:
    """Set what glibc offers for this; nothing elsewhere, where it is not needed."""
    if not sys.platform.startswith("linux"):
        return
    tune = getattr(ctypes.CDLL(None), "mallopt", None)
    if tune is not None:  # musl has none, and keeps little
        for what, value in ((_ARENA_MAX, _ARENAS), (_MMAP_THRESHOLD, _PICTURE), (_TRIM_THRESHOLD, 4 * _PICTURE)):
            tune(what, value)
