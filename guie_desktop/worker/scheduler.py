"""Which job takes the next step: what is urgent, then one job after the other, then what has time."""

from collections import deque
from collections.abc import Callable, Generator
from dataclasses import dataclass, replace
from typing import Any, Literal

from guie_desktop.domain import IndexReport
from guie_desktop.errors import DamagedLibrary, UserError, for_user
from guie_desktop.messages import JobEnded, Progress

IdleKind = Literal["embed", "switch", "confirm", "check", "parts"]
Steps = Generator[Progress, None, Any]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a job ended: with a result, with an error, or cancelled."""

    result: Any = None
    error: UserError | None = None
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Job:
    """Steps to be taken, and what to do when they are over."""

    steps: Steps
    ended: Callable[[Outcome], None]
    """Called once, also where the job is cancelled before it has begun; not when the worker ends."""
    is_quiet: bool = False
    """Whether the window hears nothing of it while it goes well."""
    goes_on: Callable[[Outcome], bool] = lambda _: False
    """Whether `ended` starts what goes on with it, the end of which is that of both for the window."""


class Scheduler:
    """Takes one step at a time, and sends how far the running job is and that it ended."""

    def __init__(self, send: Callable[[Progress | JobEnded], None]) -> None:
        self._send = send
        self._urgent: deque[Job] = deque()
        """What the user waits for, such as learning: the first of them goes before everything else."""
        self._ahead: deque[Job] = deque()
        """What the user has just asked for, such as an export: it goes before what brings the library up to date."""
        self._running: Job | None = None
        self._waiting: deque[Job] = deque()
        self._idle: dict[IdleKind, Job] = {}
        """They take their steps when no other job runs, one after the other; embedding goes first, parts last."""
        self._paused = False
        """Whether all but what is urgent is held."""
        self._rests = False
        """Whether what brings the library up to date is held, since the computer runs on its battery."""
        self._is_rest_told = False
        self._last: Progress | None = None
        """Of what can be held."""

    @property
    def is_busy(self) -> bool:
        """Whether there is a step to be taken."""
        if self._urgent or self._paused:
            return bool(self._urgent)
        return self._can_be_held() and not (self._is_resting() and self._is_rest_told)

    @property
    def has_room(self) -> bool:
        """Whether a job that is started now would be the next to take a step."""
        return not self._urgent and not self._ahead and self._running is None and not self._paused

    def start(self, job: Job) -> None:
        """Run this after the jobs that were started before."""
        self._waiting.append(job)
        self._go_on()

    def start_urgent(self, job: Job) -> None:
        """Run this before everything that is not urgent; it cannot be held."""
        self._urgent.append(job)

    def start_ahead(self, job: Job) -> None:
        """Run this before what the library needs, and after what was asked for before; it can be held."""
        self._ahead.append(job)

    def start_idle(self, kind: IdleKind, job: Job) -> None:
        """Run this when nothing else does, in place of an earlier one of the kind, which ends without a word."""
        self.drop_idle(kind)
        self._idle[kind] = job

    def drop_idle(self, kind: IdleKind) -> None:
        """Leave it at its last safe place without a word, where there is one; it is started anew when it is time."""
        if kind in self._idle:
            self._idle.pop(kind).steps.close()

    def has_idle(self, kind: IdleKind) -> bool:
        """Whether a job of this kind waits for its turn or is on its way."""
        return kind in self._idle

    def step(self) -> None:
        """Take the next step, if there is one to be taken."""
        if self._urgent:
            self._step_of(self._urgent[0], self._end_urgent)
        elif self._paused:
            return
        elif self._ahead:
            self._step_of(self._ahead[0], self._end_ahead)
        elif self._is_resting():
            self._tell_rest()
        elif self._running is not None:
            self._step_of(self._running, self._end_running)
        elif self._idle:
            self._step_of(self._idle[self._next_idle()], self._end_idle)

    def pause(self, paused: bool) -> None:
        """Hold all but what is urgent, or let it go on."""
        # Pressed when all is done, it would hold what comes later, and nobody would know.
        self._paused = paused and self._can_be_held()
        if not self._urgent:
            self._tell_last()

    def rest(self, rests: bool) -> None:
        """Hold what brings the library up to date until that is called off; what was asked for goes on."""
        if rests != self._rests:
            self._rests, self._is_rest_told = rests, False

    def cancel(self) -> None:
        """End what is urgent; else what was asked for; else the jobs that run and wait; or else an idle one."""
        cancelled = Outcome(cancelled=True)
        if self._urgent:
            self._urgent[0].steps.close()
            self._end_urgent(cancelled)
            return
        self._paused = False
        if self._ahead:
            self._ahead[0].steps.close()
            self._end_ahead(cancelled)
        elif self._running is not None:
            waiting, self._waiting = self._waiting, deque()
            self._running.steps.close()
            self._end_running(cancelled)
            for job in waiting:
                job.ended(cancelled)
        elif self._idle:
            self._idle[self._next_idle()].steps.close()
            self._end_idle(cancelled)

    def close(self) -> None:
        """Leave all jobs at their last safe place; nothing is told."""
        for job in (*self._urgent, *self._ahead, self._running, *self._waiting, *self._idle.values()):
            if job is not None:
                job.steps.close()

    def _can_be_held(self) -> bool:
        return bool(self._ahead) or self._running is not None or bool(self._idle)

    def _is_resting(self) -> bool:
        """Whether there is nothing to do but what is to wait for the mains; what is quiet is short, and need not."""
        if not self._rests or self._ahead:
            return False
        return not self._running.is_quiet if self._running is not None else bool(self._idle)

    def _tell_rest(self) -> None:
        if not self._is_rest_told:
            self._is_rest_told = True
            last = self._last or Progress("embed" if self._running is None else "scan", 0, 0)
            self._send(replace(last, paused=True, on_battery=True))

    def _go_on(self) -> None:
        if self._running is None and self._waiting:
            self._running = self._waiting.popleft()

    def _step_of(self, job: Job, end_with: Callable[[Outcome], None]) -> None:
        try:
            progress = next(job.steps)
        except StopIteration as end:
            end_with(Outcome(end.value))
        except DamagedLibrary:
            raise  # the library cannot be served any more
        except (UserError, OSError) as error:
            end_with(Outcome(error=for_user(error)))
        else:
            if not job.is_quiet:
                self._tell(progress)

    def _tell(self, progress: Progress) -> None:
        self._is_rest_told = False
        if self._urgent:
            self._send(replace(progress, can_pause=False))
        else:
            self._last = progress
            self._send(progress)

    def _tell_last(self) -> None:
        self._is_rest_told = False
        if self._last is not None:
            self._send(replace(self._last, paused=self._paused))

    def _end_ahead(self, outcome: Outcome) -> None:
        self._end(self._ahead.popleft(), outcome)

    def _end_running(self, outcome: Outcome) -> None:
        job, self._running = self._running, None
        assert job is not None
        self._end(job, outcome)
        self._go_on()

    def _end_idle(self, outcome: Outcome) -> None:
        self._end(self._idle.pop(self._next_idle()), outcome)

    def _next_idle(self) -> IdleKind:
        if "embed" in self._idle:
            return "embed"
        return next((kind for kind in self._idle if kind != "parts"), "parts")

    def _end(self, job: Job, outcome: Outcome) -> None:
        self._last, self._is_rest_told = None, False
        if not job.is_quiet and not job.goes_on(outcome):
            self._send(JobEnded(outcome.result if isinstance(outcome.result, IndexReport) else None))
        job.ended(outcome)

    def _end_urgent(self, outcome: Outcome) -> None:
        job = self._urgent.popleft()
        self._send(JobEnded(None))
        job.ended(outcome)
        if not self._urgent:
            self._tell_last()  # the window shows again what was put off
