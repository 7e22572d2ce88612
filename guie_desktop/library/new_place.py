"""Moving a library to another folder: it is copied, checked and named as the one to open, and only then removed.

Ended at any moment, a whole library is where the program looks for it: at the old place until the copy is whole, and at
the new one from then on. What is left over is removed at the next start.
"""

import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from guie_desktop.disk.copying import NotTheSame, Stopped, copy_file
from guie_desktop.disk.file_systems import is_remote
from guie_desktop.disk.placing import PART, settle_names
from guie_desktop.errors import NoRoom, UserError, for_user, reason_of
from guie_desktop.library.damage import damaged, problems_in
from guie_desktop.library.writer_lock import lock_library
from guie_desktop.paths import LibraryPaths, LibraryPlace, first_place, keep_place, place_kept_at, read_place
from guie_desktop.sentences import Sentence, tr_noop

_PIECE = 1024**2
"""Bytes that are copied between two looks at whether to stop."""
_LEFT_FREE = 256 << 20
"""Bytes of the disk that a library must not take."""

Tell = Callable[[int, int], None]
"""Gets how many bytes of how many are copied."""


def check_new_place(paths: LibraryPaths, target: Path, folders: Iterable[Path]) -> int:
    """How many bytes there are to be moved; UserError where the library cannot lie there.

    `folders` are those that it looks for photos in.
    """
    choose = tr_noop("Choose an empty folder on a drive of this computer.")
    try:
        if target == paths.root or paths.root in target.parents:
            raise UserError(Sentence("{folder} lies in the library itself.", folder=target), choose)
        if any(entry.name not in _left_over_names(target) for entry in target.iterdir()):
            raise UserError(Sentence("{folder} is not empty.", folder=target), choose)
        if around := [folder for folder in folders if folder == target or folder in target.parents]:
            title = Sentence(
                "{folder} lies in {photos}, which is looked through for photos.", folder=target, photos=around[0]
            )
            raise UserError(title, choose)
        if is_remote(target):
            title = Sentence("{folder} is on another computer, where a library can be damaged.", folder=target)
            raise UserError(title, choose)
        needed = sum(file.lstat().st_size for file, _ in _files(paths, target))
        free = shutil.disk_usage(target).free
        if free < needed + _LEFT_FREE:
            title = Sentence(
                "There is too little room in {folder}: {free} MB are free.", folder=target, free=free // 10**6
            )
            wanted = Sentence(
                "Free {lacking} MB there, or choose another folder.", lacking=(needed + _LEFT_FREE - free) // 10**6 + 1
            )
            raise NoRoom(title, wanted)
        probe = target / f".writable{PART}"
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as error:
        title = Sentence("{folder} cannot be used ({reason}).", folder=target, reason=reason_of(error))
        raise UserError(title, choose) from error
    return needed


def move_library(
    paths: LibraryPaths, target: Path, tell: Tell = lambda _done, _all: None, stop: Callable[[], bool] = lambda: False
) -> bool:
    """Move the user's own library, which nobody may have open; False where `stop` ended it, and nothing was changed.

    UserError where it cannot be done; the library is where it was then.
    """
    lock = lock_library(paths)
    try:
        place = read_place()
        keep_place(LibraryPlace(place.library, begun=target, left=place.left))
        try:
            _copy(paths, target, tell, stop)
        except (Stopped, NotTheSame, UserError, OSError) as error:
            _remove_copies(paths, target)
            keep_place(LibraryPlace(place.library, left=place.left))
            if isinstance(error, Stopped):
                return False
            raise _told(error) from error
        keep_place(LibraryPlace(target, left=paths.root))
    finally:
        lock.release()
    finish_move()
    return True


def finish_move() -> None:
    """Remove what a move has left over, at the old place or at the new one; what cannot be removed stays for later."""
    place = read_place()
    current = LibraryPaths(place.library or first_place())
    if place.begun is not None and place.begun != current.root:
        _remove_copies(current, place.begun)
    left = place.left if place.left != current.root else None
    if left is not None and (_was_used_since(LibraryPaths(left)) or _remove_old(LibraryPaths(left))):
        left = None
    if (None, left) != (place.begun, place.left):
        keep_place(LibraryPlace(place.library, left=left))


def _copy(paths: LibraryPaths, target: Path, tell: Tell, stop: Callable[[], bool]) -> None:
    if os.name != "nt":
        with suppress(PermissionError):  # on a drive that knows of no owners
            target.chmod(0o700)
    _remove_copies(paths, target)  # of a move that was ended
    files = list(_files(paths, target))
    total, done = sum(file.lstat().st_size for file, _ in files), 0
    for source, copy in files:
        copy.parent.mkdir(parents=True, exist_ok=True)
        size, begun = source.lstat().st_size, done

        def goes_on(size: int = size, begun: int = begun) -> bool:
            nonlocal done
            done = min(done + _PIECE, begun + size)
            tell(done, total)
            return stop()

        if stop():
            raise Stopped
        if source.is_symlink():
            copy.symlink_to(source.readlink())
        else:
            copy_file(source, copy, stop=goes_on)
        done = begun + size
    for folder in {copy.parent for _, copy in files} | {target}:
        settle_names(folder)
    if problems := problems_in(LibraryPaths(target).catalog):
        raise damaged(paths.catalog, problems[0])


def _files(paths: LibraryPaths, target: Path) -> Iterator[tuple[Path, Path]]:
    """Each file of the library, and where it goes; without what the next start makes anew."""
    anew = (paths.full_size, paths.writer_lock, paths.catalog.with_name(paths.catalog.name + "-shm"))
    for entry in paths.own_entries():
        if entry in anew:
            continue
        if entry.is_dir() and not entry.is_symlink():
            for above, folders, names in os.walk(entry):
                links = [name for name in folders if Path(above, name).is_symlink()]
                for name in (*names, *links):
                    source = Path(above, name)
                    yield source, target / source.relative_to(paths.root)
        else:
            yield entry, target / entry.name


def _remove_copies(paths: LibraryPaths, target: Path) -> None:
    """Those of the library's files, and nothing else that may be in the folder by now."""
    catalog = LibraryPaths(target).catalog
    beside = [catalog.with_name(catalog.name + suffix) for suffix in ("-wal", "-shm")]  # of the check of it
    for copy in (*(copy for _, copy in _files(paths, target)), *beside):
        with suppress(OSError):
            copy.unlink(missing_ok=True)
        for half in copy.parent.glob(f".*{PART}"):
            with suppress(OSError):
                half.unlink(missing_ok=True)
    for entry in LibraryPaths(target).own_entries() if target.is_dir() else ():
        if entry.is_dir() and not entry.is_symlink():
            _remove_empty(entry)


def _remove_empty(folder: Path) -> None:
    for above, folders, _ in os.walk(folder, topdown=False):
        for name in folders:
            with suppress(OSError):  # it is not empty
                Path(above, name).rmdir()
    with suppress(OSError):
        folder.rmdir()


def _was_used_since(old: LibraryPaths) -> bool:
    """Whether somebody has worked with the library at the old place since it was moved; then it is his."""
    parts = (old.catalog, old.catalog.with_name(old.catalog.name + "-wal"))
    found = [part.stat() for part in parts if part.exists()]
    # Whoever only reads makes an empty log.
    return any(status.st_size and status.st_mtime_ns > place_kept_at() for status in found)


def _remove_old(old: LibraryPaths) -> bool:
    """What is ours; the catalog goes first, so that nobody takes the rest for a library. False where it is in use."""
    if not old.root.is_dir():
        return True
    try:
        lock = lock_library(old)
    except UserError:
        return False
    try:
        for entry in sorted(old.own_entries(), key=lambda entry: not entry.name.startswith(old.catalog.stem)):
            if entry.is_dir() and not entry.is_symlink():
                shutil.rmtree(entry, ignore_errors=True)
            elif entry != old.writer_lock:
                entry.unlink(missing_ok=True)
    except OSError:
        return False
    finally:
        lock.release()
    with suppress(OSError):  # it holds something else, or somebody waits for it
        old.writer_lock.unlink(missing_ok=True)
        old.root.rmdir()
    return True


def _left_over_names(target: Path) -> set[str]:
    """What a move to this folder that was ended has left in it."""
    if read_place().begun != target:
        return set()
    return {entry.name for entry in (*LibraryPaths(target).own_entries(), *target.glob(f"*{PART}"))}


def _told(error: NotTheSame | UserError | OSError) -> UserError:
    if isinstance(error, NotTheSame):
        return UserError(
            "The disk gave back something else than was written to it.", "Choose a folder on another drive."
        )
    return for_user(error)
