"""The photos that pass a query's filter, nearest first: asked one by one, or listed where few of those pass."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

import numpy as np

from guie_desktop.arrays import Keys, Scores
from guie_desktop.asking import Filter, Query
from guie_desktop.domain import Showing
from guie_desktop.errors import NOT_YET, NothingPasses, UserError
from guie_desktop.library.catalog import Catalog
from guie_desktop.search.ranking import Ranking
from guie_desktop.sentences import Sentence

_ASKED_AT_ONCE, _SHOWN_AT_ONCE = 1024, 256
"""Photos of which only is asked whether they pass, and of which all is read that is shown."""
_DEARER = 10
"""Times as long as listing a photo among those that pass takes comparing one that is near exactly and asking whether it
does, of which there are more than are wanted."""


class Neighbours:
    """Finds what lies near a vector, among the photos of one catalog."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    def of(self, ranking: Ranking, query: Query) -> Iterator[tuple[Showing, float]]:
        """Present photos that pass the query's filter, all copies of one together, best first.

        Videos come with each frame, photos with each part where parts are what is ranked.

        The nearest are asked whether they pass, which is enough where many do. Where so few do that it takes less to
        list all that pass, the nearest of these are told: a search has as many hits as there are. They are at once
        where the list is there from the search before.
        """
        which, wanted = query.which, query.top + len(query.asked_photos) + 16

        def is_worth_listing(share: float) -> bool:
            return share**2 * len(ranking.near) < _DEARER * wanted  # share * len < _DEARER * wanted / share

        listed = ranking.features.listed(which) if which else None
        if listed is not None and is_worth_listing(len(listed) / max(len(ranking.near), 1)):
            yield from self._nearest_of(listed, ranking, which, wanted)
            return
        told: list[Keys] = []
        asked = passed = 1  # one more than there were, for that none of a few passes says little
        for keys, scores in _portions(ranking.near.runs(wanted), _ASKED_AT_ONCE):
            passes = ranking.features.passing(keys, which) if which else np.ones(len(keys), bool)
            asked, passed = asked + len(keys), passed + int(passes.sum())
            yield from self._photos_of(ranking, keys[passes], scores[passes], which)
            told.append(keys)
            if which and is_worth_listing(passed / asked):
                others = np.setdiff1d(ranking.features.live_ids(which=which), np.concatenate(told))
                yield from self._nearest_of(others, ranking, which, wanted)
                return

    def _nearest_of(
        self, listed: Keys, ranking: Ranking, which: Filter, wanted: int
    ) -> Iterator[tuple[Showing, float]]:
        for keys, scores in ranking.near.runs(wanted, among=listed):
            yield from self._photos_of(ranking, keys, scores, which)

    def check_there(self, which: Filter, ranking: Ranking) -> None:
        """UserError where no photo that can be searched passes a filter."""
        if not len(ranking.features.live_ids(which=which)):
            raise self._nothing_there(which)

    def _photos_of(
        self, ranking: Ranking, keys: Keys, scores: Scores, which: Filter
    ) -> Iterator[tuple[Showing, float]]:
        parts = ranking.parts
        for some, their_scores in _portions([(keys, scores)], _SHOWN_AT_ONCE):
            features = (some if parts is None else parts.features_of(some)).tolist()
            showing = self._catalog.photos_showing(features, which)
            for key, feature, score in zip(some.tolist(), features, their_scores.tolist(), strict=True):
                if feature in showing:
                    seen = showing[feature]
                    seen = seen if parts is None else replace(seen, box=parts.box_of(key))
                    yield seen, min(score, 1.0)

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
            return NothingPasses("The library has no photos that pass all filters.", "Take one of the filters away.")
        if not album:
            nothing_in = Sentence("The library has no photos in {folder}.", folder=folder)
            return UserError(nothing_in, "Add the folder, or choose another one.")
        without = Sentence("The album {album} has no photos.", album=album)
        nothing_of = Sentence("The album {album} has no photos in {folder}.", album=album, folder=folder)
        return UserError(nothing_of if folder else without, "Put some into it, or search without it.")


def _portions(runs: Iterable[tuple[Keys, Scores]], most: int) -> Iterator[tuple[Keys, Scores]]:
    """The same in portions for which the catalog is asked at once."""
    for keys, scores in runs:
        for start in range(0, len(keys), most):
            portion = slice(start, start + most)
            yield keys[portion], scores[portion]
