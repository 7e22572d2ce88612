"""The worker's loop: answers commands at once, and takes one step of the running job in between."""

import logging
import time
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path

from guie_desktop.domain import IndexReport
from guie_desktop.errors import UserError
from guie_desktop.jobs.indexing import IndexJob, index_library
from guie_desktop.jobs.open_library import WritableLibrary
from guie_desktop.library.images import content_hash, decode, read_photo
from guie_desktop.library.thumbnails import make_thumbnail
from guie_desktop.messages import (
    AddFolder,
    Cancel,
    Command,
    Event,
    Failed,
    Found,
    JobEnded,
    LibraryChanged,
    MakePicture,
    Pause,
    PictureReady,
    Progress,
    Ready,
    RemoveFolder,
    Rescan,
    Resume,
    Search,
    Shutdown,
)
from guie_desktop.worker.watching import FolderChanges

logger = logging.getLogger(__name__)

_IDLE = 0.2  # seconds between looks at what the watcher has settled
_LONGEST_ANSWERING = 0.3  # seconds of answering without a step of the job


class Loop:
    """Serves one window until it shuts down or its end of the pipe is gone."""

    def __init__(self, connection: Connection, library: WritableLibrary, changes: FolderChanges) -> None:
        self._connection = connection
        self._library = library
        self._changes = changes
        self._waiting: deque[Callable[[], IndexJob]] = deque()
        self._job: IndexJob | None = None
        self._paused = False
        self._last: Progress | None = None
        self._shutting_down = False

    def run(self) -> None:
        """Answer until the end; a full scan comes first."""
        self._send(Ready(0, self._library.card.name))
        self._watch_folders()
        self._start(lambda: index_library(self._library))
        try:
            while not self._shutting_down:
                self._answer_what_waits(0 if self._is_busy() else _IDLE)
                if self._is_busy():
                    self._step()
                else:
                    self._look_for_changes()
        except (EOFError, BrokenPipeError, ConnectionResetError):
            logger.info("the window is gone")
        finally:
            if self._job is not None:
                self._job.close()

    # --- commands ---------------------------------------------------------------------------------------------

    def _answer_what_waits(self, patience: float) -> None:
        # However fast commands follow each other, the job and the watched folders get their turn.
        if not self._connection.poll(patience):
            return
        until = time.monotonic() + _LONGEST_ANSWERING
        self._answer(self._connection.recv())
        while not self._shutting_down and time.monotonic() < until and self._connection.poll():
            self._answer(self._connection.recv())

    def _answer(self, command: Command) -> None:
        try:
            self._carry_out(command)
        except UserError as error:
            self._send(Failed(command.request, error.title, error.remedy))

    def _carry_out(self, command: Command) -> None:
        match command:
            case Search(request, query):
                self._send(Found(request, self._library.engine.answer(query)))
            case MakePicture(request, path, size):
                self._send(PictureReady(request, path, self._make_picture(path, size), size))
            case AddFolder(request, path):
                self._library.catalog.add_folder(path)
                self._send(LibraryChanged(request))
                self._watch_folders()
                self._start(lambda: index_library(self._library))
            case RemoveFolder(request, folder_id):
                self._library.catalog.remove_folder(folder_id)
                self._send(LibraryChanged(request))
                self._watch_folders()
            case Rescan(_, retry):
                self._start(lambda: index_library(self._library, retry=retry))
            case Pause():
                self._pause(True)
            case Resume():
                self._pause(False)
            case Cancel():
                self._cancel()
            case Shutdown():
                self._shutting_down = True

    def _make_picture(self, path: Path, size: int) -> bytes:
        data = read_photo(path)
        key = content_hash(data)
        if self._library.thumbnails.get(key, size) is None:
            self._library.thumbnails.put([(key, make_thumbnail(decode(data, size).image, size))], size)
        return key

    # --- the running job --------------------------------------------------------------------------------------

    def _is_busy(self) -> bool:
        return self._job is not None and not self._paused

    def _start(self, make_job: Callable[[], IndexJob]) -> None:
        self._waiting.append(make_job)
        if self._job is None:
            self._next_job()

    def _next_job(self) -> None:
        self._job = self._waiting.popleft()() if self._waiting else None

    def _step(self) -> None:
        assert self._job is not None
        try:
            progress = next(self._job)
        except StopIteration as end:
            self._end_job(end.value)
        except UserError as error:
            self._send(Failed(0, error.title, error.remedy))
            self._end_job(None)
        else:
            self._tell(progress)

    def _tell(self, progress: Progress) -> None:
        before, self._last = self._last, progress
        self._send(progress)
        if progress.stage == "photos" and (before is None or before.done != progress.done):
            self._send(LibraryChanged(0))

    def _end_job(self, report: IndexReport | None) -> None:
        self._last = None
        self._send(LibraryChanged(0))
        self._send(JobEnded(0, report))
        self._next_job()

    def _pause(self, paused: bool) -> None:
        self._paused = paused
        if self._last is not None:
            self._send(replace(self._last, paused=paused))

    def _cancel(self) -> None:
        self._waiting.clear()
        self._paused = False
        if self._job is not None:
            self._job.close()
            self._end_job(None)

    # --- folders ----------------------------------------------------------------------------------------------

    def _watch_folders(self) -> None:
        try:
            self._changes.watch({folder.path for folder in self._library.catalog.folders() if folder.path.is_dir()})
        except UserError as error:
            self._send(Failed(0, error.title, error.remedy))

    def _look_for_changes(self) -> None:
        if self._paused:
            return
        if self._changes.need_full_scan():
            self._watch_folders()
            self._start(lambda: index_library(self._library))
            return
        directories = self._changes.settled_directories()
        if directories:
            self._start(lambda: index_library(self._library, directories=directories))

    def _send(self, event: Event) -> None:
        self._connection.send(event)
