"""What the window asks of the worker about how the library is read and kept; the type in brackets is the answer's."""

from dataclasses import dataclass

from guie_desktop.computing import ComputingChoices
from guie_desktop.domain import ReadingChoices
from guie_desktop.messages.commands import Command
from guie_desktop.messages.events import Changed, Done
from guie_desktop.messages.examination import Examined


@dataclass(frozen=True, slots=True)
class WatchFolder(Command[Changed]):
    """Notice at once what happens in a folder, or only when the program starts and by a Rescan; Changed when it is."""

    folder_id: int
    watched: bool


@dataclass(frozen=True, slots=True)
class LeaveOut(Command[Done]):
    """Leave out of the library what has such a name, and nothing else; see disk/skipping.py for the patterns.

    Done when that is kept; the folders are scanned from then on.
    """

    patterns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReadFoldersSo(Command[Done]):
    """Read the folders as the user chooses; Done when that is kept, and they are scanned from then on."""

    choices: ReadingChoices


@dataclass(frozen=True, slots=True)
class ComputeSo(Command[Done]):
    """Let the computer work so hard, from now on; Done when that is kept."""

    choices: ComputingChoices


@dataclass(frozen=True, slots=True)
class ClearPictures(Command[Done]):
    """Let go of all small pictures, and of the pixels of photos that were looked at closely; Done when they are gone.

    They are made again when they are seen. Whoever reads them closes their file before, and opens it again after.
    """


@dataclass(frozen=True, slots=True)
class ExamineLibrary(Command[Examined]):
    """Check whether what the library has stored is whole; `repair` has what can be made again made by an indexing.

    Examined in the end; where the catalog itself is damaged, Damaged is told and the worker ends.
    """

    repair: bool = False
