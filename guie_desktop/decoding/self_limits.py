"""Limits that a decoder process sets itself: the last line, where a file costs more than its header said."""

import math
import sys
import time
from pathlib import Path


def forbid_core_dumps() -> None:
    """Leave nothing of a photo on the disk when its decoder crashes."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))


def limit_memory(most: int) -> None:
    """Let this process hold so many bytes; what is beyond is a MemoryError, or the end of a library that is careless.

    On Linux alone: macOS enforces no such limit, and Windows would need a job object.
    """
    if sys.platform == "linux":
        import resource

        # Not RLIMIT_AS: threads and libraries reserve addresses that they never use. Of those in `data` some are never
        # used either, which is why it is told what may come rather than what there may be.
        _, resident, _, _, _, data, _ = map(int, Path("/proc/self/statm").read_text().split())  # pages, see proc(5)
        limit = (data - resident) * resource.getpagesize() + most
        resource.setrlimit(resource.RLIMIT_DATA, (limit, resource.getrlimit(resource.RLIMIT_DATA)[1]))


def limit_processor_time(seconds: float) -> None:
    """Have the system end this process when it has computed so many seconds more.

    The program ends a decoder that hangs long before; this is for one whose program is gone.
    """
    if sys.platform != "win32":
        import resource

        limit = math.ceil(time.process_time() + seconds)
        resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.getrlimit(resource.RLIMIT_CPU)[1]))
