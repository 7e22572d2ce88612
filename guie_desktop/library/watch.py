"""Watching folders: events are hints at directories that need a scan, handed out once they have settled."""

import logging
import sys
import threading
import time
from pathlib import Path

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import ObservedWatch

from guie_desktop.errors import UserError
from guie_desktop.file_kinds import PHOTO_SUFFIXES

QUIET = 0.7
"""Seconds without an event after which a directory counts as settled."""
LONGEST_WAIT = 3.0
"""Seconds after which a directory is handed out although events go on."""

# Without a filter the indexer's own reads are events too, and the kernel's queue overflows.
_EVERYWHERE: tuple[type[FileSystemEvent], ...] = (
    FileCreatedEvent,
    FileMovedEvent,
    FileDeletedEvent,
    DirCreatedEvent,
    DirMovedEvent,
    DirDeletedEvent,
)
# Only inotify tells when a file that was written to is closed.
_WRITTEN = FileClosedEvent if sys.platform.startswith("linux") else FileModifiedEvent


class DirtyDirectories:
    """Directories in which something happened, until they are taken; safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._first: dict[Path, float] = {}
        self._last: dict[Path, float] = {}
        self._overflowed = False

    def mark(self, directory: Path, now: float) -> None:
        """Something happened in this directory."""
        with self._lock:
            self._first.setdefault(directory, now)
            self._last[directory] = now

    def mark_overflow(self) -> None:
        """Events were lost; only a full scan tells what happened."""
        with self._lock:
            self._overflowed = True

    def take_settled(self, now: float) -> set[Path]:
        """The directories that have settled; they are forgotten here."""
        with self._lock:
            settled = {
                directory
                for directory, last in self._last.items()
                if now - last >= QUIET or now - self._first[directory] >= LONGEST_WAIT
            }
            for directory in settled:
                del self._first[directory], self._last[directory]
            return settled

    def take_overflow(self) -> bool:
        """Whether events were lost since the last call."""
        with self._lock:
            overflowed, self._overflowed = self._overflowed, False
            return overflowed


class _Handler(FileSystemEventHandler):
    """Notes the directories that an event concerns."""

    def __init__(self, dirty: DirtyDirectories) -> None:
        self._dirty = dirty

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Called by watchdog's thread."""
        for name in (event.src_path, event.dest_path):
            if not name:
                continue
            path = Path(name if isinstance(name, str) else name.decode())
            if event.is_directory or path.suffix.lower() in PHOTO_SUFFIXES:
                self._dirty.mark(path.parent, time.monotonic())


class _OverflowListener(logging.Handler):
    """watchdog tells of lost events in its log alone."""

    def __init__(self, dirty: DirtyDirectories) -> None:
        super().__init__(logging.WARNING)
        self._dirty = dirty

    def emit(self, record: logging.LogRecord) -> None:
        """Called for every warning of watchdog."""
        if "overflow" in record.getMessage():
            self._dirty.mark_overflow()


class Watcher:
    """Watches folders until closed; ask it for what has settled."""

    def __init__(self) -> None:
        self.dirty = DirtyDirectories()
        self._handler = _Handler(self.dirty)
        self._listener = _OverflowListener(self.dirty)
        self._watches: dict[Path, ObservedWatch] = {}
        self._observer = Observer()
        self._observer.daemon = True
        self._observer.start()
        logging.getLogger("watchdog").addHandler(self._listener)

    def watch(self, folders: set[Path]) -> None:
        """Watch just these folders; UserError where the system refuses one (the others are watched)."""
        for gone in self._watches.keys() - folders:
            self._observer.unschedule(self._watches.pop(gone))
        refused = None
        for folder in sorted(folders - self._watches.keys()):
            try:
                self._watches[folder] = self._observer.schedule(
                    self._handler, str(folder), recursive=True, event_filter=[*_EVERYWHERE, _WRITTEN]
                )
            except OSError as error:
                refused = UserError(
                    f"New photos in {folder} are not noticed by themselves ({error.strerror or error}).",
                    "Press F5 to look for changes; on Linux, raise fs.inotify.max_user_watches.",
                )
        if refused is not None:
            raise refused

    def close(self) -> None:
        """Stop watching."""
        logging.getLogger("watchdog").removeHandler(self._listener)
        self._observer.stop()
        self._observer.join()
