"""Files that a command leaves in a folder of the user's choice."""

from collections.abc import Mapping
from pathlib import Path

from guie_desktop.errors import UserError, reason_of


def write_files(files: Mapping[Path, bytes], folder: Path) -> None:
    """Make the folder and write the files; UserError where that is not possible."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for file, content in files.items():
            file.write_bytes(content)
    except OSError as error:
        problem = f"{error.filename or folder} could not be written ({reason_of(error)})."
        raise UserError(problem, "Choose another folder with --out.") from error
