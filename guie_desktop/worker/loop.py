"""The worker's loop: answers commands at once, and takes one step of the running job in between."""

import logging
import time
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path

from guie_desktop.domain import IndexReport
from guie_desktop.embedding.assets import load_card
from guie_desktop.embedding.devices import available_devices
from guie_desktop.errors import UserError
from guie_desktop.jobs.heads import list_heads
from guie_desktop.jobs.indexing import index_library
from guie_desktop.jobs.models import list_models
from guie_desktop.jobs.open_library import WritableLibrary
from guie_desktop.jobs.switching import begin_switch, coming_model, give_up_switch, switch_model
from guie_desktop.jobs.weights_arriving import add_weights
from guie_desktop.library.images import content_hash, decode, read_photo
from guie_desktop.library.thumbnails import make_thumbnail
from guie_desktop.messages import (
    AddFolder,
    AddWeights,
    Cancel,
    Command,
    CreateAlbum,
    Decide,
    Event,
    ExportHead,
    Failed,
    Found,
    Heads,
    ImportAlbums,
    ImportHead,
    JobEnded,
    Learn,
    LibraryChanged,
    ListHeads,
    ListModels,
    MakePicture,
    Models,
    Pause,
    PictureReady,
    Progress,
    ReadReport,
    Ready,
    RemoveAlbum,
    RemoveFolder,
    RenameAlbum,
    Rescan,
    Resume,
    Search,
    Shutdown,
    Suggest,
    UseDevice,
    UseHead,
    UseModel,
)
from guie_desktop.worker.album_commands import answer_on_albums, import_and_report
from guie_desktop.worker.learning_commands import Job, carry_out_learning
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
        self._waiting: deque[Callable[[], Job]] = deque()
        self._urgent: deque[Job] = deque()
        """What the user waits for, such as learning: the first of them goes before everything else."""
        self._job: Job | None = None
        self._switch: Job | None = None
        """The change to another backbone; it takes its steps when no other job runs."""
        self._paused = False
        """Whether the job and the switch are held; what is urgent never is."""
        self._last: Progress | None = None
        """Of the job or the switch."""
        self._shutting_down = False

    def run(self) -> None:
        """Answer until the end; a full scan comes first."""
        self._send(Ready(0, self._library.model.name))
        if fallback := self._library.fallback:
            self._send(Failed(0, fallback.title, fallback.remedy))
        self._watch_folders()
        self._start(lambda: index_library(self._library))
        if coming := coming_model(self._library):
            self._switch = switch_model(self._library, coming)
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
            for job in (*self._urgent, self._job, self._switch):
                if job is not None:
                    job.close()

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
                self._add_folder(request, path, lambda: index_library(self._library))
            case ImportAlbums(request, folder):
                self._add_folder(request, folder, lambda: import_and_report(self._library, folder))
            case CreateAlbum() | RenameAlbum() | RemoveAlbum() | Decide() | Suggest():
                self._send(answer_on_albums(self._library, command))
            case RemoveFolder(request, folder_id):
                self._library.catalog.remove_folder(folder_id)
                self._send(LibraryChanged(request))
                self._watch_folders()
            case Rescan(_, retry):
                self._start(lambda: index_library(self._library, retry=retry))
            case Pause() | Resume():
                self._pause(isinstance(command, Pause))
            case Cancel():
                self._cancel()
            case ListModels() | UseModel() | UseDevice() | AddWeights():
                self._carry_out_on_models(command)
            case Learn() | ListHeads() | UseHead() | ExportHead() | ImportHead() | ReadReport():
                carry_out_learning(command, self._library, self._urgent.append, self._send)
            case Shutdown():
                self._shutting_down = True

    def _add_folder(self, request: int, path: Path, make_job: Callable[[], Job]) -> None:
        self._library.catalog.add_folder(path)
        self._send(LibraryChanged(request))
        self._watch_folders()
        self._start(make_job)

    def _carry_out_on_models(self, command: ListModels | UseModel | UseDevice | AddWeights) -> None:
        match command:
            case ListModels(request, measure):
                self._tell_models(request, measure=measure)
            case UseModel(_, name):
                self._use_model(name)
            case UseDevice(request, device):
                self._library.run_on(device)
                self._tell_models(request)
            case AddWeights(_, path, name):
                self._start(lambda: self._add_weights(path, name))

    def _make_picture(self, path: Path, size: int) -> bytes:
        data = read_photo(path)
        key = content_hash(data)
        if self._library.thumbnails.get(key, size) is None:
            self._library.thumbnails.put([(key, make_thumbnail(decode(data, size).image, size))], size)
        return key

    # --- the running job --------------------------------------------------------------------------------------

    def _is_busy(self) -> bool:
        return bool(self._urgent) or (self._can_be_held() and not self._paused)

    def _can_be_held(self) -> bool:
        return self._job is not None or self._switch is not None

    def _start(self, make_job: Callable[[], Job]) -> None:
        self._waiting.append(make_job)
        if self._job is None:
            self._next_job()

    def _next_job(self) -> None:
        self._job = self._waiting.popleft()() if self._waiting else None

    def _step(self) -> None:
        if self._urgent:
            self._step_of(self._urgent[0], lambda _: self._end_urgent())
            return
        if self._job is None:
            self._look_for_changes()
        if self._job is not None:
            self._step_of(self._job, self._end_job)
        elif self._switch is not None:
            self._step_of(self._switch, lambda _: self._end_switch())

    def _step_of(self, job: Job, end_with: Callable[[IndexReport | None], None]) -> None:
        try:
            progress = next(job)
        except StopIteration as end:
            end_with(end.value)
        except UserError as error:
            self._send(Failed(0, error.title, error.remedy))
            end_with(None)
        else:
            self._tell(progress)

    def _tell(self, progress: Progress) -> None:
        if self._urgent:
            self._send(replace(progress, can_pause=False))
            return
        before, self._last = self._last, progress
        self._send(progress)
        if progress.stage == "photos" and (before is None or before.done != progress.done):
            self._send(LibraryChanged(0))

    def _end_job(self, report: IndexReport | None) -> None:
        self._last = None
        self._send(LibraryChanged(0))
        self._send(JobEnded(0, report))
        self._next_job()

    def _end_urgent(self) -> None:
        self._urgent.popleft()
        # Also where it failed or was given up, for by then a version may have been kept.
        self._send(Heads(0, list_heads(self._library)))
        self._send(JobEnded(0, None))
        if self._last is not None:
            self._send(replace(self._last, paused=self._paused))  # the window shows again what was put off

    def _use_model(self, name: str) -> None:
        load_card(name)  # told at once where it is unknown
        if self._switch is not None:
            self._switch.close()
        begin_switch(self._library, name)
        self._switch = switch_model(self._library, name)

    def _end_switch(self) -> None:
        self._switch = self._last = None
        give_up_switch(self._library)
        self._send(JobEnded(0, None))
        self._tell_models()

    def _add_weights(self, path: Path, name: str | None) -> Job:
        yield from add_weights(self._library.paths, path, name)
        self._tell_models()
        return None

    def _tell_models(self, request: int = 0, *, measure: bool = False) -> None:
        models = list_models(self._library, measure=measure)
        self._send(Models(request, models, available_devices(), self._library.device))

    def _pause(self, paused: bool) -> None:
        # Pressed when all is done, it would hold what comes later, and nobody would know.
        self._paused = paused and self._can_be_held()
        if self._last is not None and not self._urgent:
            self._send(replace(self._last, paused=paused))

    def _cancel(self) -> None:
        if self._urgent:
            self._urgent[0].close()
            self._end_urgent()
            return
        self._paused = False
        self._waiting.clear()
        if self._job is not None:
            self._job.close()
            self._end_job(None)
        elif self._switch is not None:
            self._switch.close()
            self._end_switch()

    # --- folders ----------------------------------------------------------------------------------------------

    def _watch_folders(self) -> None:
        try:
            self._changes.watch({folder.path for folder in self._library.catalog.folders() if folder.path.is_dir()})
        except UserError as error:
            self._send(Failed(0, error.title, error.remedy))

    def _look_for_changes(self) -> None:
        self._library.model.word_search.drop_if_idle(time.monotonic())
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
