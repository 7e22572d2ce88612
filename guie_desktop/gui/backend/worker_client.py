"""The window's end of the contract with the worker: one answer to each request, news, a new worker after a crash."""

import itertools
import threading
import time
from collections import deque
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from guie_desktop.gui.backend.pending import OnFailure, Pending
from guie_desktop.gui.backend.worker_link import Launch, Launched, WorkerLink, launched
from guie_desktop.language import tr_noop
from guie_desktop.messages import (
    AnswerT,
    Command,
    Damaged,
    Event,
    Failed,
    FromWorker,
    Question,
    Ready,
    Reply,
    Request,
    Shutdown,
    Withdrawal,
)
from guie_desktop.paths import LibraryPaths
from guie_desktop.sentences import Sentence

_RESTARTS = 3
_WITHIN_SECONDS = 60.0
_HALTING = 60.0
"""Seconds until a worker is ended that was halted: whoever does that needs its library, and has time."""
STOPPED = tr_noop("The search engine stopped unexpectedly and was started again.")

News = TypeVar("News", bound=Event)


class WorkerClient(QObject):
    """Asks the worker, and hands answers and news to those who want them, in the window's thread."""

    refused = Signal(object, object)
    """A failure that nobody asked to be told himself: what happened, and what the user can do."""
    told = Signal(object)
    """Failed: what went wrong that nobody asked for."""
    restarted = Signal()
    """The worker has crashed, and another one was started."""
    gave_up = Signal(object, object)
    """The worker is gone for good: what happened, and what the user can do."""
    damaged = Signal(object, object)
    """The worker is gone, for the catalog is damaged; it can be started again when a copy was put back."""

    _arrived = Signal(object)
    _gone = Signal(object)

    def __init__(
        self, launch: Launch, paths: LibraryPaths, parent: QObject | None = None, *, first: Launched | None = None
    ) -> None:
        """The `first` worker may have been started already."""
        super().__init__(parent)
        self._launch, self._first = launch, first
        self._paths = paths
        self._link: WorkerLink | None = None
        self._numbers = itertools.count(1)
        self._open: dict[int, Pending[Any]] = {}
        self._listeners: dict[type, list[Callable[[Any], object]]] = {}
        self._deaths: deque[float] = deque(maxlen=_RESTARTS + 1)
        self._ready = False
        self._has_served = False
        """Whether any worker was ready."""
        self._refusal: Failed | Damaged | None = None
        self._given_up: Failed | None = None
        """Why the worker is gone for good, unless the user has it started again."""
        self._closing = threading.Event()
        self._arrived.connect(self._take)
        self._gone.connect(self._after_death)
        self.on(Ready, self._note_ready)
        self.on(Failed, self._note_failure)
        self.on(Damaged, self._note_damage)

    @property
    def has_given_up(self) -> bool:
        """Whether the worker is gone for good, unless the user has it started again."""
        return self._given_up is not None

    def start(self) -> None:
        """Start the worker; Ready follows, or `gave_up` where the library that was served is gone."""
        self._given_up = self._why_gone()
        self._ready = False
        self._refusal = None
        if self._given_up is not None:
            self.gave_up.emit(self._given_up.title, self._given_up.remedy)
            return
        started, self._first = self._first or launched(self._launch, self._paths), None
        self._link = WorkerLink(started, self._pass_on, self._pass_end)

    def ask(
        self,
        command: Command[AnswerT],
        then: Callable[[AnswerT], object] | None = None,
        failed: OnFailure | None = None,
        cancelled: Callable[[], object] = lambda: None,
    ) -> Pending[AnswerT]:
        """Have a command carried out: `then` gets its answer, or `failed` why there is none.

        `cancelled` is called where the user cancelled the command or the job that it stands for. Exactly one of the
        three is called, and never before this call has returned. Without `failed` the failure is `refused`.
        """
        number = next(self._numbers)
        pending = Pending(then, failed or self._refuse, partial(self._withdraw, number, command), cancelled)
        self._open[number] = pending
        if self._link is None:
            failure = self._given_up or Failed("The search engine is not running.", "Start the program again.")
            QTimer.singleShot(0, self, lambda: self.deliver(Reply(number, failure)))
        else:
            self._link.send(Request(number, command))
        return pending

    def on(self, kind: type[News], handler: Callable[[News], object]) -> None:
        """Call the handler with all news of this kind, after those that were named before."""
        self._listeners.setdefault(kind, []).append(handler)

    def halt(self) -> Callable[[], None]:
        """Say no more to the worker until `start`; what is returned ends it, which takes seconds: in a thread."""
        link, self._link = self._link, None
        unanswered, self._open = self._open, {}
        for pending in unanswered.values():
            pending.settle(Failed("The search engine is not running.", "Please try again."))
        shutdown = Request(next(self._numbers), Shutdown())
        return lambda: link.stop(shutdown, _HALTING, _HALTING) if link is not None else None

    def close(self) -> None:
        """End the worker; nothing that it says is delivered afterwards."""
        self._closing.set()
        self._open.clear()
        if self._link is not None:
            self._link.stop(Request(next(self._numbers), Shutdown()))
            self._link = None

    def deliver(self, message: FromWorker) -> None:
        """Hand on what the worker said; to be called in the window's thread."""
        if isinstance(message, Reply):
            pending = self._open.pop(message.number, None)
            if pending is not None:
                pending.settle(message.event)
            return
        for handler in tuple(self._listeners.get(type(message), ())):
            handler(message)

    # --- called in the reading thread

    def _pass_on(self, message: FromWorker) -> None:
        if not self._closing.is_set():
            self._arrived.emit(message)

    def _pass_end(self, link: WorkerLink) -> None:
        if not self._closing.is_set():
            self._gone.emit(link)

    # --- called in the window's thread

    @Slot(object)
    def _take(self, message: FromWorker) -> None:
        if not self._closing.is_set():
            self.deliver(message)

    def _withdraw(self, number: int, command: Command[Any]) -> None:
        self._open.pop(number, None)
        if self._link is not None and isinstance(command, Question):
            self._link.send(Withdrawal(number))

    def _refuse(self, failure: Failed) -> None:
        self.refused.emit(failure.title, failure.remedy)

    def _note_ready(self, _: Ready) -> None:
        self._ready = self._has_served = True

    def _note_failure(self, failure: Failed) -> None:
        if self._ready:
            self.told.emit(failure)
        else:
            self._refusal = failure  # it will end now, and starting it again would end the same way

    def _note_damage(self, damage: Damaged) -> None:
        self._refusal = damage

    @Slot(object)
    def _after_death(self, link: WorkerLink) -> None:
        if link is not self._link or self._closing.is_set():
            return
        self._link = None
        unanswered, self._open = self._open, {}
        end = self._end_of_all()
        if end is None:
            self.start()  # first, so that what is asked upon a failure reaches the new worker
        for pending in unanswered.values():
            pending.settle(Failed("The search engine stopped unexpectedly.", "Please try again."))
        if end is None:
            self.restarted.emit()
        elif isinstance(end, Damaged):
            self.damaged.emit(end.title, end.remedy)
        else:
            self._given_up = end
            self.gave_up.emit(end.title, end.remedy)

    def _end_of_all(self) -> Failed | Damaged | None:
        """Why the worker that has just died is not to be started again."""
        now = time.monotonic()
        self._deaths.append(now)
        if (known := self._refusal or self._why_gone()) is not None:
            return known
        if len(self._deaths) > _RESTARTS and now - self._deaths[0] < _WITHIN_SECONDS:
            return Failed(
                "The search engine keeps stopping unexpectedly.",
                "Start the program again. If it stays so, send the report that the menu Help has.",
            )
        return None

    def _why_gone(self) -> Failed | None:
        """Another library would be begun in its place, where its drive was pulled out."""
        if not self._has_served or self._paths.has_library:
            return None
        return Failed(
            Sentence("The library {folder} is not there any more.", folder=self._paths.root),
            "Connect the drive that it is on, then start the program again.",
        )
