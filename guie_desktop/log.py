"""Where the program writes what happened, for bug reports.

What a line names of the user's own, and what errors say, stands between the marks of `_PRIVATE`, so that a report can
leave it out and keep what the program itself says.
"""

import copy
import logging
import logging.handlers
import os
import re
import traceback
from collections.abc import Sequence
from pathlib import Path, PurePath
from typing import Any

_FORMAT = "%(asctime)s %(process)d %(levelname)s %(name)s: %(message)s"
_PRIVATE = "⟨", "⟩"
_MARKED = re.compile("⟨[^⟩]*⟩?")
_CUT_OFF = re.compile("^[^⟨⟩]*⟩")
"""The end of what is marked, at the start of a part of a log."""
_FRAME = re.compile(r'File "([^"\n]*)"')
_PACKAGES = re.compile(r"^.*[/\\](?=(?:site-packages|dist-packages|lib[/\\]python3[^/\\]*|guie_desktop)[/\\])")
"""What stands before the part of a module's path that is the same everywhere."""


def log_to(path: Path) -> None:
    """Send the program's log to a file that never grows beyond two megabytes."""
    handler = _PatientHandler(path, maxBytes=1_000_000, backupCount=1, encoding="utf-8", errors="replace", delay=True)
    handler.setFormatter(_Formatter(_FORMAT))
    logger = logging.getLogger("guie_desktop")
    logger.setLevel(logging.INFO)
    logger.addHandler(handler)


def without_names(text: str) -> str:
    """The text for a report that others read: the user's home folder and account are called "~"."""
    home = Path.home()
    if home == Path(home.anchor):
        return text
    separator = os.sep
    return text.replace(str(home), "~").replace(f"{separator}{home.name}{separator}", f"{separator}~{separator}")


def without_private(text: str, known: Sequence[str] = ()) -> str:
    """A part of a log, or stacks, without what names anything of the user's own.

    `known` are names to be left out wherever they stand. Of modules it is said where they lie in their packages.
    """
    plain = _FRAME.sub(lambda frame: f'File "{_place_of(frame[1])}"', _MARKED.sub("…", _CUT_OFF.sub("…", text)))
    for name in sorted(known, key=len, reverse=True):
        plain = plain.replace(name, "…")
    return plain


def _place_of(module: str) -> str:
    inside, found = _PACKAGES.subn("", module)
    return inside if found or not PurePath(module).is_absolute() else "…"  # packed, modules have no other path


class _Formatter(logging.Formatter):
    """Lines, and the stacks below them, without the user's name, and with marks around what else is private."""

    def format(self, record: logging.LogRecord) -> str:
        """One record."""
        marked = copy.copy(record)
        if isinstance(record.args, tuple):
            marked.args = tuple(arg if isinstance(arg, int | float) else _marked(str(arg)) for arg in record.args)
        return without_names(super().format(marked))

    def formatException(self, ei: Any) -> str:  # noqa: N802  # logging's name
        """The stack of an error and of those that led to it."""
        told: list[str] = []
        error: BaseException | None = ei[1]
        while error is not None:
            stack = "".join(traceback.format_tb(error.__traceback__))
            told.insert(0, f"{stack}{type(error).__qualname__}: {_marked(str(error))}")
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "\nwhich led to\n".join(told)


def _marked(text: str) -> str:
    for mark in _PRIVATE:
        text = text.replace(mark, "|")
    return f"{_PRIVATE[0]}{text}{_PRIVATE[1]}"


class _PatientHandler(logging.handlers.RotatingFileHandler):
    """Leaves out what the disk does not take: nothing is to fail because it could not be told."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802  # logging's name
        """Called while the error is being handled."""
