"""What the worker scans by itself: settled directories, and everything where events cannot be relied on."""

import time
from pathlib import Path

from guie_desktop.library.watch import Watcher

FULL_SCAN_EVERY = 3600.0
"""Seconds; network shares and sleeping laptops lose events, and a scan of a known folder costs next to nothing."""


class FolderChanges:
    """The watcher, with the times of the full scans."""

    def __init__(self) -> None:
        self._watcher = Watcher()
        self._next_full_scan = time.monotonic() + FULL_SCAN_EVERY

    def watch(self, folders: set[Path]) -> None:
        """Watch just these folders; UserError where the system refuses one."""
        self._watcher.watch(folders)

    def need_full_scan(self) -> bool:
        """Whether events were lost or it is time; asking starts the time anew."""
        due = time.monotonic() >= self._next_full_scan
        if self._watcher.dirty.take_overflow() or due:
            self._next_full_scan = time.monotonic() + FULL_SCAN_EVERY
            return True
        return False

    def settled_directories(self) -> set[Path]:
        """Directories in which something happened and has ended."""
        return self._watcher.dirty.take_settled(time.monotonic())

    def close(self) -> None:
        """Stop watching."""
        self._watcher.close()
