"""What the worker does about the folders of the library."""

from collections.abc import Callable

from guie_desktop.disk.volumes import mounted_volumes
from guie_desktop.jobs.folder_places import add_folder, relocate_folder
from guie_desktop.jobs.importing_albums import plan_albums
from guie_desktop.jobs.joining_albums import expect_in_album, expect_no_more
from guie_desktop.messages import (
    AddFolder,
    Changed,
    CheckLibrary,
    Done,
    ExpectInAlbum,
    ExpectNoMore,
    ImportAlbums,
    LibraryChanged,
    NoteReturned,
    NoteTrashed,
    RelocateFolder,
    RemoveFolder,
    Rescan,
)
from guie_desktop.worker.checking import check_later
from guie_desktop.worker.desk import Desk
from guie_desktop.worker.later import Later

FolderCommand = (
    AddFolder
    | RelocateFolder
    | RemoveFolder
    | Rescan
    | CheckLibrary
    | ImportAlbums
    | ExpectInAlbum
    | ExpectNoMore
    | NoteTrashed
    | NoteReturned
)


def answer(desk: Desk, command: FolderCommand) -> Done | Changed | Later:
    """Say that it is done, or begun; UserError where it cannot be."""
    library = desk.library
    match command:
        case AddFolder(path):
            return _adding(desk, lambda: add_folder(library.catalog, path, mounted_volumes()))
        case ImportAlbums(folder):
            return _adding(desk, lambda: plan_albums(library, folder))
        case ExpectInAlbum(album_id, paths):
            expect_in_album(library, album_id, paths)
            desk.start(desk.indexing())
        case ExpectNoMore(album_id, paths, since):
            former = expect_no_more(library, album_id, paths, since)
            desk.tell(LibraryChanged())
            return Changed(former)
        case RelocateFolder(folder_id, path):
            moved = relocate_folder(library.catalog, library.catalog.folder(folder_id), path)
            _folders_changed(desk)
            desk.start(desk.indexing(moved=moved))
        case RemoveFolder(folder_id):
            former = library.catalog.remove_folder(folder_id)
            _folders_changed(desk)
            return Changed(former)
        case Rescan(retry):
            _scan_anew(desk, retry=retry)
        case NoteTrashed(photos):
            library.content_checks.note_trashed(photos)
            desk.tell(LibraryChanged())
        case NoteReturned(photos):
            library.content_checks.note_returned(photos)
            _scan_anew(desk)
            desk.tell(LibraryChanged())
        case CheckLibrary():
            return check_later(library, desk.scheduler, desk.hold)
    return Done()


def _adding(desk: Desk, add: Callable[[], int]) -> Changed:
    """Add a folder by a function that returns how many photos moved, and read what is in it."""
    former = desk.library.albums.former((), with_folders=True)
    moved = add()
    _folders_changed(desk)
    desk.start(desk.indexing(moved=moved))
    return Changed(former)


def _folders_changed(desk: Desk) -> None:
    desk.tell(LibraryChanged())
    desk.watch_folders()


def _scan_anew(desk: Desk, *, retry: bool = False) -> None:
    desk.watch_folders()
    desk.start(desk.indexing(retry=retry))
