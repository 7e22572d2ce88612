"""The check of all files, which is done when nothing else is to be done."""

from collections.abc import Callable

from guie_desktop.errors import UserError
from guie_desktop.jobs.verifying import verify_library
from guie_desktop.messages import LibraryChanged
from guie_desktop.worker.later import Later
from guie_desktop.worker.scheduler import Scheduler
from guie_desktop.workspace.open_library import WritableLibrary


def check_later(library: WritableLibrary, scheduler: Scheduler, hold: Callable[[], None]) -> Later:
    """Begun anew or where it was left; UserError where it is on its way. `hold` is called where it is given up."""
    if scheduler.has_idle("check"):
        raise UserError("The photos are being checked already.", "Wait until that has ended, or cancel it.")

    def give_up() -> None:
        library.choices.give_up_check()
        hold()

    return Later(verify_library(library), news=LibraryChanged, idle="check", given_up=give_up)
