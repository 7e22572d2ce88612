"""What this machine has."""

import os


def worker_threads() -> int:
    """Threads for decoding and for the network; the operating system's priorities keep the desktop usable."""
    return max(1, os.cpu_count() or 1)
