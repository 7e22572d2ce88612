"""Photos by what they show: like others, or as words say."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from guie_desktop.asking import Hit, Query
from guie_desktop.domain import Showing
from guie_desktop.errors import UserError
from guie_desktop.library.catalog import Catalog
from guie_desktop.search.feedback import Feedback
from guie_desktop.search.known_words import KnownWords
from guie_desktop.search.likeness import Scale
from guie_desktop.search.neighbours import Neighbours
from guie_desktop.search.places import best_of, each_photo_once, shown_first
from guie_desktop.search.query_vector import GoesOn, QueryVectors, SearchableBackbone, SearchableText, stop_unless
from guie_desktop.search.ranking import Ranking
from guie_desktop.search.typed_words import Found


@dataclass(frozen=True, slots=True)
class Pictured:
    """What was found by what photos show, and what says so."""

    found: Found
    head: str
    """What made the scores."""
    personal: float = 0.0
    """How much of the ranking was learned from the albums."""
    known: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    knows: int = 0
    """As in `Ranking`."""


class PictureSearch:
    """Answers queries by one backbone."""

    def __init__(self, catalog: Catalog, backbone: SearchableBackbone) -> None:
        self._catalog, self._backbone = catalog, backbone
        self._vectors, self._neighbours = QueryVectors(catalog, backbone), Neighbours(catalog)
        self._feedback = Feedback(catalog)

    def search(self, query: Query, goes_on: GoesOn) -> Pictured:
        """The hits of a query, best first; fails as `SearchEngine.answer` does."""
        words = self._backbone.ready_text_search() if query.text or query.unlike_text else None
        if isinstance(words, KnownWords):
            # What was said yes to is an example of what the words mean.
            shown = query if query.has_examples else replace(query, photos=query.liked)
            ranking = words.ranking(shown, lambda photos: self._by_space(photos, None, goes_on))
        else:
            ranking = self._by_space(query, words, goes_on)
        stop_unless(goes_on)
        found = self._hits(ranking, query, list(self._shown(ranking, query, words)))
        if not found and query.which:
            self._neighbours.check_there(query.which, ranking)
        return Pictured(found, ranking.head, ranking.personal, ranking.known, ranking.unknown, ranking.knows)

    def _by_space(self, query: Query, words: SearchableText | None, goes_on: GoesOn) -> Ranking:
        space = self._backbone.space if words is None else words.space
        vector, own = self._vectors.of(query, space, words, goes_on)
        asked = space.ask(vector, own, query.head)
        weight = asked.weight
        wanted = self._feedback.on(asked.vector, weight, query, space)
        near = asked.near if wanted is asked.vector else None
        return Ranking(
            near=near or space.index.near(wanted),
            features=space.features,
            vector=wanted,
            cutoff=space.cutoff(weight),
            # It was learned of plain queries.
            probability=lambda score: None if query.liked or query.disliked else space.probability(score, weight),
            head=space.head_name(query.head),
            scale=Scale(space, vector, weight) if words is None else None,
            personal=weight,
        )

    def _alike(
        self, ranking: Ranking, query: Query, words: SearchableText | KnownWords | None
    ) -> Iterator[tuple[Showing, float]]:
        """Photos, best first, and where that is wished their parts among them."""
        photos = self._neighbours.of(ranking, query)
        # A classifier's probabilities are those of whole photos.
        if not (query.parts and self._backbone.parts.photos) or isinstance(words, KnownWords):
            return photos
        space, parts = (self._backbone.space, self._backbone.parts) if words is None else (words.space, words.parts)
        assert ranking.vector is not None
        of_parts = replace(ranking, near=parts.index.near(ranking.vector), features=parts.store, parts=parts)
        return best_of(photos, self._neighbours.of(of_parts, query), parts.gain(space, ranking.personal))

    def _shown(
        self, ranking: Ranking, query: Query, words: SearchableText | KnownWords | None
    ) -> Iterator[tuple[Showing, float]]:
        """What is found, best first, without what is looked for itself; as much as is wanted."""
        if query.top < 1:
            raise UserError("At least one hit must be asked for.", "Give --top a number from 1 up.")
        own, alike = query.asked_photos, each_photo_once(self._alike(ranking, query, words))
        return islice((one for one in alike if not all(photo.id in own for photo in one[0].photos)), query.top)

    def _hits(self, ranking: Ranking, query: Query, shown: Sequence[tuple[Showing, float]]) -> Found:
        """Each with the content hash of what it shows."""
        images = map(self._vectors.known, query.images)
        asked = {*query.asked_photos, *(photo.id for photo in images if photo is not None)}
        away, cutoff, scale = self._catalog.folders_away(), ranking.cutoff, ranking.scale
        scores, contents = [score for _, score in shown], [showing.content_hash for showing, _ in shown]
        similar = [cutoff is None or score >= cutoff for score in scores]
        alike = [(None, None)] * len(shown) if scale is None else scale.of(scores, similar, contents)
        found: Found = []
        told = zip(shown, contents, similar, alike, strict=True)
        for (showing, score), content, is_similar, (likely, likeness) in told:
            photos = shown_first(showing.photos, away, asked)
            hit = Hit(
                len(found) + 1,
                photos[0].id,
                tuple(photo.path for photo in photos),
                score,
                is_similar,
                ranking.probability(score),
                showing.frame,
                photos[0].shape,
                showing.box,
                ranking.is_recognition,
                likely=likely,
                likeness=likeness,
            )
            found.append((hit, content))
        return found
