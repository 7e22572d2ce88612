"""What the worker does about albums."""

from guie_desktop.messages import (
    AlbumMade,
    AlbumRenamed,
    Changed,
    CreateAlbum,
    Decide,
    Done,
    LibraryChanged,
    PutBack,
    ReadDecisions,
    RemoveAlbum,
    RenameAlbum,
    Suggest,
    Suggested,
)
from guie_desktop.search.suggestions import suggest
from guie_desktop.worker.desk import Desk

AlbumCommand = CreateAlbum | RenameAlbum | RemoveAlbum | Decide | ReadDecisions | PutBack | Suggest


def answer(desk: Desk, command: AlbumCommand) -> Done | AlbumMade | AlbumRenamed | Changed | Suggested:
    """Carry out a command and say so; UserError where it cannot be done."""
    library = desk.library
    done: Done | AlbumMade | AlbumRenamed | Changed = Done()
    match command:
        case CreateAlbum(name, photos):
            done = AlbumMade(library.albums.create(name, photos))
        case RenameAlbum(album_id, name):
            done = AlbumRenamed(library.albums.rename(album_id, name))
        case RemoveAlbum(album_id, restore):
            (library.albums.restore if restore else library.albums.remove)(album_id)
        case Decide(album_id, photos, verdict):
            done = Changed(library.albums.decide(album_id, photos, verdict))
        case PutBack(former):
            done = Changed(library.albums.put_back(former))
            if former.folders is not None:
                desk.watch_folders()
                desk.start(desk.indexing())
        case ReadDecisions(photos):
            return Changed(library.albums.former(photos))
        case Suggest(album_id, most):
            found = suggest(library.catalog, library.backbone.space, album_id, most)
            return Suggested(album_id, found.hits, found.left)
    desk.tell(LibraryChanged())
    return done
