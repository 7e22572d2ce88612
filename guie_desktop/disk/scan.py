"""Walking a folder on disk and telling what differs from the catalog; opens no photo."""

import errno
import os
import stat
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from guie_desktop.disk.disk_errors import means_gone
from guie_desktop.disk.file_numbers import bounded, identity, size_and_time
from guie_desktop.disk.sidecars import SUFFIX as SIDECAR_SUFFIX
from guie_desktop.disk.sidecars import newest_sidecar
from guie_desktop.disk.skipping import SkipRules
from guie_desktop.domain import PhotoKind
from guie_desktop.file_kinds import (
    CAMERA_SUFFIXES,
    FILM_SUFFIX,
    LEFT_OUT_SUFFIXES,
    PHOTO_SUFFIXES,
    RAW_SUFFIXES,
    VIDEO_SUFFIXES,
)

_READ = PHOTO_SUFFIXES | VIDEO_SUFFIXES

_EVERYTHING = SkipRules()


@dataclass(frozen=True, slots=True)
class FileOnDisk:
    """A photo file as the file system describes it."""

    name: str
    bytes: int
    mtime_ns: int
    inode: int
    ctime_ns: int
    """Of the last change to the file or to its entry; on Windows, when it was made."""
    device: int
    kind: PhotoKind | None = None
    """As far as names tell."""
    sidecar_ns: int | None = None
    """When the notes of other programs beside it were changed last; None where there are none."""


@dataclass(frozen=True, slots=True)
class KnownFile:
    """A photo file as the catalog remembers it."""

    id: int
    bytes: int
    mtime_ns: int
    inode: int
    ctime_ns: int | None
    """None where an earlier version of the program saw the file last."""
    device: int | None
    waits: bool
    """It was not read yet."""
    try_again: bool
    """It could not be read, and that may have passed."""
    failed: bool
    missing: bool
    """It is not shown: it vanished, or its folder was taken out of the library."""
    vanished: bool
    kind: PhotoKind | None = None
    sidecar_ns: int | None = None


@dataclass(slots=True)
class Difference:
    """How one directory differs from the catalog."""

    directory: Path
    new: list[FileOnDisk] = field(default_factory=list)
    changed: list[tuple[int, FileOnDisk]] = field(default_factory=list)
    replaced: list[tuple[int, FileOnDisk]] = field(default_factory=list)
    """Of a file that had vanished before: another one has its name, which is no edit."""
    followed: list[tuple[int, FileOnDisk]] = field(default_factory=list)
    """Of a file that had vanished before: for all the file system says it is back; its content is to confirm that."""
    touched: list[tuple[int, FileOnDisk]] = field(default_factory=list)
    """Size and time are as they were, and yet something was done to the file; only its content tells what."""
    restated: list[tuple[int, FileOnDisk]] = field(default_factory=list)
    """Nothing was done to it, but the file system numbers it anew, or it is looked at so closely for the first time; or
    the notes beside it are others."""
    returned: list[int] = field(default_factory=list)
    missing: list[int] = field(default_factory=list)
    try_again: list[int] = field(default_factory=list)
    live: list[int] = field(default_factory=list)
    """Known photos beside which a film has turned up."""
    still: list[int] = field(default_factory=list)
    """Those from beside which it has gone."""
    unchanged: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether the catalog is right about this directory."""
        found_anew = (self.new, self.changed, self.replaced, self.followed, self.touched, self.restated)
        return not any((*found_anew, self.returned, self.missing, self.try_again, self.live, self.still))


@dataclass(frozen=True, slots=True)
class Listing:
    """What lies in one directory; `error` is set where it could not be listed, and then nothing is known of it."""

    directory: Path
    files: tuple[FileOnDisk, ...] = ()
    subdirectories: tuple[Path, ...] = ()
    left_out: Mapping[str, int] = field(default_factory=dict)
    """Suffix to number of files that look like pictures and are not read."""
    error: OSError | None = None
    unclear: tuple[tuple[str, OSError], ...] = ()
    """Names of which the disk does not say what they are; they may be what they were."""


def list_directory(directory: Path, rules: SkipRules = _EVERYTHING) -> Listing:
    """The photos and subdirectories of one directory, without links to directories and what the rules skip."""
    files: list[FileOnDisk] = []
    others: list[str] = []
    subdirectories: list[Path] = []
    unclear: list[tuple[str, OSError]] = []
    sidecars: dict[str, int] = {}
    try:
        with os.scandir(directory) as entries:
            for entry in entries:
                try:
                    is_folder = entry.is_dir(follow_symlinks=False)
                    if rules.skips(directory, entry.name, is_folder=is_folder):
                        continue
                    if is_folder:
                        subdirectories.append(directory / entry.name)
                    elif (suffix := _suffix(entry.name)) in _READ and not rules.leaves_out(suffix):
                        found = _file_on_disk(entry, _kind_by(suffix))
                        if found is not None and found.bytes >= rules.smallest:
                            files.append(found)
                    elif suffix == SIDECAR_SUFFIX:
                        sidecars[entry.name] = bounded(entry.stat().st_mtime_ns)
                    elif suffix in LEFT_OUT_SUFFIXES:
                        others.append(entry.name)
                except OSError as error:
                    # Gone since the directory was listed, or a link to nowhere or to itself; else we do not know.
                    if not means_gone(error) and error.errno != errno.ELOOP:
                        unclear.append((entry.name, error))
    except OSError as error:
        return Listing(directory, error=error)
    files, alone = _joined(_with_notes(files, sidecars), others)
    left_out, doubtful = Counter(map(_suffix, alone)), tuple(sorted(unclear, key=_name_of))
    return Listing(directory, tuple(files), tuple(sorted(subdirectories)), left_out, unclear=doubtful)


def _name_of(unclear: tuple[str, OSError]) -> str:
    return unclear[0]


def _with_notes(files: list[FileOnDisk], sidecars: Mapping[str, int]) -> list[FileOnDisk]:
    if not sidecars:
        return files
    return [replace(file, sidecar_ns=newest_sidecar(file.name, sidecars)) for file in files]


def _joined(files: list[FileOnDisk], others: list[str]) -> tuple[list[FileOnDisk], list[str]]:
    """What is read, and what is left out; a film beside a photo of its name, as in Apple's Live Photos, is neither.

    Such a photo is marked.
    """
    named = [*(file.name for file in files), *others]
    films = {_parts(name)[0]: name for name in named if _suffix(name) == FILM_SUFFIX}
    if not films:
        return files, others
    joined: set[str] = set()
    marked: list[FileOnDisk] = []
    for file in files:
        stem, suffix = _parts(file.name)
        is_still = stem in films and suffix in CAMERA_SUFFIXES
        marked.append(replace(file, kind="live") if is_still else file)
        if is_still:
            joined.add(films[stem])
    return [file for file in marked if file.name not in joined], [name for name in others if name not in joined]


def _kind_by(suffix: str) -> PhotoKind | None:
    if suffix in VIDEO_SUFFIXES:
        return "video"
    return "raw" if suffix in RAW_SUFFIXES else None


def _suffix(name: str) -> str:
    return _parts(name)[1]


def _parts(name: str) -> tuple[str, str]:
    stem, suffix = os.path.splitext(name)  # noqa: PTH122 - a million times
    return stem, suffix.lower()


def _file_on_disk(entry: "os.DirEntry[str]", kind: PhotoKind | None) -> FileOnDisk | None:
    status = entry.stat()
    if not stat.S_ISREG(status.st_mode):
        return None
    return FileOnDisk(
        entry.name,
        *size_and_time(status),
        identity(status.st_ino),
        bounded(status.st_ctime_ns),
        identity(status.st_dev),
        kind,
    )


Lister = Callable[[Path, SkipRules], Listing]


def walk(root: Path, rules: SkipRules = _EVERYTHING, lister: Lister = list_directory) -> Iterator[Listing]:
    """The listings of a folder and of everything below it, one directory at a time."""
    waiting = [root]
    while waiting:
        listing = lister(waiting.pop(), rules)
        yield listing
        waiting.extend(reversed(listing.subdirectories))


def compare(listing: Listing, known: Mapping[str, KnownFile]) -> Difference:
    """What the catalog must learn about a directory; size and times of change tell whether a file changed."""
    difference = Difference(listing.directory)
    for found in listing.files:
        old = known.get(found.name)
        if old is None:
            difference.new.append(found)
        elif (old.bytes, old.mtime_ns) != (found.bytes, found.mtime_ns):
            (difference.replaced if old.vanished else difference.changed).append((old.id, found))
        else:
            _compare_closely(difference, old, found)
    names = {found.name for found in listing.files}
    difference.missing.extend(old.id for name, old in known.items() if name not in names and not old.missing)
    return difference


def _compare_closely(difference: Difference, old: KnownFile, found: FileOnDisk) -> None:
    """Of a file whose name, size and time are as the catalog has them."""
    if found.kind == "live" and old.kind is None:
        difference.live.append(old.id)
    elif found.kind is None and old.kind == "live":
        difference.still.append(old.id)
    was_touched = old.ctime_ns is not None and old.ctime_ns != found.ctime_ns
    if old.vanished and was_touched:
        is_back = _is_same_file(old, found) and not (old.waits or old.failed)
        # Where it is another one, and yet the same photo, its content will tell.
        (difference.followed if is_back else difference.replaced).append((old.id, found))
        return
    if old.missing:
        difference.returned.append(old.id)
    if was_touched and not (old.waits or old.failed):
        difference.touched.append((old.id, found))
    elif _stated(old) != _stated(found):
        difference.restated.append((old.id, found))
    if old.try_again or (old.failed and was_touched):
        difference.try_again.append(old.id)
    elif not old.waits:
        difference.unchanged += 1


def _is_same_file(old: KnownFile, found: FileOnDisk) -> bool:
    """Whether it was only away, as in the trash, from where a file comes back with another time of change."""
    # Windows tells no inode when it lists a folder, and a library of an earlier version knows no devices.
    return old.inode == found.inode != 0 and old.device in (None, found.device)


def _stated(file: KnownFile | FileOnDisk) -> tuple[int | None, ...]:
    return file.ctime_ns, file.device, file.inode, file.sidecar_ns
