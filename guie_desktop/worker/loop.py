"""The worker's loop: answers requests at once, and takes one step of the jobs in between."""

import contextlib
import logging
import time
from collections.abc import Iterator
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from guie_desktop.disk.volumes import mounted_volumes
from guie_desktop.errors import DamagedLibrary, NoRoom, NothingPasses, UnknownWords, UserError, for_user
from guie_desktop.heap import Tidying
from guie_desktop.jobs.folder_places import FolderSight, sight_of
from guie_desktop.library.damage import blaming_damage
from guie_desktop.messages import Cancelled, Command, Damaged, Done, Event, Failed, FromWorker, Ready, Reply, Shutdown
from guie_desktop.paths import LibraryPaths
from guie_desktop.worker.asides import Asides
from guie_desktop.worker.commands import ANSWERS
from guie_desktop.worker.desk import Desk
from guie_desktop.worker.inbox import GONE, Inbox
from guie_desktop.worker.later import Aside, Later
from guie_desktop.worker.watching import FolderChanges
from guie_desktop.workspace.open_library import WritableLibrary

logger = logging.getLogger(__name__)

_IDLE = 0.2  # seconds between looks at what the watcher has settled
_SOON = 0.01  # seconds between looks at what is being made aside
_LONGEST_ANSWERING = 0.3  # seconds of answering without a step of the job
_REST = 5.0  # seconds in which nothing was done, after which what is free in memory is given back


def serve(connection: Connection, library: WritableLibrary) -> None:
    """Serve one window until it shuts down or its end of the pipe is gone."""

    def sight(root: Path) -> FolderSight:
        return sight_of(library.catalog, root, mounted_volumes())

    with contextlib.closing(FolderChanges(sight=sight)) as changes:
        Loop(connection, library, changes).run()


@contextlib.contextmanager
def telling_why_not(connection: Connection, paths: LibraryPaths) -> Iterator[None]:
    """Tell the window an error of the world by which a library cannot be served at all, or not any more."""
    try:
        with blaming_damage(paths.catalog):
            yield
    except (UserError, OSError) as error:
        told = for_user(error)
        kind = Damaged if isinstance(told, DamagedLibrary) else Failed
        with contextlib.suppress(OSError):
            connection.send(kind(told.title, told.remedy))


class Loop:
    """Takes turns between the window's requests and the jobs."""

    def __init__(self, connection: Connection, library: WritableLibrary, changes: FolderChanges) -> None:
        self._connection = connection
        self._inbox = Inbox(connection)
        self._desk = Desk(library, changes, self._send, self._inbox.is_waited_for)
        self._asides = Asides()
        self._tidying = Tidying(_REST, library.forget_read)
        self._shutting_down = False

    def run(self) -> None:
        """Answer until the end; a full scan comes first."""
        library, scheduler = self._desk.library, self._desk.scheduler
        self._send(Ready(library.backbone.name))
        if fallback := library.fallback:
            self._send(Failed(fallback.title, fallback.remedy))
        self._desk.open()
        try:
            self._answer_what_waits(0)
            while not self._shutting_down:
                self._desk.look_around()
                scheduler.rest(self._desk.power.is_saved())
                works = scheduler.is_busy or self._asides.is_busy
                scheduler.step()
                works |= self._answer_what_waits(self._patience())
                self._asides.deliver(_refusal)
                self._tidying.look(works=works)
        except GONE:
            logger.info("the window is gone")
        finally:
            scheduler.close()
            library.decoders.close()  # which ends what is being made aside
            self._asides.close()

    def _patience(self) -> float:
        if self._desk.scheduler.is_busy:
            return 0
        return _SOON if self._asides.is_busy else _IDLE

    def _answer_what_waits(self, patience: float) -> bool:
        """Whether there was any."""
        # However fast requests follow each other, the jobs and the watched folders get their turn.
        self._inbox.look(patience)
        until, answered = time.monotonic() + _LONGEST_ANSWERING, False
        while not self._shutting_down and time.monotonic() < until and (waiting := self._inbox.next()):
            self._answer(*waiting)
            answered = True
            self._inbox.look()
        return answered

    def _answer(self, number: int, command: Command[Any] | None) -> None:
        reply = partial(self._reply, number)
        try:
            answer = Cancelled() if command is None else self._carry_out(command)
        except (UserError, OSError) as error:
            answer = _refusal(error)
        if isinstance(answer, Later):
            self._desk.start_for(answer, reply)
        elif isinstance(answer, Aside):
            self._asides.begin(answer, reply)
        else:
            reply(answer)

    def _carry_out(self, command: Command[Any]) -> Event | Later | Aside:
        if isinstance(command, Shutdown):
            self._shutting_down = True
            return Done()
        return ANSWERS[type(command)](self._desk, command)

    def _reply(self, number: int, event: Event) -> None:
        self._send(Reply(number, event))

    def _send(self, message: FromWorker) -> None:
        with contextlib.suppress(*GONE):  # the inbox notices as well, once all is done that was asked for
            self._connection.send(message)


def _refusal(error: Exception) -> Failed:
    """What the window is told of an error of the world; any other is raised, and so is the damage that ends it all."""
    if isinstance(error, DamagedLibrary) or not isinstance(error, UserError | OSError):
        raise error
    told = for_user(error)
    return Failed(
        told.title,
        told.remedy,
        instead=told.instead if isinstance(told, UnknownWords) else None,
        by_filters=isinstance(told, NothingPasses),
        on_full_disk=isinstance(told, NoRoom),
    )
