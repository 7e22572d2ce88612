"""Putting a copy of the catalog back in the place of a damaged one, with what can still be read of that."""

import os
import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Table

from guie_desktop.errors import UserError, not_written
from guie_desktop.library.cache_file import remove
from guie_desktop.library.copies import CatalogCopy, copies_of
from guie_desktop.library.damage import SQLITE_ERRORS, database_uri, problems_in, wrong_cells_in
from guie_desktop.library.database import open_database
from guie_desktop.library.kept_counts import COUNT_ANEW
from guie_desktop.library.migrations import SCHEMA_VERSION, is_known, schema_of, take_steps, written_by_newer
from guie_desktop.library.tables import album_photos, albums, choices, mark_history, marks, metadata, photos, searches
from guie_desktop.library.unsettled import UNSETTLE_ALL
from guie_desktop.library.word_table import OUTDATE_ALL
from guie_desktop.library.writer_lock import lock_library
from guie_desktop.paths import LibraryPaths
from guie_desktop.sentences import Sentence

_ROWS_AT_ONCE = 1000
_MOST_FAILURES = 20_000
"""Reads of damaged places of one table before the rest of it is given up; each page has some 40 photos."""
_IDS_WHERE_UNKNOWN = 10_000_000
_USERS_OWN = (albums, album_photos, choices, marks, searches)
"""Tables whose rows change; of these what was decided last counts. Rows of the others are only added."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What became of a library whose catalog was replaced."""

    copy: CatalogCopy | None
    """What was put back; None where there was no copy, and a new catalog was made."""
    albums: int
    decisions: int
    """That were saved from the damaged catalog, in addition to those of the copy."""
    was_damaged: bool
    aside: Path | None
    """Where the catalog lies that was there before."""


def restore(paths: LibraryPaths, copy: CatalogCopy | None = None) -> Restored:
    """Put this copy back, or the newest that is whole; a new catalog where there is none.

    The catalog that was there is moved aside. What can be read of it is added, unless it is whole and a copy was
    chosen: then that is what is wanted. What is computed from the catalog is removed, to be made again. UserError where
    the library is in use, or cannot be written. Killed at any moment, nothing is lost, and it can be asked for again.
    """
    lock = lock_library(paths)
    try:
        return _restore(paths, _chosen(paths, copy), is_chosen=copy is not None)
    except OSError as error:
        raise not_written(Sentence("The catalog"), error) from error
    finally:
        lock.release()


def _chosen(paths: LibraryPaths, copy: CatalogCopy | None) -> CatalogCopy | None:
    if copy is None:
        schema = schema_of(paths.catalog)
        if schema > SCHEMA_VERSION and not problems_in(paths.catalog):
            raise written_by_newer(paths.catalog, schema)
        return next((one for one in copies_of(paths) if is_known(one.path) and not problems_in(one.path)), None)
    if not copy.path.is_file():
        missing = Sentence("There is no copy of {day}.", day=copy.day)
        if copy.before_schema is not None:
            missing = Sentence("There is no copy of before format {schema}.", schema=copy.before_schema)
        raise UserError(missing, "Choose another one.", "doctor --copies")
    if schema_of(copy.path) > SCHEMA_VERSION:
        raise UserError(
            Sentence("The copy of {day} was written by a newer version of guie-desktop.", day=copy.day),
            "Choose another one.",
            "doctor --copies",
        )
    if problems := problems_in(copy.path):
        raise UserError(
            Sentence("The copy of {day} is damaged ({first}).", day=copy.day, first=problems[0]),
            "Choose another one.",
            "doctor --copies",
        )
    return copy


def finish_restoring(paths: LibraryPaths) -> Path | None:
    """Do what remains of a `restore`, also of one that was killed, by whoever holds the lock; where the former lies."""
    made = _made(paths)
    if not made.exists():
        return None
    # New features would get the numbers of lost ones, under which the index and the parts may be of other photos.
    for index in paths.vectors.glob("*"):
        index.unlink()
    remove(paths.parts)
    # Of the time when the new one was made, so that all parts get one name however often this begins.
    stamp = time.strftime("%Y-%m-%d-%H%M%S", time.localtime(made.stat().st_mtime))
    aside = paths.backups / f"damaged-{stamp}.sqlite"
    # Its log first, which must never be found beside another catalog.
    for part, target in zip(_parts(paths.catalog), _parts(aside), strict=True):
        with suppress(FileNotFoundError):
            part.replace(target)
    made.replace(paths.catalog)
    return aside if aside.exists() else None


def _made(paths: LibraryPaths) -> Path:
    """What is to be the catalog: whole, and to be put in its place whatever happens."""
    return paths.catalog.with_suffix(".made")


def _restore(paths: LibraryPaths, copy: CatalogCopy | None, *, is_chosen: bool) -> Restored:
    finish_restoring(paths)
    paths.backups.mkdir(exist_ok=True)
    beside = paths.catalog.with_suffix(".new")
    for part in _parts(beside):
        part.unlink(missing_ok=True)
    try:
        if copy is not None:
            shutil.copyfile(copy.path, beside)
        _bring_up_to_date(beside)
        saved = (0, 0)
        was_damaged = bool(problems_in(paths.catalog))
        if paths.catalog.exists() and (was_damaged or not is_chosen):
            saved = _save_what_is_readable(paths.catalog, beside)
        with beside.open("rb+") as file:
            os.fsync(file.fileno())
        beside.replace(_made(paths))
    finally:
        beside.unlink(missing_ok=True)
    return Restored(copy, *saved, was_damaged, finish_restoring(paths))


def _parts(catalog: Path) -> tuple[Path, ...]:
    return tuple(catalog.with_name(catalog.name + suffix) for suffix in ("-shm", "-wal", ""))


def _bring_up_to_date(path: Path) -> None:
    """Give a copy, or a new file, the schema of now: it has a place for all that is to be saved."""
    database = open_database(path)
    take_steps(database)
    with closing(database.raw_connection()) as connection:
        connection.cursor().execute("PRAGMA journal_mode=DELETE").close()  # one file, nothing beside it
    database.dispose()


# --- what can still be read ---------------------------------------------------------------------------------------


def _save_what_is_readable(damaged: Path, into: Path) -> tuple[int, int]:
    """Add all sound rows; how many albums and how many decisions came to those that were there."""
    with (
        closing(sqlite3.connect(database_uri(damaged, "ro"), uri=True)) as source,
        closing(sqlite3.connect(database_uri(into, "rwc"), uri=True)) as target,
    ):
        target.execute("PRAGMA foreign_keys=OFF")  # rows that rows refer to may be lost
        before = _decided(target)
        is_in_use = bool(_highest(source, photos.name))
        for table in metadata.sorted_tables:
            if is_in_use and table in _USERS_OWN and _is_whole(source, table):
                target.execute(f"DELETE FROM {table.name}")  # else what was taken back since would be there again
            _add_rows(source, target, table)
        # No number of a lost row is given to another one.
        with suppress(*SQLITE_ERRORS):
            for name, highest in source.execute("SELECT name, seq FROM sqlite_sequence").fetchall():
                target.execute("UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?", (highest, name))
        target.execute(
            "DELETE FROM album_photos WHERE photo_id NOT IN (SELECT id FROM photos) "
            "OR album_id NOT IN (SELECT id FROM albums)"
        )
        target.execute("UPDATE album_photos SET said_of = NULL WHERE said_of NOT IN (SELECT id FROM photos)")
        for table in (marks, mark_history):
            target.execute(f"DELETE FROM {table.name} WHERE photo_id NOT IN (SELECT id FROM photos)")
        target.execute("UPDATE photos SET folder_id = NULL WHERE folder_id NOT IN (SELECT id FROM folders)")
        for statement in (OUTDATE_ALL, UNSETTLE_ALL, *COUNT_ANEW):
            target.execute(statement)
        target.commit()
        after = _decided(target)
    return len(after[0] - before[0]), len(after[1] - before[1])


def _decided(connection: sqlite3.Connection) -> tuple[set[object], set[object]]:
    return (
        set(connection.execute("SELECT id, name FROM albums")),
        set(
            connection.execute(
                "SELECT album_id, photo_id, verdict FROM album_photos UNION SELECT kind, photo_id, value FROM marks"
            )
        ),
    )


def _add_rows(source: sqlite3.Connection, target: sqlite3.Connection, table: Table) -> None:
    try:
        present = _columns(source, table)
    except SQLITE_ERRORS:
        return
    columns = [column for column in _columns(target, table) if column in present]
    if not columns:
        return
    names = ", ".join(columns)
    wrong = wrong_cells_in(table, columns)
    query = f"SELECT {names} FROM {table.name} WHERE rowid BETWEEN ? AND ? AND NOT coalesce({wrong}, 0)"
    verb = "REPLACE" if table in _USERS_OWN else "IGNORE"
    adding = f"INSERT OR {verb} INTO {table.name} ({names}) VALUES ({', '.join('?' for _ in columns)})"
    for rows in _readable(source, query, _highest(source, table.name)):
        target.executemany(adding, rows)


def _is_whole(source: sqlite3.Connection, table: Table) -> bool:
    """Whether no row of this table is lost, so that it alone says what holds."""
    with suppress(*SQLITE_ERRORS):
        present = _columns(source, table)
        wrong = f"SELECT 1 FROM {table.name} WHERE {wrong_cells_in(table, present)} LIMIT 1"
        checked = source.execute(f"PRAGMA quick_check({table.name})").fetchall()
        return bool(present) and checked == [("ok",)] and source.execute(wrong).fetchone() is None
    return False


def _columns(connection: sqlite3.Connection, table: Table) -> list[str]:
    return [row[1] for row in connection.execute(f"PRAGMA table_info({table.name})")]


def _readable(source: sqlite3.Connection, query: str, highest: int) -> Iterator[list[tuple[object, ...]]]:
    """The rows between two numbers; where some cannot be read, ever smaller runs are, down to one row."""
    failures = 0
    for start in range(1, highest + 1, _ROWS_AT_ONCE):
        spans = [(start, min(start + _ROWS_AT_ONCE - 1, highest))]
        while spans and failures < _MOST_FAILURES:
            low, high = spans.pop()
            try:
                yield source.execute(query, (low, high)).fetchall()
            except SQLITE_ERRORS:
                failures += 1
                middle = (low + high) // 2
                spans += [(middle + 1, high), (low, middle)] if low < high else []


def _highest(source: sqlite3.Connection, table: str) -> int:
    for query in (f"SELECT max(rowid) FROM {table}", f"SELECT seq FROM sqlite_sequence WHERE name = '{table}'"):
        with suppress(*SQLITE_ERRORS):
            row = source.execute(query).fetchone()
            return min(int((row and row[0]) or 0), _IDS_WHERE_UNKNOWN)
    return _IDS_WHERE_UNKNOWN
