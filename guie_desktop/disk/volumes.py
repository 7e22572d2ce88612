"""On which volume a path lies, and where a known volume is mounted now: what stays when a drive is called otherwise."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from guie_desktop.disk.mounts import Mount, mounts


@dataclass(frozen=True, slots=True)
class VolumePlace:
    """A directory by its volume, wherever that is mounted."""

    volume: str
    path: Path
    """From the root of the volume; relative."""


@dataclass(frozen=True, slots=True)
class FolderHome:
    """Where a folder is, or was when it was last reached."""

    device: int | None
    """The number of its file system, which is another one when a drive is plugged in again; None if never reached."""
    place: VolumePlace | None
    """None where its volume has no name."""


class Volumes:
    """What is mounted at one moment."""

    def __init__(self, mounted: Iterable[Mount]) -> None:
        """`mounted` has the latest mounts last."""
        self._mounted = tuple(mounted)

    def place_of(self, path: Path) -> VolumePlace | None:
        """The volume that an absolute path without links lies on; None where that has no name.

        The path need not be there.
        """
        above = None
        for mount in self._mounted:
            # A later mount at the same place hides the earlier one.
            deeper = above is None or len(mount.point.parts) >= len(above.point.parts)
            if deeper and path.is_relative_to(mount.point):
                above = mount
        if above is None or above.volume is None:
            return None
        return VolumePlace(above.volume, above.root / path.relative_to(above.point))

    def paths_of(self, place: VolumePlace) -> list[Path]:
        """Where this directory would be seen now, were it there; none where its volume is not mounted."""
        seen = [
            mount.point / place.path.relative_to(mount.root)
            for mount in self._mounted
            if mount.volume == place.volume and place.path.is_relative_to(mount.root)
        ]
        # Something else may be mounted over it.
        return [path for path in dict.fromkeys(seen) if self.place_of(path) == place]


def mounted_volumes() -> Volumes:
    """What is mounted now."""
    return Volumes(mounts())
