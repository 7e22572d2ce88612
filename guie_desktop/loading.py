"""Loading the modules that a process needs as long as it runs."""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def loading() -> Iterator[None]:
    """While what stays is imported: to look for garbage in it again and again takes a tenth of the time.

    Where all was imported already nothing is kept: else windows and libraries that were closed would stay, too.
    """
    known = len(sys.modules)
    gc.disable()
    try:
        yield
    finally:
        if len(sys.modules) > known:
            gc.freeze()
        gc.enable()
