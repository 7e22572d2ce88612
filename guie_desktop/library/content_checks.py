"""Which photos are to be compared with their content hash: those that were followed unopened, or all in turn."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import ColumnElement, Connection, and_, func, literal_column, or_, select, update

from guie_desktop.library.catalog import Catalog
from guie_desktop.library.conditions import REACHABLE, chunks
from guie_desktop.library.database import reading, writing
from guie_desktop.library.identity import has_given_up_its_name, leave_place, note_moved
from guie_desktop.library.tables import photos

_TRASHED = -1.0
"""In the place of when a photo was missed: before all checks."""


@dataclass(frozen=True, slots=True)
class ToCheck:
    """A photo, and what its file should hold."""

    id: int
    path: Path
    content_hash: bytes


_IS_UNCONFIRMED: ColumnElement[bool] = literal_column("photos.unconfirmed")
"""Said as the index says it, which has these photos alone."""


class ContentChecks:
    """What is unsure and what was seen to be true, kept so that a check goes on where it was left."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self.returns = 0
        """How often files came back from the trash since the library was opened."""

    def unconfirmed(self, most: int, after: int) -> list[ToCheck]:
        """Photos that the scan took for unchanged or moved without being sure, by id."""
        return self._which(_IS_UNCONFIRMED, most, after)

    def unconfirmed_count(self) -> int:
        """How many these are."""
        return self._count(_IS_UNCONFIRMED)

    def unchecked(self, since: float, most: int, after: int) -> list[ToCheck]:
        """Photos whose content was not looked at since a time (seconds since the epoch), by id."""
        return self._which(_not_since(since), most, after)

    def unchecked_count(self, since: float) -> int:
        """How many these are."""
        return self._count(_not_since(since))

    def checked_count(self, since: float) -> int:
        """How many photos were looked at since then and are as they should be."""
        return self._count(photos.c.checked_at >= since)

    def missing(self, since: float) -> tuple[Path, ...]:
        """Photos that are not where they were, as was noticed since a time, by path, though others may be there now."""
        query = select(photos.c.directory, photos.c.name).where(
            photos.c.missing_since >= since, photos.c.content_hash.is_not(None)
        )
        with reading(self._catalog.database) as connection:
            # One whose place another photo took has more than a name: where it was, its own name is the last part.
            return tuple(sorted(row.directory / row.name.name for row in connection.execute(query)))

    def note_trashed(self, photo_ids: Sequence[int]) -> None:
        """The user put these files into the trash, so that nobody misses them."""
        with writing(self._catalog.database) as connection:
            for part in chunks(photo_ids):
                connection.execute(update(photos).where(photos.c.id.in_(part)).values(missing_since=_TRASHED))

    def note_returned(self, photo_ids: Sequence[int]) -> None:
        """The user got these files back from the trash, as they were; a scan looks at them closer.

        Where the file system numbered the file anew, and a scan saw it before we heard of it, it took it for another
        one that has the name now; by its content it is known again when it is read, and until then the photo is not
        there.
        """
        self.returns += 1
        with writing(self._catalog.database) as connection:
            for part in chunks(photo_ids):
                which = and_(photos.c.id.in_(part), ~has_given_up_its_name())
                connection.execute(update(photos).where(which).values(missing_since=None))

    def note_same(self, photo_ids: Sequence[int]) -> None:
        """These files hold what they should."""
        with writing(self._catalog.database) as connection:
            for part in chunks(photo_ids):
                followed = _followed(connection, part)
                seen = {"unconfirmed": False, "checked_at": time.time()}
                connection.execute(update(photos).where(photos.c.id.in_(part)).values(seen))
                for photo_id in followed:
                    note_moved(connection, photo_id)

    def note_changed(self, photo_ids: Sequence[int]) -> int:
        """These files hold something else, and are to be read.

        Those that a scan followed there are not the photos, which stay gone; how many these are.
        """
        mistaken = 0
        with writing(self._catalog.database) as connection:
            for part in chunks(photo_ids):
                for photo_id in _followed(connection, part):
                    leave_place(connection, photo_id)
                    mistaken += 1
                there = and_(photos.c.id.in_(part), photos.c.missing_since.is_(None))
                connection.execute(update(photos).where(there).values(unconfirmed=False, state="new"))
        return mistaken

    def _which(self, condition: ColumnElement[bool], most: int, after: int) -> list[ToCheck]:
        query = (
            select(photos.c.id, photos.c.directory, photos.c.name, photos.c.content_hash)
            .where(_checkable(condition), photos.c.id > after)
            .order_by(photos.c.id)
            .limit(most)
        )
        with reading(self._catalog.database) as connection:
            rows = connection.execute(query).all()
        return [ToCheck(row.id, row.directory / row.name, row.content_hash) for row in rows]

    def _count(self, condition: ColumnElement[bool]) -> int:
        query = select(func.count()).select_from(photos).where(_checkable(condition))
        with reading(self._catalog.database) as connection:
            return int(connection.execute(query).scalar_one())


def _followed(connection: Connection, photo_ids: Sequence[int]) -> Sequence[int]:
    """Those of the photos that a scan followed to where they are, and that nobody has looked at there."""
    unseen = and_(photos.c.unconfirmed, photos.c.checked_at.is_(None))
    return connection.execute(select(photos.c.id).where(photos.c.id.in_(photo_ids), unseen)).scalars().all()


def _checkable(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    is_there = photos.c.missing_since.is_(None)  # and in a folder, as that can be reached
    return and_(condition, is_there, REACHABLE, photos.c.state == "ready", photos.c.content_hash.is_not(None))


def _not_since(since: float) -> ColumnElement[bool]:
    return or_(photos.c.checked_at.is_(None), photos.c.checked_at < since)
