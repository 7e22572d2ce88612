"""From a query to its hits: query to vector, vector to neighbours, neighbours to photos."""

import os
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from guie_desktop.arrays import Embedding
from guie_desktop.asking import Answer, Filter, Hit, Query
from guie_desktop.errors import UserError
from guie_desktop.library.catalog import Catalog
from guie_desktop.search.neighbours import Neighbours
from guie_desktop.search.part_space import PartSpace
from guie_desktop.search.places import best_of, each_photo_once, shown_first
from guie_desktop.search.query_vector import GoesOn, QueryVectors, SearchableBackbone, stop_unless
from guie_desktop.search.space import Space


class SearchEngine:
    """Answers queries by one backbone."""

    def __init__(self, catalog: Catalog, backbone: SearchableBackbone) -> None:
        self.catalog = catalog
        self.backbone = backbone
        self._vectors, self._neighbours = QueryVectors(catalog, backbone), Neighbours(catalog)

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
        query = replace(query, which=self._meant(query.which))
        words = self.backbone.ready_text_search() if query.text or query.unlike_text else None
        space = self.space if words is None else words.space
        vector, own = self._vectors.of(query, space, words, goes_on)
        weight = space.personal_weight(vector, own) if query.head == "current" else 0.0
        stop_unless(goes_on)
        looked_into = self.backbone.parts.photos
        parts = None
        if query.parts and looked_into:
            parts = self.backbone.parts if words is None else words.parts
        hits = tuple(self._hits(space.query(vector, weight), weight, query, space, parts))
        if not hits and query.which:
            self._neighbours.check_there(query.which, space)
        return Answer(
            hits=hits,
            model=self.backbone.name,
            model_title=self.backbone.title,
            head=space.head_name(query.head),
            seconds=time.perf_counter() - started,
            nothing_similar=not any(hit.similar for hit in hits),
            personal=weight,
            looked_into=looked_into,
        )

    def _meant(self, which: Filter) -> Filter:
        """The filter with the folder by its own name; UserError where it is for an album that is gone."""
        for album_id in (*which.albums, *which.not_albums):
            self.catalog.album(album_id)
        return which if which.folder is None else replace(which, folder=Path(os.path.realpath(which.folder)))

    def _hits(
        self, vector: Embedding, weight: float, query: Query, space: Space, parts: PartSpace | None
    ) -> Iterator[Hit]:
        if query.top < 1:
            raise UserError("At least one hit must be asked for.", "Give --top a number from 1 up.")
        cutoff, own = space.cutoff(weight), frozenset(query.photos)
        asked = {*own, *(photo.id for photo in map(self._vectors.known, query.images) if photo is not None)}
        away, rank = self.catalog.folders_away(), 0
        alike = self._neighbours.of(vector, query, space)
        if parts is not None:
            alike = best_of(alike, self._neighbours.of(vector, query, parts), parts.gain(space, weight))
        for showing, score in each_photo_once(alike):
            if all(photo.id in own for photo in showing.photos):
                continue
            rank += 1
            similar = cutoff is None or score >= cutoff
            found = shown_first(showing.photos, away, asked)
            places = tuple(photo.path for photo in found)
            probability = space.probability(score, weight)
            shown = (showing.frame, found[0].shape, showing.box)
            yield Hit(rank, found[0].id, places, score, similar, probability, *shown)
            if rank == query.top:
                return
