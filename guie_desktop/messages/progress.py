"""What the worker says of the running job, and of what waits for one; news that nobody asked for."""

from dataclasses import dataclass
from typing import Literal

from guie_desktop.domain import IndexReport

Stage = Literal[
    "download",
    "model",
    "scan",
    "photos",
    "embed",
    "switch",
    "parts",
    "notes",
    "colours",
    "check",
    "doctor",
    "head",
    "vectors",
    "albums",
    "learn",
    "test",
    "compare",
    "backup",
    "export",
    "move",
    "duplicates",
    "map",
    "features",
    "train",
]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the running job is; `total` is 0 while it is not yet known, `seconds_left` None likewise.

    `can_pause` is false where Pause would not hold it.
    """

    stage: Stage
    done: int
    total: int
    per_second: float = 0.0
    seconds_left: float | None = None
    paused: bool = False
    detail: str = ""
    waits_for: str = ""
    """A place on the disk that has not answered for a while; empty while all goes well."""
    can_pause: bool = True
    on_battery: bool = False
    """Whether it is paused because the computer runs on its battery; Resume lets it go on anyway."""


@dataclass(frozen=True, slots=True)
class LeftToDo:
    """What waits while nothing is done about it, since the user cancelled it; zeros when it goes on."""

    unread: int = 0
    """Photos that are not shown yet."""
    unembedded: int = 0
    """Photos that are shown, and that no search finds yet."""


@dataclass(frozen=True, slots=True)
class JobEnded:
    """The running job is over; `report` is None where it was no indexing, or was cut short."""

    report: IndexReport | None
