"""The stack that a process leaves when a fatal signal ends it."""

import faulthandler
import logging
from pathlib import Path


def report_crashes_to(path: Path) -> None:
    """Let a fatal signal of this process write its stack to the file; to be called by a process' entry point."""
    faulthandler.enable(path.open("w"))


def log_last_crash(path: Path) -> None:
    """Move what the last process left there to the log; nothing where it ended well or was merely killed."""
    try:
        stack = path.read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return
    path.unlink()
    if stack:
        logging.getLogger(__name__).error("The last process crashed:\n%s", stack)
