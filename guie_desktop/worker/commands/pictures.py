"""What the worker does when it is asked for a picture of a file, for all its pixels, or for what the camera noted."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from guie_desktop.decoding.wire import Decoded, Task
from guie_desktop.disk.content import frame_hash
from guie_desktop.errors import UnreadablePhoto, UserError
from guie_desktop.library.full_size import FullSize, remove
from guie_desktop.messages import FactsRead, MakePicture, PictureReady, PixelsReady, ReadFacts, ReadPixels
from guie_desktop.worker.desk import Desk
from guie_desktop.worker.later import Aside
from guie_desktop.workspace.open_library import WritableLibrary

PictureCommand = MakePicture | ReadPixels | ReadFacts

_MOST_PIXELS = 50_000_000
"""Of a picture that is written with all its pixels: decoding more takes more memory than one file may have."""


def answer(desk: Desk, command: PictureCommand) -> Aside:
    """The answer; UserError where a file cannot be read."""
    library = desk.library
    match command:
        case MakePicture(path, size, moment):
            return Aside(partial(_make_picture, library, path, size, moment))
        case ReadPixels(path, moment):
            return Aside(partial(_write_pixels, library, path, moment))
        case ReadFacts(path):
            return Aside(lambda: FactsRead(library.decoders.read_facts(path)))


def _make_picture(library: WritableLibrary, path: Path, size: int, moment: int | None) -> PictureReady:
    """Keep the picture."""
    thumbnails = library.thumbnails
    meant, known_by = _picture_meant(library, path, moment)
    made = library.decoders.decode_unless_known(
        Task(path, jpeg=size, moment=meant, shape=_shape(library, path)),
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


def _write_pixels(library: WritableLibrary, path: Path, moment: int | None) -> PixelsReady:
    """Keep all pixels."""
    files = library.full_size
    meant, known_by = _picture_meant(library, path, moment)
    place = files.new_place()

    def decode(most_pixels: int) -> Decoded | bytes:
        return library.decoders.decode_unless_known(
            Task(path, moment=meant, whole=place, most_pixels=most_pixels, shape=_shape(library, path)),
            lambda content_hash: files.get(known_by(content_hash)) is not None,
        )

    try:
        try:
            made = decode(_MOST_PIXELS)
        except UnreadablePhoto:  # some kinds of files take more memory than others
            made = decode(_MOST_PIXELS // 4)
        if isinstance(made, Decoded):
            return _ready(files.keep(place, known_by(made.content_hash), made.stills[0].size))
    finally:
        remove(place)
    kept = files.get(known_by(made))
    if kept is None:
        raise UserError("The picture is gone.", "Try again.")
    return _ready(kept)


def _ready(kept: FullSize) -> PixelsReady:
    return PixelsReady(kept.file, kept.width, kept.height)


def _picture_meant(
    library: WritableLibrary, path: Path, moment: int | None
) -> tuple[int | None, Callable[[bytes], bytes]]:
    """Of a video the moment that is meant, and by what the picture is known, given the hash of the file."""
    photo = library.catalog.photo_at(path)
    frames = () if photo is None else library.catalog.frames_of(photo.content_hash)
    first = frames[0].moment if frames else None

    def known_by(content_hash: bytes) -> bytes:
        return content_hash if moment in (None, first) else frame_hash(content_hash, moment)

    return first if moment is None else moment, known_by


def _shape(library: WritableLibrary, path: Path) -> tuple[int, int] | None:
    photo = library.catalog.photo_at(path)
    return (photo.width, photo.height) if photo is not None and photo.width and photo.height else None
