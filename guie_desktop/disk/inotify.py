"""watchdog's observer on Linux, made to tell which directories it does not watch, and to leave alone what is skipped.

Linux watches one directory with one watch, of which a user has only so many. Where there are no more, watchdog leaves
out what lies below a folder without a word.
"""

import errno
import os
import threading
from collections.abc import Callable
from pathlib import Path

from watchdog.observers.api import BaseObserver
from watchdog.observers.inotify import InotifyEmitter
from watchdog.observers.inotify_c import CallbackId, InotifyFD, Mask, WatchCallback, WatchDescriptor

from guie_desktop.disk.disk_errors import means_gone

_LIMIT = Path("/proc/sys/fs/inotify/max_user_watches")
_SHARE = 0.9
"""Of the user's watches; the rest is for other programs, which often fail without one."""


def watches_to_take() -> int:
    """How many directories one program may watch here, when others are to go on."""
    try:
        return int(int(_LIMIT.read_text(encoding="ascii")) * _SHARE)
    except (OSError, ValueError):
        return 2**31


class SparingInotify(InotifyFD):
    """Adds watches where that is wanted and possible, and keeps the names of the directories that got none."""

    def __init__(self, is_skipped: Callable[[Path], bool], most: int) -> None:
        super().__init__()
        self._is_skipped = is_skipped
        self._most = most
        self._refused: dict[Path, int] = {}
        self._refusing = threading.Lock()

    def refused(self) -> dict[Path, int]:
        """Directories that should be watched and are not, each with the number of the error (errno)."""
        with self._refusing:
            return dict(self._refused)

    def forget(self, directory: Path) -> None:
        """Of this directory there is nothing to say any more: it is gone, or watched."""
        with self._refusing:
            self._refused.pop(directory, None)

    def add_callback(self, path: bytes, mask: Mask, callback: WatchCallback, id_: CallbackId) -> WatchDescriptor:
        """Watch a directory; OSError where it is skipped or cannot be watched, which watchdog passes over."""
        directory = Path(os.fsdecode(path))
        if self._is_skipped(directory):
            raise OSError(errno.EPERM, "it is skipped", str(directory))
        try:
            self._check(directory)
            watch = super().add_callback(path, mask, callback, id_)
        except OSError as error:
            if not means_gone(error):
                with self._refusing:
                    self._refused[directory] = error.errno or 0
            raise
        self.forget(directory)
        return watch

    def _check(self, directory: Path) -> None:
        if not os.access(directory, os.R_OK, effective_ids=True):  # the base would take it for watched
            directory.stat()  # says so where it is gone
            raise PermissionError(errno.EACCES, "it may not be read", str(directory))
        if len(self._watch_for_wd) >= self._most:
            raise OSError(errno.ENOSPC, "enough watches are taken", str(directory))


class SparingObserver(BaseObserver):
    """Folders watched through one SparingInotify."""

    def __init__(self, inotify: SparingInotify) -> None:
        self._inotify = inotify
        inotify.start()
        super().__init__(InotifyEmitter, inotify_fd=inotify)

    def on_thread_stop(self) -> None:
        """Called by watchdog when the observer is stopped."""
        super().on_thread_stop()
        self._inotify.stop()
        self._inotify.join()
