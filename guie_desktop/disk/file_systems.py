"""What lies at the path of a folder: which file system, and whether others change it behind our back."""

import re
import stat
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from guie_desktop.disk.mounts import MountLine, read_mountinfo

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


def folder_identity(root: Path) -> FolderIdentity | None:
    """By what a folder is known to be the same as before; None where there is no folder, or it cannot be reached."""
    try:
        status = root.stat()
    except OSError:
        return None
    if not stat.S_ISDIR(status.st_mode):
        return None
    mounted = read_mountinfo() if sys.platform == "linux" else []
    return status.st_dev, status.st_ino, tuple(sorted(one.number for one in mounted if root in one.point.parents))


def is_remote(folder: Path) -> bool:
    """Whether changes to this folder may be made where this system does not hear of them."""
    if sys.platform == "win32":
        import ctypes

        root = folder.anchor
        return root.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(root) == _DRIVE_REMOTE
    kind = kind_at(folder, kinds_on_macos() if sys.platform == "darwin" else kinds_on_linux(read_mountinfo()))
    return kind in _REMOTE or (kind.startswith("fuse.") and kind.removeprefix("fuse.") in _REMOTE_FUSE)


def kind_at(folder: Path, kinds: Mapping[Path, str]) -> str:
    """The kind of the file system that a folder lies on, by where each is mounted; empty where it is not known."""
    return next((kinds[place] for place in (folder, *folder.parents) if place in kinds), "")


def kinds_on_linux(lines: Sequence[MountLine]) -> dict[Path, str]:
    """Where what kind is mounted; of several at one place the last one, which lies on top."""
    return {line.point: line.kind for line in lines}


def kinds_on_macos() -> dict[Path, str]:
    """Where what kind is mounted; nothing where `mount` does not tell."""
    try:
        told = subprocess.run(["/sbin/mount"], capture_output=True, text=True, check=False, timeout=10).stdout
    except (OSError, subprocess.SubprocessError):
        return {}
    return read_mount_lines(told)


def read_mount_lines(told: str) -> dict[Path, str]:
    """What `mount` of macOS tells, such as "//me@nas/photos on /Volumes/photos (smbfs, nodev)"."""
    found = re.findall(r"^.* on (/.*) \(([^,)]+)[^)]*\)$", told, re.MULTILINE)
    return {Path(place): kind for place, kind in found}
