"""The daily copy of the catalog, made while the library is in use and checked before it counts."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import date, timedelta
from pathlib import Path

from guie_desktop.errors import NoRoom, not_written
from guie_desktop.library.copies import CatalogCopy, copies_before_updates, copies_of, copy_of
from guie_desktop.library.damage import SQLITE_ERRORS, damaged, database_uri, problems_in
from guie_desktop.library.database import as_user_error
from guie_desktop.paths import LibraryPaths
from guie_desktop.sentences import Sentence

KEPT = 7
"""Copies, one a day."""
KEPT_AFTER_AN_UPDATE = timedelta(days=90)
"""How long the copy is kept that was made before it; the next update has one of its own."""
_MOST_BYTES = 4 << 30
"""Of all copies together; the newest one is kept whatever its size."""
_LEFT_FREE = 256 << 20
"""Bytes of the disk that a copy must not take."""
_PAGES_AT_ONCE = 256
"""A megabyte: a few milliseconds."""
_HEADER = 100
"""Bytes at the start of a file of SQLite, which count its transactions."""


def is_copy_due(paths: LibraryPaths) -> bool:
    """Whether the last copy is of an earlier day, or has been outgrown."""
    copies = copies_of(paths)
    return not copies or copies[0].day < date.today() or has_outgrown_copies(paths)


def has_outgrown_copies(paths: LibraryPaths) -> bool:
    """Whether the last copy holds less than half of what there is by now.

    So the first day of a library, on which most is read and sorted, does not end with a copy of its first minute.
    """
    copies = copies_of(paths)
    return bool(copies) and _bytes_of(paths.catalog) > 2 * _bytes_of(copies[0].path)


def _bytes_of(catalog: Path) -> int:
    """With what is in its log still; 0 where it cannot be told."""
    with suppress(*SQLITE_ERRORS), closing(sqlite3.connect(database_uri(catalog, "ro"), uri=True)) as connection:
        ((pages,), (size,)) = (connection.execute(f"PRAGMA {name}").fetchone() for name in ("page_count", "page_size"))
        return int(pages) * int(size)
    return 0


def make_copy(paths: LibraryPaths, tell: Callable[[int, int], None] = lambda _done, _all: None) -> CatalogCopy:
    """Copy the catalog as it is now, and let go of old copies; one of today, or one that is the same, is replaced.

    `tell` gets how many pages of how many are copied, and may raise to end it. DamagedLibrary where the catalog is not
    whole: of that no copy is made, and none is let go. NoRoom where the disk is full.
    """
    copy = copy_of(paths, date.today())
    beside = copy.path.with_suffix(".part")
    try:
        paths.backups.mkdir(exist_ok=True)
        for unfinished in paths.backups.glob(f"*{beside.suffix}*"):
            unfinished.unlink()
        _check_room(paths)
        try:
            _copy_pages(paths.catalog, beside, tell)
            if problems := problems_in(beside):
                raise damaged(paths.catalog, problems[0])
            for older in copies_of(paths):
                if _is_same(older.path, beside):
                    older.path.unlink()
            beside.replace(copy.path)
        finally:
            beside.unlink(missing_ok=True)
        _let_go(paths)
    except OSError as error:
        raise not_written(Sentence("The copy of the catalog"), error) from error
    except SQLITE_ERRORS as error:
        raise as_user_error(error, paths.catalog) from error
    return copy


def _check_room(paths: LibraryPaths) -> None:
    size, free = paths.catalog.stat().st_size, shutil.disk_usage(paths.backups).free
    if free < size + _LEFT_FREE:
        raise NoRoom(
            Sentence("There is no room for today's copy of the catalog: {free} MB are free.", free=round(free / 1e6)),
            Sentence(
                "Free {lacking} MB of disk space; the earlier copies are kept until then.",
                lacking=round((size + _LEFT_FREE - free) / 1e6),
            ),
        )


def _copy_pages(catalog: Path, target: Path, tell: Callable[[int, int], None]) -> None:
    with (
        closing(sqlite3.connect(database_uri(catalog, "ro"), uri=True, isolation_level=None)) as source,
        closing(sqlite3.connect(database_uri(target, "rwc"), uri=True)) as copy,
    ):
        # One transaction all through: else the copy would begin anew whenever somebody writes.
        source.execute("BEGIN")
        source.execute("SELECT count(*) FROM sqlite_master").fetchone()
        source.backup(copy, pages=_PAGES_AT_ONCE, progress=lambda _, left, pages: tell(pages - left, pages))
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, nothing beside it
    with target.open("rb+") as file:
        os.fsync(file.fileno())


def _is_same(one: Path, other: Path) -> bool:
    if one.stat().st_size != other.stat().st_size:
        return False
    with one.open("rb") as first, other.open("rb") as second:
        first.seek(_HEADER)
        second.seek(_HEADER)
        while part := first.read(1 << 20):
            if part != second.read(1 << 20):
                return False
    return True


def _let_go(paths: LibraryPaths) -> None:
    total = 0
    for number, copy in enumerate(copies_of(paths), start=1):
        total += copy.path.stat().st_size
        if number > 1 and (number > KEPT or total > _MOST_BYTES):
            copy.path.unlink()
    for number, copy in enumerate(copies_before_updates(paths)):
        if number or date.today() - copy.day > KEPT_AFTER_AN_UPDATE:
            copy.path.unlink()
