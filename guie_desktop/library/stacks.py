"""Photos in stacks: duplicates of each other, of which folding.py has one shown for all."""

from sqlalchemy import and_, func, select

from guie_desktop.domain import ContentHash
from guie_desktop.library.catalog import Catalog
from guie_desktop.library.conditions import SHOWN
from guie_desktop.library.database import reading
from guie_desktop.library.duplicates import Duplicates, unparted
from guie_desktop.library.folding import Stacks
from guie_desktop.library.tables import duplicate_groups, photos


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
