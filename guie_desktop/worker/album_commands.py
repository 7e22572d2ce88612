"""What the worker does about albums."""

from collections.abc import Generator
from pathlib import Path

from guie_desktop.domain import IndexReport
from guie_desktop.jobs.importing_albums import import_albums
from guie_desktop.jobs.open_library import WritableLibrary
from guie_desktop.jobs.warming_up import warm_up_for_learning
from guie_desktop.messages import (
    CreateAlbum,
    Decide,
    LibraryChanged,
    Progress,
    RemoveAlbum,
    RenameAlbum,
    Suggest,
    Suggested,
)
from guie_desktop.search.suggestions import suggest

AlbumCommand = CreateAlbum | RenameAlbum | RemoveAlbum | Decide | Suggest


def answer_on_albums(library: WritableLibrary, command: AlbumCommand) -> LibraryChanged | Suggested:
    """Carry out a command and say so; UserError where it cannot be done."""
    match command:
        case CreateAlbum(_, name, photos):
            library.albums.create(name, photos)
        case RenameAlbum(_, album_id, name):
            library.albums.rename(album_id, name)
        case RemoveAlbum(_, album_id, restore):
            (library.albums.restore if restore else library.albums.remove)(album_id)
        case Decide(_, album_id, photos, verdict):
            library.albums.decide(album_id, photos, verdict)
        case Suggest(request, album_id, most):
            return Suggested(request, album_id, suggest(library.catalog, library.model.space, album_id, most))
    warm_up_for_learning()
    return LibraryChanged(command.request)


def import_and_report(library: WritableLibrary, folder: Path) -> Generator[Progress, None, IndexReport]:
    """The import as a job of the loop: what it tells in the end is what indexing found."""
    report = yield from import_albums(library, folder)
    return report.index
