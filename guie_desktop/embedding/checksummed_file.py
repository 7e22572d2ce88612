"""Cached files with a checksum beside them, so that damage is noticed and not computed with."""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path


def write_with_checksum(file: Path, write: Callable[[Path], None]) -> None:
    """Let `write` make the file beside its place, then rename it into place and note its checksum.

    A crash at any moment leaves the old state or a file that `is_intact` refuses.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_name(f"{file.name}.{os.getpid()}.part")
    try:
        write(beside)
        beside.replace(file)
    finally:
        beside.unlink(missing_ok=True)
    note_checksum(file)


def note_checksum(file: Path) -> None:
    """Note the file's checksum beside it."""
    note = _checksum_file(file)
    beside = note.with_name(f"{note.name}.{os.getpid()}.part")
    beside.write_text(sha256_of(file), encoding="ascii")
    beside.replace(note)


def remove_with_checksum(file: Path) -> None:
    """Remove the file, if it is there, and what was noted of it."""
    file.unlink(missing_ok=True)
    _checksum_file(file).unlink(missing_ok=True)


def noted_checksum(file: Path) -> str:
    """The SHA-256 that was noted; empty where there is none. Says nothing of the file as it is now."""
    try:
        return _checksum_file(file).read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError):
        return ""


def is_intact(file: Path) -> bool:
    """Whether the file is there and still what its checksum was noted of."""
    noted = noted_checksum(file)
    try:
        return bool(noted) and noted == sha256_of(file)
    except OSError:
        return False


def sha256_of(file: Path) -> str:
    """The file's SHA-256, in hexadecimal; OSError where it cannot be read."""
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _checksum_file(file: Path) -> Path:
    return file.with_name(f"{file.name}.sha256")
