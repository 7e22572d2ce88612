"""What the window asks of the worker; the type in brackets is that of the answer."""

from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from guie_desktop.asking import Query
from guie_desktop.domain import DeviceChoice
from guie_desktop.messages.events import (
    Changed,
    Checked,
    Done,
    Found,
    Heads,
    Learned,
    Models,
)

AnswerT = TypeVar("AnswerT")


class Command(Generic[AnswerT]):
    """Something to be done; it may be answered by Failed or Cancelled instead."""

    __slots__ = ()


class Question(Command[AnswerT]):
    """A command that changes nothing, so that it need not be carried out once nobody waits for the answer."""

    __slots__ = ()


# --- photos -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AddFolder(Command[Changed]):
    """Add a folder of photos; Changed when the library has it, and its photos are read from then on."""

    path: Path


@dataclass(frozen=True, slots=True)
class RemoveFolder(Command[Changed]):
    """Forget a folder; its files are not touched. Changed when it is forgotten."""

    folder_id: int


@dataclass(frozen=True, slots=True)
class RelocateFolder(Command[Done]):
    """Let a folder lie where the user says that it is now; Failed where its photos are not in there.

    Done when the library has it so; JobEnded tells what else is different there.
    """

    folder_id: int
    path: Path


@dataclass(frozen=True, slots=True)
class Rescan(Command[Done]):
    """Bring the library up to date with the disk; `retry` also tries again what could not be read.

    Done at once; JobEnded tells what came of it.
    """

    retry: bool = False


@dataclass(frozen=True, slots=True)
class CheckLibrary(Command[Checked]):
    """Read every file again, when nothing else is to be done, and compare it with what the library knows of it.

    Checked in the end. Asked anew after it was cut off, it goes on where it was.
    """


@dataclass(frozen=True, slots=True)
class NoteTrashed(Command[Done]):
    """The user moved the files of these photos to the trash: they are gone, and not missing."""

    photos: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class NoteReturned(Command[Done]):
    """The files of these photos are where they were before they went to the trash; they are looked at from then on."""

    photos: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Search(Question[Found]):
    """Find the look-alikes of a query."""

    query: Query


# --- the running job ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Pause(Command[Done]):
    """Hold the running job at its next safe place; what the user waits for, such as learning, is never held.

    Done at once, also where there is nothing to hold.
    """


@dataclass(frozen=True, slots=True)
class Resume(Command[Done]):
    """Let a held job go on; Done at once."""


@dataclass(frozen=True, slots=True)
class Cancel(Command[Done]):
    """End the running job; what is done stays done and the next scan goes on from there.

    Done when it has ended. A command that was to be answered at the end of the job is answered by Cancelled before.
    """


# --- backbones ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ListModels(Question[Models]):
    """Say which backbones there are. `measure` tries how fast they are here, in a second."""

    measure: bool = False


@dataclass(frozen=True, slots=True)
class UseModel(Command[Models]):
    """Fetch a backbone if need be, embed the library with it, and switch to it when that is complete.

    Search goes on with the one in use. Naming the one in use gives up a switch that has not ended. Models once it is
    begun, and as news when the other one is in use.
    """

    name: str


@dataclass(frozen=True, slots=True)
class UseDevice(Command[Models]):
    """Run networks there from now on."""

    device: DeviceChoice


@dataclass(frozen=True, slots=True)
class AddWeights(Command[Models]):
    """Take a backbone's weights from a file or folder; `name` is the model, or None to recognise it by its shape.

    Models when they are there.
    """

    path: Path
    name: str | None = None


# --- what was learned ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Learn(Command[Learned]):
    """Learn the albums: train a head, test it, take it into use if it is better; Learned in the end."""


@dataclass(frozen=True, slots=True)
class ListHeads(Question[Heads]):
    """Say which heads the backbone in use has."""


@dataclass(frozen=True, slots=True)
class UseHead(Command[Heads]):
    """Search with this head from now on, 0 being the general one; Heads when it is so."""

    head_id: int


@dataclass(frozen=True, slots=True)
class ExportHead(Command[Heads]):
    """Write a head to a file; album names go along only `with_names`."""

    head_id: int
    path: Path
    with_names: bool = False


@dataclass(frozen=True, slots=True)
class ImportHead(Command[Heads]):
    """Take a head from a file."""

    path: Path


@dataclass(frozen=True, slots=True)
class ReadReport(Question[Learned]):
    """Say how a head was learned and tested."""

    head_id: int


# --- the worker itself --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Shutdown(Command[Done]):
    """Save what is worth saving and end the worker; Done at once, and what is unanswered stays so."""
