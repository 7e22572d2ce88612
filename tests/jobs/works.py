"""What processes of their own are given to do; such a process finds it by its module."""

import faulthandler
import os
import signal
import sys
import threading

from guie_desktop.errors import DamagedLibrary, UserError
from guie_desktop.jobs.apart import Tell
from guie_desktop.messages import Progress


def count(numbers: list[int], tell: Tell) -> tuple[int, int]:
    """Their sum, and the process that made it."""
    for done, _ in enumerate(numbers, 1):
        tell(Progress("learn", done, len(numbers)))
    return sum(numbers), os.getpid()


def fail(name: str, _tell: Tell) -> None:
    """As the world does, as a library does that is damaged, or as a bug does."""
    if name == "user":
        raise UserError("There is too little.", "Add more.")
    if name == "damage":
        raise DamagedLibrary("The catalog is damaged.", "Put a copy back.")
    if name == "system":
        raise PermissionError(13, "Permission denied", "/some/file")
    raise ZeroDivisionError(name)


def die(_tell: Tell) -> None:
    """At once, and without a word."""
    os.kill(os.getpid(), signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)


def crash(_tell: Tell) -> None:
    """As a library in C does."""
    faulthandler._sigsegv()  # type: ignore[attr-defined]


def go_on(tell: Tell) -> None:
    """For ever, telling that faster than anybody looks."""
    for done in range(sys.maxsize):
        tell(Progress("learn", done, 0))
        threading.Event().wait(0.001)
