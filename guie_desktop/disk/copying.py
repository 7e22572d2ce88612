"""Copies of files under names of their own, checked by reading them again; only what is whole gets its name."""

import hashlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from guie_desktop.disk.content import content_hash, content_hash_of, reading_file
from guie_desktop.disk.placing import move_without_replacing, new_file, settle

_PIECE = 1024**2
"""Bytes."""

WasStopped = Callable[[], bool]


class Stopped(Exception):
    """The copy was not wanted any more; nothing of it is left."""


class NotTheSame(Exception):
    """What the disk gives back is not what was written to it."""


def copy_file(
    source: Path, target: Path, *, replace: bool = False, content: bytes | None = None, stop: WasStopped = lambda: False
) -> bool:
    """Copy a file with its times; False where it does not hold the `content` of this hash, and then nothing is written.

    A link is followed: what it leads to is copied. `replace` lets another file of the target's name go.
    UnreadablePhoto where the source cannot be read, OSError where the target cannot be written: FileExistsError where
    its name is taken.
    """
    with new_file(target.parent) as (path, file):
        read = hashlib.blake2b(digest_size=16)
        for piece in _pieces(source):
            if stop():
                raise Stopped
            read.update(piece)
            file.write(piece)
        if content is not None and read.digest() != content:
            return False
        _finish(path, file, target, read.digest(), source, replace=replace)
    return True


def write_file(data: bytes, target: Path, *, replace: bool = False, times_of: Path | None = None) -> None:
    """Write a file with the times of another one; OSError as above."""
    with new_file(target.parent) as (path, file):
        file.write(data)
        _finish(path, file, target, content_hash(data), times_of, replace=replace)


def _finish(path: Path, file: BinaryIO, target: Path, content: bytes, times_of: Path | None, *, replace: bool) -> None:
    settle(file)
    file.seek(0)
    if content_hash_of(file) != content:
        raise NotTheSame
    file.close()  # else Windows neither renames it nor leaves it its times
    if times_of is not None:
        status = times_of.stat()
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    if replace:
        path.replace(target)
    else:
        move_without_replacing(path, target)


def _pieces(source: Path) -> Iterator[bytes]:
    """What a file holds; its errors are told as those of a photo, so that they are not taken for the target's."""
    with reading_file(source), source.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece
