"""The photos in a query's scope, nearest first: from the index, or compared one by one where the scope is small."""

import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from guie_desktop.arrays import Embedding, Keys, Scores
from guie_desktop.domain import Album, Query, Showing
from guie_desktop.errors import NOT_YET, UserError
from guie_desktop.library.catalog import Catalog
from guie_desktop.search.space import Space
from guie_desktop.sentences import Sentence

_ROWS_AT_ONCE = 50_000
"""Photos in scope, which are compared one by one: exact, within milliseconds, and bounded in memory."""

_PHOTOS_AT_ONCE = 256


class Neighbours:
    """Finds what lies near a vector, among the photos of one catalog."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    def of(self, vector: Embedding, query: Query, space: Space) -> Iterator[tuple[Showing, float]]:
        """Present photos in the query's scope, all copies of one together, best first; videos with each frame.

        The index is asked for more until enough are found.
        """
        if query.folder is not None or query.album is not None:
            yield from self._in_scope(vector, query, space)
            return
        asked, seen = 0, 0
        wanted = query.top + len(query.photos) + 16
        while asked < len(space.index):
            asked = min(wanted, len(space.index))
            keys, scores = space.index.search(vector, asked)
            for start in range(seen, len(keys), _PHOTOS_AT_ONCE):
                run = slice(start, start + _PHOTOS_AT_ONCE)
                yield from self._photos_of(keys[run], scores[run])
            seen, wanted = asked, asked * 4

    def _in_scope(self, vector: Embedding, query: Query, space: Space) -> Iterator[tuple[Showing, float]]:
        folder = None if query.folder is None else Path(os.path.realpath(query.folder))
        album = None if query.album is None else self._catalog.album(query.album)
        keys = space.features.live_ids(below_folder=folder, album_id=query.album)
        if not len(keys):
            raise self._nothing_there(folder, album)
        keys = np.intersect1d(keys, space.index.keys)
        scores = np.empty(len(keys), np.float32)
        for start in range(0, len(keys), _ROWS_AT_ONCE):
            part = slice(start, start + _ROWS_AT_ONCE)
            scores[part] = space.index.rows(keys[part]) @ vector
        order = np.argsort(-scores, kind="stable")
        for start in range(0, len(order), _PHOTOS_AT_ONCE):
            run = order[start : start + _PHOTOS_AT_ONCE]
            yield from self._photos_of(keys[run], scores[run], folder, query.album)

    def _photos_of(
        self, keys: Keys, scores: Scores, folder: Path | None = None, album_id: int | None = None
    ) -> Iterator[tuple[Showing, float]]:
        showing = self._catalog.photos_showing([int(key) for key in keys], folder, album_id)
        for key, score in zip(keys, scores, strict=True):
            if int(key) in showing:
                yield showing[int(key)], min(float(score), 1.0)

    def _nothing_there(self, folder: Path | None, album: Album | None) -> UserError:
        if self._catalog.has_photos(folder, None if album is None else album.id):
            if album is not None:
                of_album = Sentence("The photos of the album {album} cannot be searched yet.", album=album.name)
                return UserError(of_album, NOT_YET)
            in_folder = Sentence("The photos in {folder} cannot be searched yet.", folder=folder)
            return UserError(in_folder if folder else Sentence("The photos cannot be searched yet."), NOT_YET)
        if album is None:
            nowhere = Sentence("The library has no photos.")
            nothing_in = Sentence("The library has no photos in {folder}.", folder=folder)
            return UserError(nothing_in if folder else nowhere, "Add the folder, or choose another one.")
        without = Sentence("The album {album} has no photos.", album=album.name)
        nothing_of = Sentence("The album {album} has no photos in {folder}.", album=album.name, folder=folder)
        return UserError(nothing_of if folder else without, "Put some into it, or search without it.")
