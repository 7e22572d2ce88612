"""Files that the user names."""

import os
from pathlib import Path

from guie_desktop.errors import UserError


def check_there(*files: Path) -> None:
    """UserError where one of them is not there, before anything is opened for nothing."""
    for file in files:
        if not os.path.lexists(file):
            raise UserError(f"There is no file {file}.", "Check its name, or plug in the drive that it is on.")
