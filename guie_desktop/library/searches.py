"""Searches that the user saved: read and written; of what he made nothing is ever lost."""

import time
from contextlib import AbstractContextManager

from sqlalchemy import Connection, insert, select, update

from guie_desktop.domain import SavedSearch
from guie_desktop.errors import UserError
from guie_desktop.library.album_names import album_name, name_key
from guie_desktop.library.catalog import Catalog
from guie_desktop.library.database import reading, writing
from guie_desktop.library.tables import searches
from guie_desktop.sentences import Sentence

_THERE = searches.c.removed_at.is_(None)


def saved_searches(catalog: Catalog) -> tuple[SavedSearch, ...]:
    """All searches, by name."""
    with reading(catalog.database) as connection:
        found = _present(connection)
    return tuple(sorted(found, key=lambda search: (search.name.casefold(), search.id)))


def search_named(catalog: Catalog, name: str) -> SavedSearch | None:
    """The search of this name, whatever its case."""
    return next((search for search in saved_searches(catalog) if name_key(search.name) == name_key(name)), None)


class SearchWriter:
    """The saved searches of a catalog, by its only writer; each call is one transaction."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    def save(self, name: str, question: str) -> int:
        """Save a question under a name; its id. UserError where the name is empty or taken."""
        with self._begin() as connection:
            values = {"name": _free_name(connection, name), "question": question, "made_at": time.time()}
            return int(connection.execute(insert(searches).values(values).returning(searches.c.id)).scalar_one())

    def rename(self, search_id: int, name: str) -> str:
        """Give a search another name; returns the former one. UserError where the new one is empty or taken."""
        with self._begin() as connection:
            former = _search(connection, search_id).name
            free = _free_name(connection, name, but=search_id)
            connection.execute(update(searches).where(searches.c.id == search_id).values(name=free))
        return former

    def replace(self, search_id: int, question: str) -> str:
        """Let a search ask another question; returns the former one."""
        with self._begin() as connection:
            former = _search(connection, search_id).question
            connection.execute(update(searches).where(searches.c.id == search_id).values(question=question))
        return former

    def remove(self, search_id: int) -> None:
        """Take a search away; `restore` brings it back."""
        with self._begin() as connection:
            _search(connection, search_id)
            connection.execute(update(searches).where(searches.c.id == search_id).values(removed_at=time.time()))

    def restore(self, search_id: int) -> None:
        """Bring a removed search back; UserError where another one has taken its name meanwhile."""
        with self._begin() as connection:
            query = select(searches.c.name).where(searches.c.id == search_id)
            name = connection.execute(query).scalar_one_or_none()
            if name is None:
                raise _gone()
            if _bearer(connection, name) not in (None, search_id):
                raise UserError(
                    Sentence(
                        "The search {name} cannot come back, for there is another one of that name now.", name=name
                    ),
                    "Rename that one, then try again.",
                )
            connection.execute(update(searches).where(searches.c.id == search_id).values(removed_at=None))

    def _begin(self) -> AbstractContextManager[Connection]:
        return writing(self._catalog.database)


def _present(connection: Connection) -> list[SavedSearch]:
    rows = connection.execute(select(searches.c.id, searches.c.name, searches.c.question).where(_THERE))
    return [SavedSearch(*row) for row in rows]


def _search(connection: Connection, search_id: int) -> SavedSearch:
    found = next((search for search in _present(connection) if search.id == search_id), None)
    if found is None:
        raise _gone()
    return found


def _gone() -> UserError:
    return UserError("This search is no longer there.", "Save it anew.")


def _bearer(connection: Connection, name: str) -> int | None:
    return next((one.id for one in _present(connection) if name_key(one.name) == name_key(name)), None)


def _free_name(connection: Connection, name: str, but: int | None = None) -> str:
    cleaned = album_name(name)
    if not cleaned:
        raise UserError("A search needs a name.", "Give it one.")
    if _bearer(connection, cleaned) not in (None, but):
        raise UserError(Sentence("There is a search named {name} already.", name=cleaned), "Choose another name.")
    return cleaned
