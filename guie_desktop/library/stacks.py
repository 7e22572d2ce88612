"""Photos in stacks: duplicates of each other, of which one is shown for all."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import and_, func, select

from guie_desktop.domain import ContentHash
from guie_desktop.library.catalog import Catalog
from guie_desktop.library.conditions import SHOWN
from guie_desktop.library.database import reading
from guie_desktop.library.duplicates import Duplicates, unparted
from guie_desktop.library.tables import duplicate_groups, photos

Stacks = Mapping[int, int]
"""Photo id to the stack that it is in, which has the id of its best photo; the best of each stack comes first."""


@dataclass(frozen=True, slots=True)
class Folded:
    """What becomes of some photos where each stack is one tile."""

    hidden: frozenset[int] = frozenset()
    sizes: Mapping[int, int] = field(default_factory=dict)
    """Photo id to how many of these photos its stack has, of all in a stack of several."""


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


def folded(ids: Iterable[int], stacks: Stacks, opened: Collection[int], *, are_ranked: bool) -> Folded:
    """Fold these photos but for the opened stacks; the best of each is shown, or the first where they are ranked."""
    if not stacks:
        return Folded()
    listed: dict[int, list[int]] = {}
    for photo_id in ids:
        if photo_id in stacks:
            listed.setdefault(stacks[photo_id], []).append(photo_id)
    places = {photo_id: place for place, photo_id in enumerate(stacks)} if not are_ranked else {}
    hidden, sizes = set[int](), dict[int, int]()
    for stack, members in listed.items():
        if len(members) > 1:
            sizes |= dict.fromkeys(members, len(members))
            if stack not in opened:
                shown = members[0] if are_ranked else min(members, key=places.__getitem__)
                hidden.update(one for one in members if one != shown)
    return Folded(frozenset(hidden), sizes)
