"""Where the program writes what happened, for bug reports."""

import logging
import logging.handlers
import os
from pathlib import Path

_FORMAT = "%(asctime)s %(process)d %(levelname)s %(name)s: %(message)s"


def log_to(path: Path) -> None:
    """Send the program's log to a file that never grows beyond two megabytes."""
    handler = _PatientHandler(path, maxBytes=1_000_000, backupCount=1, encoding="utf-8", delay=True)
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


class _Formatter(logging.Formatter):
    """Lines, and the stacks below them, without the user's name."""

    def format(self, record: logging.LogRecord) -> str:
        """One record."""
        return without_names(super().format(record))


class _PatientHandler(logging.handlers.RotatingFileHandler):
    """Leaves out what the disk does not take: nothing is to fail because it could not be told."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802  # logging's name
        """Called while the error is being handled."""
