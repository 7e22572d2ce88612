"""The verbs that cross between window and worker: commands one way, events the other.

A command carries the number of its request; the events that answer it carry the same number. Events that nobody
asked for carry 0.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from guie_desktop.domain import (
    Answer,
    DeviceChoice,
    HeadState,
    Hit,
    IndexReport,
    LearningReport,
    ModelState,
    Query,
    Verdict,
)

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
    """Hold the running job at its next safe place; what the user waits for, such as learning, is never held."""

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
class UseDevice:
    """Run networks there from now on."""

    request: int
    device: DeviceChoice


@dataclass(frozen=True, slots=True)
class AddWeights:
    """Take a backbone's weights from a file or folder; `name` is the model, or None to recognise it by its shape."""

    request: int
    path: Path
    name: str | None = None


@dataclass(frozen=True, slots=True)
class CreateAlbum:
    """Make an album with these photos in it; answered by LibraryChanged, or Failed where the name is taken."""

    request: int
    name: str
    photos: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class RenameAlbum:
    """Give an album another name."""

    request: int
    album_id: int
    name: str


@dataclass(frozen=True, slots=True)
class RemoveAlbum:
    """Remove an album; what was decided about photos is kept, so that `restore` brings it back."""

    request: int
    album_id: int
    restore: bool = False


@dataclass(frozen=True, slots=True)
class Decide:
    """Put photos into an album, say that they are "not this", or (None) take back what was said."""

    request: int
    album_id: int
    photos: tuple[int, ...]
    verdict: Verdict | None


@dataclass(frozen=True, slots=True)
class ImportAlbums:
    """Add a folder, index what is new in it, and make each folder with photos an album of its name."""

    request: int
    folder: Path


@dataclass(frozen=True, slots=True)
class Suggest:
    """Find photos that belong to an album and are not in it; answered by Suggested or Failed."""

    request: int
    album_id: int
    most: int = 60


@dataclass(frozen=True, slots=True)
class Learn:
    """Learn the albums: train a head, test it, take it into use if it is better; Learned or Failed in the end."""

    request: int


@dataclass(frozen=True, slots=True)
class ListHeads:
    """Say which heads the backbone in use has; answered by Heads."""

    request: int


@dataclass(frozen=True, slots=True)
class UseHead:
    """Search with this head from now on, 0 being the general one; Heads follows when it is so."""

    request: int
    head_id: int


@dataclass(frozen=True, slots=True)
class ExportHead:
    """Write a head to a file; album names go along only `with_names`. Answered by Heads or Failed."""

    request: int
    head_id: int
    path: Path
    with_names: bool = False


@dataclass(frozen=True, slots=True)
class ImportHead:
    """Take a head from a file; answered by Heads or Failed."""

    request: int
    path: Path


@dataclass(frozen=True, slots=True)
class ReadReport:
    """Say how a head was learned and tested; answered by Learned or Failed."""

    request: int
    head_id: int


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
    | UseDevice
    | AddWeights
    | CreateAlbum
    | RenameAlbum
    | RemoveAlbum
    | Decide
    | ImportAlbums
    | Suggest
    | Learn
    | ListHeads
    | UseHead
    | ExportHead
    | ImportHead
    | ReadReport
    | Shutdown
)

# --- worker to window ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Ready:
    """The worker has opened the library and answers from now on."""

    request: int
    model: str


Stage = Literal["download", "model", "scan", "photos", "head", "vectors", "albums", "learn", "test", "compare"]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the running job is; `total` is 0 while it is not yet known, `seconds_left` None likewise.

    `can_pause` is false where Pause would not hold it.
    """

    request: int
    stage: Stage
    done: int
    total: int
    per_second: float
    seconds_left: float | None
    paused: bool
    detail: str = ""
    can_pause: bool = True


@dataclass(frozen=True, slots=True)
class LibraryChanged:
    """Photos, folders, albums or decisions were added, changed or removed; read the catalogue again."""

    request: int


@dataclass(frozen=True, slots=True)
class JobEnded:
    """The running job is over; `report` is None where it was no indexing, or was cut short."""

    request: int
    report: IndexReport | None


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to a Search."""

    request: int
    answer: Answer


@dataclass(frozen=True, slots=True)
class Models:
    """The backbones, the one in use first; sent when asked for, and whenever one is switched to or added.

    `devices` are those of this machine, fastest first; `device` is the user's choice.
    """

    request: int
    models: tuple[ModelState, ...]
    devices: tuple[DeviceChoice, ...] = ("cpu",)
    device: DeviceChoice = "auto"


@dataclass(frozen=True, slots=True)
class PictureReady:
    """A picture of the file lies in the thumbnail cache under this content hash and size."""

    request: int
    path: Path
    content_hash: bytes
    size: int


@dataclass(frozen=True, slots=True)
class Suggested:
    """Photos that belong to an album and are not in it, the surest first."""

    request: int
    album_id: int
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Learned:
    """What came of learning the albums; also the answer to ReadReport."""

    request: int
    report: LearningReport


@dataclass(frozen=True, slots=True)
class Heads:
    """The heads of the backbone in use, newest first and the general one last; sent when asked for and on change."""

    request: int
    heads: tuple[HeadState, ...]


@dataclass(frozen=True, slots=True)
class Failed:
    """A command could not be carried out, and why."""

    request: int
    title: str
    remedy: str


Event = (
    Ready | Progress | LibraryChanged | JobEnded | Found | Models | PictureReady | Suggested | Learned | Heads | Failed
)
