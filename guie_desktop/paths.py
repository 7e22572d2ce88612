"""Where things lie: the library folder and the files in it, and what comes with the program."""

import hashlib
import os
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import platformdirs

from guie_desktop.errors import UserError

APP = "guie-desktop"


def shipped(folder: str) -> Path:
    """A folder that comes with the program, `resources` or `model_assets`.

    Where the program is installed, it lies in the package. In a checkout it lies beside it, installed with -e or not.
    """
    # Qt opens the icons itself, so they must be real files; what is frozen or unpacked has them too.
    package = Path(str(files("guie_desktop")))
    inside = package / folder
    return inside if inside.is_dir() else package.parent / folder


@dataclass(frozen=True, slots=True)
class LibraryPaths:
    """The files of one library; everything that the program stores lies below `root`."""

    root: Path

    @property
    def catalog(self) -> Path:
        """SQLite: folders, photos, features, heads. The truth."""
        return self.root / "catalogue.sqlite"

    @property
    def thumbnails(self) -> Path:
        """SQLite: small pictures. A cache."""
        return self.root / "thumbnails.sqlite"

    @property
    def vectors(self) -> Path:
        """Folder of usearch files, one per backbone and head. A cache."""
        return self.root / "vectors"

    @property
    def networks(self) -> Path:
        """Folder of converted and compiled networks. A cache."""
        return self.root / "models"

    @property
    def weights(self) -> Path:
        """Folder of fetched weights, one folder per model."""
        return self.root / "weights"

    @property
    def pasted(self) -> Path:
        """Folder of pictures that came from the clipboard or a browser and have no file of their own."""
        return self.root / "pasted"

    @property
    def writer_lock(self) -> Path:
        """Held by the one process that may write."""
        return self.root / "writer.lock"

    @property
    def crash_report(self) -> Path:
        """Where a dying worker leaves its stack."""
        return self.root / "crash.txt"

    @property
    def log(self) -> Path:
        """What happened, for bug reports."""
        return self.root / "log.txt"

    @property
    def socket_name(self) -> str:
        """Name by which a second window finds the first one on the same library."""
        return f"{APP}-{hashlib.blake2b(os.fsencode(self.root), digest_size=8).hexdigest()}"

    def create(self) -> None:
        """Make the folder; UserError where it cannot be written."""
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            for folder in (self.vectors, self.networks, self.weights, self.pasted):
                folder.mkdir(exist_ok=True)
            probe = self.root / ".writable"
            probe.write_bytes(b"")
            probe.unlink()
        except OSError as error:
            raise UserError(
                f"The library folder {self.root} cannot be written ({error.strerror or error}).",
                "Choose another folder with --library, or change its permissions.",
            ) from error


def library_paths(chosen: Path | None = None) -> LibraryPaths:
    """The library to use: the chosen one, else GUIE_LIBRARY, else the user's own data folder."""
    from_environment = os.environ.get("GUIE_LIBRARY")
    root = chosen or (Path(from_environment) if from_environment else Path(platformdirs.user_data_dir(APP)))
    return LibraryPaths(root.expanduser().absolute())
