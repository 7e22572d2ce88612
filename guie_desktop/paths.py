"""Where things lie: the library folder and the files in it, and what comes with the program."""

import hashlib
import json
import os
import stat
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Literal, get_args

import platformdirs

from guie_desktop.errors import UserError, reason_of
from guie_desktop.sentences import Sentence

APP = "guie-desktop"
_OURS = (
    *("catalogue", "thumbnails.sqlite", "parts.sqlite", "vectors", "models", "weights", "pasted", "backups"),
    *("full-size", "writer.lock", "crash.txt", "crash-", "being-read", "log.txt", "log-window.txt"),
)
"""How the names of what lies in a library folder begin."""
Process = Literal["window", "worker", "decoder", "learning", "command"]
PROCESSES: tuple[Process, ...] = get_args(Process)
_OTHERS = 0o077
"""What group and others may do."""


@cache
def shipped(folder: str) -> Path:
    """A folder that comes with the program, `resources` or `model_assets`.

    Where the program is installed, it lies in the package. In a checkout it lies beside it, installed with -e or not.
    """
    # Qt opens the icons itself, so they must be real files; what is frozen or unpacked has them too.
    package = Path(str(files("guie_desktop")))
    inside = package / folder
    return inside if inside.is_dir() else package.parent / folder


def is_text(path: Path) -> bool:
    """Whether the path is text, as libraries in C++ want it; file systems take any bytes."""
    try:
        str(path).encode()
    except UnicodeEncodeError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class LibraryPaths:
    """The files of one library; everything that the program stores lies below `root`."""

    root: Path
    is_found: bool = field(default=False, compare=False)
    """Whether the program finds it by itself, so that it can lay it elsewhere: nobody named its folder."""

    @property
    def catalog(self) -> Path:
        """SQLite: folders, photos, features, heads. The truth."""
        return self.root / "catalogue.sqlite"

    @property
    def has_library(self) -> bool:
        """Whether there is a library, as far as one may look."""
        return os.path.lexists(self.catalog)

    @property
    def thumbnails(self) -> Path:
        """SQLite: small pictures. A cache."""
        return self.root / "thumbnails.sqlite"

    @property
    def parts(self) -> Path:
        """SQLite: features of parts of photos. It can be made again."""
        return self.root / "parts.sqlite"

    @property
    def vectors(self) -> Path:
        """Folder of usearch files and their codes, one of each per backbone and head. A cache."""
        return self.root / "vectors"

    @property
    def grid(self) -> Path:
        """The photos of the grid as they were read last. A cache, which goes when another catalog is put back."""
        return self.vectors / "grid.photos"

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
    def backups(self) -> Path:
        """Folder of the daily copies of the catalog, and of damaged ones that a copy took the place of."""
        return self.root / "backups"

    @property
    def full_size(self) -> Path:
        """Folder of the pixels of photos that were looked at closely. A cache that does not outlive the worker."""
        return self.root / "full-size"

    @property
    def fetched(self) -> Path:
        """Folder of files of shared libraries that were fetched to be opened. A cache; it is made when it is needed."""
        return self.root / "fetched"

    @property
    def writer_lock(self) -> Path:
        """Held by the one process that may write."""
        return self.root / "writer.lock"

    def crash_of(self, process: Process) -> Path:
        """Where a dying process of this kind leaves its stacks."""
        return self.root / f"crash-{process}.txt"

    @property
    def log(self) -> Path:
        """What happened in the worker, for bug reports."""
        return self.root / "log.txt"

    @property
    def window_log(self) -> Path:
        """What happened in the window; a file of its own, since each writer replaces its file when that is full."""
        return self.root / "log-window.txt"

    def own_entries(self) -> list[Path]:
        """What lies in the folder and is ours, as the user may have chosen one that holds other things, too."""
        return [entry for entry in self.root.iterdir() if entry.name.startswith(_OURS)]

    @property
    def socket_name(self) -> str:
        """Name by which a second window finds the first one on the same library."""
        return f"{APP}-{hashlib.blake2b(os.fsencode(self.root), digest_size=8).hexdigest()}"

    def create(self) -> None:
        """Make the folder, for its owner's eyes only; UserError where it cannot be written."""
        try:
            is_new = not self.root.exists()
            self.root.mkdir(parents=True, exist_ok=True)
            for folder in (self.vectors, self.networks, self.weights, self.pasted, self.backups, self.full_size):
                folder.mkdir(exist_ok=True)
            probe = self.root / ".writable"
            probe.write_bytes(b"")
            probe.unlink()
            self._keep_private(is_new=is_new)
        except OSError as error:
            raise UserError(
                Sentence(
                    "The library folder {folder} cannot be written ({reason}).",
                    folder=self.root,
                    reason=reason_of(error),
                ),
                "Let it be written to and try again, or choose another folder with --library.",
            ) from error

    def _keep_private(self, *, is_new: bool) -> None:
        """Take all that is ours from other users of the machine, whatever the umask; Windows has it so by itself."""
        if os.name == "nt":
            return
        entries = list(self.root.iterdir())
        ours = [entry for entry in self.own_entries() if not entry.is_symlink()]
        # Where the user chose a folder that holds other things, too, that is not ours to close.
        if is_new or all(entry.name.startswith(_OURS) for entry in entries):
            ours.append(self.root)
        for entry in ours:
            mode = entry.stat().st_mode
            if mode & _OTHERS:
                with suppress(PermissionError):  # it is another user's, or on a drive that knows of no owners
                    entry.chmod(stat.S_IMODE(mode) & ~_OTHERS)


@dataclass(frozen=True, slots=True)
class LibraryPlace:
    """Where the user's own library lies, since it was moved; kept beside the settings, for no library can tell."""

    library: Path | None = None
    """None: where it is at first, in the user's data folder."""
    begun: Path | None = None
    """Where it is being moved to; a library there is not whole."""
    left: Path | None = None
    """Where it was before; what is still there is to be removed."""


def read_place() -> LibraryPlace:
    """What is kept; UserError where it cannot be read, for then another library would seem to be empty."""
    path = _place_path()
    try:
        stored = json.loads(path.read_text(encoding="ascii"))
        return LibraryPlace(*(Path(stored[name]) if stored[name] else None for name in ("library", "begun", "left")))
    except FileNotFoundError:
        return LibraryPlace()
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise UserError(
            Sentence("The file {file}, which says where the library lies, cannot be read.", file=path),
            "Remove it if the library was never moved; else put its folder's name in.",
            "--library FOLDER",
        ) from error


def keep_place(place: LibraryPlace) -> None:
    """Keep this from now on, whatever happens: the file is whole, with what was kept before or with this."""
    path = _place_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".new")
    names = {"library": place.library, "begun": place.begun, "left": place.left}
    with beside.open("w", encoding="ascii") as file:
        json.dump({name: "" if value is None else str(value) for name, value in names.items()}, file)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


def place_kept_at() -> int:
    """When that was kept last, in nanoseconds since the epoch."""
    return _place_path().stat().st_mtime_ns


def first_place() -> Path:
    """Where the user's own library is at first."""
    return Path(platformdirs.user_data_dir(APP))


def _place_path() -> Path:
    return Path(platformdirs.user_config_dir(APP, appauthor=False)) / "library.json"


def library_paths(chosen: Path | None = None) -> LibraryPaths:
    """The library to use: the chosen one, else GUIE_LIBRARY, else the user's own.

    UserError where that was moved to a folder that is not there, as on a drive that is not connected.
    """
    from_environment = os.environ.get("GUIE_LIBRARY")
    named = chosen or (Path(from_environment) if from_environment else None)
    if named is not None:
        return LibraryPaths(named.expanduser().absolute())
    moved_to = read_place().library
    paths = LibraryPaths((moved_to or first_place()).absolute(), is_found=True)
    if moved_to is not None and not paths.has_library:
        raise UserError(
            Sentence("The library is not in {folder}, where it was moved to.", folder=moved_to),
            "Connect the drive that it is on.",
            "--library FOLDER",
        )
    return paths
