"""The lock that admits one writer to a library."""

from filelock import FileLock, Timeout

from guie_desktop.errors import UserError, not_written
from guie_desktop.paths import LibraryPaths
from guie_desktop.sentences import Sentence


def lock_library(paths: LibraryPaths) -> FileLock:
    """Take the lock, which is to be released; UserError where another process has it, or it cannot be written."""
    lock = FileLock(paths.writer_lock)
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise UserError(
            Sentence("The library {folder} is in use by another window or command.", folder=paths.root),
            "Use that window, or close it and try again.",
        ) from error
    except OSError as error:
        raise not_written(Sentence("The file {file}", file=paths.writer_lock), error) from error
    return lock
