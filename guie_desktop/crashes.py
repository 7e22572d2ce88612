"""The stack that a process leaves when a fatal signal ends it, kept for a report."""

import faulthandler
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

_LARGEST = 256 << 10
"""Bytes of former crashes, beyond which they are forgotten."""
_BEGINNING = re.compile(r"^(?:Fatal Python error|Windows fatal exception)", re.MULTILINE)
"""Of what faulthandler writes."""


@dataclass(frozen=True, slots=True)
class Crash:
    """The last crash of a kind of process."""

    when: datetime
    stack: str
    """What was running in its threads, as faulthandler writes it: modules, lines and functions, and no values."""


def record_crashes(path: Path) -> None:
    """Let a fatal signal of this process add its stacks to the file; to be called by a process' entry point.

    Several processes may share a file. Where it cannot be written nothing is recorded.
    """
    with suppress(OSError):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _record(path)


@contextmanager
def recording_crashes(path: Path) -> Iterator[None]:
    """The same until the end of the context, where there is a folder for the file; an empty one does not stay."""
    file: int | None = None
    with suppress(OSError):
        file = _record(path)
    try:
        yield
    finally:
        if file is not None:
            faulthandler.disable()
            is_empty = not os.fstat(file).st_size
            os.close(file)
            with suppress(OSError):
                if is_empty:
                    path.unlink()


def _record(path: Path) -> int:
    if path.exists() and path.stat().st_size > _LARGEST:
        path.unlink()
    # A number, which stays open as long as the process: a file object would be closed with this function.
    file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    faulthandler.enable(file)
    return file


def last_crash(path: Path) -> Crash | None:
    """The last one that was recorded in the file, if there is any."""
    try:
        text, when = path.read_text(encoding="utf-8", errors="replace"), path.stat().st_mtime
    except OSError:
        return None
    beginnings = [found.start() for found in _BEGINNING.finditer(text)]
    return Crash(datetime.fromtimestamp(when), text[beginnings[-1] :].strip()) if beginnings else None
