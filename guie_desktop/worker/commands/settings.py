"""What the worker does when the user sets something of the library."""

from collections.abc import Generator

from guie_desktop.disk.skipping import checked_pattern
from guie_desktop.jobs.doctor import check_catalog, check_stored
from guie_desktop.library.damage import damaged
from guie_desktop.messages import (
    ClearPictures,
    Done,
    Examined,
    ExamineLibrary,
    LeaveOut,
    LibraryChanged,
    Progress,
    ReadFoldersSo,
    WatchFolder,
)
from guie_desktop.worker.desk import Desk
from guie_desktop.worker.later import Later

SettingCommand = LeaveOut | ReadFoldersSo | WatchFolder | ClearPictures | ExamineLibrary


def answer(desk: Desk, command: SettingCommand) -> Done | Later:
    """Keep it, and let it take effect; UserError where it makes no sense."""
    library = desk.library
    match command:
        case LeaveOut(patterns):
            library.choices.skip([checked_pattern(pattern) for pattern in patterns])
        case ReadFoldersSo(choices):
            library.choices.choose_reading(choices)
        case WatchFolder(folder_id, watched):
            library.catalog.watch_folder(folder_id, watched)
            desk.tell(LibraryChanged())
        case ClearPictures():
            library.clear_pictures()
            return Done()
        case ExamineLibrary(repair):
            return Later(_examining(desk, repair=repair), is_ahead=True)
    desk.watch_folders()
    if not (isinstance(command, WatchFolder) and not command.watched):  # then nothing new can be there
        desk.start(desk.indexing())
    return Done()


def _examining(desk: Desk, *, repair: bool) -> Generator[Progress, None, Examined]:
    """Photos that wait to be read, and an index that is not complete, are no problem here: there are jobs for them."""
    library = desk.library
    if found := (yield from check_catalog(library)):
        raise damaged(library.paths.catalog, found[0])
    problems = yield from check_stored(library, repair=repair)
    if any(problem.repaired for problem in problems):
        desk.start(desk.indexing())
    return Examined(problems)
