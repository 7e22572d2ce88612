"""Asks the C library to give back what a job has left behind, which it would keep for the next one."""

import ctypes
import sys


def give_back_memory() -> None:
    """In a few milliseconds; of glibc, as others keep little. A tenth of the worker's memory after an indexing."""
    if sys.platform.startswith("linux"):
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # musl has none
        if trim is not None:
            trim(0)
