"""What the worker does when the user sets something of the library."""

from guie_desktop.disk.skipping import checked_pattern
from guie_desktop.messages import ClearPictures, Done, LeaveOut, LibraryChanged, ReadFoldersSo, WatchFolder
from guie_desktop.worker.desk import Desk

SettingCommand = LeaveOut | ReadFoldersSo | WatchFolder | ClearPictures


def answer(desk: Desk, command: SettingCommand) -> Done:
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
    desk.watch_folders()
    if not (isinstance(command, WatchFolder) and not command.watched):  # then nothing new can be there
        desk.start(desk.indexing())
    return Done()
