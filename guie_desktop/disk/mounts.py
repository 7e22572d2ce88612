"""What is mounted where, as the operating system tells it, with a name of each volume that it keeps everywhere."""

import contextlib
import ctypes
import os
import re
import string
import sys
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

# Of these nothing but the place on their server is known, and that is the same from everywhere.
_NAMED_BY_SOURCE = {
    "nfs": "nfs",
    "nfs4": "nfs",
    "cifs": "cifs",
    "smb3": "cifs",
    "smbfs": "cifs",
    **{
        kind: kind
        for kind in ("9p", "afpfs", "ceph", "davfs", "fuse.glusterfs", "fuse.rclone", "fuse.sshfs", "vboxsf", "zfs")
    },
    "virtiofs": "virtiofs",
}


@dataclass(frozen=True, slots=True)
class Mount:
    """A volume, or a part of it, in the tree of directories."""

    volume: str | None
    """A name that stays with the volume; None where it has none, as what is in memory alone."""
    root: Path
    """What is seen here, from the root of the volume; relative."""
    point: Path
    """Where it is seen."""


@dataclass(frozen=True, slots=True)
class MountLine:
    """A line of Linux's mountinfo: device as major:minor, the directory of it that is mounted, where, and what.

    `number` is another one when it is mounted again.
    """

    number: int
    device: str
    root: Path
    point: Path
    kind: str
    source: str


def parse_mountinfo(text: bytes) -> list[MountLine]:
    """The lines of /proc/self/mountinfo, the latest mount last; what is no such line is passed over."""
    lines = []
    for line in text.split(b"\n"):
        place, separator, what = line.partition(b" - ")
        fields, kinds = place.split(b" "), what.split(b" ")
        if not separator or len(fields) < 6 or len(kinds) < 2 or not fields[0].isdigit():
            continue
        device, root, point, kind, source = map(_plain, (*fields[2:5], *kinds[:2]))
        lines.append(MountLine(int(fields[0]), device, Path(root), Path(point), kind, source))
    return lines


def read_mountinfo(mountinfo: Path = Path("/proc/self/mountinfo")) -> list[MountLine]:
    """The lines for this process, in the order in which mounts lie over each other; none where the kernel is silent."""
    try:
        return parse_mountinfo(mountinfo.read_bytes())
    except OSError:
        return []


def volume_name(line: MountLine, uuids: Mapping[str, str]) -> str | None:
    """What stays with the volume: the UUID of its file system by device, or where it lies on a server, or nothing."""
    if found := uuids.get(line.device):
        return f"uuid:{found}"
    scheme = _NAMED_BY_SOURCE.get(line.kind)
    return f"{scheme}:{line.source}" if scheme and line.source not in ("", "none") else None


def linux_mounts(lines: Sequence[MountLine], by_uuid: Path = Path("/dev/disk/by-uuid")) -> list[Mount]:
    """All of these that are directories, with the names of their volumes as far as the system tells them."""
    links: list[Path] = []
    with contextlib.suppress(OSError):  # not every system has these
        links = sorted(by_uuid.iterdir())
    uuids = {device: link.name for link in links if (device := _block_device(link))}
    # Of btrfs, mountinfo has the number of a subvolume; its source has that of the disk.
    uuids |= {line.device: uuids[device] for line in lines if (device := _block_device(Path(line.source))) in uuids}
    return [Mount(volume_name(line, uuids), line.root.relative_to("/"), line.point) for line in lines if _is_tree(line)]


def _is_tree(line: MountLine) -> bool:
    # Namespaces are mounted as "net:[4026531840]".
    return line.root.is_absolute()


def _block_device(path: Path) -> str | None:
    """major:minor of a device node; None where it is none."""
    if sys.platform == "win32":
        return None
    if not path.is_absolute():
        return None
    try:
        number = path.stat().st_rdev
    except OSError:
        return None
    return f"{os.major(number)}:{os.minor(number)}" if number else None


def _plain(field: bytes) -> str:
    # Spaces, tabs, newlines and backslashes come as three octal digits.
    return os.fsdecode(re.sub(rb"\\([0-7]{3})", lambda code: bytes([int(code[1], 8) & 0xFF]), field))


if sys.platform == "darwin":

    class _Attributes(ctypes.Structure):
        """`struct attrlist` of getattrlist(2)."""

        _fields_ = (
            ("count", ctypes.c_ushort),
            ("reserved", ctypes.c_ushort),
            *((name, ctypes.c_uint32) for name in ("common", "volume", "directory", "file", "fork")),
        )

    def mounts() -> list[Mount]:
        """What is below /Volumes, which is all that comes and goes."""
        try:
            points = [point for point in Path("/Volumes").iterdir() if point.is_mount()]
        except OSError:
            return []
        return [Mount(_uuid_of(point), Path(), point) for point in points]

    def _uuid_of(point: Path) -> str | None:
        info, wanted = 0x8000_0000, 0x0004_0000  # ATTR_VOL_INFO, ATTR_VOL_UUID
        attributes = _Attributes(count=5, volume=info | wanted)
        buffer = ctypes.create_string_buffer(4 + 16)  # its length, then the UUID
        libc = ctypes.CDLL(None)
        if libc.getattrlist(os.fsencode(point), ctypes.byref(attributes), buffer, len(buffer), 0):
            return None
        found = uuid.UUID(bytes=buffer.raw[4:])
        return f"uuid:{found}" if found.int else None

elif sys.platform == "win32":

    def mounts() -> list[Mount]:
        """The drives by their letters; those of other machines have no name that stays with them."""
        kernel, remote = ctypes.windll.kernel32, 4
        kernel.SetThreadErrorMode(1, None)  # an empty card reader asks for no card
        drives = kernel.GetLogicalDrives()
        points = [f"{letter}:\\" for bit, letter in enumerate(string.ascii_uppercase) if drives >> bit & 1]
        found = []
        for point in points:
            serial = ctypes.c_ulong()
            known = kernel.GetDriveTypeW(point) != remote and kernel.GetVolumeInformationW(
                point, None, 0, ctypes.byref(serial), None, None, None, 0
            )
            found.append(Mount(f"serial:{serial.value:08x}" if known else None, Path(), Path(point)))
        return found

else:

    def mounts() -> list[Mount]:
        """All mounts of this process, the latest last; none where the kernel does not tell."""
        return linux_mounts(read_mountinfo())
