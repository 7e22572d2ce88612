"""Whether a catalog is whole, and what to say where it is not."""

import os
import sqlite3
import sys
from collections.abc import Callable, Collection, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Literal
from urllib.parse import quote

from sqlalchemy import Boolean, Float, Integer, String, Table

from guie_desktop.errors import DamagedLibrary, UserError, reason_of
from guie_desktop.library.copies import copies_of
from guie_desktop.library.tables import PathBytes, metadata, personal_heads
from guie_desktop.paths import LibraryPaths
from guie_desktop.sentences import Sentence

_STEPS = 1_000_000
"""Of SQLite, some milliseconds, between two looks at whether to stop."""
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


def problems_in(path: Path, *, also_indexes: bool = False, stop: Callable[[], bool] = lambda: False) -> tuple[str, ...]:
    """What is wrong with a catalog; nothing where it is whole, or cannot be looked at. Reads all of it.

    `also_indexes` compares SQLite's indexes with their tables as well, which takes some times as long. Where `stop`
    says so, it ends with nothing found.
    """
    check = "integrity_check" if also_indexes else "quick_check"
    try:
        with closing(sqlite3.connect(database_uri(path, "ro"), uri=True)) as connection:
            connection.set_progress_handler(stop, _STEPS)
            connection.text_factory = lambda text: text.decode(errors="replace")
            lines = [str(row[0]) for row in connection.execute(f"PRAGMA {check}({_TOLD})")]
            found = [line for text in lines for line in text.splitlines() if line != "ok"]
            return tuple((found or list(_wrong_cells(connection)))[:_TOLD])
    except SQLITE_ERRORS as error:
        return (str(error),) if is_broken(error) else ()


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
        if problems := problems_in(path):
            raise damaged(path, problems[0]) from error
        raise


def wrong_cells_in(table: Table, columns: Collection[str]) -> str:
    """The condition, in SQL, that these columns of a row hold what this program would never write."""
    return " OR ".join(f"({_wrong(column)})" for column in table.columns if column.name in columns)


def _wrong_cells(connection: sqlite3.Connection) -> Iterator[str]:
    present = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    for table in metadata.sorted_tables:
        if table.name not in present:
            continue
        columns = {row[1] for row in connection.execute(f"PRAGMA table_info({table.name})")}
        for column in table.columns:
            if column.name not in columns:
                continue  # of an earlier schema
            query = f"SELECT count(*) FROM {table.name} WHERE {_wrong(column)}"
            if count := connection.execute(query).fetchone()[0]:
                yield f"{count} wrong values of {column.name} in {table.name}"
            elif isinstance(column.type, String) and not _all_text(connection, table.name, column.name):
                yield f"{column.name} in {table.name} is no text"


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


def _all_text(connection: sqlite3.Connection, table: str, column: str) -> bool:
    for (value,) in connection.execute(f"SELECT DISTINCT CAST({column} AS BLOB) FROM {table} WHERE {column} NOT NULL"):
        try:
            value.decode()
        except UnicodeDecodeError:
            return False
    return True
