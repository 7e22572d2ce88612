"""How many photos a folder holds, for an offer to add it: by their names alone, and not for longer than one looks."""

import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from guie_desktop.disk.scan import FileOnDisk, walk
from guie_desktop.file_kinds import CAMERA_SUFFIXES

_MOST = 100_000
_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class PhotoCount:
    """So many photos were found, and whether these are all."""

    photos: int
    is_all: bool


def count_photos(folder: Path, *, most: int = _MOST, seconds: float = _SECONDS) -> PhotoCount:
    """Count photos and videos as a library of this folder would; what cannot be listed holds none.

    It ends with the directory in which so many were found or so many seconds passed. A disk that does not answer holds
    up whoever asks.
    """
    found, until = 0, time.monotonic() + seconds
    for listing in walk(folder):
        if found >= most or time.monotonic() > until:
            return PhotoCount(found, is_all=False)
        found += _photos(listing.files)
    return PhotoCount(found, is_all=True)


def _photos(files: tuple[FileOnDisk, ...]) -> int:
    """A RAW and the JPEG of its name are one."""
    stems = Counter(Path(file.name).stem for file in files if Path(file.name).suffix.lower() in CAMERA_SUFFIXES)
    return sum(file.kind != "raw" or not stems[Path(file.name).stem] for file in files)
