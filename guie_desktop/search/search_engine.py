"""From a query to its hits: query to vector, vector to neighbours, neighbours to photos."""

import os
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from guie_desktop.asking import Answer, Filter, Hit, Query
from guie_desktop.domain import Showing
from guie_desktop.errors import UserError
from guie_desktop.library.catalog import Catalog
from guie_desktop.search.feedback import Feedback
from guie_desktop.search.known_words import KnownWords
from guie_desktop.search.neighbours import Neighbours
from guie_desktop.search.places import best_of, each_photo_once, shown_first
from guie_desktop.search.query_vector import GoesOn, QueryVectors, SearchableBackbone, SearchableText, stop_unless
from guie_desktop.search.ranking import Ranking
from guie_desktop.search.space import Space


class SearchEngine:
    """Answers queries by one backbone."""

    def __init__(self, catalog: Catalog, backbone: SearchableBackbone) -> None:
        self.catalog = catalog
        self.backbone = backbone
        self._vectors, self._neighbours = QueryVectors(catalog, backbone), Neighbours(catalog)
        self._feedback = Feedback(catalog)

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
        if isinstance(words, KnownWords):
            # What was said yes to is an example of what the words mean.
            shown = query if query.has_examples else replace(query, photos=query.liked)
            ranking = words.ranking(shown, lambda photos: self._by_space(photos, None, goes_on))
        else:
            ranking = self._by_space(query, words, goes_on)
        stop_unless(goes_on)
        hits = tuple(self._hits(ranking, query, words))
        if not hits and query.which:
            self._neighbours.check_there(query.which, ranking)
        return Answer(
            hits=hits,
            model=self.backbone.name,
            model_title=self.backbone.title,
            head=ranking.head,
            seconds=time.perf_counter() - started,
            nothing_similar=not any(hit.similar for hit in hits),
            personal=ranking.personal,
            known=ranking.known,
            unknown=ranking.unknown,
            knows=ranking.knows,
            looked_into=self.backbone.parts.photos,
        )

    def _by_space(self, query: Query, words: SearchableText | None, goes_on: GoesOn) -> Ranking:
        space = self.space if words is None else words.space
        vector, own = self._vectors.of(query, space, words, goes_on)
        weight = space.personal_weight(vector, own) if query.head == "current" else 0.0
        wanted = space.expanded(space.query(vector, weight), weight, own)
        return Ranking(
            index=space.index,
            features=space.features,
            vector=self._feedback.on(wanted, weight, query, space),
            cutoff=space.cutoff(weight),
            # It was learned of plain queries.
            probability=lambda score: None if query.liked or query.disliked else space.probability(score, weight),
            head=space.head_name(query.head),
            personal=weight,
        )

    def _meant(self, which: Filter) -> Filter:
        """The filter with the folder by its own name; UserError where it is for an album that is gone."""
        for album_id in (*which.albums, *which.not_albums):
            self.catalog.album(album_id)
        return which if which.folder is None else replace(which, folder=Path(os.path.realpath(which.folder)))

    def _alike(
        self, ranking: Ranking, query: Query, words: SearchableText | KnownWords | None
    ) -> Iterator[tuple[Showing, float]]:
        """Photos, best first, and where that is wished their parts among them."""
        photos = self._neighbours.of(ranking, query)
        # A classifier's probabilities are those of whole photos.
        if not (query.parts and self.backbone.parts.photos) or isinstance(words, KnownWords):
            return photos
        space, parts = (self.space, self.backbone.parts) if words is None else (words.space, words.parts)
        of_parts = replace(ranking, index=parts.index, features=parts.store, parts=parts)
        return best_of(photos, self._neighbours.of(of_parts, query), parts.gain(space, ranking.personal))

    def _hits(self, ranking: Ranking, query: Query, words: SearchableText | KnownWords | None) -> Iterator[Hit]:
        if query.top < 1:
            raise UserError("At least one hit must be asked for.", "Give --top a number from 1 up.")
        cutoff, own = ranking.cutoff, query.asked_photos
        asked = {*own, *(photo.id for photo in map(self._vectors.known, query.images) if photo is not None)}
        away, rank = self.catalog.folders_away(), 0
        for showing, score in each_photo_once(self._alike(ranking, query, words)):
            if all(photo.id in own for photo in showing.photos):
                continue
            rank += 1
            similar = cutoff is None or score >= cutoff
            found = shown_first(showing.photos, away, asked)
            places = tuple(photo.path for photo in found)
            probability = ranking.probability(score)
            yield Hit(
                rank,
                found[0].id,
                places,
                score,
                similar,
                probability,
                showing.frame,
                found[0].shape,
                is_recognised=ranking.is_recognition,
                box=showing.box,
            )
            if rank == query.top:
                return
