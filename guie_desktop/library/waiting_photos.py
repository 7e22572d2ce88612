"""Which photos wait: to be read for the first time or anew, or to be embedded by a backbone."""

from array import array
from collections.abc import Iterator, Set
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, literal_column, or_, select

from guie_desktop.library.catalog import Catalog
from guie_desktop.library.conditions import OUTDATED, REACHABLE, VISIBLE, chunks, exists_feature, in_state
from guie_desktop.library.database import reading
from guie_desktop.library.photo_rows import PendingPhoto
from guie_desktop.library.tables import photos
from guie_desktop.library.unsettled import may_be_left

_ROWS_AT_ONCE = 256

# The sign keeps SQLite from reading all photos of each folder, as that would be in order.
_IN_TURN: tuple[ColumnElement[Any], ...] = (
    literal_column("+photos.folder_id").desc(),
    photos.c.mtime_ns.desc(),
    photos.c.id.desc(),
)
_IS_NEW = in_state("new")


class WaitingPhotos(Catalog):
    """The catalog, asked for what is still to be done. Without a backbone it is what cannot be shown as it is now."""

    def pending(self, backbone: str | None = None, within: Set[Path] | None = None) -> Iterator[PendingPhoto]:
        """Photos to be read (in these directories): of the folder that was added last first, its newest first.

        That is the order in which they are looked at, as far as their files tell. A photo that waits no more when its
        turn comes is left out.
        """
        yield from self.still_pending(self.pending_ids(backbone, within), backbone)

    def pending_ids(self, backbone: str | None = None, within: Set[Path] | None = None) -> "array[int]":
        """Their ids, in this order; safe in any thread."""
        with reading(self.database) as connection:
            query = select(photos.c.id).where(*_waiting(connection, backbone, within)).order_by(*_IN_TURN)
            return array("q", connection.execute(query).scalars())

    def still_pending(self, ids: "array[int]", backbone: str | None = None) -> Iterator[PendingPhoto]:
        """Those of these photos that wait when their turn comes."""
        is_shown = and_(photos.c.state == "ready", ~OUTDATED).label("is_shown")
        columns = (photos.c.id, photos.c.directory, photos.c.name, photos.c.content_hash, is_shown)
        for part in chunks(ids, _ROWS_AT_ONCE):
            for row in self._rows(
                select(*columns).where(photos.c.id.in_(part), _waits_for(backbone)).order_by(*_IN_TURN)
            ):
                yield PendingPhoto(row.id, row.directory / row.name, row.content_hash, bool(row.is_shown))

    def pending_count(self, backbone: str | None = None, within: Set[Path] | None = None) -> int:
        """How many photos wait to be read (in these directories)."""
        with reading(self.database) as connection:
            query = select(func.count()).select_from(photos).where(*_waiting(connection, backbone, within))
            return int(connection.execute(query).scalar_one())

    def is_pending(self, backbone: str | None = None) -> bool:
        """Whether any photo waits to be read."""
        with reading(self.database) as connection:
            query = select(photos.c.id).where(*_waiting(connection, backbone)).limit(1)
            return connection.execute(query).first() is not None


def _waiting(
    connection: Connection, backbone: str | None, within: Set[Path] | None = None
) -> tuple[ColumnElement[bool], ...]:
    """The conditions of all that waits, asked of no more photos than may do so."""
    if within is not None:
        return photos.c.directory.in_(within), _waits_for(backbone)
    if backbone is None:
        return (_waits_for(backbone),)
    return or_(_IS_NEW, may_be_left(connection, backbone)), _waits_for(backbone)


def _waits_for(backbone: str | None) -> ColumnElement[bool]:
    """The condition that a photo is to be read: it is new; or it is outdated, or this backbone has not seen it."""
    if backbone is None:
        return and_(VISIBLE, REACHABLE, _IS_NEW)
    unseen = and_(photos.c.state == "ready", ~exists_feature(backbone))
    return and_(VISIBLE, REACHABLE, or_(_IS_NEW, unseen, OUTDATED))
