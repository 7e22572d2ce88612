"""Cached files with a checksum beside them, so that damage is noticed and not computed with."""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path


def write_sealed(file: Path, write: Callable[[Path], None]) -> None:
    """Let `write` make the file beside its place, then rename it into place and seal it.

    A crash at any moment leaves the old state or a file that `is_intact` refuses.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_name(f"{file.name}.{os.getpid()}.part")
    try:
        write(beside)
        beside.replace(file)
    finally:
        beside.unlink(missing_ok=True)
    seal(file)


def seal(file: Path) -> None:
    """Note the file's checksum beside it."""
    note = _seal_of(file)
    beside = note.with_name(f"{note.name}.{os.getpid()}.part")
    beside.write_text(_checksum(file), encoding="ascii")
    beside.replace(note)


def is_intact(file: Path) -> bool:
    """Whether the file is there and still what was sealed."""
    try:
        return _seal_of(file).read_text(encoding="ascii") == _checksum(file)
    except (OSError, UnicodeDecodeError):
        return False


def _seal_of(file: Path) -> Path:
    return file.with_name(f"{file.name}.sha256")


def _checksum(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
