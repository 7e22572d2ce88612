"""Gives files their names, and never that of another file."""

import ctypes
import errno
import os
import sys
from pathlib import Path

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
