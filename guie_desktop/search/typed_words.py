"""What is typed, looked for in dates, and in the names, folders, albums and notes of photos."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from guie_desktop.asking import Filter, Hit, Query, together
from guie_desktop.domain import Photo
from guie_desktop.library.catalog import Catalog
from guie_desktop.library.ordered_photos import NEWEST_FIRST
from guie_desktop.library.word_index import WordHit, WordIndex
from guie_desktop.search.dates_in_words import dates_in

_MORE = 4
"""Times as many photos as hits are wanted, since copies of one photo are one hit."""

Found = list[tuple[Hit, bytes]]
"""Hits, each with the content hash of what it shows."""


class TypedWords:
    """Answers the part of a query that is typed and needs no model, from one catalog."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog, self._words = catalog, WordIndex(catalog.database)

    def dated(self, query: Query, today: date) -> tuple[Query, tuple[str, ...]]:
        """The query with the dates in its words as a filter, and these as they were typed."""
        if "dates" not in query.sources or not query.text:
            return query, ()
        read = dates_in(query.text, today)
        if not read.said:
            return query, ()
        when = Filter(taken=read.spans, weekdays=tuple(sorted(read.weekdays)))
        return replace(query, text=read.words, which=together(query.which, when)), read.said

    def named(self, query: Query) -> Found:
        """Photos that have all the words in what they are called or say, best first; none where that is not wanted."""
        if "names" not in query.sources or not query.text or query.has_examples:
            return []
        return list(self._hits(self._words.find(query.text, _MORE * query.top, query.which), query.top))

    def newest(self, query: Query) -> Found:
        """All photos that pass, the newest first."""
        ids = self._catalog.ordered(NEWEST_FIRST, which=query.which).ids[: _MORE * query.top]
        return list(self._hits([WordHit(photo_id, ()) for photo_id in ids], query.top))

    def _hits(self, found: Sequence[WordHit], top: int) -> Iterator[tuple[Hit, bytes]]:
        photos = self._catalog.photos([one.photo_id for one in found])
        places = self._catalog.places([photo.content_hash for photo in photos.values()])
        seen: set[bytes] = set()
        for one in found:
            photo = photos.get(one.photo_id)
            if photo is None or photo.content_hash in seen:
                continue
            seen.add(photo.content_hash)
            others = [place for place in places.get(photo.content_hash, ()) if place != photo.path]
            yield _hit(len(seen), photo, (photo.path, *others), one), photo.content_hash
            if len(seen) == top:
                return


def _hit(rank: int, photo: Photo, places: tuple[Path, ...], one: WordHit) -> Hit:
    return Hit(
        rank,
        photo.id,
        places,
        1.0,
        similar=True,
        shape=photo.shape,
        found_in=one.fields[0] if one.fields else None,
    )


def interleaved(named: Found, pictured: Found, top: int) -> tuple[Hit, ...]:
    """What was found by name and what was found by picture, each once, numbered: names have half of the room first."""
    contents = {content for _, content in named}
    only_pictured = [one for one in pictured if one[1] not in contents]
    first = max(top // 2, top - len(only_pictured))
    together = [*named[:first], *only_pictured, *named[first:]][:top]
    ranked = enumerate((hit for hit, _ in together), start=1)
    return tuple(hit if hit.rank == rank else replace(hit, rank=rank) for rank, hit in ranked)
