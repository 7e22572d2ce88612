"""The photos that pass a query's filter, nearest first: from the index, or compared one by one where they are few."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from guie_desktop.arrays import Keys, Scores
from guie_desktop.asking import Filter, Query
from guie_desktop.domain import Showing
from guie_desktop.errors import NOT_YET, UserError
from guie_desktop.library.catalog import Catalog
from guie_desktop.search.ranking import Ranking
from guie_desktop.sentences import Sentence

_COMPARED = 50_000
"""Photos, up to which they are compared one by one: exact, within milliseconds, and bounded in memory."""
_ASKED = 20_000
"""Neighbours, among which there are enough that pass, or those that pass are so few that they are compared."""

_WIDER = 8
"""Times as many neighbours are asked for where not all pass: a graph that is asked for more also misses less of it."""

_PHOTOS_AT_ONCE = 256


class Neighbours:
    """Finds what lies near a vector, among the photos of one catalog."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    def of(self, ranking: Ranking, query: Query) -> Iterator[tuple[Showing, float]]:
        """Present photos that pass the query's filter, all copies of one together, best first.

        Videos come with each frame, photos with each part where parts are what is ranked.

        The index is asked for more until enough are found. It knows nothing of filters, and a graph finds what lies
        far from the query badly, so few that pass are compared with the query instead: a search has as many hits as
        there are.
        """
        which, index, asked, seen = query.which, ranking.index, 0, 0
        if which and not self._catalog.has_photos(which, more_than=_COMPARED):
            yield from self._compared(ranking, which, None)
            return
        wanted = (query.top + len(query.asked_photos) + 16) * (_WIDER if which else 1)
        while asked < len(index):
            if which and wanted > _ASKED:
                yield from self._compared(ranking, which, index.search(ranking.vector, asked)[0])
                return
            asked = min(wanted, len(index))
            keys, scores = index.search(ranking.vector, asked)
            for start in range(seen, len(keys), _PHOTOS_AT_ONCE):
                run = slice(start, start + _PHOTOS_AT_ONCE)
                yield from self._photos_of(ranking, keys[run], scores[run], which)
            seen, wanted = asked, asked * 4

    def check_there(self, which: Filter, ranking: Ranking) -> None:
        """UserError where no photo that can be searched passes a filter."""
        if not len(ranking.features.live_ids(which=which)):
            raise self._nothing_there(which)

    def _compared(self, ranking: Ranking, which: Filter, told: Keys | None) -> Iterator[tuple[Showing, float]]:
        """All that pass, but for those of which was `told` already."""
        keys = ranking.features.live_ids(which=which)
        keys = keys[ranking.index.holds(keys)]
        if told is not None:
            keys = np.setdiff1d(keys, told)
        scores = np.empty(len(keys), np.float32)
        for start in range(0, len(keys), _COMPARED):
            part = slice(start, start + _COMPARED)
            scores[part] = ranking.index.rows(keys[part]) @ ranking.vector
        order = np.argsort(-scores, kind="stable")
        for start in range(0, len(order), _PHOTOS_AT_ONCE):
            run = order[start : start + _PHOTOS_AT_ONCE]
            yield from self._photos_of(ranking, keys[run], scores[run], which)

    def _photos_of(
        self, ranking: Ranking, keys: Keys, scores: Scores, which: Filter
    ) -> Iterator[tuple[Showing, float]]:
        parts = ranking.parts
        features = [int(key) for key in (keys if parts is None else parts.features_of(keys))]
        showing = self._catalog.photos_showing(features, which)
        for key, feature, score in zip(keys, features, scores, strict=True):
            if feature in showing:
                box = None if parts is None else parts.box_of(int(key))
                yield replace(showing[feature], box=box), min(float(score), 1.0)

    def _nothing_there(self, which: Filter) -> UserError:
        folder = which.folder
        albums = [self._catalog.album(album_id) for album_id in which.albums]
        album = albums[0].name if albums else ""
        if self._catalog.has_photos(which):
            of_album = Sentence("The photos of the album {album} cannot be searched yet.", album=album)
            in_folder = Sentence("The photos in {folder} cannot be searched yet.", folder=folder)
            of_these = Sentence("The photos cannot be searched yet.")
            told = of_album if album else in_folder if folder else of_these
            return UserError(told, NOT_YET)
        if which != Filter(folder=folder, albums=which.albums[:1]):
            return UserError("The library has no photos that pass all filters.", "Take one of the filters away.")
        if not album:
            nothing_in = Sentence("The library has no photos in {folder}.", folder=folder)
            return UserError(nothing_in, "Add the folder, or choose another one.")
        without = Sentence("The album {album} has no photos.", album=album)
        nothing_of = Sentence("The album {album} has no photos in {folder}.", album=album, folder=folder)
        return UserError(nothing_of if folder else without, "Put some into it, or search without it.")
