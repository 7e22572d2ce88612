"""Photos that belong with an album and are not in it: the nearest neighbours of its members."""

from collections.abc import Collection, Iterator
from itertools import islice, takewhile

import numpy as np

from guie_desktop.arrays import Floats, Keys, Scores
from guie_desktop.asking import Hit
from guie_desktop.domain import Showing
from guie_desktop.errors import NOT_YET, UserError
from guie_desktop.library.catalog import Catalog
from guie_desktop.library.feature_store import evenly
from guie_desktop.search.places import each_photo_once, shown_first
from guie_desktop.search.space import Space
from guie_desktop.search.vectors import VectorIndex
from guie_desktop.sentences import Sentence

_AS_LIKELY_AS_NOT = 0.5
_ASKED_AT_MOST = 200
"""Members; they are spread evenly over the album, and bound the time."""
_NEIGHBOURS = 100
"""Of each member that is asked, where the index is too large to compare everything."""
_ROWS_AT_ONCE = 4096
_PHOTOS_AT_ONCE = 256


def suggest(catalog: Catalog, space: Space, album_id: int, most: int) -> tuple[Hit, ...]:
    """Present photos that belong with an album, the surest first; `score` is the best similarity to a member.

    Those that lie in an album which has no photo in common with this one come last, the surest of them first: who keeps
    two albums apart has said where they belong. Left out is what was decided already, in any copy, what is nearer to a
    photo that is "not this" than to any member, and, where the album was learned, what rather does not belong.
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
    asked = space.queries(asked, weight)
    near = _candidates(index, held, asked)
    decided = space.features.with_frames(np.concatenate([members, refused]))
    candidates = near[~np.isin(near, decided)]
    is_apart = np.isin(candidates, space.features.with_frames(space.features.kept_apart_ids(album_id)))
    unwanted = space.queries(index.rows(refused[np.isin(refused, held)]), weight)
    found: list[tuple[Showing, float]] = []
    for keys in (candidates[~is_apart], candidates[is_apart]):
        scores = _best_similarity(index, keys, asked)
        best = each_photo_once(_best_first(catalog, index, keys, scores, unwanted))
        likely = takewhile(lambda one: _may_belong(space.probability(one[1], weight)), best)
        found += islice(likely, most - len(found))
    cutoff, away = space.cutoff(weight), catalog.folders_away()
    return tuple(_hit(rank, showing, score, cutoff, away) for rank, (showing, score) in enumerate(found, start=1))


def _hit(rank: int, showing: Showing, score: float, cutoff: float | None, away: Collection[int]) -> Hit:
    copies = shown_first(showing.photos, away)
    places = tuple(photo.path for photo in copies)
    similar = cutoff is None or score >= cutoff
    return Hit(rank, copies[0].id, places, score, similar, frame=showing.frame, shape=copies[0].shape)


def _may_belong(probability: float | None) -> bool:
    # It is the probability of a hit of one photo. For the nearest of many members it says too much, so it is not told.
    return probability is None or probability >= _AS_LIKELY_AS_NOT


def _candidates(index: VectorIndex, held: Keys, asked: Floats) -> Keys:
    # Where the index itself scans, one matrix product over all rows is exact and faster than a search for each member.
    if not index.is_graph:
        return held
    return np.unique(np.concatenate([index.search(row, _NEIGHBOURS)[0] for row in asked]))


def _best_similarity(index: VectorIndex, keys: Keys, to: Floats) -> Scores:
    best = np.empty(len(keys), np.float32)
    for start in range(0, len(keys), _ROWS_AT_ONCE):
        part = slice(start, start + _ROWS_AT_ONCE)
        best[part] = (index.rows(keys[part]) @ to.T).max(axis=1)
    return best


def _best_first(
    catalog: Catalog, index: VectorIndex, keys: Keys, scores: Scores, unwanted: Floats
) -> Iterator[tuple[Showing, float]]:
    """The photos with this content, all copies of one together; what is nearer to what is unwanted falls out."""
    order = np.argsort(-scores, kind="stable")
    for start in range(0, len(order), _PHOTOS_AT_ONCE):
        run = order[start : start + _PHOTOS_AT_ONCE]
        if len(unwanted):
            run = run[scores[run] >= _best_similarity(index, keys[run], unwanted)]
        showing = catalog.photos_showing([int(key) for key in keys[run]])
        for key, score in zip(keys[run], scores[run], strict=True):
            if int(key) in showing:
                yield showing[int(key)], min(float(score), 1.0)
