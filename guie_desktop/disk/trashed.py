"""The trash of freedesktop.org: where a file lies that was moved there, and how it gets back.

A trash has a folder `files`, and a folder `info` that says in a `.trashinfo` where each of these was and when it went.
It lies in the user's data folder, or at the top of another volume, where it names places relative to that. What is in
there belongs to the desktop and to other programs as well: nothing is believed that was not looked at.
"""

import contextlib
import errno
import os
import secrets
import shutil
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import unquote_to_bytes

from guie_desktop.disk.placing import move_without_replacing
from guie_desktop.disk.same_file import objection
from guie_desktop.domain import Photo
from guie_desktop.errors import reason_of
from guie_desktop.sentences import Sentence, tr_noop

IS_READABLE = sys.platform not in ("darwin", "win32")
"""Whether the desktops of this system keep their trash so."""
_SUFFIX = ".trashinfo"


@dataclass(frozen=True, slots=True)
class Trashed:
    """A file in a trash, and what that says of it."""

    path: Path
    """Where it was."""
    file: Path
    """Where it is."""
    info: Path
    deleted: str
    """When it went there, by the clock of this place: YYYY-MM-DDThh:mm:ss."""


def find_trashed(paths: Iterable[Path]) -> dict[Path, list[Trashed]]:
    """What is in the trash of these paths, by path, what went last before the others."""
    wanted = set(paths)
    trashes = {trash for directory in {path.parent for path in wanted} for trash in _trashes_of(directory)}
    found: dict[Path, list[Trashed]] = {}
    for trash, top in trashes:
        for trashed in _read_trash(trash, top):
            if trashed.path in wanted:
                found.setdefault(trashed.path, []).append(trashed)
    for there in found.values():
        there.sort(key=lambda trashed: trashed.deleted, reverse=True)
    return found


def put_back(photo: Photo, candidates: Iterable[Trashed], link: str | None = None) -> str | None:
    """Put a photo's file back to where it was; where it stays in the trash, why: the end of a sentence about the file.

    `candidates` are what `find_trashed` found for its path; what is not, byte by byte, the photo stays where it is. Of
    a photo that is a link, `link` is what the link says.
    """
    trashed = next((one for one in candidates if _is_it(photo, one.file, link)), None)
    if trashed is None:
        return tr_noop("is not in the trash any more")
    try:
        photo.path.parent.mkdir(parents=True, exist_ok=True)
        _move(trashed.file, photo.path)
    except FileExistsError:
        return tr_noop("cannot come back, for another file has its name now")
    except OSError as error:
        return Sentence("could not be moved ({reason})", reason=reason_of(error))
    with contextlib.suppress(OSError):  # without its file it is nothing that a trash shows
        trashed.info.unlink()
    return None


def _trashes_of(directory: Path) -> Iterator[tuple[Path, Path]]:
    """Where what lay in a directory may be: each trash, and the folder that its relative places start from."""
    if sys.platform == "win32":
        return
    home = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local/share")
    yield home / "Trash", home
    top = next(one for one in (directory, *directory.parents) if one.exists())
    while not os.path.ismount(top):
        top = top.parent
    user = os.getuid()
    yield top / ".Trash" / str(user), top
    yield top / f".Trash-{user}", top


def _read_trash(trash: Path, top: Path) -> Iterator[Trashed]:
    try:
        infos = [path for path in (trash / "info").iterdir() if path.name.endswith(_SUFFIX)]
    except OSError:
        return  # there is none
    for info in infos:
        try:
            lines = info.read_bytes().splitlines()
        except OSError:
            continue
        said = dict(line.split(b"=", 1) for line in lines if b"=" in line)
        if place := said.get(b"Path"):
            path = Path(os.path.normpath(top / os.fsdecode(unquote_to_bytes(place))))
            deleted = os.fsdecode(said.get(b"DeletionDate", b""))
            yield Trashed(path, trash / "files" / info.name.removesuffix(_SUFFIX), info, deleted)


def _is_it(photo: Photo, file: Path, link: str | None) -> bool:
    try:
        if link is not None or file.is_symlink():
            return link is not None and str(file.readlink()) == link
    except OSError:
        return False
    return objection(replace(photo, path=file), believe_times=False) is None


def _move(file: Path, to: Path) -> None:
    try:
        move_without_replacing(file, to)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        part = to.with_name(f".{secrets.token_hex(8)}")
        try:
            shutil.copy2(file, part, follow_symlinks=False)
            move_without_replacing(part, to)
        finally:
            part.unlink(missing_ok=True)
        file.unlink()
