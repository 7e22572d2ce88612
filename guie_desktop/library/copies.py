"""Which copies of the catalog there are; made by backups.py, put back by restoring.py."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from guie_desktop.paths import LibraryPaths

_NAME = "catalogue-{day}.sqlite"


@dataclass(frozen=True, slots=True)
class CatalogCopy:
    """A copy of the catalog that was found whole when it was made."""

    path: Path
    day: date


def copy_of(paths: LibraryPaths, day: date) -> CatalogCopy:
    """Where the copy of a day lies, or would."""
    return CatalogCopy(paths.backups / _NAME.format(day=day.isoformat()), day)


def copies_of(paths: LibraryPaths) -> tuple[CatalogCopy, ...]:
    """All copies of a library, the newest first."""
    found = []
    for path in paths.backups.glob(_NAME.format(day="*")):
        try:
            found.append(CatalogCopy(path, date.fromisoformat(path.stem.partition("-")[2])))
        except ValueError:
            continue  # not one of ours
    return tuple(sorted(found, key=lambda copy: copy.day, reverse=True))
