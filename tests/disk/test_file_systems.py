"""What is mounted where, as Linux and macOS tell it, and which of it others may change."""

from pathlib import Path

import pytest

from guie_desktop.disk.file_systems import folder_identity, is_remote, kind_at, kinds_on_linux, read_mount_lines
from guie_desktop.disk.mounts import parse_mountinfo

TABLE = rb"""22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
40 22 0:52 / /mnt/my\040nas rw,relatime shared:2 - nfs4 nas:/photos rw
41 22 0:53 / /mnt/both rw - ext4 /dev/vdb rw
42 22 0:54 / /mnt/both rw shared:3 master:1 - cifs //nas/both rw
43 22 0:55 / /mnt/caf\351 rw - fuse.sshfs me@there: rw
44 22 0:56 / /mnt/ntfs rw - fuseblk /dev/sdb1 rw
nonsense
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/home/me", "ext4"),
        ("/mnt/my nas/2019", "nfs4"),
        ("/mnt/both/deep", "cifs"),
        ("/mnt/caf\udce9", "fuse.sshfs"),
        ("/mnt/ntfs/photos", "fuseblk"),
        ("/mnt/my nassau", "ext4"),
    ],
)
def test_a_folder_is_of_the_kind_of_the_last_mount_above_it(folder: str, kind: str) -> None:
    assert kind_at(Path(folder), kinds_on_linux(parse_mountinfo(TABLE))) == kind


def test_of_what_nothing_is_told_no_kind_is_known(tmp_path: Path) -> None:
    assert kind_at(tmp_path, {}) == ""


def test_the_mounts_of_macos_are_read() -> None:
    told = "/dev/disk3s1 on / (apfs, local)\n//me@nas/My%20Photos on /Volumes/My Photos (smbfs, nodev, nosuid)\n"
    assert kind_at(Path("/Volumes/My Photos/2019"), read_mount_lines(told)) == "smbfs"
    assert kind_at(Path("/Users/me"), read_mount_lines(told)) == "apfs"


def test_a_folder_of_this_machine_is_not_remote(tmp_path: Path) -> None:
    assert not is_remote(tmp_path)


def test_another_folder_at_the_same_path_is_another(tmp_path: Path) -> None:
    root = tmp_path / "root"
    assert folder_identity(root) is None
    root.mkdir()
    first = folder_identity(root)
    (root / "a.jpg").write_bytes(b"x")
    assert folder_identity(root) == first is not None
    root.rename(tmp_path / "away")
    (root).mkdir()
    assert folder_identity(root) not in (first, None)
    root.rmdir()
    root.write_bytes(b"")
    assert folder_identity(root) is None
