"""The steps that bring a catalog to the schema of this version of the program.

To change the schema: change tables.py, append a numbered function here that does the same to an existing file, and add
the old schema to tests/library/schemas.
"""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

from sqlalchemy import Connection, Engine, Table, inspect
from sqlalchemy.schema import CreateColumn

from guie_desktop.errors import UserError, not_written
from guie_desktop.library import tables
from guie_desktop.library.changed_photos import make_changed_photos
from guie_desktop.library.copies import copies_before_updates, copies_of, copy_before
from guie_desktop.library.damage import SQLITE_ERRORS, damaged, database_uri, problems_in
from guie_desktop.library.database import as_user_error, reading, writing
from guie_desktop.library.kept_counts import make_kept_counts
from guie_desktop.library.unsettled import make_unsettled
from guie_desktop.library.word_table import make_word_tables, make_word_triggers
from guie_desktop.paths import LibraryPaths
from guie_desktop.sentences import Sentence


def migration_1_first_schema(connection: Connection) -> None:
    """Folders, photos, features, heads."""
    first = (tables.folders, tables.photos, tables.features, tables.heads)
    tables.metadata.create_all(connection, tables=first)


def migration_2_choices(connection: Connection) -> None:
    """What the user chose for the library."""
    connection.exec_driver_sql(
        "CREATE TABLE choices (name VARCHAR NOT NULL, value VARCHAR NOT NULL, PRIMARY KEY (name))"
    )


def migration_3_albums_and_personal_heads(connection: Connection) -> None:
    """Albums, what was decided about photos and albums, and heads that were learned from them."""
    third = (tables.albums, tables.album_photos, tables.personal_heads)
    tables.metadata.create_all(connection, tables=third)


def migration_4_identity(connection: Connection) -> None:
    """What tells one file from another, how a photo was read, and on which volume a folder lies."""
    _add_columns(connection, tables.folders, "volume", "volume_path")
    told_by = ("ctime_ns", "device", "rule", "checked_at", "unconfirmed", "former_hash")
    _add_columns(connection, tables.photos, *told_by, "taken_from", "cut_off", "kind")
    for index in tables.photos.indexes:
        index.create(connection, checkfirst=True)


def migration_5_videos(connection: Connection) -> None:
    """How long videos last, and the pictures that stand for them."""
    _add_columns(connection, tables.photos, "seconds")
    tables.metadata.create_all(connection, tables=(tables.frames,))


def migration_6_marks(connection: Connection) -> None:
    """Ratings and flags, and when they were given."""
    tables.metadata.create_all(connection, tables=(tables.marks, tables.mark_history))


def migration_7_watched(connection: Connection) -> None:
    """Which folders are watched."""
    _add_columns(connection, tables.folders, "watched")


def migration_8_stand_ins(connection: Connection) -> None:
    """For which photo a copy of it stands in an album."""
    _add_columns(connection, tables.album_photos, "said_of")
    for index in tables.album_photos.indexes:
        index.create(connection, checkfirst=True)


def migration_9_notes(connection: Connection) -> None:
    """What photos say of themselves in words, and when the notes beside them were changed."""
    _add_columns(connection, tables.photos, "sidecar_ns")
    tables.metadata.create_all(connection, tables=(tables.notes,))


def migration_10_duplicates(connection: Connection) -> None:
    """What the user said are no duplicates, and the duplicates that were found."""
    tables.metadata.create_all(connection, tables=(tables.not_duplicates, tables.duplicate_groups))


def migration_11_words(connection: Connection) -> None:
    """The index of the words by which photos are found, and for which of them a gazetteer was asked."""
    _add_columns(connection, tables.notes, "looked_up")
    for index in tables.notes.indexes:
        index.create(connection, checkfirst=True)
    make_word_tables(connection)


def migration_12_searches(connection: Connection) -> None:
    """Searches that the user saved."""
    tables.metadata.create_all(connection, tables=(tables.searches,))


def migration_13_colours(connection: Connection) -> None:
    """Which colours photos show."""
    tables.metadata.create_all(connection, tables=(tables.colours,))


def migration_14_what_changes(connection: Connection) -> None:
    """Indexes for what is asked all the time; counts, changes, and what is left to be done, kept by triggers."""
    for name in ("photos_by_time", "photos_by_hash", "photos_by_state"):
        connection.exec_driver_sql(f"DROP INDEX IF EXISTS {name}")
    for index in tables.photos.indexes:
        index.create(connection, checkfirst=True)
    make_kept_counts(connection)
    make_changed_photos(connection)
    make_unsettled(connection)
    make_word_triggers(connection)


def _add_columns(connection: Connection, table: Table, *names: str) -> None:
    """Add columns that the table lacks; a new file has them from its first step."""
    present = {column["name"] for column in inspect(connection).get_columns(table.name)}
    for name in names:
        if name not in present:
            definition = CreateColumn(table.c[name]).compile(dialect=connection.dialect)
            connection.exec_driver_sql(f"ALTER TABLE {table.name} ADD COLUMN {definition}")


MIGRATIONS: tuple[Callable[[Connection], None], ...] = (
    migration_1_first_schema,
    migration_2_choices,
    migration_3_albums_and_personal_heads,
    migration_4_identity,
    migration_5_videos,
    migration_6_marks,
    migration_7_watched,
    migration_8_stand_ins,
    migration_9_notes,
    migration_10_duplicates,
    migration_11_words,
    migration_12_searches,
    migration_13_colours,
    migration_14_what_changes,
)
SCHEMA_VERSION = len(MIGRATIONS)


def schema_version(connection: Connection) -> int:
    """The schema that the file is in; 0 for an empty file."""
    return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())


def is_older(engine: Engine) -> bool:
    """Whether the catalog lacks steps of this version."""
    with reading(engine) as connection:
        return schema_version(connection) < SCHEMA_VERSION


def check_version(engine: Engine, path: Path) -> None:
    """Refuse a catalog that this program cannot read (UserError)."""
    with reading(engine) as connection:
        version = schema_version(connection)
    if version == 0 and copies_of(LibraryPaths(path.parent)):
        raise damaged(path, "it is empty, though there is a copy of it")
    if not 0 <= version <= SCHEMA_VERSION:
        if problems := problems_in(path):
            raise damaged(path, problems[0])
        raise written_by_newer(path, version)


def written_by_newer(path: Path, version: int) -> UserError:
    """What to say of a catalog in a schema that this program does not know yet, and which copy it could read."""
    title = Sentence(
        "The library {folder} was written by a newer version of guie-desktop "
        "(its format is {version}, this version knows up to {newest}).",
        folder=path.parent,
        version=version,
        newest=SCHEMA_VERSION,
    )
    before = [copy for copy in copies_before_updates(LibraryPaths(path.parent)) if is_known(copy.path)]
    if not before:
        return UserError(title, "Install the newer version, or open another library folder.", "--library FOLDER")
    return UserError(
        title,
        Sentence(
            "Install the newer version. Or put back the copy of {day}, of before the update, which knows nothing of "
            "what was decided since, with: guie-desktop doctor --restore before-{schema}",
            day=before[0].day,
            schema=before[0].before_schema,
        ),
    )


def is_known(catalog: Path) -> bool:
    """Whether this version of the program knows the schema of a catalog, or of a copy."""
    return 0 < schema_of(catalog) <= SCHEMA_VERSION


def schema_of(catalog: Path) -> int:
    """The schema that a file is in; 0 for an empty file, and where that cannot be read."""
    with suppress(*SQLITE_ERRORS), closing(sqlite3.connect(database_uri(catalog, "ro"), uri=True)) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])
    return 0


def migrate(engine: Engine, path: Path) -> None:
    """Bring the file to the current schema, with a copy put aside before the first step.

    NoRoom where the disk is full: the file is as it was before the step that failed.
    """
    check_version(engine, path)
    with reading(engine) as connection:
        version = schema_version(connection)
    if 0 < version < SCHEMA_VERSION:
        _put_copy_aside(engine, path, version)
    take_steps(engine)


def take_steps(engine: Engine) -> None:
    """Take the steps that the file lacks, one transaction each."""
    with reading(engine) as connection:
        version = schema_version(connection)
    for number, step in enumerate(MIGRATIONS[version:], start=version + 1):
        with writing(engine) as connection:
            if schema_version(connection) < number:  # asked with the lock held: another process may have taken it
                step(connection)
                connection.exec_driver_sql(f"PRAGMA user_version={number}")


def _put_copy_aside(engine: Engine, path: Path, version: int) -> None:
    """Copy the file to a name that says its schema; UserError where it cannot be written."""
    copy = copy_before(LibraryPaths(path.parent), version + 1).path
    beside = copy.with_suffix(".part")
    try:
        beside.unlink(missing_ok=True)
        # Below SQLAlchemy, which would begin a transaction, inside which VACUUM is refused.
        with closing(engine.raw_connection()) as connection:
            connection.cursor().execute("VACUUM INTO ?", (database_uri(beside, "rwc"),))
        with beside.open("rb+") as file:
            os.fsync(file.fileno())
        beside.replace(copy)
    except SQLITE_ERRORS as error:
        raise as_user_error(error, path) from error
    except OSError as error:
        raise not_written(Sentence("The copy of the catalog"), error) from error
    finally:
        beside.unlink(missing_ok=True)
