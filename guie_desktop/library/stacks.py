"""Photos in stacks: duplicates of each other, of which folding.py has one shown for all."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, and_, func, or_, select

from guie_desktop.domain import ContentHash
from guie_desktop.library.catalog import Catalog
from guie_desktop.library.changed_photos import changes_since
from guie_desktop.library.conditions import SHOWN, chunks
from guie_desktop.library.database import reading
from guie_desktop.library.duplicates import Duplicates, unparted
from guie_desktop.library.folding import Stacks
from guie_desktop.library.tables import duplicate_groups, not_duplicates, photos


class FollowedStacks:
    """The stacks of a library, read again where photos have changed that are in one, or may be."""

    def __init__(self) -> None:
        self._read: tuple[Stacks, Any] | None = None
        """As they were read last, and what told of all that was found and said until then."""
        self._catalog: Catalog | None = None
        """Of which; another one may be the same file with a copy put back, whose changes have other numbers."""
        self._change: int | None = None
        """Number of the last change that they show."""

    def read(self, catalog: Catalog) -> Stacks:
        """Those of now; the same object where they are the same."""
        with reading(catalog.database) as connection:
            changes = changes_since(connection, self._change if catalog is self._catalog else None)
            told = tuple(connection.execute(_TOLD_BY).one())
            known = self._read if catalog is self._catalog else None
            is_known = known is not None and known[1] == told and changes.photos is not None
            if known is None or not is_known or _concern(connection, changes.photos or (), known[0]):
                known = None
        self._catalog, self._change = catalog, changes.number
        if known is None:
            known = read_stacks(catalog), told
        self._read = known
        return known[0]


_TOLD_BY = select(
    *(
        select(figure).scalar_subquery()
        for column in (duplicate_groups.c.number, duplicate_groups.c.detail, not_duplicates.c.said_at)
        for figure in (func.count(column), func.total(column))
    )
)
"""What is another one after each search for duplicates that found others, and after each word on them."""


def _concern(connection: Connection, changed: Sequence[int], stacks: Stacks) -> bool:
    """Whether any of these photos is in a stack, or may have come into one."""
    if not stacks.keys().isdisjoint(changed):
        return True
    copy = photos.alias("copy")
    has_copy = select(copy.c.id).where(copy.c.content_hash == photos.c.content_hash, copy.c.id != photos.c.id).exists()
    was_found = duplicate_groups.c.content_hash == photos.c.content_hash
    may_be = or_(has_copy, select(duplicate_groups.c.number).where(was_found).exists())
    found = (select(photos.c.id).where(photos.c.id.in_(part), may_be).limit(1) for part in chunks(changed))
    return any(connection.execute(query).first() is not None for query in found)


def read_stacks(catalog: Catalog) -> Stacks:
    """Copies of one content, and what was found last to be the same picture, except what the user parted."""
    several = select(photos.c.content_hash).where(SHOWN).group_by(photos.c.content_hash).having(func.count() > 1)
    of_content = and_(duplicate_groups.c.content_hash == photos.c.content_hash, duplicate_groups.c.kind == "same")
    query = (
        select(photos.c.id, photos.c.content_hash, duplicate_groups.c.number)
        .join(duplicate_groups, of_content, isouter=True)
        .where(SHOWN, duplicate_groups.c.number.is_not(None) | photos.c.content_hash.in_(several))
        .order_by(duplicate_groups.c.place, photos.c.id)
    )
    groups: dict[object, list[tuple[int, ContentHash]]] = {}
    with reading(catalog.database) as connection:
        for row in connection.execute(query):
            groups.setdefault(row.content_hash if row.number is None else row.number, []).append(
                (row.id, row.content_hash)
            )
    parted, stacks = Duplicates(catalog).parted(), dict[int, int]()
    for members in groups.values():
        for contents in unparted(list(dict.fromkeys(content for _, content in members)), parted):
            ids = [photo_id for photo_id, content in members if content in contents]
            stacks |= dict.fromkeys(ids, ids[0]) if len(ids) > 1 else {}
    return stacks
