"""The lock that admits one writer to a library."""

from filelock import FileLock, Timeout

from guie_desktop.errors import UserError, not_written
from guie_desktop.paths import LibraryPaths


def lock_library(paths: LibraryPaths) -> FileLock:
    """Take the lock, which is to be released; UserError where another process has it, or it cannot be written."""
    lock = FileLock(paths.writer_lock)
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise UserError(
            f"The library {paths.root} is in use by another window or command.",
            "Use that window, or close it and try again.",
        ) from error
    except OSError as error:
        raise not_written(f"The file {paths.writer_lock}", error) from error
    return lock
