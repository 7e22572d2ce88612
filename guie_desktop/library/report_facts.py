"""What a report tells of a catalog: its format and how much is in it, and no name of anything."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from guie_desktop.library.damage import SQLITE_ERRORS, database_uri
from guie_desktop.library.migrations import SCHEMA_VERSION, schema_of

_PRESENT = "missing_since IS NULL"
_COUNTS = {
    "folders": "SELECT count(*) FROM folders",
    "folders that are away": "SELECT count(*) FROM folders WHERE NOT online",
    "photos": f"SELECT count(*) FROM photos WHERE {_PRESENT}",
    "photos to read": f"SELECT count(*) FROM photos WHERE {_PRESENT} AND state = 'new'",
    "photos not readable": f"SELECT count(*) FROM photos WHERE {_PRESENT} AND state = 'failed'",
    "photos gone": "SELECT count(*) FROM photos WHERE missing_since NOT NULL",
    "albums": "SELECT count(*) FROM albums WHERE removed_at IS NULL",
    "decisions": "SELECT count(*) FROM album_photos",
    "learned heads": "SELECT count(*) FROM personal_heads",
}
_MODELS = "SELECT backbone, count(*) FROM features GROUP BY backbone"
_CHOSEN = "SELECT name, value FROM choices WHERE name IN ('model', 'next model', 'device')"


def catalog_facts(catalog: Path) -> dict[str, str]:
    """What is counted in a catalog, whatever its state: what cannot be read is said to be so."""
    if not catalog.exists():
        return {"library": "there is none"}
    facts = {"format": f"{schema_of(catalog)}; this version knows {SCHEMA_VERSION}"}
    try:
        facts["bytes"] = f"{catalog.stat().st_size:,}"
        with closing(sqlite3.connect(database_uri(catalog, "ro"), uri=True)) as connection:
            for what, query in _COUNTS.items():
                facts[what] = _told(connection, query)
            facts["features"] = _told(connection, _MODELS)
            facts["chosen"] = _told(connection, _CHOSEN)
    except (OSError, *SQLITE_ERRORS) as error:
        facts["library"] = f"cannot be read ({type(error).__name__})"
    return facts


def folder_names(catalog: Path) -> list[str]:
    """The paths of the folders of a catalog, as far as they can be read."""
    try:
        with closing(sqlite3.connect(database_uri(catalog, "ro"), uri=True)) as connection:
            return [os.fsdecode(path) for (path,) in connection.execute("SELECT path FROM folders")]
    except (TypeError, *SQLITE_ERRORS):
        return []


def _told(connection: sqlite3.Connection, query: str) -> str:
    try:
        rows = connection.execute(query).fetchall()
    except SQLITE_ERRORS as error:  # of another schema, or damaged
        return f"cannot be read ({type(error).__name__})"
    return "; ".join(", ".join(f"{value:,}" if isinstance(value, int) else str(value) for value in row) for row in rows)
