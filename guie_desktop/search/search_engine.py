"""From a query to its hits: query to vector, vector to neighbours, neighbours to photos."""

import os
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np

from guie_desktop.arrays import Embedding, Feature, Keys, Scores, StoredFeature
from guie_desktop.disk.same_file import is_unchanged
from guie_desktop.domain import Album, Answer, Hit, Photo, Query, Region, Showing
from guie_desktop.errors import NOT_YET, UserError
from guie_desktop.library.catalog import Catalog
from guie_desktop.search.places import each_video_once, shown_first
from guie_desktop.search.space import Space

# Rocchio's weights for relevant and irrelevant examples (Manning et al., Introduction to Information Retrieval, 9.1.1),
# with the usual caution towards the irrelevant ones.
_UNLIKE = 0.5
_ROWS_AT_ONCE = 50_000
"""Photos in scope, which are compared one by one: exact, within milliseconds, and bounded in memory."""


class SearchableText(Protocol):
    """The space that photos share with words."""

    @property
    def space(self) -> Space:
        """Head and index."""

    def embed(self, text: str) -> Embedding:
        """Words to a unit vector in the space."""


class SearchableBackbone(Protocol):
    """What is searched: a backbone with its current space, which may be another one at the next query."""

    @property
    def name(self) -> str:
        """For the answer."""

    @property
    def title(self) -> str:
        """For the answer, where people read it."""

    @property
    def space(self) -> Space:
        """Head and index."""

    def ready_text_search(self) -> SearchableText:
        """What answers where words are in the query; UserError where the backbone has no text tower."""

    def embed_file(self, path: Path, region: Region | None = None, moment: int | None = None) -> Feature:
        """The feature of a picture file, or of a moment of a video (milliseconds)."""


class SearchEngine:
    """Answers queries by one backbone."""

    def __init__(self, catalog: Catalog, backbone: SearchableBackbone) -> None:
        self.catalog = catalog
        self.backbone = backbone

    @property
    def space(self) -> Space:
        """The space that is searched now."""
        return self.backbone.space

    def answer(self, query: Query) -> Answer:
        """The look-alikes of a query, best first.

        UserError where the query is empty, a photo cannot be read, or nothing lies in the folder or album asked for.
        """
        started = time.perf_counter()
        words = self.backbone.ready_text_search() if query.text or query.unlike_text else None
        space = self.space if words is None else words.space
        vector, own = self._query_vector(query, space, words)
        weight = space.personal_weight(vector, own) if query.head == "current" else 0.0
        hits = tuple(self._hits(space.query(vector, weight), weight, query, space))
        return Answer(
            hits=hits,
            model=self.backbone.name,
            model_title=self.backbone.title,
            head=space.head_name(query.head),
            seconds=time.perf_counter() - started,
            nothing_similar=not any(hit.similar for hit in hits),
            personal=weight,
        )

    # --- query to vector --------------------------------------------------------------------------------------

    def _query_vector(self, query: Query, space: Space, words: SearchableText | None) -> tuple[Embedding, Keys]:
        """The sum of the examples' embeddings, and the keys of those that are in the library."""
        own: list[int] = []
        like = [self._photo_vector(photo, query, space, own) for photo in self._asked_photos(query.photos)]
        like += [self._image_vector(path, query, space, own) for path in query.images]
        unlike = [self._image_vector(path, Query(), space, []) for path in query.unlike]
        if words is not None:
            like += [words.embed(query.text)] if query.text else []
            unlike += [words.embed(query.unlike_text)] if query.unlike_text else []
        if not like:
            raise UserError("There is nothing to search for.", "Give at least one photo, or words.")
        vector: Embedding = np.mean(like, axis=0)
        if unlike:
            vector = vector - _UNLIKE * np.mean(unlike, axis=0)
        if float(np.linalg.norm(vector)) < 1e-6:
            raise UserError("These photos cancel each other out.", "Leave one of them away.")
        return vector, np.array(own, np.int64)

    def _asked_photos(self, ids: Sequence[int]) -> list[Photo]:
        known = self.catalog.photos(ids)
        if len(known) < len(set(ids)):
            raise UserError("This photo is no longer in the library.", "Choose another one.")
        return [known[photo_id] for photo_id in ids]

    def _photo_vector(self, photo: Photo, query: Query, space: Space, own: list[int]) -> Embedding:
        """The embedding of a photo of the library; its key is noted in `own` where all of it is meant."""
        shown, moment = photo.content_hash, None
        if photo.kind == "video" and (frames := self.catalog.frames_of(shown)):
            frame = next((one for one in frames if one.moment == query.moment), frames[0])
            shown, moment = frame.content_hash, frame.moment
        stored = None if query.region else space.features.keyed([shown]).get(shown)
        if stored is None:
            return _head_of(self.backbone.embed_file(photo.path, query.region, moment), space)
        own.append(stored[0])
        return _head_of(stored[1], space)

    def _image_vector(self, path: Path, query: Query, space: Space, own: list[int]) -> Embedding:
        photo = None if query.region else self._known(path)
        if photo is not None and is_unchanged(photo):
            return self._photo_vector(photo, query, space, own)
        return _head_of(self.backbone.embed_file(path, query.region, query.moment), space)

    def _known(self, path: Path) -> Photo | None:
        return self.catalog.photo_at(Path(os.path.realpath(path)))

    # --- vector to hits ---------------------------------------------------------------------------------------

    def _hits(self, vector: Embedding, weight: float, query: Query, space: Space) -> Iterator[Hit]:
        if query.top < 1:
            raise UserError("At least one hit must be asked for.", "Give --top a number from 1 up.")
        cutoff = space.cutoff(weight)
        asked = {*query.photos, *(photo.id for photo in map(self._known, query.images) if photo is not None)}
        away, rank = self.catalog.folders_away(), 0
        for showing, score in each_video_once(self._neighbours(vector, query, space)):
            if all(photo.id in query.photos for photo in showing.photos):
                continue
            rank += 1
            similar = cutoff is None or score >= cutoff
            found = shown_first(showing.photos, away, asked)
            places = tuple(photo.path for photo in found)
            probability = space.probability(score, weight)
            yield Hit(rank, found[0].id, places, score, similar, probability, showing.frame, found[0].shape)
            if rank == query.top:
                return

    def _neighbours(self, vector: Embedding, query: Query, space: Space) -> Iterator[tuple[Showing, float]]:
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
            yield from self._photos_of(keys[seen:], scores[seen:])
            seen, wanted = asked, asked * 4

    def _in_scope(self, vector: Embedding, query: Query, space: Space) -> Iterator[tuple[Showing, float]]:
        folder = None if query.folder is None else Path(os.path.realpath(query.folder))
        album = None if query.album is None else self.catalog.album(query.album)
        keys = space.features.live_ids(below_folder=folder, album_id=query.album)
        if not len(keys):
            raise self._nothing_there(folder, album)
        keys = np.intersect1d(keys, space.index.keys)
        scores = np.empty(len(keys), np.float32)
        for start in range(0, len(keys), _ROWS_AT_ONCE):
            part = slice(start, start + _ROWS_AT_ONCE)
            scores[part] = space.index.rows(keys[part]) @ vector
        order = np.argsort(-scores, kind="stable")
        for start in range(0, len(order), 256):
            run = order[start : start + 256]
            yield from self._photos_of(keys[run], scores[run], folder, query.album)

    def _photos_of(
        self, keys: Keys, scores: Scores, folder: Path | None = None, album_id: int | None = None
    ) -> Iterator[tuple[Showing, float]]:
        showing = self.catalog.photos_showing([int(key) for key in keys], folder, album_id)
        for key, score in zip(keys, scores, strict=True):
            if int(key) in showing:
                yield showing[int(key)], min(float(score), 1.0)

    def _nothing_there(self, folder: Path | None, album: Album | None) -> UserError:
        where = f" in {folder}" if folder else ""
        if self.catalog.has_photos(folder, None if album is None else album.id):
            place = f"of the album {album.name}" if album is not None else where.strip()
            return UserError(f"The photos {place} cannot be searched yet.", NOT_YET)
        if album is None:
            return UserError(f"The library has no photos{where}.", "Add the folder, or choose another one.")
        return UserError(f"The album {album.name} has no photos{where}.", "Put some into it, or search without it.")


def _head_of(feature: Feature | StoredFeature, space: Space) -> Embedding:
    embedding: Embedding = space.head.apply(feature[np.newaxis])[0]
    return embedding
