"""What the window asks of the worker about shared libraries; the type in brackets is that of the answer.

Nothing is written to a shared library. Its photos are named by their rows.
"""

from dataclasses import dataclass
from pathlib import Path

from guie_desktop.asking import ALL_SHARED, SharedFilter
from guie_desktop.domain import SharedLibrary
from guie_desktop.messages.commands import Command, Question
from guie_desktop.messages.events import Done
from guie_desktop.messages.shared_events import PageEnd, SharedOpened, SharedOriginal, SharedPage, TakenIn


@dataclass(frozen=True, slots=True)
class OpenShared(Command[SharedOpened]):
    """Open a shared library as it is now, and remember it; Failed where nothing can be read there."""

    address: str
    """As the user writes it."""
    name: str = ""
    """What it is to be called; where that is empty, by its address, or as before."""


@dataclass(frozen=True, slots=True)
class RememberShared(Command[Done]):
    """Call a shared library so, or know it again, without asking it; Failed where the name is taken."""

    library: SharedLibrary


@dataclass(frozen=True, slots=True)
class ForgetShared(Command[Done]):
    """Read a shared library no more; photos that were taken in stay."""

    address: str


@dataclass(frozen=True, slots=True)
class BrowseShared(Question[SharedPage]):
    """The newest photos that pass, or the next ones."""

    address: str
    which: SharedFilter = ALL_SHARED
    after: PageEnd | None = None
    """What the last page said; None for the first one."""
    most: int = 200


@dataclass(frozen=True, slots=True)
class SearchShared(Question[SharedPage]):
    """Look-alikes of one photo in a shared library: of one of its own, one of the user's, or a file."""

    address: str
    row: int | None = None
    photo: int | None = None
    image: Path | None = None
    which: SharedFilter = ALL_SHARED
    most: int = 200


@dataclass(frozen=True, slots=True)
class TakeIn(Command[TakenIn]):
    """Let photos of a shared library have rows in the catalog, so that something can be said of them."""

    address: str
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ReadOriginal(Question[SharedOriginal]):
    """The file of a photo, fetched where it lies in an object store; Failed where it cannot be reached."""

    address: str
    row: int
