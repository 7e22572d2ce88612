"""What the worker does about ratings and flags."""

from guie_desktop.messages import LibraryChanged, Mark, Marked
from guie_desktop.worker.desk import Desk

MarkCommand = Mark


def answer(desk: Desk, command: MarkCommand) -> Marked:
    """Carry it out and tell what was said before; UserError where it cannot be done."""
    before = desk.library.marks.mark(command.photos, command.kind, command.value)
    if before:
        desk.tell(LibraryChanged())
    return Marked(before)
