"""What the worker says: answers to commands, and news that nobody asked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from guie_desktop.asking import Answer, Hit
from guie_desktop.domain import DeviceChoice, Failure, ModelState
from guie_desktop.filing import FileMove
from guie_desktop.former import Former
from guie_desktop.learned import HeadState, LearningReport
from guie_desktop.messages.duplicate_events import DuplicatesFound, HandedOn, Parted
from guie_desktop.messages.examination import Examined
from guie_desktop.messages.part_events import PartsCost, PartsHeld
from guie_desktop.messages.progress import JobEnded, LeftToDo, Progress
from guie_desktop.messages.shared_events import SharedOpened, SharedOriginal, SharedPage, TakenIn
from guie_desktop.noted import PhotoFacts

# --- answers ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Done:
    """It is done, and there is nothing to say."""


@dataclass(frozen=True, slots=True)
class Changed:
    """It is done; `former` is what `PutBack` takes to undo it."""

    former: Former


@dataclass(frozen=True, slots=True)
class AlbumMade:
    """The album is there, under this id."""

    album_id: int


@dataclass(frozen=True, slots=True)
class AlbumRenamed:
    """The album has another name, and was called so until then."""

    former: str


@dataclass(frozen=True, slots=True)
class SearchSaved:
    """The search is there, under this id."""

    search_id: int


@dataclass(frozen=True, slots=True)
class SearchChanged:
    """The search has another name, or another question, and this is what it had until then."""

    former: str


@dataclass(frozen=True, slots=True)
class AlbumsImported:
    """The folders in a folder have become albums, or came into albums of their names."""

    folder: Path
    made: tuple[int, ...]
    """The ids of new albums."""
    filled: tuple[tuple[int, tuple[int, ...]], ...]
    """The ids of others, each with those of the photos that came into it."""


@dataclass(frozen=True, slots=True)
class Cancelled:
    """It was not done, or not to its end, because the user did not want it any more."""


@dataclass(frozen=True, slots=True)
class Failed:
    """Something could not be done, and why: the answer to a command, or news where no command was the cause."""

    title: str
    remedy: str
    of_reading: bool = False
    """Whether it ended a reading of the folders, so that it is over with the next one that succeeds."""
    instead: tuple[str, ...] | None = None
    """Of words that a model does not know, English names of things that can be asked for instead."""
    by_filters: bool = False
    """Whether no photo passes the filters, so that nothing else helps than taking one away."""
    on_full_disk: bool = False
    """Whether there was no room for what the library was to keep, so that it may work once there is some."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found."""

    answer: Answer


@dataclass(frozen=True, slots=True)
class PictureReady:
    """A picture of the file lies in the thumbnail cache under this content hash and size."""

    path: Path
    content_hash: bytes
    size: int


@dataclass(frozen=True, slots=True)
class PixelsReady:
    """All pixels of a picture lie in this file: RGB, a byte each, row by row from the top left.

    It may be removed once others were asked for; whoever has it open keeps it.
    """

    file: Path
    width: int
    height: int
    """In pixels; less than the photo has where it is a very large one."""


@dataclass(frozen=True, slots=True)
class FactsRead:
    """What the camera noted in a photo."""

    facts: PhotoFacts


@dataclass(frozen=True, slots=True)
class Suggested:
    """Photos that belong to an album and are not in it, the surest first."""

    album_id: int
    hits: tuple[Hit, ...]
    left: float | None = None
    """About how many there are, told or not; None where that cannot be said."""


@dataclass(frozen=True, slots=True)
class Marked:
    """Photos are rated or flagged; `before` is what was said, to those of which something else was said."""

    before: Mapping[int, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Learned:
    """How albums were learned, and what came of it."""

    report: LearningReport


@dataclass(frozen=True, slots=True)
class MapDrawn:
    """The map of the photos that a backbone has embedded is kept in this file."""

    file: Path
    backbone: str
    """Its key."""


@dataclass(frozen=True, slots=True)
class Checked:
    """All files were read and compared with what the library knows of them."""

    checked: int
    """Photos that are as they should be now."""
    changed: tuple[Path, ...]
    """They held something else, though size and time had stayed, and were read again."""
    missing: tuple[Path, ...]
    """They are no longer where they were at the last check."""
    untracked: int
    """Files that the library did not know and has taken in."""


# --- answers that are news too ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Exported:
    """Photos were copied to a folder; news where the user cancelled it."""

    folder: Path
    copied: int
    skipped: int
    """Left out, for their names were taken."""
    left: tuple[Failure, ...]
    """What could not be copied, and why."""
    remaining: int
    """Photos that were not come to."""
    trouble: str = ""
    """Why it ended before all was copied, and what to do."""


@dataclass(frozen=True, slots=True)
class Moved:
    """Files were moved or renamed; news where the user cancelled it."""

    moves: tuple[FileMove, ...]
    """What was done, in this order."""
    left: tuple[Failure, ...]
    """What stayed where it was, and why."""
    kept: tuple[Path, ...] = ()
    """Files that are on another drive now, and are here as well, since they could not be moved to the trash."""
    left_library: int = 0
    """How many of the photos are in no folder of the library now."""


@dataclass(frozen=True, slots=True)
class Models:
    """The backbones, the one in use first; news when another one is in use.

    `devices` are those of this machine, fastest first; `device` is the user's choice.
    """

    models: tuple[ModelState, ...]
    devices: tuple[DeviceChoice, ...] = ("cpu",)
    device: DeviceChoice = "auto"


@dataclass(frozen=True, slots=True)
class Heads:
    """The heads of the backbone in use, newest first and the general one last; news when something was learned."""

    heads: tuple[HeadState, ...]
    for_others: bool = False
    """Whether albums were learned for other backbones of this library."""


# --- news ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Ready:
    """The worker has opened the library and answers from now on."""

    model: str


@dataclass(frozen=True, slots=True)
class Damaged:
    """The catalog cannot be read, so the worker ends; with its remedy, which is to put a copy back."""

    title: str
    remedy: str


@dataclass(frozen=True, slots=True)
class LibraryChanged:
    """Photos, folders, albums or decisions were added, changed or removed; read the catalog again."""


Event = (
    Done
    | Changed
    | AlbumMade
    | AlbumRenamed
    | AlbumsImported
    | SearchSaved
    | SearchChanged
    | Cancelled
    | Failed
    | Found
    | PictureReady
    | PixelsReady
    | FactsRead
    | Suggested
    | Marked
    | DuplicatesFound
    | Parted
    | HandedOn
    | PartsCost
    | PartsHeld
    | Learned
    | MapDrawn
    | Checked
    | Examined
    | Exported
    | Moved
    | SharedOpened
    | SharedPage
    | SharedOriginal
    | TakenIn
    | Models
    | Heads
    | Ready
    | Damaged
    | Progress
    | LibraryChanged
    | LeftToDo
    | JobEnded
)
