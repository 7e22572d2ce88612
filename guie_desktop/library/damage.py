"""Whether a catalog is whole, and what to say where it is not."""

import os
import sqlite3
import sys
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any, Literal
from urllib.parse import quote

from sqlalchemy import Boolean, Float, Integer, String, Table

from guie_desktop.errors import DamagedLibrary, UserError, reason_of
from guie_desktop.library.copies import copies_of
from guie_desktop.library.tables import PathBytes, metadata, personal_heads
from guie_desktop.paths import LibraryPaths
from guie_desktop.sentences import Sentence

_STEPS = 100_000
"""Of SQLite, about a millisecond, between two tellings of how far it is."""
_STEPS_A_PHOTO = 350
"""That a check with indexes takes, in all tables together."""
_READ_AT_ONCE, _OF_READING = 1 << 20, 0.2
_ROWS = 1_000
_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table'"
_TOLD = 20
"""Problems; more say no more."""
SQLITE_ERRORS = (sqlite3.Error, UnicodeDecodeError)
"""What Python's sqlite3 raises; the second where what SQLite says of a damaged file has bytes of that file in it."""
_BROKEN = ("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_FORMAT")
_BEGINNING = 1 << 16
"""Bytes of a file; a whole number of what systems read and forget at once."""
_FIRST_SECOND, _LAST_SECOND = -62_135_596_800, 253_402_300_799
"""Of the years 1 to 9999, which is all that dates can be made of."""


def database_uri(path: Path, mode: Literal["ro", "rwc"]) -> str:
    """The file as SQLite wants to be told of it, whatever its name holds."""
    return f"file:{quote(os.fsencode(path), safe='/:')}?mode={mode}"


def problems_in(
    path: Path, *, also_indexes: bool = False, tell: Callable[[float], None] = lambda _: None
) -> tuple[str, ...]:
    """What is wrong with a catalog; nothing where it is whole, or cannot be looked at. Reads all of it.

    `also_indexes` compares SQLite's indexes with their tables as well, which takes some times as long. `tell` gets how
    much of it is done, from 0 to 1; where it raises, the check ends, and has found nothing.
    """
    check = "integrity_check" if also_indexes else "quick_check"
    if also_indexes:
        _read_ahead(path, tell)
    try:
        with closing(sqlite3.connect(database_uri(path, "ro"), uri=True)) as connection:
            connection.text_factory = bytes
            present = {row[0].decode() for row in connection.execute(_TABLES)}
            if "photos" in present:
                _tell_of_steps(connection, tell)
            lines = [row[0].decode(errors="replace") for row in connection.execute(f"PRAGMA {check}({_TOLD})")]
            found = [line for text in lines for line in text.splitlines() if line != "ok"]
            return tuple((found or list(_wrong_cells(connection, present)))[:_TOLD])
    except SQLITE_ERRORS as error:
        return (str(error),) if is_broken(error) else ()


def _read_ahead(path: Path, tell: Callable[[float], None]) -> None:
    """Have the system read the file from one end to the other: SQLite, which jumps in it, takes twice the time."""
    with suppress(OSError), path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        while file.read(_READ_AT_ONCE):
            tell(_OF_READING * min(1.0, file.tell() / size))


def _tell_of_steps(connection: sqlite3.Connection, tell: Callable[[float], None]) -> None:
    (photos,) = connection.execute("SELECT coalesce(max(id), 0) FROM photos").fetchone()
    taken, expected = 0, _STEPS_A_PHOTO * photos + 1

    def step() -> None:
        nonlocal taken
        taken += _STEPS
        tell(_OF_READING + (1 - _OF_READING) * min(1.0, taken / expected))

    connection.set_progress_handler(step, _STEPS)  # what it raises has SQLite end the statement


def is_broken(error: BaseException | None) -> bool:
    """Whether an error of SQLite says that the file itself is damaged."""
    # In the schema of a whole catalog nothing is missing, and its texts are UTF-8.
    told = ("no such table", "no such column", "malformed", "Could not decode")
    kind = str(getattr(error, "sqlite_errorname", ""))
    return isinstance(error, UnicodeDecodeError) or kind.startswith(_BROKEN) or str(error).startswith(told)


def damaged(path: Path, what: str) -> UserError:
    """What to say of a damaged catalog, and which copy can be put back; where its drive is away, that it is.

    For SQLite a drive that was pulled out is a damaged file as well.
    """
    if (silence := _silence_of(path)) is not None:
        return UserError(
            Sentence("The library {folder} cannot be read ({reason}).", folder=path.parent, reason=reason_of(silence)),
            "Connect the drive that it is on, then start the program again.",
        )
    copies = copies_of(LibraryPaths(path.parent))
    if copies:
        remedy = Sentence(
            "Put back the copy of {day}; what changed since then is kept where it can still be read.",
            day=copies[0].day,
        )
    else:
        remedy = Sentence("There is no copy of it, but what can still be read can be put into a new one.")
    return DamagedLibrary(
        Sentence("The catalog {path} is damaged ({what}).", path=path, what=what), remedy, "doctor --restore"
    )


def _silence_of(path: Path) -> OSError | None:
    """Why the system reads nothing of a file; None where it does."""
    try:
        with path.open("rb") as file:
            if sys.platform == "linux":  # else it would read what it has in memory of a drive that is gone
                os.posix_fadvise(file.fileno(), 0, _BEGINNING, os.POSIX_FADV_DONTNEED)
            file.read(1)
    except OSError as error:
        return error
    return None


@contextmanager
def blaming_damage(path: Path) -> Iterator[None]:
    """Tell an error that nobody thought of as damage (DamagedLibrary), where the catalog is found damaged.

    A damaged cell can make anything fail that works with it; only then is it worth to read the whole file.
    """
    try:
        yield
    except UserError:
        raise
    except Exception as error:
        # What is wrong may be in an index alone, of which the quick check says nothing.
        if problems := problems_in(path) or problems_in(path, also_indexes=True):
            raise damaged(path, problems[0]) from error
        raise


def wrong_cells_in(table: Table, columns: Collection[str]) -> str:
    """The condition, in SQL, that these columns of a row hold what this program would never write."""
    return " OR ".join(f"({_wrong(column)})" for column in table.columns if column.name in columns)


def _wrong_cells(connection: sqlite3.Connection, present: Collection[str]) -> Iterator[str]:
    """Each table is read once for its values, and once more for its texts."""
    for table in metadata.sorted_tables:
        if table.name not in present:
            continue
        there = {row[1].decode() for row in connection.execute(f"PRAGMA table_info({table.name})")}
        columns = [column for column in table.columns if column.name in there]  # others are of a later schema
        counts = ", ".join(f"sum({_wrong(column)})" for column in columns)
        found = connection.execute(f"SELECT {counts} FROM {table.name}").fetchone()
        wrong = {column.name: count for column, count in zip(columns, found, strict=True) if count}
        yield from (f"{count} wrong values of {name} in {table.name}" for name, count in wrong.items())
        texts = [one.name for one in columns if isinstance(one.type, String) and one.name not in wrong]
        if texts and not _are_text(connection, table.name, texts):
            no_texts = (name for name in texts if not _are_text(connection, table.name, [name]))
            yield from (f"{name} in {table.name} is no text" for name in no_texts)


def _wrong(column: Any) -> str:
    name, kind = column.name, column.type
    types = ["blob"]  # of what is not a number or a text
    for of_kind, allowed in ((Boolean | Integer, ["integer"]), (Float, ["real", "integer"]), (String, ["text"])):
        if isinstance(kind, of_kind):
            types = allowed
    allowed_types = ", ".join(f"'{one}'" for one in [*types, *(["null"] if column.nullable else [])])
    wrong = f"typeof({name}) NOT IN ({allowed_types})"
    if isinstance(kind, PathBytes):
        wrong += f" OR instr({name}, x'00')"
    elif isinstance(kind, Float):
        wrong += f" OR {name} NOT BETWEEN {_FIRST_SECOND} AND {_LAST_SECOND}"
    elif column is personal_heads.c.trained_on:
        wrong += f" OR length({name}) % 8"
    return wrong


def _are_text(connection: sqlite3.Connection, table: str, columns: Sequence[str]) -> bool:
    rows = connection.execute(f"SELECT {', '.join(columns)} FROM {table}")
    try:
        while some := rows.fetchmany(_ROWS):
            b"\0".join(text for row in some for text in row if text is not None).decode()
    except UnicodeDecodeError:
        return False
    return True
