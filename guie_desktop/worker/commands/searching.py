"""What the worker does when it is asked for look-alikes, or for a picture of a file."""

from pathlib import Path

from guie_desktop.errors import UserError
from guie_desktop.library.content import content_hash
from guie_desktop.library.images import decode, read_photo
from guie_desktop.library.thumbnails import make_thumbnail
from guie_desktop.messages import Found, MakePicture, PictureReady, Search
from guie_desktop.worker.desk import Desk
from guie_desktop.workspace.open_library import WritableLibrary

SearchCommand = Search | MakePicture


def answer(desk: Desk, command: SearchCommand) -> Found | PictureReady:
    """The answer; UserError where a file cannot be read or nothing can be found."""
    match command:
        case Search(query):
            return Found(desk.library.search_engine.answer(query))
        case MakePicture(path, size):
            return PictureReady(path, _make_picture(desk.library, path, size), size)


def _make_picture(library: WritableLibrary, path: Path, size: int) -> bytes:
    data = read_photo(path)
    key = content_hash(data)
    if library.thumbnails.get(key, size) is None:
        jpeg = make_thumbnail(decode(data, size, path.name).image, size)
        if not library.thumbnails.put([(key, jpeg)], size):
            raise UserError("This picture cannot be shown large, for the disk takes no more.", "Free some disk space.")
    return key
