"""Photos that belong with an album and are not in it: the likely ones first, then those that are hard to tell."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import islice, takewhile

import numpy as np

from guie_desktop.arrays import Floats, Keys, Scores
from guie_desktop.asking import Hit
from guie_desktop.domain import Showing
from guie_desktop.errors import NOT_YET, UserError
from guie_desktop.library.catalog import Catalog
from guie_desktop.library.feature_store import evenly
from guie_desktop.search.belonging import FEWEST_MEMBERS, FEWEST_PHOTOS, Belonging, left, worth_asking
from guie_desktop.search.places import each_photo_once, shown_first
from guie_desktop.search.space import Space
from guie_desktop.search.vectors import VectorIndex
from guie_desktop.sentences import Sentence

_AS_LIKELY_AS_NOT = 0.5
_ASKED_AT_MOST = 200
"""Members, and photos that were refused; they are spread evenly over the album, and bound the time."""
_NEIGHBOURS = 100
"""Of each member that is asked, where the index is too large to compare all of everything."""
_ASKED_AT_ONCE = 16
_ROWS_AT_ONCE = 4096
_PHOTOS_AT_ONCE = 256


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What to ask of, the likely ones first."""

    hits: tuple[Hit, ...]
    left: float | None
    """About how many of the library's photos belong to the album and are not in it; None where that cannot be said."""


def suggest(catalog: Catalog, space: Space, album_id: int, most: int) -> Suggestions:
    """Present photos that belong with an album; `score` is the best similarity to a member.

    From a few members on, those come first that most likely belong there, and then those that are hard to tell, up to
    where about nobody is left. Until then those come first that are most like a member, and what is nearer to a photo
    that is "not this" than to any member is left out, and, where the album was learned, what rather does not belong.
    Those that lie in an album which has no photo in common with this one come last, the surest of them first: who keeps
    two albums apart has said where they belong. What was decided already is left out, in any copy.
    UserError where the album is not there, or has no photos to go by.
    """
    album = catalog.album(album_id)
    members = space.features.decided_ids(album_id, "member")
    refused = space.features.decided_ids(album_id, "not")
    index = space.index  # the indexer may put another in its place meanwhile
    held = index.keys
    asked = index.rows(evenly(members[np.isin(members, held)], _ASKED_AT_MOST))
    if not len(asked) and album.photos:
        raise UserError(Sentence("The photos of the album {album} cannot be searched yet.", album=album.name), NOT_YET)
    if not len(asked):
        raise UserError(
            Sentence("The album {album} has no photos to go by.", album=album.name), "Put some into it, and try again."
        )
    # One weight for all, so that what they say of a photo can be compared.
    weight = 1.0 if space.is_trained_on(members) else space.personal_weight(asked.mean(axis=0))
    queries = space.queries(asked, weight)
    decided = space.features.with_frames(np.concatenate([members, refused]))
    near = _candidates(index, held, queries)
    candidates = near[~np.isin(near, decided)]
    is_apart = np.isin(candidates, space.features.with_frames(space.features.kept_apart_ids(album_id)))
    unwanted = index.rows(evenly(refused[np.isin(refused, held)], _ASKED_AT_MOST))
    parts = candidates[~is_apart], candidates[is_apart]
    found: list[_Found] = []
    about: float | None = None
    if len(asked) >= FEWEST_MEMBERS and len(held) >= FEWEST_PHOTOS:
        stretch = space.stretch(weight)
        belonging = Belonging.of(asked * stretch, unwanted * stretch, space.spread(weight).precision)
        chances = [_chances(index, keys, belonging, stretch) for keys in parts]
        about = left(chances[0])
        for keys, chance in zip(parts, chances, strict=True):
            found += islice(_likeliest_first(catalog, index, keys, chance, queries), most - len(found))
    else:
        refusals = space.queries(unwanted, weight)
        for keys in parts:
            best = _most_alike_first(catalog, index, keys, queries, refusals)
            likely = takewhile(lambda one: _may_belong(space.probability(one.score, weight)), best)
            found += islice(likely, most - len(found))
    cutoff, away = space.cutoff(weight), catalog.folders_away()
    return Suggestions(tuple(_hit(rank, one, cutoff, away) for rank, one in enumerate(found, start=1)), about)


@dataclass(frozen=True, slots=True)
class _Found:
    showing: Showing
    score: float
    chance: float | None = None
    """How likely it belongs to the album."""


def _hit(rank: int, found: _Found, cutoff: float | None, away: Collection[int]) -> Hit:
    copies = shown_first(found.showing.photos, away)
    places = tuple(photo.path for photo in copies)
    similar = cutoff is None or found.score >= cutoff
    shown = copies[0]
    return Hit(rank, shown.id, places, found.score, similar, found.chance, frame=found.showing.frame, shape=shown.shape)


def _may_belong(probability: float | None) -> bool:
    # It is the probability of a hit of one photo. For the nearest of many members it says too much, so it is not told.
    return probability is None or probability >= _AS_LIKELY_AS_NOT


def _candidates(index: VectorIndex, held: Keys, asked: Floats) -> Keys:
    if index.compares_whole_rows:
        return held
    near = [
        one.candidates(_NEIGHBOURS)
        for start in range(0, len(asked), _ASKED_AT_ONCE)
        for one in index.compared(asked[start : start + _ASKED_AT_ONCE]).each()
    ]
    return np.unique(np.concatenate(near))


def _best_similarity(index: VectorIndex, keys: Keys, to: Floats) -> Scores:
    best = np.empty(len(keys), np.float32)
    for start in range(0, len(keys), _ROWS_AT_ONCE):
        part = slice(start, start + _ROWS_AT_ONCE)
        best[part] = (index.rows(keys[part]) @ to.T).max(axis=1)
    return best


def _chances(index: VectorIndex, keys: Keys, belonging: Belonging, stretch: Floats) -> Scores:
    chances = np.empty(len(keys), np.float32)
    for start in range(0, len(keys), _ROWS_AT_ONCE):
        part = slice(start, start + _ROWS_AT_ONCE)
        chances[part] = belonging.probabilities(index.rows(keys[part]) * stretch)
    return chances


def _likeliest_first(catalog: Catalog, index: VectorIndex, keys: Keys, chances: Scores, to: Floats) -> Iterator[_Found]:
    """The photos with this content that are worth asking of, all copies of one together."""
    is_worth = worth_asking(chances)
    keys, chances = keys[is_worth], chances[is_worth]
    order = np.argsort(-chances, kind="stable")
    chance_of = {int(key): float(chance) for key, chance in zip(keys, chances, strict=True)}
    seen: set[bytes] = set()
    for start in range(0, len(order), _PHOTOS_AT_ONCE):
        run = keys[order[start : start + _PHOTOS_AT_ONCE]]
        scores = _best_similarity(index, run, to)
        for key, showing, score in _shown(catalog, run, scores):
            content = showing.photos[0].content_hash
            if content not in seen:  # of a video its best frame alone
                seen.add(content)
                yield _Found(showing, score, chance_of[key])


def _most_alike_first(
    catalog: Catalog, index: VectorIndex, keys: Keys, to: Floats, unwanted: Floats
) -> Iterator[_Found]:
    """The photos with this content, all copies of one together; what is nearer to what is unwanted falls out."""
    scores = _best_similarity(index, keys, to)
    order = np.argsort(-scores, kind="stable")

    def runs() -> Iterator[tuple[Showing, float]]:
        for start in range(0, len(order), _PHOTOS_AT_ONCE):
            run = order[start : start + _PHOTOS_AT_ONCE]
            if len(unwanted):
                run = run[scores[run] >= _best_similarity(index, keys[run], unwanted)]
            yield from ((showing, score) for _, showing, score in _shown(catalog, keys[run], scores[run]))

    return (_Found(showing, score) for showing, score in each_photo_once(runs()))


def _shown(catalog: Catalog, keys: Keys, scores: Scores) -> Iterator[tuple[int, Showing, float]]:
    showing = catalog.photos_showing([int(key) for key in keys])
    for key, score in zip(keys, scores, strict=True):
        if int(key) in showing:
            yield int(key), showing[int(key)], min(float(score), 1.0)
