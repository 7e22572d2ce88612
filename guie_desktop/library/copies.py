"""Which copies of the catalog there are: the daily ones, and those of before an update; put back by restoring.py."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from guie_desktop.paths import LibraryPaths

_NAME = "catalogue-{day}.sqlite"
_BEFORE = "catalogue-before-schema-{schema}.sqlite"


@dataclass(frozen=True, slots=True)
class CatalogCopy:
    """A copy of the catalog that was found whole when it was made."""

    path: Path
    day: date
    before_schema: int | None = None
    """Of a copy that was made before an update: the schema that the catalog got then."""


def copy_of(paths: LibraryPaths, day: date) -> CatalogCopy:
    """Where the copy of a day lies, or would."""
    return CatalogCopy(paths.backups / _NAME.format(day=day.isoformat()), day)


def copies_of(paths: LibraryPaths) -> tuple[CatalogCopy, ...]:
    """The daily copies of a library, the newest first."""
    found = []
    for path in paths.backups.glob(_NAME.format(day="*")):
        try:
            found.append(CatalogCopy(path, date.fromisoformat(path.stem.partition("-")[2])))
        except ValueError:
            continue  # not one of ours
    return tuple(sorted(found, key=lambda copy: copy.day, reverse=True))


def copy_before(paths: LibraryPaths, schema: int) -> CatalogCopy:
    """Where the copy lies that was made before the catalog got this schema, or would."""
    path = paths.root / _BEFORE.format(schema=schema)
    try:
        made = path.stat().st_mtime
    except OSError:
        return CatalogCopy(path, date.today(), schema)
    return CatalogCopy(path, date.fromtimestamp(made), schema)


def copies_before_updates(paths: LibraryPaths) -> tuple[CatalogCopy, ...]:
    """The copies that were made before updates, the last update first."""
    schemas = [path.stem.rpartition("-")[2] for path in paths.root.glob(_BEFORE.format(schema="*"))]
    numbers = sorted((int(schema) for schema in schemas if schema.isdecimal()), reverse=True)
    return tuple(copy_before(paths, schema) for schema in numbers)
