"""A file of SQLite that can be made again: a damaged one is replaced by an empty one."""

from pathlib import Path

from sqlalchemy import Engine, MetaData
from sqlalchemy.exc import DatabaseError

from guie_desktop.library.damage import is_broken
from guie_desktop.library.database import as_user_error, open_database, translate_db_errors


def open_or_replace(path: Path, tables: MetaData) -> Engine:
    """An engine on the file, which has these tables then; UserError where it cannot be made."""
    engine = open_database(path)
    try:
        tables.create_all(engine)
    except DatabaseError as error:
        engine.dispose()
        if not is_broken(error.orig):
            raise as_user_error(error.orig, path) from error
        engine = replaced(path, tables)
    return engine


def replaced(path: Path, tables: MetaData) -> Engine:
    """The same on an empty file in its place; OSError where another process has the file and keeps it."""
    remove(path)
    engine = open_database(path)
    with translate_db_errors(path):
        tables.create_all(engine)
    return engine


def remove(path: Path) -> None:
    """Let go of the file and what lies beside it; OSError where another process has it and keeps it."""
    for part in (path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")):
        part.unlink(missing_ok=True)
