"""Indexing on a disk that fills up: what is said at each size, and that it goes on when there is room.

    python -m tests.benchmarks.full_disk

Needs Linux and the right to mount. A library lies on a file system in memory of so many kilobytes, the networks
elsewhere; then the disk grows, and the same command must end with all photos and a whole catalog.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from guie_desktop.library.damage import problems_in
from guie_desktop.paths import LibraryPaths
from tests.drawing import save_photos
from tests.running import index_folder

PHOTOS = 40
SIZES_KB = (4, 40, 80, 160, 240, 320, 480, 640, 800, 1200, 2000, 4000)
NETWORKS_KB = (1000, 20_000, 36_000, 60_000)
"""For a library that must convert its network on the full disk as well."""


def main() -> None:
    """Try all sizes."""
    folder = Path(tempfile.mkdtemp())
    try:
        photos = folder / "photos"
        save_photos(photos, PHOTOS)
        first = LibraryPaths(folder / "first")
        index_folder(first, photos)
        for size in SIZES_KB:
            _try(folder, photos, size, first.networks)
        for size in NETWORKS_KB:
            _try(folder, photos, size, None)
    finally:
        shutil.rmtree(folder)


def _try(folder: Path, photos: Path, size: int, networks: Path | None) -> None:
    disk = folder / "disk"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}k", "tmpfs", str(disk)], check=True)
    try:
        paths = LibraryPaths(disk / "library")
        if networks is not None:
            paths.root.mkdir()
            paths.networks.symlink_to(networks)
        status, said = _index(paths, photos)
        print(f"--- {size} kB{'' if networks else ', network too'}: status {status}: {said}")
        subprocess.run(["mount", "-o", "remount,size=600m", str(disk)], check=True)
        status, said = _index(paths, photos)
        problems = problems_in(paths.catalog, also_indexes=True)
        print(f"    with room: status {status}: {said}{f' PROBLEMS {problems}' if problems else ''}", flush=True)
    finally:
        subprocess.run(["umount", str(disk)], check=True)
        disk.rmdir()


def _index(paths: LibraryPaths, photos: Path) -> tuple[int, str]:
    command = [sys.executable, "-m", "guie_desktop", "--library", str(paths.root), "index", str(photos)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, (done.stdout + done.stderr).strip()[-600:]


if __name__ == "__main__":
    main()
