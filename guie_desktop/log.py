"""Where the program writes what happened, for bug reports."""

import logging
import logging.handlers
from pathlib import Path

_FORMAT = "%(asctime)s %(process)d %(levelname)s %(name)s: %(message)s"


def log_to(path: Path) -> None:
    """Send the program's log to a file that never grows beyond two megabytes."""
    handler = logging.handlers.RotatingFileHandler(
        path, maxBytes=1_000_000, backupCount=1, encoding="utf-8", delay=True
    )
    handler.setFormatter(logging.Formatter(_FORMAT))
    logger = logging.getLogger("guie_desktop")
    logger.setLevel(logging.INFO)
    logger.addHandler(handler)
