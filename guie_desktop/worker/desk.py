"""What the worker's commands work with: the library, its folders on the disk, the jobs, and the way to the window."""

import shutil
import time
from collections.abc import Callable, Generator
from datetime import date
from pathlib import Path

from guie_desktop.domain import IndexReport
from guie_desktop.embedding.devices import likely_devices
from guie_desktop.errors import NoRoom
from guie_desktop.jobs.backing_up import back_up
from guie_desktop.jobs.colouring import colours_are_missing
from guie_desktop.jobs.importing_albums import ImportReport, show_photos_and_make_albums
from guie_desktop.jobs.indexing import IndexJob, embed_photos, index_library, show_photos, together
from guie_desktop.jobs.noting import notes_are_missing
from guie_desktop.jobs.switching import switch_model
from guie_desktop.library.backups import has_outgrown_copies
from guie_desktop.messages import (
    AlbumsImported,
    Cancelled,
    Event,
    Failed,
    JobEnded,
    LeftToDo,
    LibraryChanged,
    Models,
    Progress,
)
from guie_desktop.sentences import Sentence
from guie_desktop.worker.checking import check_later
from guie_desktop.worker.later import Later, answer_from
from guie_desktop.worker.looking_inside import LookingInside
from guie_desktop.worker.power import Power
from guie_desktop.worker.scheduler import Job, Outcome, Scheduler
from guie_desktop.worker.shared_tables import SharedTables
from guie_desktop.worker.watching import FolderChanges
from guie_desktop.workspace.model_catalog import list_models
from guie_desktop.workspace.open_library import WritableLibrary

_CONFIRM_FOR = 5.0  # seconds of making sure at the end of an indexing; others may wait
_ROOM = 64 << 20
"""Free bytes of the disk from which on what was not written is tried again."""
_LOOK_FOR_ROOM_EVERY = 30.0  # seconds


class Desk:
    """One library with a window in front of it."""

    def __init__(
        self,
        library: WritableLibrary,
        changes: FolderChanges,
        tell: Callable[[Event], None],
        is_waited_for: Callable[[], bool] = lambda: True,
    ) -> None:
        self.library = library
        self.tell = tell
        """Tell the window something that it did not ask for."""
        self.is_waited_for = is_waited_for
        """Whether the window still wants the answer that is being made."""
        self.scheduler = Scheduler(self._tell_of_job)
        self.inside = LookingInside(library, self.scheduler, tell, self._tell_error)
        self.shared = SharedTables()
        self.power = Power(lambda: library.choices.saves_battery)
        self._changes = changes
        self._photos_done: int | None = None
        self._looks_for_room_at: float | None = None
        """When to look whether the disk has room again for what was not written."""
        self._copied_on: date | None = None
        self._indexings = 0
        """Jobs that run or wait, and show what is new in all folders."""
        self._shown: IndexReport | None = None
        """What was done to show photos that wait to be embedded."""
        self._is_cancelled = False
        """Whether the user wants no more photos to be read or embedded, until he says so or the program starts."""

    def open(self) -> None:
        """Begin with a scan of all folders, and with the switch that an earlier worker did not end."""
        self.watch_folders()
        self.library.decoders.prepare()  # so that the first photo of the first folder need not wait for it
        self.start(self.indexing())
        if pending := self.library.choices.pending_model:
            self.switch_to(pending)
        if self.library.choices.check_begun_at is not None:
            self.start_for(check_later(self.library, self.scheduler, self.hold), self._tell_of_check)

    def start(self, steps: Generator[Progress, None, IndexReport]) -> None:
        """Run a job that changes the library; what waits to be embedded waits until new photos are shown."""
        self.scheduler.drop_idle("embed")
        self._indexings += 1
        self.scheduler.start(Job(steps, self._end_indexing, goes_on=self._embeds_after))

    def indexing(
        self,
        *,
        directories: set[Path] | None = None,
        retry: bool = False,
        moved: int = 0,
        only_watched: bool = False,
    ) -> IndexJob:
        """An indexing that leaves to later, when nothing else is to be done, what takes long and is not seen.

        After Cancel, what happens in a directory has no other photos read than those that lie there.
        """
        library = self.library
        if directories is not None:
            within = directories if self._is_cancelled else None
            return show_photos(library, directories=directories, confirm_for=_CONFIRM_FOR, within=within)
        self._is_cancelled = False
        return show_photos_and_make_albums(
            library,
            self._tell_of_albums,
            retry=retry,
            moved=moved,
            confirm_for=_CONFIRM_FOR,
            gives_way=self._another_waits,
            only_watched=only_watched,
        )

    def _another_waits(self) -> bool:
        """Whether what this indexing leaves is read by the next one, which is there already."""
        return self._indexings > 1

    def start_for(self, later: Later, reply: Callable[[Event], None]) -> None:
        """Run a job that somebody waits for."""

        def ended(outcome: Outcome) -> None:
            if outcome.cancelled and later.given_up is not None:
                later.given_up()
            if later.news is not None:
                self.tell(later.news())
            reply(answer_from(outcome))

        job = Job(later.steps, ended)
        if later.is_urgent:
            self.scheduler.start_urgent(job)
        elif later.is_ahead:
            self.scheduler.start_ahead(job)
        elif later.idle is not None:
            self.scheduler.start_idle(later.idle, job)
        else:
            self.scheduler.start(job)

    def switch_to(self, name: str) -> None:
        """Take the steps to this backbone when no other job runs."""
        self.scheduler.start_idle("switch", Job(switch_model(self.library, name), self._end_switch))

    def models(self, *, measure: bool = False) -> Models:
        """The backbones and devices as they are now."""
        return Models(list_models(self.library, measure=measure), likely_devices(), self.library.device)

    def watch_folders(self) -> None:
        """Notice what happens in the library's folders from now on."""
        library = self.library
        rules = [library.skip_rules(folder.path) for folder in library.catalog.folders() if folder.watched]
        self._changes.watch(rules, library.choices.poll)

    def look_around(self) -> None:
        """Start reading what has changed on the disk, and let go of what was not used for a while."""
        self.library.backbone.text_search.drop_if_idle(time.monotonic())
        if complaint := self._changes.complaint():
            self.tell(Failed(complaint.title, complaint.remedy))
        if not self.scheduler.has_room:
            return
        if self._has_room_again():
            self.start(self.indexing())
            return
        if self._copied_on != date.today():
            self._copy_catalog()
            return
        if self._changes.need_full_scan():
            self.watch_folders()
            self.start(self.indexing(only_watched=True))
        elif directories := self._changes.settled_directories():
            self.start(self.indexing(directories=directories))

    def _copy_catalog(self) -> None:
        self._copied_on = date.today()  # once a day, also where it fails
        self.scheduler.start(Job(back_up(self.library.paths), self._end_copy, is_quiet=True))

    def _tell_of_job(self, event: Progress | JobEnded) -> None:
        self.tell(event)
        done = event.done if isinstance(event, Progress) and event.stage in ("photos", "embed", "switch") else None
        if done is not None and done != self._photos_done:
            self.tell(LibraryChanged())
        self._photos_done = done

    def _end_indexing(self, outcome: Outcome) -> None:
        self._indexings -= 1
        self._tell_error(outcome)
        if outcome.cancelled:
            self._is_cancelled = True
            self._tell_what_is_planned()
        if outcome.result is not None and outcome.result.moved:
            self._watch_moved_folders()
        self.tell(LibraryChanged())
        if self._embeds_after(outcome):
            self._shown = outcome.result if self._shown is None else together(self._shown, outcome.result)
            self.scheduler.start_idle("embed", Job(self._embedding(self._shown), self._end_embedding))
        elif outcome.error is None and not outcome.cancelled:
            self.inside.go_on()
        self._tell_what_is_left()
        if outcome.error is None and has_outgrown_copies(self.library.paths):
            self._copy_catalog()
        is_unsure = outcome.error is None and not outcome.cancelled and self.library.content_checks.unconfirmed_count()
        if is_unsure and not self.scheduler.has_idle("confirm"):
            self.scheduler.start_idle(
                "confirm", Job(index_library(self.library, directories=set()), self._end_confirming)
            )

    def _tell_of_albums(self, report: ImportReport) -> None:
        self.tell(AlbumsImported(report.folder, report.made, report.filled))

    def _embeds_after(self, outcome: Outcome) -> bool:
        library = self.library
        if outcome.result is None or self._is_cancelled:
            return False
        is_unembedded = library.catalog.is_pending(library.backbone.key)
        return is_unembedded or colours_are_missing(library) or notes_are_missing(library)

    def _embedding(self, shown: IndexReport) -> IndexJob:
        """Its report is that of all that was shown before, too."""
        return together(shown, (yield from embed_photos(self.library)))

    def _end_embedding(self, outcome: Outcome) -> None:
        self._tell_error(outcome)
        self._is_cancelled, self._shown = outcome.cancelled, None
        self.tell(LibraryChanged())
        self._tell_what_is_left()
        self.inside.go_on()
        if outcome.error is None and has_outgrown_copies(self.library.paths):
            self._copy_catalog()

    def hold(self) -> None:
        """The user cancelled what reads photos: none are read or embedded until he wants it."""
        self._is_cancelled = True
        self._tell_what_is_left()

    def _tell_what_is_left(self) -> None:
        """Where the user cancelled; all else goes on by itself, and its progress tells of it."""
        catalog = self.library.catalog
        if self._is_cancelled:
            self.library.backbone.kept_views.clear()
        unread = catalog.pending_count() if self._is_cancelled else 0
        waiting = catalog.pending_count(self.library.backbone.key) if self._is_cancelled else 0
        self.tell(LeftToDo(unread, waiting - unread))

    def _tell_what_is_planned(self) -> None:
        if planned := self.library.choices.planned_albums:
            folders = ", ".join(map(str, planned))
            title = Sentence(
                "There are no albums of the folders in {folders} yet, since you cancelled before they were read.",
                folders=folders,
            )
            self.tell(Failed(title, "Look for changes (F5), and they are made when all is read."))

    def _watch_moved_folders(self) -> None:
        """Where a whole folder has moved, what happened there before it is watched is still to be looked for."""
        before = self._changes.roots
        self.watch_folders()
        if self._changes.roots - before:
            self.start(self.indexing())

    def _end_confirming(self, outcome: Outcome) -> None:
        self._tell_error(outcome)
        self.tell(LibraryChanged())

    def _tell_of_check(self, answer: Event) -> None:
        if not isinstance(answer, Cancelled):
            self.tell(answer)

    def _has_room_again(self) -> bool:
        now = time.monotonic()
        if self._looks_for_room_at is None or now < self._looks_for_room_at:
            return False
        has_room = shutil.disk_usage(self.library.paths.root).free > _ROOM
        self._looks_for_room_at = None if has_room else now + _LOOK_FOR_ROOM_EVERY
        return has_room

    def _end_copy(self, outcome: Outcome) -> None:
        if outcome.error is not None:
            self.tell(Failed(outcome.error.title, outcome.error.remedy))

    def _end_switch(self, outcome: Outcome) -> None:
        if outcome.error is not None:
            self.tell(Failed(outcome.error.title, outcome.error.remedy))
        self.library.cancel_switch()
        self.tell(self.models())
        self.inside.start_anew()

    def _tell_error(self, outcome: Outcome) -> None:
        if isinstance(outcome.error, NoRoom):
            self._looks_for_room_at = time.monotonic() + _LOOK_FOR_ROOM_EVERY
        if outcome.error is not None:
            self.tell(Failed(outcome.error.title, outcome.error.remedy, of_reading=True))
