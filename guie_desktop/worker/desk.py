"""What the worker's commands work with: the library, its folders on the disk, the jobs, and the way to the window."""

import time
from collections.abc import Callable, Generator
from dataclasses import dataclass

from guie_desktop.domain import IndexReport
from guie_desktop.embedding.devices import available_devices
from guie_desktop.errors import UserError
from guie_desktop.jobs.indexing import index_library
from guie_desktop.jobs.switching import switch_model
from guie_desktop.messages import Cancelled, Event, Failed, JobEnded, LibraryChanged, Models, Progress
from guie_desktop.worker.scheduler import Job, Outcome, Scheduler
from guie_desktop.worker.watching import FolderChanges
from guie_desktop.workspace.model_catalog import list_models
from guie_desktop.workspace.open_library import WritableLibrary


@dataclass(frozen=True, slots=True)
class Later:
    """The answer to a command comes when this job is over: it is what the job returns."""

    steps: Generator[Progress, None, Event]
    is_urgent: bool = False
    news: Callable[[], Event] | None = None
    """Told before the answer, however the job ended."""


class Desk:
    """One library with a window in front of it."""

    def __init__(self, library: WritableLibrary, changes: FolderChanges, tell: Callable[[Event], None]) -> None:
        self.library = library
        self.tell = tell
        """Tell the window something that it did not ask for."""
        self.scheduler = Scheduler(self._tell_of_job)
        self._changes = changes
        self._photos_done: int | None = None

    def open(self) -> None:
        """Begin with a scan of all folders, and with the switch that an earlier worker did not end."""
        self.watch_folders()
        self.start(index_library(self.library))
        if pending := self.library.choices.pending_model:
            self.switch_to(pending)

    def start(self, steps: Generator[Progress, None, IndexReport]) -> None:
        """Run a job that changes the library."""
        self.scheduler.start(Job(steps, self._end_indexing))

    def start_for(self, later: Later, reply: Callable[[Event], None]) -> None:
        """Run a job that somebody waits for."""

        def ended(outcome: Outcome) -> None:
            if later.news is not None:
                self.tell(later.news())
            reply(_answer_from(outcome))

        job = Job(later.steps, ended)
        if later.is_urgent:
            self.scheduler.start_urgent(job)
        else:
            self.scheduler.start(job)

    def switch_to(self, name: str) -> None:
        """Take the steps to this backbone when no other job runs."""
        self.scheduler.switch(Job(switch_model(self.library, name), self._end_switch))

    def models(self, *, measure: bool = False) -> Models:
        """The backbones and devices as they are now."""
        return Models(list_models(self.library, measure=measure), available_devices(), self.library.device)

    def watch_folders(self) -> None:
        """Notice what happens in the library's folders from now on."""
        try:
            self._changes.watch({folder.path for folder in self.library.catalog.folders() if folder.path.is_dir()})
        except UserError as error:
            self.tell(Failed(error.title, error.remedy))

    def look_around(self) -> None:
        """Start reading what has changed on the disk, and let go of what was not used for a while."""
        self.library.backbone.text_search.drop_if_idle(time.monotonic())
        if not self.scheduler.has_room:
            return
        if self._changes.need_full_scan():
            self.watch_folders()
            self.start(index_library(self.library))
        elif directories := self._changes.settled_directories():
            self.start(index_library(self.library, directories=directories))

    def _tell_of_job(self, event: Progress | JobEnded) -> None:
        self.tell(event)
        done = event.done if isinstance(event, Progress) and event.stage == "photos" else None
        if done is not None and done != self._photos_done:
            self.tell(LibraryChanged())
        self._photos_done = done

    def _end_indexing(self, outcome: Outcome) -> None:
        self._tell_error(outcome)
        self.tell(LibraryChanged())

    def _end_switch(self, outcome: Outcome) -> None:
        self._tell_error(outcome)
        self.library.cancel_switch()
        self.tell(self.models())

    def _tell_error(self, outcome: Outcome) -> None:
        if outcome.error is not None:
            self.tell(Failed(outcome.error.title, outcome.error.remedy))


def _answer_from(outcome: Outcome) -> Event:
    if outcome.cancelled:
        return Cancelled()
    if outcome.error is not None:
        return Failed(outcome.error.title, outcome.error.remedy)
    answer: Event = outcome.result
    return answer
