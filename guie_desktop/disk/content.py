"""By what a file's content is known, wherever the file lies: 16 bytes that are a hash of it."""

import contextlib
import hashlib
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from guie_desktop.disk.disk_errors import file_trouble
from guie_desktop.errors import UnreadablePhoto
from guie_desktop.sentences import Sentence

_PIECE = 1024**2
"""Bytes; a second or two of the slowest drive."""


def content_hash(data: bytes) -> bytes:
    """The hash of these bytes."""
    return _new_hash(data).digest()


def content_hash_of(file: BinaryIO, after_each: Callable[[], None] = lambda: None) -> bytes:
    """The hash of what a file holds from here on, read piece by piece, however large it is."""
    digest = _new_hash()
    while piece := file.read(_PIECE):
        digest.update(piece)
        after_each()
    return digest.digest()


def frame_hash(video: bytes, moment: int) -> bytes:
    """By what a picture of a video is known: the video's content hash, and the milliseconds from its beginning."""
    return content_hash(video + moment.to_bytes(8, "big"))


def content_hash_at(path: Path) -> bytes:
    """The same of a file that may be anything by now. Raises UnreadablePhoto; `transient` where it may be good."""
    with reading_file(path), path.open("rb") as file:
        return content_hash_of(file)


@contextlib.contextmanager
def reading_file(path: Path) -> Iterator[int]:
    """Say in sentences (UnreadablePhoto) why a file cannot be read; what is bound is its size in bytes."""
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):  # a named pipe would be waited for without end
            raise UnreadablePhoto("This is not a file.")
        yield found.st_size
    except OSError as error:
        raise file_trouble(error) from error
    except ValueError as error:
        raise UnreadablePhoto(
            Sentence("The file could not be read: {reason}.", reason=str(error)),
            "Give it a simpler name, and try again.",
            transient=True,
        ) from error


def empty_file() -> UnreadablePhoto:
    """What to say of a file that holds nothing."""
    return UnreadablePhoto("The file is empty.", "Copy it again from where it came, or delete it.")


def _new_hash(data: bytes = b"") -> "hashlib.blake2b":
    return hashlib.blake2b(data, digest_size=16)
