"""From a query to its hits: by what photos show, and for words also by what they are called and when they are of."""

import os
import time
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

from guie_desktop.asking import Answer, Filter, Hit, Query, Source
from guie_desktop.errors import DamagedLibrary, UserError
from guie_desktop.library.catalog import Catalog
from guie_desktop.search.picture_search import Pictured, PictureSearch
from guie_desktop.search.query_vector import GoesOn, SearchableBackbone, stop_unless
from guie_desktop.search.space import Space
from guie_desktop.search.typed_words import Found, TypedWords, interleaved

_NOT_ASKED = Pictured([], "names")
"""Where words are not looked for in pictures."""


class SearchEngine:
    """Answers queries by one backbone."""

    def __init__(self, catalog: Catalog, backbone: SearchableBackbone) -> None:
        self.catalog = catalog
        self.backbone = backbone
        self._pictures, self._typed = PictureSearch(catalog, backbone), TypedWords(catalog)

    @property
    def space(self) -> Space:
        """The space that is searched now."""
        return self.backbone.space

    def answer(self, query: Query, goes_on: GoesOn = lambda: True) -> Answer:
        """The look-alikes of a query, best first.

        UserError where the query is empty, a photo cannot be read, or nothing lies in the folder or album asked for;
        Withdrawn where `goes_on`, which is asked between two steps, says that nobody waits for it any more.
        """
        started = time.perf_counter()
        undated = replace(query, which=self._meant(query.which))
        query, dates = self._typed.dated(undated, date.today())
        only_dates = bool(dates) and not (query.text or query.unlike_text or query.has_examples)
        if only_dates:
            named, pictured = self._typed.newest(query), _NOT_ASKED
        else:
            named = self._typed.named(query)
            stop_unless(goes_on)
            pictured = self._pictured(query, named, undated.which, goes_on)
        hits = interleaved(named, pictured.found, query.top)
        by_source = Counter(_source_of(hit, only_dates=only_dates) for hit in hits if hit.similar)
        return Answer(
            hits=hits,
            model=self.backbone.name,
            model_title=self.backbone.title,
            head=pictured.head,
            seconds=time.perf_counter() - started,
            nothing_similar=not any(hit.similar for hit in hits),
            personal=pictured.personal,
            found=by_source,
            dates=dates,
            known=pictured.known,
            unknown=pictured.unknown,
            knows=pictured.knows,
            looked_into=self.backbone.parts.photos,
        )

    def _pictured(self, query: Query, named: Found, undated: Filter, goes_on: GoesOn) -> Pictured:
        """By what photos show, where that is wanted; where it fails, what was found by name is there all the same.

        So it is where photos of other dates have the words, and only none of the dates that were typed.
        """
        if query.text and "pictures" not in query.sources and not query.has_examples:
            return _NOT_ASKED
        try:
            return self._pictures.search(query, goes_on)
        except DamagedLibrary:
            raise
        except UserError:
            if not named and not (undated != query.which and self._typed.named(replace(query, which=undated))):
                raise
            return replace(_NOT_ASKED, unknown=(query.text,))

    def _meant(self, which: Filter) -> Filter:
        """The filter with the folder by its own name; UserError where it is for an album that is gone."""
        for album_id in (*which.albums, *which.not_albums):
            self.catalog.album(album_id)
        return which if which.folder is None else replace(which, folder=Path(os.path.realpath(which.folder)))


def _source_of(hit: Hit, *, only_dates: bool) -> Source:
    if only_dates:
        return "dates"
    return "pictures" if hit.found_in is None else "names"
