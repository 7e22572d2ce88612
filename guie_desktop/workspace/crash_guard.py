"""Finding the photo whose decoder took the process along, so that one file cannot stop the indexing for good.

Each decoder thread writes the id of the photo that it is at into a memory-mapped file, which outlives the process; a
fatal signal leaves a stack in the crash report. Both together name the suspects at the next start. A process that was
merely killed leaves no stack, and nobody is suspected.
"""

import faulthandler
import logging
import mmap
import queue
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from guie_desktop.paths import LibraryPaths

_SLOT = 8  # bytes: one photo id
_SLOTS = 64


class CrashGuard:
    """Notes what is being read; one per process that reads photos."""

    def __init__(self, path: Path) -> None:
        path.write_bytes(bytes(_SLOT * _SLOTS))
        self._file = path.open("r+b")
        self._memory = mmap.mmap(self._file.fileno(), _SLOT * _SLOTS)
        self._free: queue.SimpleQueue[int] = queue.SimpleQueue()
        for slot in range(_SLOTS):
            self._free.put(slot)

    @contextmanager
    def reading(self, photo_id: int) -> Iterator[None]:
        """Within this block the photo is being read; may be entered by as many threads as there are slots."""
        slot = self._free.get()
        place = slice(slot * _SLOT, (slot + 1) * _SLOT)
        self._memory[place] = photo_id.to_bytes(_SLOT, "little")
        try:
            yield
        finally:
            self._memory[place] = bytes(_SLOT)
            self._free.put(slot)

    def close(self) -> None:
        """Let go of the file."""
        self._memory.close()
        self._file.close()


def suspects_of_last_crash(paths: LibraryPaths) -> list[int]:
    """Ids of the photos that were being read when the last process crashed; asking forgets the crash."""
    try:
        stack = paths.crash_report.read_text(encoding="utf-8", errors="replace")
        slots = paths.being_read.read_bytes()
    except FileNotFoundError:
        return []
    paths.crash_report.unlink()
    if not stack:
        return []
    logging.getLogger(__name__).error("The last process crashed:\n%s", stack)
    ids = (int.from_bytes(slots[start : start + _SLOT], "little") for start in range(0, len(slots), _SLOT))
    return [photo_id for photo_id in ids if photo_id]


def report_crashes_to(path: Path) -> None:
    """Let a fatal signal of this process write its stack to the file; to be called by a process' entry point."""
    faulthandler.enable(path.open("w"))
