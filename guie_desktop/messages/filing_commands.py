"""What the window asks the worker to do with the files of photos."""

from dataclasses import dataclass

from guie_desktop.filing import ExportChoices, FileMove
from guie_desktop.messages.commands import Command
from guie_desktop.messages.events import Exported, Moved


@dataclass(frozen=True, slots=True)
class Export(Command[Exported]):
    """Copy photos to a folder. Exported in the end; as news where it was cancelled."""

    photos: tuple[int, ...]
    choices: ExportChoices


@dataclass(frozen=True, slots=True)
class MoveFiles(Command[Moved]):
    """Move or rename files of photos, each with what belongs to it; never over another file.

    Moved in the end; as news where it was cancelled.
    """

    moves: tuple[FileMove, ...]
    number_taken: bool = True
    """Whether a file whose new name is taken gets a number; else it stays where it is."""
