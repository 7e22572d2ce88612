"""Opening SQLite the way this program wants it, and translating its errors for the user."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError

from guie_desktop.errors import UserError

_PRAGMAS = (
    "busy_timeout=5000",
    "foreign_keys=ON",
    "cache_size=-32768",
    "temp_store=MEMORY",
    "journal_size_limit=67108864",
)

_WRITES = "guie_writes"
_PATH = "guie_path"


def open_database(path: Path, *, read_only: bool = False) -> Engine:
    """An engine on the file, in WAL mode; write through `writing`."""
    # Made of parts: in a URL as text, SQLAlchemy would take the quoting off that SQLite needs.
    url = URL.create(
        "sqlite",
        database=f"file:{quote(os.fsencode(path), safe='/:')}",
        query={"mode": "ro" if read_only else "rwc", "uri": "true"},
    )
    engine = create_engine(url, execution_options={_PATH: path})

    def prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # SQLAlchemy's BEGIN below is the only one
        for pragma in _PRAGMAS if read_only else ("journal_mode=WAL", "synchronous=NORMAL", *_PRAGMAS):
            connection.execute(f"PRAGMA {pragma}").close()

    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get(_WRITES) else "BEGIN")

    event.listen(engine, "connect", prepare)
    event.listen(engine, "begin", begin)
    return engine


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that writes; UserError where the file cannot be written.

    It takes the lock when it begins, so that it cannot fail half way.
    """
    path = engine.get_execution_options()[_PATH]
    with translate_db_errors(path), engine.execution_options(**{_WRITES: True}).begin() as connection:
        yield connection


@contextmanager
def translate_db_errors(path: Path) -> Iterator[None]:
    """Turn SQLite's own errors about the file into a UserError."""
    try:
        yield
    except DBAPIError as error:
        raise as_user_error(error, path) from error


def as_user_error(error: DBAPIError, path: Path) -> UserError:
    """What a database error means for the user, and what to do about it."""
    reason = str(error.orig)
    remedies: tuple[tuple[Callable[[str], bool], str], ...] = (
        (lambda text: "full" in text, "Free some disk space and try again; nothing is lost."),
        (lambda text: "readonly" in text or "read-only" in text, "Make the library folder writable."),
        (lambda text: "locked" in text, "Another program holds the file; close it and try again."),
        (
            lambda text: "malformed" in text or "not a database" in text,
            "Put back a copy of it from a backup, or move it away to start an empty library.",
        ),
    )
    remedy = next((remedy for matches, remedy in remedies if matches(reason)), "Try again; check the disk.")
    return UserError(f"The library file {path} failed: {reason}.", remedy)
