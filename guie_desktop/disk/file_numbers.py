"""What the file system says of a file in numbers, as the catalog can keep them."""

import os

# SQLite's integers have 64 bits and a sign, which neither every date of a file nor every inode fits into.
_LARGEST = 2**63 - 1


def size_and_time(status: os.stat_result) -> tuple[int, int]:
    """By what a file is known to be unchanged: bytes, and nanoseconds as far as the catalog can hold them."""
    return bounded(status.st_size), bounded(status.st_mtime_ns)


def bounded(number: int) -> int:
    """The nearest number that can be kept."""
    return max(-_LARGEST, min(number, _LARGEST))


def identity(number: int) -> int:
    """An inode or device as the catalog keeps it; other than times, those at the far end must stay different."""
    return number & _LARGEST
