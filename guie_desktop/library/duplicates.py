"""Duplicates as the catalog has them: what is compared, what was found last, and what the user said are none."""

import time
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from sqlalchemy import and_, case, delete, func, select
from sqlalchemy.dialects.sqlite import insert

from guie_desktop.domain import ContentHash
from guie_desktop.duplicates import ContentGroup, DuplicateGroup
from guie_desktop.library.catalog import Catalog
from guie_desktop.library.conditions import SHOWN, VISIBLE, below
from guie_desktop.library.database import reading, writing
from guie_desktop.library.photo_columns import PHOTO_COLUMNS, photo_of
from guie_desktop.library.tables import duplicate_groups, not_duplicates, photos

_UNDATED = ("file time",)
"""Sources of dates that say nothing of when a photo was taken, as copying changes them."""


@dataclass(frozen=True, slots=True)
class ComparedContent:
    """A content that is compared with others: the pixels and bytes of its largest file, and when it was taken."""

    content: ContentHash
    pixels: int
    bytes: int
    taken: float | None
    """Where its camera or name says so."""
    files: int


class Duplicates:
    """The duplicates of one catalog; each call is one transaction."""

    def __init__(self, catalog: Catalog) -> None:
        self._database = catalog.database

    def compared(self, folder: Path | None = None, *, with_videos: bool = False) -> list[ComparedContent]:
        """All contents of present photos (at or below this folder); of videos only where that is asked for."""
        conditions = [SHOWN, photos.c.state == "ready", *([] if folder is None else [below(folder)])]
        if not with_videos:
            conditions.append(photos.c.kind.is_distinct_from("video"))
        taken = case((photos.c.taken_from.not_in(_UNDATED), photos.c.taken))
        size = func.coalesce(photos.c.width * photos.c.height, 0)
        query = (
            select(photos.c.content_hash, func.max(size), func.max(photos.c.bytes), func.min(taken), func.count())
            .where(*conditions)
            .group_by(photos.c.content_hash)
            .order_by(func.min(photos.c.id))
        )
        with reading(self._database) as connection:
            return [ComparedContent(*row) for row in connection.execute(query)]

    def keep(self, groups: Sequence[ContentGroup], detail: Mapping[ContentHash, float]) -> None:
        """Keep what was found in the whole library, in place of what was found before."""
        rows = [
            {
                "number": number,
                "content_hash": content,
                "kind": group.kind,
                "place": place,
                "detail": detail.get(content, 0.0),
            }
            for number, group in enumerate(groups)
            for place, content in enumerate(group.contents)
        ]
        with writing(self._database) as connection:
            connection.execute(delete(duplicate_groups))
            if rows:
                connection.execute(insert(duplicate_groups), rows)

    def found(self) -> tuple[DuplicateGroup, ...]:
        """The groups that were found last, as far as their photos are there and were not parted since."""
        query = (
            select(*PHOTO_COLUMNS, duplicate_groups.c.number, duplicate_groups.c.kind.label("found_as"))
            .join(photos, photos.c.content_hash == duplicate_groups.c.content_hash)
            .where(VISIBLE)
            .order_by(duplicate_groups.c.number, duplicate_groups.c.place, photos.c.id)
        )
        with reading(self._database) as connection:
            rows = connection.execute(query).all()
        parted = self.parted()
        found = []
        for _, members in groupby(rows, key=lambda row: row.number):
            listed = list(members)
            whole = DuplicateGroup(listed[0].found_as, tuple(photo_of(row) for row in listed))
            for contents in unparted(whole.contents, parted):
                photos_of_them = tuple(photo for photo in whole.photos if photo.content_hash in contents)
                if len(photos_of_them) > 1:
                    found.append(DuplicateGroup(whole.kind if len(contents) > 1 else "exact", photos_of_them))
        return tuple(found)

    def detail(self) -> dict[ContentHash, float]:
        """How sharp the contents are that were found last."""
        query = select(duplicate_groups.c.content_hash, duplicate_groups.c.detail)
        with reading(self._database) as connection:
            return {row.content_hash: row.detail for row in connection.execute(query)}

    def parted(self) -> set[frozenset[ContentHash]]:
        """Which contents are no duplicates of each other, as the user said."""
        with reading(self._database) as connection:
            rows = connection.execute(select(not_duplicates.c.one, not_duplicates.c.other))
            return {frozenset((row.one, row.other)) for row in rows}

    def part(self, pairs: Iterable[frozenset[ContentHash]]) -> tuple[frozenset[ContentHash], ...]:
        """Remember that these are no duplicates of each other; those of which it was not said before."""
        before = self.parted()
        new = tuple(pair for pair in dict.fromkeys(pairs) if pair not in before)
        rows = [{"one": min(pair), "other": max(pair), "said_at": time.time()} for pair in new]
        if rows:
            with writing(self._database) as connection:
                connection.execute(insert(not_duplicates).on_conflict_do_nothing(), rows)
        return new

    def unite(self, pairs: Iterable[frozenset[ContentHash]]) -> None:
        """Take back what `part` said of these."""
        with writing(self._database) as connection:
            for pair in pairs:
                which = and_(not_duplicates.c.one == min(pair), not_duplicates.c.other == max(pair))
                connection.execute(delete(not_duplicates).where(which))


def unparted(contents: Sequence[ContentHash], parted: Set[frozenset[ContentHash]]) -> list[list[ContentHash]]:
    """The contents of a group, taken apart where the user said so since it was found."""
    parts: list[list[ContentHash]] = []
    for content in contents:
        joined = next(
            (part for part in parts if not any(frozenset((content, other)) in parted for other in part)), None
        )
        if joined is not None:
            joined.append(content)
        else:
            parts.append([content])
    return [part for part in parts if len(part) > 1 or frozenset(part) not in parted]


def pairs_of(contents: Sequence[ContentHash]) -> list[frozenset[ContentHash]]:
    """All pairs of these; of a single one itself, whose copies are meant."""
    if len(contents) == 1:
        return [frozenset(contents)]
    return [frozenset((one, other)) for place, one in enumerate(contents) for other in contents[place + 1 :]]
