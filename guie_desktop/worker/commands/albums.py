"""What the worker does about albums."""

from guie_desktop.messages import (
    CreateAlbum,
    Decide,
    Done,
    LibraryChanged,
    RemoveAlbum,
    RenameAlbum,
    Suggest,
    Suggested,
)
from guie_desktop.search.suggestions import suggest
from guie_desktop.worker.desk import Desk
from guie_desktop.workspace.preload import preload_for_learning

AlbumCommand = CreateAlbum | RenameAlbum | RemoveAlbum | Decide | Suggest


def answer(desk: Desk, command: AlbumCommand) -> Done | Suggested:
    """Carry out a command and say so; UserError where it cannot be done."""
    library = desk.library
    match command:
        case CreateAlbum(name, photos):
            library.albums.create(name, photos)
        case RenameAlbum(album_id, name):
            library.albums.rename(album_id, name)
        case RemoveAlbum(album_id, restore):
            (library.albums.restore if restore else library.albums.remove)(album_id)
        case Decide(album_id, photos, verdict):
            library.albums.decide(album_id, photos, verdict)
        case Suggest(album_id, most):
            return Suggested(album_id, suggest(library.catalog, library.backbone.space, album_id, most))
    preload_for_learning()
    desk.tell(LibraryChanged())
    return Done()
