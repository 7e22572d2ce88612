"""The words of each photo, and the index of them: a cache in the catalog, kept true by each transaction there.

Triggers remember of which photos the words are outdated, whatever wrote to the tables that these come from. What a
transaction has outdated it brings up to date before it ends (`keep_words`), as far as that is done at once; the rest of
what concerns very many photos, such as another name of a large album, is left to `jobs/noting.py`.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, get_args

from sqlalchemy import Connection, Engine, LargeBinary, event, select, type_coerce

from guie_desktop.library.conditions import chunks
from guie_desktop.library.database import reading, writing
from guie_desktop.library.plain_words import endings, words_in
from guie_desktop.library.tables import album_photos, albums, folders, notes, photos
from guie_desktop.noted import WordField

FIELDS: tuple[WordField, ...] = get_args(WordField)
TABLE, INDEX = "words", "words_index"
"""Words by photo, each field as words with a space between them; and the same for FTS5, with the ends of long words."""
_OUTDATED = "words_outdated"

_AT_ONCE = 500
_DIRECTORIES = 256
"""Whose names are kept for the next photo there."""
_LOOKED_FOR = 500
"""Photos of a check that the index is asked for."""
_MOST_AT_END = 2_000
"""Photos whose words a transaction brings up to date: half a second in a library of a million."""

_COLUMNS = ", ".join(FIELDS)
_VALUES = ", ".join("?" * len(FIELDS))

_TABLES = (
    f"CREATE TABLE {TABLE} (photo_id INTEGER PRIMARY KEY, {', '.join(f'{field} TEXT NOT NULL' for field in FIELDS)})",
    # The table above is its content. "ascii" parts at spaces alone, as all else is done before.
    f"CREATE VIRTUAL TABLE {INDEX} USING fts5({_COLUMNS}, endings, content='', columnsize=0, tokenize='ascii', "
    "prefix='2')",
    f"CREATE TABLE {_OUTDATED} (photo_id INTEGER PRIMARY KEY)",
)


def _trigger(name: str, when: str, which: str) -> tuple[str, str]:
    """Its name, and what makes it. "OR IGNORE" would not hold where it is a foreign key that changes the row."""
    return name, f"CREATE TRIGGER {name} {when} BEGIN INSERT INTO {_OUTDATED} {which} ON CONFLICT DO NOTHING; END"


_OTHER_PLACE = " OR ".join(f"old.{column} IS NOT new.{column}" for column in ("name", "directory", "folder_id"))
_OTHER_ALBUM = "old.name IS NOT new.name OR old.removed_at IS NOT new.removed_at"
_READ_OR_NOT = "(old.content_hash IS NULL) <> (new.content_hash IS NULL)"
_TRIGGERS = (
    _trigger("words_of_new_photo", "AFTER INSERT ON photos WHEN new.content_hash IS NOT NULL", "VALUES (new.id)"),
    _trigger(
        "words_of_photo",
        f"AFTER UPDATE OF name, directory, folder_id, content_hash ON photos WHEN {_OTHER_PLACE} OR {_READ_OR_NOT}",
        "VALUES (new.id)",
    ),
    _trigger("words_of_gone_photo", "AFTER DELETE ON photos", "VALUES (old.id)"),
    _trigger("words_of_new_notes", "AFTER INSERT ON notes", "VALUES (new.photo_id)"),
    _trigger("words_of_notes", "AFTER UPDATE ON notes", "VALUES (new.photo_id)"),
    _trigger("words_of_gone_notes", "AFTER DELETE ON notes", "VALUES (old.photo_id)"),
    _trigger("words_of_new_member", "AFTER INSERT ON album_photos", "VALUES (new.photo_id)"),
    _trigger("words_of_member", "AFTER UPDATE ON album_photos", "VALUES (old.photo_id), (new.photo_id)"),
    _trigger("words_of_gone_member", "AFTER DELETE ON album_photos", "VALUES (old.photo_id)"),
    _trigger(
        "words_of_album",
        f"AFTER UPDATE OF name, removed_at ON albums WHEN {_OTHER_ALBUM}",
        "SELECT photo_id FROM album_photos WHERE album_id = new.id",
    ),
)


def make_word_tables(connection: Connection) -> None:
    """Make them, with all photos to be done."""
    for statement in _TABLES:
        connection.exec_driver_sql(statement)
    make_word_triggers(connection)
    outdate_words(connection)


def make_word_triggers(connection: Connection) -> None:
    """Make the triggers as they are now, in place of earlier ones."""
    for name, trigger in _TRIGGERS:
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}")
        connection.exec_driver_sql(trigger)


def outdate_words(connection: Connection) -> None:
    """Let the words of all photos be looked at again."""
    connection.exec_driver_sql(OUTDATE_ALL)


OUTDATE_ALL = f"INSERT OR IGNORE INTO {_OUTDATED} SELECT id FROM photos UNION SELECT photo_id FROM {TABLE}"


def keep_words(database: Engine) -> None:
    """Let every transaction that this engine writes bring the words up to date that it has outdated."""

    def renew(connection: Connection) -> None:
        _renew(connection, _MOST_AT_END)

    event.listen(database, "commit", renew)


class WordTable:
    """The words of a catalog, for its only writer."""

    def __init__(self, database: Engine) -> None:
        self._database = database

    def outdated_count(self) -> int:
        """Of how many photos the words are still to be brought up to date."""
        with reading(self._database) as connection:
            return int(connection.exec_driver_sql(f"SELECT count(*) FROM {_OUTDATED}").scalar_one())

    def renew_some(self) -> None:
        """Bring those of some of them up to date."""
        with writing(self._database):
            pass  # every transaction does

    def are_wrong(self, tell: Callable[[float], None] = lambda _: None) -> bool:
        """Whether there are photos of which other words are kept, or that the index does not find by their names.

        `tell` gets how much of it is done, from 0 to 1, and may raise to end it.
        """
        known = f"SELECT id FROM photos UNION SELECT photo_id FROM {TABLE}"
        with reading(self._database) as connection:
            ids = connection.exec_driver_sql(known).scalars().all()
        for number, part in enumerate(chunks(ids, _AT_ONCE)):
            tell(number * _AT_ONCE / len(ids))
            with reading(self._database) as connection:  # one for each, so that others can write meanwhile
                if {photo_id for photo_id, _, _ in _differing(connection, part)} - _outdated_of(connection, part):
                    return True
        looked_for = f"SELECT 1 FROM {INDEX} WHERE {INDEX} MATCH ? AND rowid = ?"
        with reading(self._database) as connection:
            for part in chunks(ids[:: max(1, len(ids) // _LOOKED_FOR)]):
                for photo_id, said in _kept(connection, part).items():
                    phrase = f'name : "{said[0]}"'
                    if said[0] and not connection.exec_driver_sql(looked_for, (phrase, photo_id)).all():
                        return True
        return False

    def make_again(self) -> None:
        """Make all of it anew, a part in each transaction from now on."""
        with writing(self._database) as connection:
            connection.exec_driver_sql(f"INSERT INTO {INDEX} ({INDEX}) VALUES ('delete-all')")
            connection.exec_driver_sql(f"DELETE FROM {TABLE}")
            outdate_words(connection)


_Said = tuple[str, ...]
"""The words of a photo, field by field."""


def _renew(connection: Connection, most: int) -> None:
    """Bring up to date what is outdated, of so many photos at most."""
    outdated = connection.exec_driver_sql(f"SELECT photo_id FROM {_OUTDATED} LIMIT ?", (most,)).scalars().all()
    for part in chunks(outdated, _AT_ONCE):
        changed = list(_differing(connection, part))
        gone = [(photo_id, *before, _endings(before)) for photo_id, before, _ in changed if before]
        there = [(photo_id, *now, _endings(now)) for photo_id, _, now in changed if now]
        _many(connection, f"DELETE FROM {TABLE} WHERE photo_id = ?", [row[:1] for row in gone])
        _many(connection, _REMOVE, gone)
        _many(
            connection, f"INSERT INTO {TABLE} (photo_id, {_COLUMNS}) VALUES (?, {_VALUES})", [row[:-1] for row in there]
        )
        _many(connection, f"INSERT INTO {INDEX} (rowid, {_COLUMNS}, endings) VALUES (?, {_VALUES}, ?)", there)
        _many(connection, f"DELETE FROM {_OUTDATED} WHERE photo_id = ?", [(photo_id,) for photo_id in part])


_REMOVE = f"INSERT INTO {INDEX} ({INDEX}, rowid, {_COLUMNS}, endings) VALUES ('delete', ?, {_VALUES}, ?)"


def _many(connection: Connection, statement: str, rows: list[tuple[Any, ...]]) -> None:
    if rows:
        connection.exec_driver_sql(statement, rows)


def _outdated_of(connection: Connection, ids: Sequence[int]) -> set[int]:
    marks = ", ".join("?" * len(ids))
    query = f"SELECT photo_id FROM {_OUTDATED} WHERE photo_id IN ({marks})"
    return set(connection.exec_driver_sql(query, tuple(ids)).scalars())


def _endings(said: _Said) -> str:
    return " ".join(endings(word for field in said for word in field.split()))


def _differing(connection: Connection, ids: Sequence[int]) -> Iterator[tuple[int, _Said, _Said]]:
    """The photos whose words are others than are kept: what is kept, and what they are; empty where there are none."""
    kept, said = _kept(connection, ids), _said(connection, ids)
    for photo_id in ids:
        before, now = kept.get(photo_id, ()), said.get(photo_id, ())
        if before != now:
            yield photo_id, before, now


def _kept(connection: Connection, ids: Sequence[int]) -> dict[int, _Said]:
    marks = ", ".join("?" * len(ids))
    rows = connection.exec_driver_sql(
        f"SELECT photo_id, {_COLUMNS} FROM {TABLE} WHERE photo_id IN ({marks})", tuple(ids)
    )
    return {photo_id: tuple(said) for photo_id, *said in rows}


def _said(connection: Connection, ids: Sequence[int]) -> dict[int, _Said]:
    """The words of those of these photos that were read."""
    # As bytes: to make three paths of each row would take half of the time.
    paths = (photos.c.name, photos.c.directory, folders.c.path.label("root"))
    noted = (notes.c[name] for name in ("camera", "lens", "title", "description", "keywords", "people", "place"))
    query = (
        select(photos.c.id, *(type_coerce(path, LargeBinary) for path in paths), *noted)
        .join(folders, folders.c.id == photos.c.folder_id, isouter=True)
        .join(notes, notes.c.photo_id == photos.c.id, isouter=True)
        .where(photos.c.id.in_(ids), photos.c.content_hash.is_not(None))
    )
    sorted_into = _albums_of(connection, ids)
    return {row["id"]: _words_of(row, sorted_into.get(row["id"], ())) for row in connection.execute(query).mappings()}


def _words_of(row: Mapping[Any, Any], in_albums: Iterable[str]) -> _Said:
    texts: dict[WordField, str] = {
        "name": _readable(row["name"].rpartition(os.fsencode(os.sep))[2]),
        "folders": _below_root(row["directory"], row["root"]),
        "albums": " ".join(in_albums),
        "camera": f"{row['camera'] or ''} {row['lens'] or ''}",
    }
    for field in FIELDS[len(texts) :]:
        texts[field] = row[field] or ""
    return tuple(" ".join(words_in(texts[field])) for field in FIELDS)


@lru_cache(_DIRECTORIES)
def _below_root(directory: bytes, root: bytes | None) -> str:
    """The folders that a photo lies in, from that of the library on: where it is mounted says nothing."""
    inner, outer = Path(os.fsdecode(directory)), None if root is None else Path(os.fsdecode(root))
    if outer is None or not inner.is_relative_to(outer):
        return _readable(os.fsencode(inner.name))
    return _readable(os.fsencode(Path(outer.name) / inner.relative_to(outer)))


def _readable(name: bytes) -> str:
    return name.decode("utf-8", "replace")


def _albums_of(connection: Connection, ids: Sequence[int]) -> dict[int, list[str]]:
    query = (
        select(album_photos.c.photo_id, albums.c.name)
        .join(albums, albums.c.id == album_photos.c.album_id)
        .where(album_photos.c.photo_id.in_(ids), album_photos.c.verdict == "member", albums.c.removed_at.is_(None))
        .order_by(albums.c.id)
    )
    found: dict[int, list[str]] = {}
    for photo_id, name in connection.execute(query):
        found.setdefault(photo_id, []).append(name)
    return found
