"""How much of the disk the files of a library take, by what they are for."""

import os
from dataclasses import dataclass
from pathlib import Path

from guie_desktop.library.copies import copies_before_updates
from guie_desktop.paths import LibraryPaths


@dataclass(frozen=True, slots=True)
class DiskUse:
    """Bytes, as the files have them."""

    pictures: int
    """Small pictures of the photos, all pixels of those that were looked at closely, and files that were fetched from
    shared libraries: they are made or fetched again."""
    models: int
    """Weights of models and the networks that are made of them."""
    search_index: int
    """Indexes, and the features of parts of photos: they are made again."""
    catalog: int
    """What cannot be made again: photos, albums, words and features, with their copies; what was pasted."""


def disk_use(paths: LibraryPaths) -> DiskUse:
    """Look at all files of a library; in a thread, for a slow disk takes a while."""
    return DiskUse(
        pictures=_database(paths.thumbnails) + _below(paths.full_size) + _below(paths.fetched),
        models=_below(paths.weights) + _below(paths.networks),
        search_index=_below(paths.vectors) + _database(paths.parts),
        catalog=_database(paths.catalog)
        + _below(paths.backups)
        + sum(_size(copy.path) for copy in copies_before_updates(paths))
        + _below(paths.pasted),
    )


def _database(path: Path) -> int:
    """A file of SQLite with what lies beside it."""
    return sum(_size(path.with_name(path.name + suffix)) for suffix in ("", "-wal", "-shm"))


def _below(folder: Path) -> int:
    return sum(_size(Path(above, name)) for above, _, names in os.walk(folder) for name in names)


def _size(file: Path) -> int:
    try:
        return file.lstat().st_size
    except OSError:
        return 0  # it is not there, or has gone meanwhile
