"""What the worker does when it is asked for look-alikes, or for a picture of a file."""

from functools import partial
from pathlib import Path

from guie_desktop.decoding.wire import Decoded, Task
from guie_desktop.disk.content import frame_hash
from guie_desktop.errors import UserError
from guie_desktop.messages import Found, MakePicture, PictureReady, Search
from guie_desktop.worker.desk import Aside, Desk
from guie_desktop.workspace.open_library import WritableLibrary

SearchCommand = Search | MakePicture


def answer(desk: Desk, command: SearchCommand) -> Found | Aside:
    """The answer; UserError where a file cannot be read or nothing can be found."""
    match command:
        case Search(query):
            return Found(desk.library.search_engine.answer(query))
        case MakePicture(path, size, moment):
            return Aside(partial(_make_picture, desk.library, path, size, moment))


def _make_picture(library: WritableLibrary, path: Path, size: int, moment: int | None) -> PictureReady:
    """Keep the picture."""
    thumbnails = library.thumbnails
    video = library.catalog.photo_at(path)
    frames = () if video is None else library.catalog.frames_of(video.content_hash)
    first = frames[0].moment if frames else None

    def known_by(content_hash: bytes) -> bytes:
        return content_hash if moment in (None, first) else frame_hash(content_hash, moment)

    made = library.decoders.decode_unless_known(
        Task(path, jpeg=size, moment=first if moment is None else moment),
        lambda content_hash: thumbnails.get(known_by(content_hash), size) is not None,
    )
    if not isinstance(made, Decoded):
        return PictureReady(path, known_by(made), size)
    jpeg = made.stills[0].jpeg
    assert jpeg is not None
    key = known_by(made.content_hash)
    if not thumbnails.put([(key, jpeg)], size):
        raise UserError("This picture cannot be shown large, for the disk takes no more.", "Free some disk space.")
    return PictureReady(path, key, size)
