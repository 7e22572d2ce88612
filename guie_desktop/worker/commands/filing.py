"""What the worker does with photos' files when the user asks for it: copying, moving and renaming them."""

from guie_desktop.jobs.exporting import Export as ExportJob
from guie_desktop.jobs.moving import Moving
from guie_desktop.messages import Export, LibraryChanged, MoveFiles
from guie_desktop.worker.desk import Desk
from guie_desktop.worker.later import Later

FilingCommand = Export | MoveFiles


def answer(desk: Desk, command: FilingCommand) -> Later:
    """Begin with it; UserError where it cannot be done."""
    match command:
        case Export(photos, choices):
            export = ExportJob(desk.library, photos, choices)
            return Later(export.run(), is_ahead=True, given_up=lambda: desk.tell(export.report()))
        case MoveFiles(moves, number_taken):
            moving = Moving(desk.library, moves, number_taken=number_taken)
            return Later(moving.run(), is_ahead=True, news=LibraryChanged, given_up=lambda: desk.tell(moving.report()))
