"""Writing albums: what the user sorts by hand, of which nothing is ever lost."""

import time
from collections.abc import Sequence
from contextlib import AbstractContextManager

from sqlalchemy import Connection, delete, func, literal, select, update
from sqlalchemy.dialects.sqlite import insert

from guie_desktop.domain import Verdict
from guie_desktop.errors import UserError
from guie_desktop.former import Former
from guie_desktop.library.album_names import album_name, name_key
from guie_desktop.library.catalog import Catalog
from guie_desktop.library.conditions import chunks
from guie_desktop.library.database import reading, writing
from guie_desktop.library.decisions import forget_earlier_words
from guie_desktop.library.former import former_of, put_back
from guie_desktop.library.stand_ins import follow_copies
from guie_desktop.library.tables import album_photos, albums, photos
from guie_desktop.sentences import Sentence


class AlbumWriter:
    """The albums of a catalog, by its only writer; each call is one transaction."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    def create(self, name: str, photo_ids: Sequence[int] = ()) -> int:
        """Make an album with these photos in it; its id. UserError where the name is empty or taken."""
        with self._begin() as connection:
            values = {"name": _free_name(connection, name), "made_at": time.time()}
            album_id = int(connection.execute(insert(albums).values(values).returning(albums.c.id)).scalar_one())
            _decide(connection, album_id, photo_ids, "member")
        return album_id

    def rename(self, album_id: int, name: str) -> str:
        """Give an album another name; returns the former one. UserError where the new one is empty or taken."""
        with self._begin() as connection:
            former = _name_of(connection, album_id)
            free = _free_name(connection, name, but=album_id)
            connection.execute(update(albums).where(albums.c.id == album_id).values(name=free))
        return former

    def remove(self, album_id: int) -> None:
        """Take an album away; `restore` brings it back with all that was decided."""
        with self._begin() as connection:
            _name_of(connection, album_id)
            connection.execute(update(albums).where(albums.c.id == album_id).values(removed_at=time.time()))

    def restore(self, album_id: int) -> None:
        """Bring a removed album back; UserError where another one has taken its name meanwhile."""
        with self._begin() as connection:
            name = _name_of(connection, album_id, even_removed=True)
            if _bearer(connection, name) not in (None, album_id):
                raise UserError(
                    Sentence(
                        "The album {name} cannot come back, for there is another one of that name now.", name=name
                    ),
                    "Rename that one, then try again.",
                )
            connection.execute(update(albums).where(albums.c.id == album_id).values(removed_at=None))

    def decide(self, album_id: int, photo_ids: Sequence[int], verdict: Verdict | None) -> Former:
        """Put photos into an album, say that they are "not this", or (None) take back what was said.

        A verdict holds for all copies of a photo, and goes over what was said of them before, which is returned.
        """
        with self._begin() as connection:
            _name_of(connection, album_id)
            former = former_of(connection, photo_ids)
            _decide(connection, album_id, photo_ids, verdict)
        return former

    def former(self, photo_ids: Sequence[int], *, with_folders: bool = False) -> Former:
        """What is decided of these photos now, and which folders there are."""
        with reading(self._catalog.database) as connection:
            return former_of(connection, photo_ids, with_folders=with_folders)

    def put_back(self, former: Former) -> Former:
        """Let all be so again; returns what was so until now."""
        with self._begin() as connection:
            return put_back(connection, former)

    def follow_copies(self) -> None:
        """Let what was decided of photos that are gone be with a copy that is there, until they are back."""
        with self._begin() as connection:
            follow_copies(connection)

    def _begin(self) -> AbstractContextManager[Connection]:
        return writing(self._catalog.database)


def _name_of(connection: Connection, album_id: int, *, even_removed: bool = False) -> str:
    query = select(albums.c.name).where(albums.c.id == album_id)
    if not even_removed:
        query = query.where(albums.c.removed_at.is_(None))
    name = connection.execute(query).scalar_one_or_none()
    if name is None:
        raise UserError("This album is no longer there.", "Choose another one.")
    return str(name)


def _bearer(connection: Connection, name: str) -> int | None:
    # SQLite compares letters beyond ASCII case by case, so it is done here.
    there = connection.execute(select(albums.c.id, albums.c.name).where(albums.c.removed_at.is_(None)))
    return next((row.id for row in there if name_key(row.name) == name_key(name)), None)


def _free_name(connection: Connection, name: str, but: int | None = None) -> str:
    cleaned = album_name(name)
    if not cleaned:
        raise UserError("An album needs a name.", "Give it one.")
    if _bearer(connection, cleaned) not in (None, but):
        raise UserError(Sentence("There is an album named {album} already.", album=cleaned), "Choose another name.")
    return cleaned


def _decide(connection: Connection, album_id: int, photo_ids: Sequence[int], verdict: Verdict | None) -> None:
    for part in chunks(sorted(set(photo_ids))):
        known = connection.execute(select(func.count()).where(photos.c.id.in_(part))).scalar_one()
        if known < len(part):
            raise UserError("Some of these photos are no longer in the library.", "Choose others.")
        forget_earlier_words(connection, album_id, part, verdict)
        if verdict is None:
            said = album_photos.c.photo_id.in_(part) & (album_photos.c.album_id == album_id)
            connection.execute(delete(album_photos).where(said))
            continue
        rows = select(literal(album_id), photos.c.id, literal(verdict), literal(time.time())).where(
            photos.c.id.in_(part)
        )
        adding = insert(album_photos).from_select(["album_id", "photo_id", "verdict", "decided_at"], rows)
        connection.execute(
            adding.on_conflict_do_update(
                index_elements=["album_id", "photo_id"],
                set_={"verdict": adding.excluded.verdict, "decided_at": adding.excluded.decided_at, "said_of": None},
                where=album_photos.c.verdict != adding.excluded.verdict,
            )
        )
