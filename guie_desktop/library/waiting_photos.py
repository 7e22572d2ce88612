"""Which photos wait: to be read for the first time or anew, or to be embedded by a backbone."""

from array import array
from collections.abc import Iterator, Set
from pathlib import Path

from sqlalchemy import ColumnElement, and_, func, or_, select

from guie_desktop.library.catalog import Catalog
from guie_desktop.library.conditions import VISIBLE, chunks, exists_feature
from guie_desktop.library.photo_rows import OUTDATED, PendingPhoto
from guie_desktop.library.tables import folders, photos

_ROWS_AT_ONCE = 256


class WaitingPhotos(Catalog):
    """The catalog, asked for what is still to be done. Without a backbone it is what cannot be shown as it is now."""

    def pending(self, backbone: str | None = None, within: Set[Path] | None = None) -> Iterator[PendingPhoto]:
        """Photos to be read (in these directories): of the folder that was added last first, its newest first.

        That is the order in which they are looked at, as far as their files tell. A photo that waits no more when its
        turn comes is left out.
        """
        which = _waits_for(backbone)
        order = (photos.c.folder_id.desc(), photos.c.mtime_ns.desc(), photos.c.id.desc())
        of_these = which if within is None else and_(which, photos.c.directory.in_(within))
        ids = array("q", (row[0] for row in self._rows(select(photos.c.id).where(of_these).order_by(*order))))
        is_shown = and_(photos.c.state == "ready", ~OUTDATED).label("is_shown")
        columns = (photos.c.id, photos.c.directory, photos.c.name, photos.c.content_hash, is_shown)
        for part in chunks(ids, _ROWS_AT_ONCE):
            for row in self._rows(select(*columns).where(photos.c.id.in_(part), which).order_by(*order)):
                yield PendingPhoto(row.id, row.directory / row.name, row.content_hash, bool(row.is_shown))

    def pending_count(self, backbone: str | None = None, within: Set[Path] | None = None) -> int:
        """How many photos wait to be read (in these directories)."""
        query = select(func.count()).select_from(photos).where(_waits_for(backbone))
        if within is not None:
            query = query.where(photos.c.directory.in_(within))
        return int(self._rows(query)[0][0])


def _waits_for(backbone: str | None) -> ColumnElement[bool]:
    """The condition that a photo is to be read: it is new; or it is outdated, or this backbone has not seen it."""
    reachable = photos.c.folder_id.in_(select(folders.c.id).where(folders.c.online))
    is_new = photos.c.state == "new"
    if backbone is None:
        return and_(VISIBLE, reachable, is_new)
    unseen = and_(photos.c.state == "ready", ~exists_feature(backbone))
    return and_(VISIBLE, reachable, or_(is_new, unseen, OUTDATED))
