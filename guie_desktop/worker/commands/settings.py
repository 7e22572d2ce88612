"""What the worker does when the user sets something of the library."""

from collections.abc import Generator

from guie_desktop.disk.skipping import checked_pattern
from guie_desktop.jobs.doctor import check_catalog, check_stored, new_pace
from guie_desktop.library.damage import damaged
from guie_desktop.messages import (
    Changed,
    ClearPictures,
    ComputeSo,
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

SettingCommand = LeaveOut | ReadFoldersSo | WatchFolder | ClearPictures | ComputeSo | ExamineLibrary


def answer(desk: Desk, command: SettingCommand) -> Done | Changed | Later:
    """Keep it, and let it take effect; UserError where it makes no sense."""
    library = desk.library
    match command:
        case LeaveOut(patterns):
            library.choices.skip([checked_pattern(pattern) for pattern in patterns])
        case ReadFoldersSo(choices):
            library.choices.choose_reading(choices)
        case WatchFolder(folder_id, watched):
            former = library.albums.former((), with_folders=True)
            library.catalog.watch_folder(folder_id, watched)
            desk.tell(LibraryChanged())
            desk.watch_folders()
            if watched:  # else nothing new can be there
                desk.start(desk.indexing())
            return Changed(former)
        case ComputeSo(computing):
            library.compute_so(computing)
            desk.power.look_again()
            return Done()
        case ClearPictures():
            library.clear_pictures()
            return Done()
        case ExamineLibrary(repair):
            return Later(_examining(desk, repair=repair), is_ahead=True)
    desk.watch_folders()
    desk.start(desk.indexing())
    return Done()


def _examining(desk: Desk, *, repair: bool) -> Generator[Progress, None, Examined]:
    """Photos that wait to be read, and an index that is not complete, are no problem here: there are jobs for them."""
    library, pace = desk.library, new_pace()
    if found := (yield from check_catalog(library, pace)):
        raise damaged(library.paths.catalog, found[0])
    problems = yield from check_stored(library, pace, repair=repair)
    if any(problem.repaired for problem in problems):
        desk.start(desk.indexing())
    return Examined(problems)
