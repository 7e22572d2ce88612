"""Answers that are not there at once: they come of a job, or of a thread."""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import Any

from guie_desktop.messages import Cancelled, Event, Failed, Progress
from guie_desktop.worker.scheduler import IdleKind, Outcome


@dataclass(frozen=True, slots=True)
class Later:
    """The answer to a command comes when this job is over: it is what the job returns."""

    steps: Generator[Progress, None, Event]
    is_urgent: bool = False
    is_ahead: bool = False
    """Of a job that goes before those that bring the library up to date."""
    news: Callable[[], Event] | None = None
    """Told before the answer, however the job ended."""
    idle: IdleKind | None = None
    """Of a job that is done when nothing else is to be done."""
    given_up: Callable[[], None] | None = None
    """Called where the user cancelled it."""


@dataclass(frozen=True, slots=True)
class Aside:
    """The answer to a command is made in a thread, which must not hold up others: it may take a file's whole time."""

    make: Callable[[], Any]
    finish: Callable[[Any], Event] = lambda made: made
    """Makes the answer of what was made, between two steps of the worker, which alone writes."""


def answer_from(outcome: Outcome) -> Event:
    """What somebody hears who waits for the job that came to this."""
    if outcome.cancelled:
        return Cancelled()
    if outcome.error is not None:
        return Failed(outcome.error.title, outcome.error.remedy)
    answer: Event = outcome.result
    return answer
