"""What Linux says of its mounts, and by what a volume is known wherever it is mounted."""

import os
from pathlib import Path

import pytest

from guie_desktop.disk.mounts import (
    Mount,
    MountLine,
    linux_mounts,
    mounts,
    parse_mountinfo,
    read_mountinfo,
    volume_name,
)

TEXT = rb"""22 27 0:21 / /proc rw,relatime - proc proc rw
27 1 254:0 / / rw,relatime shared:1 master:2 - ext4 /dev/vda rw,discard
40 27 8:17 / /media/me/USB\040DISK rw,nosuid shared:9 - vfat /dev/sdb1 rw,uid=1000
41 27 8:17 /DCIM/100\134A /home/me/camera\011roll rw - vfat /dev/sdb1 rw
42 27 0:44 /@home /home rw - btrfs /dev/mapper/luks-1 rw,subvol=/@home
43 27 0:50 / /mnt/nas rw - nfs4 server:/export/photos rw,vers=4.2
44 27 0:51 / /mnt/caf\351 rw - fuse.sshfs me@host:/p\303\251 rw
45 27 0:4 net:[4026531840] /run/netns/a rw - nsfs nsfs rw
46 27 0:52 / /run/user rw - tmpfs none rw

nonsense
1 2 3 - ext4
x 27 0:52 / /run/x rw - tmpfs none rw
"""


def mounted(kind: str, source: str, device: str = "0:9") -> MountLine:
    return MountLine(1, device, Path("/"), Path("/mnt"), kind, source)


def test_lines_are_read_with_their_escapes_and_what_is_none_is_passed_over() -> None:
    lines = parse_mountinfo(TEXT)
    assert [one.kind for one in lines] == [
        "proc",
        "ext4",
        "vfat",
        "vfat",
        "btrfs",
        "nfs4",
        "fuse.sshfs",
        "nsfs",
        "tmpfs",
    ]
    assert lines[1] == MountLine(27, "254:0", Path("/"), Path("/"), "ext4", "/dev/vda")
    assert lines[2].point == Path("/media/me/USB DISK")
    assert (lines[3].root, lines[3].point) == (Path("/DCIM/100\\A"), Path("/home/me/camera\troll"))
    assert os.fsencode(lines[6].point) == b"/mnt/caf\xe9"
    assert lines[6].source == "me@host:/pé"


@pytest.mark.parametrize(
    ("of", "name"),
    [
        (mounted("ext4", "/dev/sda1", "8:1"), "uuid:1234-ABCD"),
        (mounted("ext4", "/dev/sda2", "8:2"), None),
        (mounted("nfs4", "server:/photos"), "nfs:server:/photos"),
        (mounted("nfs", "server:/photos"), "nfs:server:/photos"),
        (mounted("smb3", "//server/photos"), "cifs://server/photos"),
        (mounted("fuse.sshfs", "me@host:"), "fuse.sshfs:me@host:"),
        (mounted("zfs", "tank/photos"), "zfs:tank/photos"),
        (mounted("tmpfs", "none"), None),
        (mounted("9p", "none"), None),
        (mounted("overlay", "overlay"), None),
        (mounted("fuse.gvfsd-fuse", "gvfsd-fuse"), None),
    ],
)
def test_a_volume_is_named_by_what_stays_with_it(of: MountLine, name: str | None) -> None:
    assert volume_name(of, {"8:1": "1234-ABCD"}) == name


def test_disks_are_told_by_the_uuids_that_the_system_links_to_them(tmp_path: Path) -> None:
    number = Path("/dev/null").stat().st_rdev
    by_uuid = tmp_path / "by-uuid"
    by_uuid.mkdir()
    (by_uuid / "1234-ABCD").symlink_to("/dev/null")  # a node with a number; nothing is read from it
    (by_uuid / "gone").symlink_to(tmp_path / "nowhere")
    device = f"{os.major(number)}:{os.minor(number)}".encode()
    text = TEXT.replace(b"8:17", device).replace(b"/dev/mapper/luks-1", b"/dev/null")
    found = linux_mounts(parse_mountinfo(text), by_uuid)
    assert [mount.volume for mount in found[2:6]] == ["uuid:1234-ABCD"] * 3 + ["nfs:server:/export/photos"]
    assert found[3] == Mount("uuid:1234-ABCD", Path("DCIM/100\\A"), Path("/home/me/camera\troll"))
    assert found[4] == Mount("uuid:1234-ABCD", Path("@home"), Path("/home"))
    assert Path("/run/netns/a") not in [mount.point for mount in found]


def test_where_nothing_is_told_nothing_is_known(tmp_path: Path) -> None:
    assert read_mountinfo(tmp_path / "mountinfo") == []
    (tmp_path / "mountinfo").write_bytes(TEXT)
    assert linux_mounts(read_mountinfo(tmp_path / "mountinfo"), tmp_path / "nowhere")[0].volume is None


def test_this_machine_says_what_it_has_mounted() -> None:
    assert all(mount.point.is_absolute() and not mount.root.is_absolute() for mount in mounts())
