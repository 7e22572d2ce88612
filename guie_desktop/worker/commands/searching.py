"""What the worker does when it is asked for look-alikes, or for a picture of a file."""

from pathlib import Path

from guie_desktop.decoding.wire import Decoded, Task
from guie_desktop.errors import UserError
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
    thumbnails = library.thumbnails
    made = library.decoders.decode_unless_known(
        Task(path, jpeg=size), lambda content_hash: thumbnails.get(content_hash, size) is not None
    )
    if not isinstance(made, Decoded):
        return made
    jpeg = made.stills[0].jpeg
    assert jpeg is not None
    if not thumbnails.put([(made.content_hash, jpeg)], size):
        raise UserError("This picture cannot be shown large, for the disk takes no more.", "Free some disk space.")
    return made.content_hash
