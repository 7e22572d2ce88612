"""What lies at the path of a folder: which file system, and whether others change it behind our back."""

import os
import re
import stat
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

PollChoice = Literal["auto", "always", "never"]
"""Whether folders are looked at every so often: those whose changes the system does not tell, all, or none."""

_REMOTE = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "afpfs", "webdav", "davfs", "ceph", "glusterfs", "lustre"}
    | {"9p", "drvfs", "virtiofs", "vboxsf", "vmhgfs", "prl_fs"}  # what a virtual machine sees of its host
)
# Programs that show as a file system what lies elsewhere; other FUSE file systems, such as NTFS, are disks.
_REMOTE_FUSE = frozenset(
    {"sshfs", "rclone", "davfs", "davfs2", "s3fs", "gvfsd-fuse", "kio-fuse", "vmhgfs-fuse", "smbnetfs", "curlftpfs"}
    | {"glusterfs", "mergerfs", "portal", "google-drive-ocamlfuse", "encfs", "cryptomator"}
)
_DRIVE_REMOTE = 4


FolderIdentity = tuple[int, int, tuple[int, ...]]
"""Device and inode of a folder, and the numbers of what is mounted below it, as far as the system tells."""


@dataclass(frozen=True, slots=True)
class Mount:
    """A file system that is mounted somewhere; `number` is another one when it is mounted again."""

    number: int
    place: Path
    kind: str


def folder_identity(root: Path) -> FolderIdentity | None:
    """By what a folder is known to be the same as before; None where there is no folder, or it cannot be reached."""
    try:
        status = root.stat()
    except OSError:
        return None
    if not stat.S_ISDIR(status.st_mode):
        return None
    below = mounts_of_linux() if sys.platform == "linux" else []
    return status.st_dev, status.st_ino, tuple(sorted(one.number for one in below if root in one.place.parents))


def is_remote(folder: Path) -> bool:
    """Whether changes to this folder may be made where this system does not hear of them."""
    if sys.platform == "win32":
        import ctypes

        root = folder.anchor
        return root.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(root) == _DRIVE_REMOTE
    kind = kind_at(folder, mounts_of_macos() if sys.platform == "darwin" else mounts_of_linux())
    return kind in _REMOTE or (kind.startswith("fuse.") and kind.removeprefix("fuse.") in _REMOTE_FUSE)


def kind_at(folder: Path, mounts: Sequence[Mount]) -> str:
    """The kind of the file system that a folder lies on, where these are mounted; empty where it is not known."""
    kinds = {mount.place: mount.kind for mount in mounts}  # of several at one place the last one lies on top
    return next((kinds[place] for place in (folder, *folder.parents) if place in kinds), "")


def mounts_of_linux(table: Path = Path("/proc/self/mountinfo")) -> list[Mount]:
    """What is mounted, in the order in which it lies over each other; nothing where the table cannot be read."""
    try:
        lines = os.fsdecode(table.read_bytes()).splitlines()
    except OSError:
        return []
    mounts = []
    for line in lines:
        described, _, kind = line.partition(" - ")
        fields = described.split(" ")
        if len(fields) >= 5 and fields[0].isdecimal() and kind:
            mounts.append(Mount(int(fields[0]), Path(_unescaped(fields[4])), kind.split(" ")[0]))
    return mounts


def mounts_of_macos() -> list[Mount]:
    """What is mounted; nothing where `mount` does not tell."""
    try:
        told = subprocess.run(["/sbin/mount"], capture_output=True, text=True, check=False, timeout=10).stdout
    except (OSError, subprocess.SubprocessError):
        return []
    return read_mount_lines(told)


def read_mount_lines(told: str) -> list[Mount]:
    """What `mount` of macOS tells, such as "//me@nas/photos on /Volumes/photos (smbfs, nodev)"."""
    found = re.findall(r"^.* on (/.*) \(([^,)]+)[^)]*\)$", told, re.MULTILINE)
    return [Mount(0, Path(place), kind) for place, kind in found]


def _unescaped(text: str) -> str:
    """A path of the kernel's table, in which blanks and the like are written as octal numbers."""
    return os.fsdecode(re.sub(rb"\\([0-7]{3})", lambda match: bytes([int(match[1], 8)]), os.fsencode(text)))
