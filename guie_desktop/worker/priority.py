"""How the worker gives way to the desktop."""

import os
import sys

_NICENESS = 10


def yield_to_the_desktop() -> None:
    """Let the window and other programs go first."""
    if sys.platform == "win32":
        import ctypes

        below_normal = 0x4000
        kernel = ctypes.windll.kernel32
        kernel.SetPriorityClass(kernel.GetCurrentProcess(), below_normal)
    else:
        os.nice(_NICENESS)
