"""Opening SQLite the way this program wants it, and translating its errors for the user."""

import os
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError

from guie_desktop.errors import NoRoom, UserError
from guie_desktop.library.damage import SQLITE_ERRORS, damaged, is_broken, problems_in
from guie_desktop.sentences import Sentence

_PRAGMAS = (
    "busy_timeout=5000",
    "foreign_keys=ON",
    "temp_store=MEMORY",
    "journal_size_limit=67108864",
)

_CACHE = "cache_size=-32768"
_READERS_CACHE = "cache_size=-1024"
"""For each thread that reads has one of its own; the system has the file in its memory anyway."""

NATURAL = "natural_order"
"""The function of SQL that makes of a name what it is sorted by."""
_DIGITS = re.compile(r"\d+")
_LONGEST_NUMBER = 20

_WRITES = "guie_writes"
_PATH = "guie_path"
_NO_ROOM = 1 << 20
"""Bytes that are free where a disk is full; some systems keep a few for themselves."""


def open_database(path: Path, *, read_only: bool = False) -> Engine:
    """An engine on the file, in WAL mode; read through `reading`, write through `writing`."""
    # Made of parts: in a URL as text, SQLAlchemy would take the quoting off that SQLite needs.
    url = URL.create(
        "sqlite",
        database=f"file:{quote(os.fsencode(path), safe='/:')}",
        query={"mode": "ro" if read_only else "rwc", "uri": "true"},
    )
    engine = create_engine(url, execution_options={_PATH: path})

    def prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # SQLAlchemy's BEGIN below is the only one
        own = (_READERS_CACHE,) if read_only else ("journal_mode=WAL", "synchronous=NORMAL", _CACHE)
        for pragma in (*own, *_PRAGMAS):
            connection.execute(f"PRAGMA {pragma}").close()
        connection.create_function(NATURAL, 1, natural_order, deterministic=True)

    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get(_WRITES) else "BEGIN")

    event.listen(engine, "connect", prepare)
    event.listen(engine, "begin", begin)
    return engine


def natural_order(name: bytes) -> str:
    """What a file's name is sorted by: IMG_2 comes before img_10."""
    plain = name.decode("utf-8", "replace").casefold()
    return _DIGITS.sub(lambda number: number[0].zfill(_LONGEST_NUMBER), plain)


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A transaction that reads; UserError where the file cannot be read. What is read is to be fetched inside."""
    with translate_db_errors(engine.get_execution_options()[_PATH]), engine.connect() as connection:
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that writes; UserError where the file cannot be written.

    It takes the lock when it begins, so that it cannot fail half way.
    """
    path = engine.get_execution_options()[_PATH]
    with translate_db_errors(path), engine.execution_options(**{_WRITES: True}).begin() as connection:
        yield connection


def checkpoint(engine: Engine) -> None:
    """Bring what is in the log into the file itself, as far as readers let it be; for whoever copies the file alone."""
    # Below SQLAlchemy, which would begin a transaction, inside which it is refused. It can wait as well.
    with suppress(DBAPIError, *SQLITE_ERRORS), closing(engine.raw_connection()) as connection:
        connection.cursor().execute("PRAGMA wal_checkpoint(PASSIVE)").close()


@contextmanager
def translate_db_errors(path: Path) -> Iterator[None]:
    """Turn SQLite's own errors about the file into a UserError, also where rows are read past SQLAlchemy."""
    try:
        yield
    except DBAPIError as error:
        raise as_user_error(error.orig, path) from error
    except sqlite3.Error as error:
        raise as_user_error(error, path) from error


def as_user_error(error: BaseException | None, path: Path) -> UserError:
    """What an error of SQLite means for the user, and what to do about it."""
    if is_broken(error):
        return damaged(path, str(error))
    told = Sentence("The library file {path} failed: {reason}.", path=path, reason=str(error))
    kind = str(getattr(error, "sqlite_errorname", ""))
    if kind.startswith("SQLITE_FULL") or (kind.startswith("SQLITE_IOERR") and _is_full(path)):
        return NoRoom(told, "Free some disk space and try again; nothing is lost.")
    if kind.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return UserError(told, "Another program holds the file; close it and try again.")
    # A damaged file can seem to be anything else, also one that may not be written.
    if problems := problems_in(path):
        return damaged(path, problems[0])
    if kind.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
        return UserError(told, "Make the library folder writable.")
    return UserError(told, "Check the disk and how much of it is free, then try again.")


def _is_full(path: Path) -> bool:
    try:
        return shutil.disk_usage(path.parent).free < _NO_ROOM
    except OSError:
        return False
