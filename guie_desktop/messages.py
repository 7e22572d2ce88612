"""The verbs that cross between window and worker: commands one way, events the other.

A command carries the number of its request; the events that answer it carry the same number. Events that nobody
asked for carry 0.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from guie_desktop.domain import Answer, IndexReport, ModelState, Query

# --- window to worker ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AddFolder:
    """Add a folder of photos and index it."""

    request: int
    path: Path


@dataclass(frozen=True, slots=True)
class RemoveFolder:
    """Forget a folder; its files are not touched."""

    request: int
    folder_id: int


@dataclass(frozen=True, slots=True)
class Rescan:
    """Bring the library up to date with the disk; `retry` also tries again what could not be read."""

    request: int
    retry: bool = False


@dataclass(frozen=True, slots=True)
class Pause:
    """Hold the running job at its next safe place."""

    request: int


@dataclass(frozen=True, slots=True)
class Resume:
    """Let a held job go on."""

    request: int


@dataclass(frozen=True, slots=True)
class Cancel:
    """End the running job; what is done stays done and the next scan goes on from there."""

    request: int


@dataclass(frozen=True, slots=True)
class Search:
    """Find the look-alikes of a query; answered by Found or Failed."""

    request: int
    query: Query


@dataclass(frozen=True, slots=True)
class MakePicture:
    """Put a picture of a file into the thumbnail cache, `size` pixels long; answered by PictureReady or Failed."""

    request: int
    path: Path
    size: int


@dataclass(frozen=True, slots=True)
class ListModels:
    """Say which backbones there are; answered by Models. `measure` tries how fast they are here, in a second."""

    request: int
    measure: bool = False


@dataclass(frozen=True, slots=True)
class UseModel:
    """Fetch a backbone if need be, embed the library with it, and switch to it when that is complete.

    Search goes on with the one in use. Naming the one in use gives up a switch that has not ended.
    """

    request: int
    name: str


@dataclass(frozen=True, slots=True)
class AddWeights:
    """Take a backbone's weights from a file or folder; `name` is the model, or None to recognise it by its shape."""

    request: int
    path: Path
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Shutdown:
    """Save what is worth saving and end the worker."""

    request: int


Command = (
    AddFolder
    | RemoveFolder
    | Rescan
    | Pause
    | Resume
    | Cancel
    | Search
    | MakePicture
    | ListModels
    | UseModel
    | AddWeights
    | Shutdown
)

# --- worker to window ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Ready:
    """The worker has opened the library and answers from now on."""

    request: int
    model: str


Stage = Literal["download", "model", "scan", "photos", "head", "vectors"]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the running job is; `total` is 0 while it is not yet known, `seconds_left` None likewise."""

    request: int
    stage: Stage
    done: int
    total: int
    per_second: float
    seconds_left: float | None
    paused: bool
    detail: str = ""


@dataclass(frozen=True, slots=True)
class LibraryChanged:
    """Photos or folders were added, changed or removed; read the catalogue again."""

    request: int


@dataclass(frozen=True, slots=True)
class JobEnded:
    """The running job is over; `report` is None where it was cancelled."""

    request: int
    report: IndexReport | None


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to a Search."""

    request: int
    answer: Answer


@dataclass(frozen=True, slots=True)
class Models:
    """The backbones, the one in use first; sent when asked for, and whenever one is switched to or added."""

    request: int
    models: tuple[ModelState, ...]


@dataclass(frozen=True, slots=True)
class PictureReady:
    """A picture of the file lies in the thumbnail cache under this content hash and size."""

    request: int
    path: Path
    content_hash: bytes
    size: int


@dataclass(frozen=True, slots=True)
class Failed:
    """A command could not be carried out, and why."""

    request: int
    title: str
    remedy: str


Event = Ready | Progress | LibraryChanged | JobEnded | Found | Models | PictureReady | Failed
