"""Catalogs as earlier versions of the program wrote them; a schema more is a file more in tests/library/schemas."""

import sqlite3
from collections.abc import Collection, Mapping
from contextlib import closing
from pathlib import Path

SCHEMAS = {int(file.stem): file.read_text() for file in (Path(__file__).parent / "library" / "schemas").glob("*.sql")}
"""The earlier schemas, by their numbers, as SQL."""

Rows = dict[str, frozenset[tuple[object, ...]]]
Columns = Mapping[str, Collection[str]]


def as_written_in(schema: int, catalog: Path, target: Path) -> None:
    """Make a new file of what this schema has room for in a catalog of now, which is closed."""
    with closing(sqlite3.connect(target)) as connection:
        connection.executescript(SCHEMAS[schema])
        connection.execute("ATTACH ? AS now", (str(catalog),))
        for table, columns in columns_of(target).items():
            names = ", ".join(columns)
            connection.execute(f"INSERT INTO {table} ({names}) SELECT {names} FROM now.{table}")
        connection.commit()


def columns_of(catalog: Path) -> dict[str, tuple[str, ...]]:
    """The tables of a catalog and their columns, without what is made of the others."""
    with closing(sqlite3.connect(catalog)) as connection:
        names = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            " AND name NOT LIKE 'words%' AND name NOT IN ('changed_photos', 'counted_albums', 'counted_directories',"
            " 'settled_for', 'unsettled_photos')"
        )
        return {
            name: tuple(row[1] for row in connection.execute(f"PRAGMA table_info({name})"))
            for (name,) in names.fetchall()
        }


def rows_of(catalog: Path, columns: Columns) -> Rows:
    """What stands in these columns of a catalog."""
    with closing(sqlite3.connect(catalog)) as connection:
        return {
            table: frozenset(connection.execute(f"SELECT {', '.join(names)} FROM {table}"))
            for table, names in columns.items()
        }
