"""Where the photos of shared libraries stand in the catalog, once something is said of them.

Such a photo is that of a folder whose drive is away: nobody looks for its file, so no scan finds it gone, and all that
is known of it was copied from the table. The folder's path is one that no disk has.
"""

import re
from collections.abc import Sequence
from pathlib import Path

_BEGIN = "shared:"
"""The first part of such a path. No system that has drives takes a colon in a name, and others have no such folder."""


def folder_of(address: str) -> Path:
    """What the folder of a shared library is called in the catalog."""
    return Path(Path.home().anchor, _BEGIN, *_parts(address))


def place_of(address: str, path: str) -> Path:
    """What a photo of it is called there, given the whole path of its file or object."""
    return folder_of(address).joinpath(*_parts(path))


def is_shared(folder: Path) -> bool:
    """Whether a folder of the catalog stands for a shared library."""
    return folder.parts[1:2] == (_BEGIN,)


def _parts(address: str) -> Sequence[str]:
    """What lies between the slashes; on Windows there are those of both kinds, and a drive is as a folder."""
    return [part for part in re.split(r"[/\\]" if "\\" in address else "/", address) if part not in ("", ".", "..")]
