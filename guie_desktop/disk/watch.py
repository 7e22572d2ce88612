"""Watching folders: events are hints at directories that need a scan, handed out once they have settled."""

import logging
import os
import sys
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

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
from watchdog.observers.api import BaseObserver, ObservedWatch

from guie_desktop.disk.file_systems import FolderIdentity, folder_identity
from guie_desktop.disk.skipping import SkipRules
from guie_desktop.file_kinds import PHOTO_SUFFIXES, VIDEO_SUFFIXES

if TYPE_CHECKING:
    from guie_desktop.disk.inotify import SparingInotify  # of Linux alone

IsSkipped = Callable[[Path, bool], bool]

_OF_PHOTOS = PHOTO_SUFFIXES | VIDEO_SUFFIXES

QUIET = 0.7
"""Seconds without an event after which directories count as settled."""
LONGEST_WAIT = 3.0
"""Seconds after which directories are handed out although events go on."""

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

    def __init__(self, quiet: float = QUIET) -> None:
        """They count as settled after so many seconds without an event."""
        self._quiet = quiet
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
        """All directories, once none of them has had an event for a while; they are forgotten here.

        They are handed out together: what was moved from one to another is followed only where both are scanned at
        once, else what lies under its old name now would be taken for an edit of it.
        """
        with self._lock:
            if not self._last:
                return set()
            is_quiet = now - max(self._last.values()) >= self._quiet
            if not is_quiet and now - min(self._first.values()) < LONGEST_WAIT:
                return set()
            settled = set(self._last)
            self._first.clear()
            self._last.clear()
            return settled

    def take_overflow(self) -> bool:
        """Whether events were lost since the last call."""
        with self._lock:
            overflowed, self._overflowed = self._overflowed, False
            return overflowed


class _Handler(FileSystemEventHandler):
    """Notes the directories that an event concerns."""

    def __init__(self, dirty: DirtyDirectories, is_skipped: IsSkipped, deleted: Callable[[Path], None]) -> None:
        self._dirty = dirty
        self._is_skipped = is_skipped
        self._deleted = deleted

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Called by watchdog's thread."""
        if isinstance(event, DirDeletedEvent):
            self._deleted(Path(os.fsdecode(event.src_path)))
        for name in (event.src_path, event.dest_path):
            if not name:
                continue
            path = Path(os.fsdecode(name))
            is_of_photo = path.suffix.lower() in _OF_PHOTOS
            if (event.is_directory or is_of_photo) and not self._is_skipped(path, event.is_directory):
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


@dataclass(frozen=True, slots=True)
class _Watched:
    watch: ObservedWatch
    rules: SkipRules
    identity: FolderIdentity


class Watcher:
    """Watches folders until closed; ask it for what has settled, and for what it could not watch.

    `most_watches` directories are watched where each takes one of the user's watches (Linux). What was `quiet` for so
    many seconds has settled.
    """

    def __init__(self, most_watches: int | None = None, quiet: float = QUIET) -> None:
        self.dirty = DirtyDirectories(quiet)
        self._rules: Mapping[Path, SkipRules] = {}
        """Replaced as a whole: watchdog's threads read it."""
        self._watched: dict[Path, _Watched] = {}
        self._refused_roots: dict[Path, int] = {}
        self._deleted: set[Path] = set()
        """Folders whose watch ended with them. What is made in their place at once may have the same inode."""
        self._handler = _Handler(self.dirty, self._is_skipped, self._note_deleted)
        self._listener = _OverflowListener(self.dirty)
        self._inotify: SparingInotify | None = None
        self._observer: BaseObserver | None = None
        self._no_observer = 0
        try:
            self._observer = self._make_observer(most_watches)
            self._observer.start()
        except OSError as error:  # too many programs watch something
            self._no_observer = error.errno or 0
        logging.getLogger("watchdog").addHandler(self._listener)

    def watch(self, folders: Iterable[SkipRules]) -> None:
        """Watch just these folders, without what their rules skip, and try again where that failed before.

        A folder is watched anew where another one lies at its path now, such as a drive that was plugged in again.
        """
        self._rules = {rules.root: rules for rules in folders}
        lacking = self.unwatched()
        for root, watched in list(self._watched.items()):
            is_as_it_was = watched.rules == self._rules.get(root) and watched.identity == folder_identity(root)
            is_whole = root not in self._deleted and not any(_is_within(one, root) for one in lacking)
            if not (is_as_it_was and is_whole):
                self._deleted.discard(root)
                del self._watched[root]
                self._unschedule(watched.watch)
        self._refused_roots = {}
        for directory in lacking:
            self.forget(directory)
        for root in sorted(self._rules.keys() - self._watched.keys()):
            self._schedule(root)

    def unwatched(self) -> dict[Path, int]:
        """Directories of these folders whose changes are not noticed, each with the number of the error (errno)."""
        refused = self._inotify.refused() if self._inotify is not None else {}
        return self._refused_roots | refused

    def forget(self, directory: Path) -> None:
        """A directory that was not watched is gone."""
        if self._inotify is not None:
            self._inotify.forget(directory)

    def close(self) -> None:
        """Stop watching."""
        logging.getLogger("watchdog").removeHandler(self._listener)
        if self._observer is not None:
            self._observer.stop()
            self._observer.join()

    def _make_observer(self, most_watches: int | None) -> BaseObserver:
        if sys.platform != "linux":
            return Observer()
        from guie_desktop.disk.inotify import SparingInotify, SparingObserver, watches_to_take

        most = watches_to_take() if most_watches is None else most_watches
        self._inotify = SparingInotify(lambda directory: self._is_skipped(directory, is_folder=True), most)
        return SparingObserver(self._inotify)

    def _schedule(self, root: Path) -> None:
        identity = folder_identity(root)
        if identity is None:
            return
        if self._observer is None:
            self._refused_roots[root] = self._no_observer
            return
        try:
            watch = self._observer.schedule(
                self._handler, str(root), recursive=True, event_filter=[*_EVERYWHERE, _WRITTEN]
            )
        except OSError as error:
            self._refused_roots[root] = error.errno or 0
        else:
            self._watched[root] = _Watched(watch, self._rules[root], identity)

    def _note_deleted(self, directory: Path) -> None:
        if directory in self._rules:
            self._deleted.add(directory)
            self.dirty.mark_overflow()

    def _unschedule(self, watch: ObservedWatch) -> None:
        if self._observer is not None:
            self._observer.unschedule(watch)

    def _is_skipped(self, path: Path, is_folder: bool) -> bool:
        rules = next((self._rules[one] for one in (path, *path.parents) if one in self._rules), None)
        return rules is not None and rules.hides(path, is_folder=is_folder)


def _is_within(path: Path, folder: Path) -> bool:
    return path == folder or folder in path.parents
