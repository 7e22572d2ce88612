"""From a query to its hits: query to vector, vector to neighbours, neighbours to photos."""

import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np

from guie_desktop.arrays import Embedding, Embeddings, Feature, Keys, Scores
from guie_desktop.disk.same_file import is_unchanged
from guie_desktop.domain import Album, Answer, Hit, Photo, Query, Region, Showing
from guie_desktop.errors import NOT_YET, UserError
from guie_desktop.library.catalog import Catalog
from guie_desktop.search.places import each_video_once, shown_first
from guie_desktop.search.space import Space
from guie_desktop.sentences import Sentence

# Rocchio's weights for relevant and irrelevant examples (Manning et al., Introduction to Information Retrieval, 9.1.1),
# with the usual caution towards the irrelevant ones.
_UNLIKE = 0.5
FEATURES_AT_ONCE = 4096
"""Examples whose features are in memory together."""
READ_FOR_A_QUERY = 100
"""Photos without a feature yet, whose files are read for a query; more would hold up everybody."""
_ROWS_AT_ONCE = 50_000
"""Photos in scope, which are compared one by one: exact, within milliseconds, and bounded in memory."""

_PHOTOS_AT_ONCE = 256

GoesOn = Callable[[], bool]
"""Whether somebody still waits for the answer."""


class Withdrawn(Exception):
    """Nobody waits for the answer any more."""


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

    def answer(self, query: Query, goes_on: GoesOn = lambda: True) -> Answer:
        """The look-alikes of a query, best first.

        UserError where the query is empty, a photo cannot be read, or nothing lies in the folder or album asked for;
        Withdrawn where `goes_on`, which is asked between two steps, says that nobody waits for it any more.
        """
        started = time.perf_counter()
        words = self.backbone.ready_text_search() if query.text or query.unlike_text else None
        space = self.space if words is None else words.space
        vector, own = self._query_vector(query, space, words, goes_on)
        weight = space.personal_weight(vector, own) if query.head == "current" else 0.0
        _stop_unless(goes_on)
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

    def _query_vector(
        self, query: Query, space: Space, words: SearchableText | None, goes_on: GoesOn
    ) -> tuple[Embedding, Keys]:
        """The sum of the examples' embeddings, and the keys of those that are in the library."""
        own: list[int] = []
        like = _Sum()
        for vectors in self._photo_vectors(self._asked_photos(query.photos), query, space, own):
            like.add(vectors)
            _stop_unless(goes_on)
        for path in dict.fromkeys(query.images):
            like.add(self._image_vectors(path, query, space, own))
            _stop_unless(goes_on)
        unlike = _Sum()
        for path in query.unlike:
            unlike.add(self._image_vectors(path, Query(), space, []))
            _stop_unless(goes_on)
        if words is not None:
            for text, of in ((query.text, like), (query.unlike_text, unlike)):
                if text:
                    of.add(words.embed(text)[np.newaxis])
        if not like.count:
            raise UserError("There is nothing to search for.", "Give at least one photo, or words.")
        vector = like.mean
        if unlike.count:
            vector = vector - _UNLIKE * unlike.mean
        if float(np.linalg.norm(vector)) < 1e-6:
            raise UserError("These photos cancel each other out.", "Leave one of them away.")
        return vector, np.array(own, np.int64)

    def _asked_photos(self, ids: Sequence[int]) -> list[Photo]:
        asked = tuple(dict.fromkeys(ids))
        known = self.catalog.photos(asked)
        gone = len(asked) - len(known)
        if gone and len(asked) == 1:
            raise UserError("This photo is no longer in the library.", "Choose another one.")
        if gone:
            several = Sentence("{number} of these photos are no longer in the library.", number=gone)
            one = Sentence("1 of these photos is no longer in the library.")
            raise UserError(one if gone == 1 else several, "Choose them anew.")
        return [known[photo_id] for photo_id in asked]

    def _photo_vectors(
        self, photos: Sequence[Photo], query: Query, space: Space, own: list[int]
    ) -> Iterator[Embeddings]:
        """The embeddings of photos of the library; their keys are noted in `own` where all of a photo is meant."""
        unread: list[_Shown] = []
        for start in range(0, len(photos), FEATURES_AT_ONCE):
            shown = [self._shown(photo, query.moment) for photo in photos[start : start + FEATURES_AT_ONCE]]
            stored = {} if query.region else space.features.keyed([one.content for one in shown])
            known = [stored[one.content] for one in shown if one.content in stored]
            unread += [one for one in shown if one.content not in stored]
            own += [key for key, _ in known]
            if known:
                yield space.head.apply(np.stack([feature for _, feature in known]))
        if len(unread) > READ_FOR_A_QUERY:
            raise UserError(
                Sentence("{number} of these photos have not been read yet.", number=len(unread)),
                "Wait until they are, or choose fewer.",
            )
        for one in unread:
            yield space.head.apply(self.backbone.embed_file(one.path, query.region, one.moment)[np.newaxis])

    def _shown(self, photo: Photo, moment: int | None) -> "_Shown":
        """What stands for a photo: of a video the frame of this moment, or else its first."""
        frames = self.catalog.frames_of(photo.content_hash) if photo.kind == "video" else ()
        if not frames:
            return _Shown(photo.path, photo.content_hash, None)
        frame = next((one for one in frames if one.moment == moment), frames[0])
        return _Shown(photo.path, frame.content_hash, frame.moment)

    def _image_vectors(self, path: Path, query: Query, space: Space, own: list[int]) -> Embeddings:
        """The embedding (1, d) of a file, from what is stored where it is a photo of the library."""
        photo = None if query.region else self._known(path)
        if photo is not None and is_unchanged(photo):
            return next(self._photo_vectors([photo], query, space, own))
        return space.head.apply(self.backbone.embed_file(path, query.region, query.moment)[np.newaxis])

    def _known(self, path: Path) -> Photo | None:
        return self.catalog.photo_at(Path(os.path.realpath(path)))

    # --- vector to hits ---------------------------------------------------------------------------------------

    def _hits(self, vector: Embedding, weight: float, query: Query, space: Space) -> Iterator[Hit]:
        if query.top < 1:
            raise UserError("At least one hit must be asked for.", "Give --top a number from 1 up.")
        cutoff, own = space.cutoff(weight), frozenset(query.photos)
        asked = {*own, *(photo.id for photo in map(self._known, query.images) if photo is not None)}
        away, rank = self.catalog.folders_away(), 0
        for showing, score in each_video_once(self._neighbours(vector, query, space)):
            if all(photo.id in own for photo in showing.photos):
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
            for start in range(seen, len(keys), _PHOTOS_AT_ONCE):
                run = slice(start, start + _PHOTOS_AT_ONCE)
                yield from self._photos_of(keys[run], scores[run])
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
        for start in range(0, len(order), _PHOTOS_AT_ONCE):
            run = order[start : start + _PHOTOS_AT_ONCE]
            yield from self._photos_of(keys[run], scores[run], folder, query.album)

    def _photos_of(
        self, keys: Keys, scores: Scores, folder: Path | None = None, album_id: int | None = None
    ) -> Iterator[tuple[Showing, float]]:
        showing = self.catalog.photos_showing([int(key) for key in keys], folder, album_id)
        for key, score in zip(keys, scores, strict=True):
            if int(key) in showing:
                yield showing[int(key)], min(float(score), 1.0)

    def _nothing_there(self, folder: Path | None, album: Album | None) -> UserError:
        if self.catalog.has_photos(folder, None if album is None else album.id):
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


@dataclass(frozen=True, slots=True)
class _Shown:
    """The picture that an example is meant to show: where it lies, its content, and of a video its moment."""

    path: Path
    content: bytes
    moment: int | None


class _Sum:
    """Embeddings added up, however many."""

    def __init__(self) -> None:
        self.count = 0
        self._total: Embedding | None = None

    def add(self, vectors: Embeddings) -> None:
        """Add embeddings (N, d)."""
        total: Embedding = vectors.sum(axis=0)
        self._total = total if self._total is None else self._total + total
        self.count += len(vectors)

    @property
    def mean(self) -> Embedding:
        """(d,); to be asked for where something was added."""
        assert self._total is not None
        return self._total / np.float32(self.count)


def _stop_unless(goes_on: GoesOn) -> None:
    if not goes_on():
        raise Withdrawn
