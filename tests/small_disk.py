"""A file system in memory that can be filled up, where the tests have the right to mount one."""

import contextlib
import ctypes
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

_ROOM = 1 << 30
_REMOUNT = 32


class SmallDisk:
    """A disk of its own at a folder; what is on it takes no more memory than it needs."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def leave(self, free: int) -> None:
        """Let just so many bytes be free."""
        _mount(self.folder, shutil.disk_usage(self.folder).used + free, _REMOUNT)

    def make_room(self) -> None:
        """Let there be as much as anything needs."""
        _mount(self.folder, _ROOM, _REMOUNT)


@contextlib.contextmanager
def small_disk(folder: Path) -> Iterator[SmallDisk | None]:
    """Such a disk with room, for a while; None where nothing may be mounted."""
    try:
        _mount(folder, _ROOM)
    except OSError:
        yield None
        return
    try:
        yield SmallDisk(folder)
    finally:
        _check(ctypes.CDLL(None, use_errno=True).umount(os.fsencode(folder)))


def _mount(folder: Path, size: int, flags: int = 0) -> None:
    # Not by the command: what is started by who is bound by permissions may not mount.
    if sys.platform != "linux":
        raise OSError("there is no such file system")
    system = ctypes.CDLL(None, use_errno=True)
    _check(system.mount(b"tmpfs", os.fsencode(folder), b"tmpfs", flags, f"size={size}".encode()))


def _check(status: int) -> None:
    if status != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
