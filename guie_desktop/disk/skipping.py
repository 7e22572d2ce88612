"""Where nobody looks for photos: hidden things, stores of other programs, the library, what the user leaves out."""

import os
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from pathspec import PathSpec

from guie_desktop.errors import UserError
from guie_desktop.file_kinds import VIDEO_SUFFIXES

# Thumbnails, trash and version stores of other programs, in lower case. Whatever begins with a dot is hidden anyway.
_FOREIGN = frozenset(
    {"@eadir", "@recycle", "@recently-snapshot", "@sharebin", "#recycle", "#snapshot"}  # of network drives
    | {"$recycle.bin", "recycler", "system volume information", "found.000"}  # of Windows
    | {"lost+found", "__macosx"}
)


@dataclass(frozen=True, slots=True)
class SkipRules:
    """What a scan of the folder `root` passes over, which its watch does not hear of either.

    `own` is the library's folder, with all links followed. `patterns` are the user's, as `checked_pattern` gives them.
    Without `videos` these are left out, and so are files of fewer than `smallest` bytes.
    """

    root: Path = Path(os.sep)
    own: Path | None = None
    patterns: tuple[str, ...] = ()
    videos: bool = True
    smallest: int = 0

    def skips(self, directory: Path, name: str, *, is_folder: bool) -> bool:
        """Whether what bears this name in a directory is passed over, where the directory itself is not."""
        if name.startswith("."):
            return True
        if is_folder and (name.lower() in _FOREIGN or directory / name == self.own):
            return True
        return bool(self.patterns) and self._matches(directory / name, is_folder=is_folder)

    def leaves_out(self, suffix: str) -> bool:
        """Whether files of this kind are not read although they could be."""
        return not self.videos and suffix in VIDEO_SUFFIXES

    def hides(self, path: Path, *, is_folder: bool) -> bool:
        """Whether a scan would not get to see this path, for itself or for a folder that it lies in."""
        if path == self.root:
            return False
        if self.root not in path.parents:
            return True
        above = [one for one in path.parents if self.root in one.parents]
        return self.skips(path.parent, path.name, is_folder=is_folder) or any(
            self.skips(one.parent, one.name, is_folder=True) for one in above
        )

    def _matches(self, path: Path, *, is_folder: bool) -> bool:
        place = path.relative_to(self.root).as_posix()
        return _compiled(self.patterns).match_file(_comparable(f"{place}/" if is_folder else place))


def checked_pattern(text: str) -> str:
    """A pattern of the user as it is kept; UserError where it says nothing.

    As in a .gitignore: `*` and `?` stand for anything but a slash, a slash at the end means folders only, and one
    elsewhere a place below the folder that was added. Upper and lower case are one.
    """
    pattern = text.strip().replace(os.sep, "/")
    if not pattern.strip("/. ") or "\n" in pattern or "\0" in pattern:
        raise UserError(
            "This is no pattern for names.",
            "Give a part of a name with * for the rest, such as *_edited*, or a folder's name with a slash, such as "
            "Exports/.",
        )
    return pattern


@lru_cache(maxsize=16)
def _compiled(patterns: tuple[str, ...]) -> PathSpec[Any]:
    # In a .gitignore these two signs would make a comment, and take back an earlier line.
    lines = [f"\\{one}" if one.startswith(("#", "!")) else one for one in patterns]
    return PathSpec.from_lines("gitignore", [_comparable(line) for line in lines])


def _comparable(text: str) -> str:
    """Names as people compare them: disks differ in how they write an accent."""
    return unicodedata.normalize("NFC", text).casefold()
