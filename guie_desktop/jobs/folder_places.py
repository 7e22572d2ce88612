"""Where the folders of the library lie now: where they were, elsewhere, or on no drive that is connected.

A folder is known by its volume and its path there, and where its volume has no name, or is another one, by the photos
that it holds. No photo is read for that, unless it has another time than it had.
"""

import os
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path

from guie_desktop.disk.content import content_hash_of
from guie_desktop.disk.file_numbers import identity, size_and_time
from guie_desktop.disk.file_systems import FolderIdentity, folder_identity
from guie_desktop.disk.volumes import FolderHome, VolumePlace, Volumes
from guie_desktop.domain import Folder, Photo
from guie_desktop.errors import UserError
from guie_desktop.library.catalog import Catalog
from guie_desktop.library.catalog_writer import CatalogWriter
from guie_desktop.sentences import Sentence

_SAMPLE = 50
"""Photos of a folder that are looked for where it may be."""
_SURE = 0.8
"""Share of them that must be there, so that the folder is known without asking."""
_PLAUSIBLE = 0.1
"""Share of them that must be there where all else speaks for it, such as the user's word."""
_COARSEST_TIME = 2 * 10**9
"""Nanoseconds; FAT keeps every other second only, so that copies on it differ in their times."""


FolderSight = tuple[FolderIdentity | None, tuple[Path, ...]]
"""Which folder lies at a path, and where else its volume shows the one that lay there."""


def home_now(catalog: Catalog, folder: Folder, volumes: Volumes) -> FolderHome | None:
    """Where the folder is, or None where it cannot be opened: its drive is away, or it is forbidden.

    Where a drive was unmounted an empty folder of another device is often left, or another drive comes to lie there;
    those are not folders whose photos were deleted.
    """
    try:
        device = identity(folder.path.stat().st_dev)
        os.scandir(folder.path).close()
    except OSError:
        return None
    former, home = catalog.home_of(folder.path), FolderHome(device, volumes.place_of(folder.path))
    if former.place is None or home.place is None:
        is_same, enough = former.device in (None, device), _PLAUSIBLE
    else:
        is_same, enough = former.place == home.place, _SURE
    if is_same or not folder.photos or _share_found(catalog, folder, folder.path) >= enough:
        return home
    return None


def elsewhere_now(catalog: Catalog, folder: Folder, volumes: Volumes) -> Path | None:
    """Where a folder is that is not where it was; None where it is, or is nowhere to be found."""
    if home_now(catalog, folder, volumes) is not None:
        return None
    place = catalog.home_of(folder.path).place
    found = (*_mounted_elsewhere(folder.path, place, volumes), *_other_spellings(catalog, folder))
    return found[0] if found else None


def add_folder(catalog: CatalogWriter, path: Path, volumes: Volumes) -> int:
    """Add a folder, or find the one that covers it; where it holds one that is gone from its place, that one moved.

    Returns how many photos moved. UserError where the path is no folder, or may not be read.
    """
    added = Path(os.path.realpath(path))
    moves = {}
    for folder in catalog.folders():
        if _is_other_spelling(folder.path, added):
            moves[folder.id] = added
        elif not added.is_relative_to(folder.path) and home_now(catalog, folder, volumes) is None:
            places = _ending_alike(added, folder.path)
            found = (place for place in places if _share_found(catalog, folder, place) >= _SURE)
            if (place := next(found, None)) is not None:
                moves[folder.id] = place
    moved = catalog.relocate_folders(moves)
    catalog.add_folder(path)
    return moved


def relocate_folder(catalog: CatalogWriter, folder: Folder, path: Path) -> int:
    """Let a folder lie where the user says that it is; how many photos went along.

    UserError where there is no such folder, or none of the photos are in it.
    """
    if not path.is_dir():
        raise UserError(
            Sentence("There is no folder {path}.", path=path), "Check the name, or plug in the drive that it is on."
        )
    path = Path(os.path.realpath(path))
    if folder.photos and _share_found(catalog, folder, path) < _PLAUSIBLE:
        raise UserError(
            Sentence("{path} does not hold the photos of {folder}.", path=path, folder=folder.path),
            "Choose the folder that holds them now, or add this one as a folder of its own.",
        )
    return catalog.relocate_folders({folder.id: path})


def sight_of(catalog: Catalog, path: Path, volumes: Volumes) -> FolderSight:
    """What there is to be seen of the library's folder at this path without looking into it; safe in any thread.

    When it is another one the folder came or went, and a scan finds out how.
    """
    return folder_identity(path), tuple(_mounted_elsewhere(path, catalog.home_of(path).place, volumes))


def _mounted_elsewhere(former: Path, place: VolumePlace | None, volumes: Volumes) -> Iterator[Path]:
    """Where its volume shows a folder now, other than where it was."""
    if place is not None:
        yield from (path for path in volumes.paths_of(place) if path != former and path.is_dir())


def _is_other_spelling(path: Path, other: Path) -> bool:
    """Whether these are two names of one directory, as where the case of names makes no difference."""
    alike = path != other and _plain(str(path)) == _plain(str(other))
    return alike and path.is_dir() and other.is_dir() and path.samefile(other)


def _other_spellings(catalog: Catalog, folder: Folder) -> Iterator[Path]:
    """Where the folder is if only the case of its name changed, or how its accents are written."""
    try:
        beside = sorted(folder.path.parent.iterdir())
    except OSError:
        return
    for path in beside:
        alike = path != folder.path and _plain(path.name) == _plain(folder.path.name)
        if alike and path.is_dir() and _share_found(catalog, folder, path) >= _SURE:
            yield path


def _ending_alike(above: Path, path: Path) -> Iterator[Path]:
    """The folder itself, then with the last part of the path below it, with the last two ..."""
    for start in range(len(path.parts), 0, -1):
        yield above.joinpath(*path.parts[start:])


def _plain(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _share_found(catalog: Catalog, folder: Folder, place: Path) -> float:
    """The share of a folder's photos, between 0 and 1, that this place holds."""
    if not place.is_dir():
        return 0.0
    sample = catalog.sample(folder.id, _SAMPLE)
    if not sample:
        return 0.0
    return sum(_is_at(photo, _below(place, photo.path.relative_to(folder.path))) for photo in sample) / len(sample)


def _below(place: Path, relative: Path) -> Sequence[Path]:
    """Where this may be, as macOS and others write accents in one sign or two."""
    spellings = (str(relative), *(unicodedata.normalize(form, str(relative)) for form in ("NFC", "NFD")))
    return [place / spelling for spelling in dict.fromkeys(spellings)]


def _is_at(photo: Photo, paths: Sequence[Path]) -> bool:
    for path in paths:
        try:
            size, time = size_and_time(path.stat())
            if size == photo.bytes and (abs(time - photo.mtime_ns) <= _COARSEST_TIME or _holds(path, photo)):
                return True
        except OSError:
            continue
    return False


def _holds(path: Path, photo: Photo) -> bool:
    with path.open("rb") as file:
        return content_hash_of(file) == photo.content_hash
