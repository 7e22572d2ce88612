"""How many photos each directory and each album shows: a cache in the catalog, kept true by triggers."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Column, Connection, Integer, LargeBinary, MetaData, String, Table

_ZERO: Mapping[str, Any] = {"nullable": False, "server_default": "0"}

# Apart from the tables that are the truth, which are saved from a damaged catalog, and copied by tests.
_caches = MetaData()

# Of the photos that are there and that no other one stands for.
counted_directories = Table(
    "counted_directories",
    _caches,
    Column("folder_id", Integer, primary_key=True),
    Column("directory", LargeBinary, primary_key=True),
    Column("shown", Integer, **_ZERO),
    Column("failed", Integer, **_ZERO),  # of which some are shown as they were before
    Column("readable", Integer, **_ZERO),  # those that are shown, without the failed
    Column("unread", Integer, **_ZERO),
    Column("cut_off", Integer, **_ZERO),
    sqlite_with_rowid=False,
)

counted_albums = Table(
    "counted_albums",
    _caches,
    Column("album_id", Integer, primary_key=True),
    Column("verdict", String, primary_key=True),
    Column("shown", Integer, **_ZERO),
    sqlite_with_rowid=False,
)


def visible(row: str) -> str:
    """The condition, in SQL, that a row of photos is there and that no other one stands for it."""
    return f"({row}.missing_since IS NULL AND {row}.folder_id IS NOT NULL AND {row}.kind IS NOT 'sidecar raw')"


def shown(row: str) -> str:
    """The condition, in SQL, that a row of photos can be shown."""
    return f"({visible(row)} AND {row}.content_hash IS NOT NULL)"


def differ(*columns: str) -> str:
    """The condition, in SQL, that one of these columns is another one than before, in a trigger after an update."""
    return "(" + " OR ".join(f"old.{column} IS NOT new.{column}" for column in columns) + ")"


_NUMBERS = ("shown", "failed", "readable", "unread", "cut_off")


def _numbers(row: str) -> tuple[str, ...]:
    """What a row of photos adds to each of the numbers."""
    held, failed = f"({row}.content_hash IS NOT NULL)", f"({row}.state = 'failed')"
    return (held, failed, f"({held} AND NOT {failed})", f"(NOT {held} AND NOT {failed})", f"{row}.cut_off")


def _count_in_directory(row: str, sign: str) -> str:
    numbers = ", ".join(f"{sign}{number}" for number in _numbers(row))
    adding = ", ".join(f"{name} = {name} + excluded.{name}" for name in _NUMBERS)
    return (
        f"INSERT INTO counted_directories (folder_id, directory, {', '.join(_NUMBERS)}) "
        f"SELECT {row}.folder_id, {row}.directory, {numbers} WHERE {visible(row)} "
        f"ON CONFLICT (folder_id, directory) DO UPDATE SET {adding};"
    )


def _forget_empty(row: str) -> str:
    none = " AND ".join(f"{name} = 0" for name in _NUMBERS)
    return (
        f"DELETE FROM counted_directories WHERE folder_id = {row}.folder_id AND directory = {row}.directory AND {none};"
    )


_ADDING = "ON CONFLICT (album_id, verdict) DO UPDATE SET shown = shown + excluded.shown;"


def _count_member(row: str, sign: str) -> str:
    return (
        f"INSERT INTO counted_albums SELECT {row}.album_id, {row}.verdict, {sign}1 FROM photos "
        f"WHERE photos.id = {row}.photo_id AND {shown('photos')} {_ADDING}"
    )


_COUNT_WHERE_DECIDED = (
    f"INSERT INTO counted_albums SELECT album_id, verdict, {shown('new')} - {shown('old')} FROM album_photos "
    f"WHERE photo_id = new.id {_ADDING}"
)

_PLACE = ("missing_since", "folder_id", "kind", "directory", "state", "cut_off", "content_hash")
_OTHER_PLACE = differ("folder_id", "directory", "state", "cut_off")
_TRIGGERS = (
    f"CREATE TRIGGER counts_of_new_photo AFTER INSERT ON photos BEGIN {_count_in_directory('new', '')} END",
    f"CREATE TRIGGER counts_of_gone_photo AFTER DELETE ON photos "
    f"BEGIN {_count_in_directory('old', '-')} {_forget_empty('old')} END",
    f"CREATE TRIGGER counts_of_photo AFTER UPDATE OF {', '.join(_PLACE)} ON photos "
    f"WHEN {visible('old')} <> {visible('new')} OR {shown('old')} <> {shown('new')} OR {_OTHER_PLACE} "
    f"BEGIN {_count_in_directory('old', '-')} {_count_in_directory('new', '')} {_forget_empty('old')} END",
    f"CREATE TRIGGER counts_of_albums AFTER UPDATE OF missing_since, folder_id, kind, content_hash ON photos "
    f"WHEN {shown('old')} <> {shown('new')} BEGIN {_COUNT_WHERE_DECIDED} END",
    f"CREATE TRIGGER counts_of_new_member AFTER INSERT ON album_photos BEGIN {_count_member('new', '')} END",
    f"CREATE TRIGGER counts_of_gone_member AFTER DELETE ON album_photos BEGIN {_count_member('old', '-')} END",
    f"CREATE TRIGGER counts_of_member AFTER UPDATE OF album_id, photo_id, verdict ON album_photos "
    f"BEGIN {_count_member('old', '-')} {_count_member('new', '')} END",
)

COUNT_ANEW = (
    "DELETE FROM counted_directories",
    f"INSERT INTO counted_directories (folder_id, directory, {', '.join(_NUMBERS)}) "
    f"SELECT folder_id, directory, {', '.join(f'sum({number})' for number in _numbers('photos'))} "
    f"FROM photos WHERE {visible('photos')} GROUP BY folder_id, directory",
    "DELETE FROM counted_albums",
    "INSERT INTO counted_albums SELECT album_id, verdict, count(*) FROM album_photos "
    f"JOIN photos ON photos.id = photo_id WHERE {shown('photos')} GROUP BY album_id, verdict",
)
"""For whoever wrote past the triggers."""


def make_kept_counts(connection: Connection) -> None:
    """Make the tables, and count all that is there."""
    _caches.create_all(connection)
    for statement in (*_TRIGGERS, *COUNT_ANEW):
        connection.exec_driver_sql(statement)
