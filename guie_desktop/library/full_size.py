"""All pixels of the photos that were looked at closely last: files that the window maps into its memory."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

_KEPT = 512 * 1024**2
"""Bytes of all files together; a photo of 24 megapixels takes 72 MB."""


@dataclass(frozen=True, slots=True)
class FullSize:
    """The pixels of one picture: RGB, a byte each, row by row from the top left."""

    file: Path
    width: int
    height: int


class FullSizeFiles:
    """Keeps the latest; safe in several threads. None outlives the worker, so each start begins with none."""

    def __init__(self, folder: Path, kept: int = _KEPT) -> None:
        self._folder, self._kept = folder, kept
        for left in self._files("*"):
            remove(left)

    def get(self, key: bytes) -> FullSize | None:
        """The pixels of the picture that is known by this key, if they are there."""
        return next((_described(file) for file in self._files(f"{key.hex()}-*.rgb")), None)

    def new_place(self) -> Path:
        """Where to write some; nobody finds the file before it is kept."""
        return self._folder / f"{uuid4().hex}.new"

    def keep(self, written: Path, key: bytes, size: tuple[int, int]) -> FullSize:
        """Take in what was written there, of this width and height, and let go of the oldest that are too many."""
        width, height = size
        file = self._folder / f"{key.hex()}-{width}x{height}.rgb"
        written.replace(file)
        found = sorted(((_age(other), other) for other in self._files("*.rgb")), reverse=True)
        room = self._kept - 3 * width * height
        for _, other in found:
            if other == file:
                continue
            room -= _length(other)
            if room < 0:
                remove(other)
        return FullSize(file, width, height)

    def clear(self) -> None:
        """Let go of all that are kept; whoever has one open keeps it."""
        for file in self._files("*.rgb"):
            remove(file)

    def _files(self, pattern: str) -> Iterator[Path]:
        return iter(list(self._folder.glob(pattern)))


def _described(file: Path) -> FullSize:
    width, _, height = file.stem.rpartition("-")[2].partition("x")
    return FullSize(file, int(width), int(height))


def _age(file: Path) -> int:
    try:
        return file.stat().st_mtime_ns
    except OSError:
        return 0


def _length(file: Path) -> int:
    described = _described(file)
    return 3 * described.width * described.height


def remove(file: Path) -> None:
    """Let go of a file, where it is there."""
    with suppress(OSError):  # on Windows what somebody has mapped cannot be removed; the next one tries again
        file.unlink(missing_ok=True)
