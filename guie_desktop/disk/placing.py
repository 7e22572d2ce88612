"""Gives files their names: whole or not at all, and never that of another file."""

import contextlib
import ctypes
import errno
import os
import secrets
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

PART = ".guie-part"
"""The end of the names of files that are being written; what is killed leaves one of these, never half a photo."""
_LEFT_OVER = 3600.0
"""Seconds after its last change, from which on nobody writes to such a file any more."""
_AT_FDCWD = -100
_RENAME_NOREPLACE = 1
_RENAME_EXCL = 4
_CANNOT = frozenset({errno.ENOSYS, errno.EINVAL, errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EMLINK})
"""What a file system answers that does not know the call."""


def move_without_replacing(source: Path, target: Path) -> None:
    """Give a file of this file system another name; FileExistsError where that is taken, and then nothing happens."""
    try:
        _rename(source, target)
    except FileExistsError:
        if not _is_same_entry(source, target):
            raise
        source.rename(target)  # only small letters become large ones, where the file system takes them for the same


@contextlib.contextmanager
def new_file(folder: Path) -> Iterator[tuple[Path, BinaryIO]]:
    """A file that nobody else sees as one, to be written and then given its name; it is gone where it has none."""
    path = folder / f".{secrets.token_hex(8)}{PART}"
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    try:
        with os.fdopen(descriptor, "w+b") as file:
            yield path, file
    finally:
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)


def settle(file: BinaryIO) -> None:
    """What was written lies on the disk, whatever happens from now on."""
    file.flush()
    os.fsync(file.fileno())
    if sys.platform == "linux":
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)  # so that the disk is asked when it is read again


def settle_names(folder: Path) -> None:
    """So do the names in a folder, where the system has a way to say so."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):  # some file systems of networks know no such thing
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


def remove_left_overs(folder: Path, now: Callable[[], float] = time.time) -> None:
    """Clear away what copying that was killed has left in a folder."""
    with contextlib.suppress(OSError):
        for path in folder.glob(f".????????????????{PART}"):
            if path.is_file() and now() - path.stat().st_mtime > _LEFT_OVER:
                path.unlink()


def _rename(source: Path, target: Path) -> None:
    if sys.platform == "win32":
        os.rename(source, target)  # which never replaces anything there  # noqa: PTH104
        return
    number = _rename_by_system(source, target)
    if number == 0:
        return
    if number not in _CANNOT:
        raise OSError(number, os.strerror(number), str(source), None, str(target))
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError as error:
        if error.errno not in _CANNOT:
            raise
        # The name is taken by an empty file of ours, which is then replaced.
        os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        source.rename(target)
    else:
        source.unlink()


def _rename_by_system(source: Path, target: Path) -> int:
    """By the call of the system that never replaces; what it answers, 0 where all is well."""
    libc = ctypes.CDLL(None, use_errno=True)
    old, new = os.fsencode(source), os.fsencode(target)
    try:
        if sys.platform == "darwin":
            failed = libc.renamex_np(old, new, _RENAME_EXCL)
        else:
            failed = libc.renameat2(_AT_FDCWD, old, _AT_FDCWD, new, _RENAME_NOREPLACE)
    except AttributeError:
        return errno.ENOSYS  # an older C library
    return ctypes.get_errno() if failed else 0


def is_same_file(source: Path, target: Path) -> bool:
    """Whether both names are of one folder and lead to one file, or one link; also where that is since they are one."""
    return source.parent == target.parent and os.path.samestat(source.lstat(), target.lstat())


def _is_same_entry(source: Path, target: Path) -> bool:
    """Whether both names are one for the file system, and not two links to one file."""
    if not is_same_file(source, target):
        return False
    return target.name not in os.listdir(target.parent)  # noqa: PTH208 - names are compared
