"""From a query to the vector that is looked for: examples, counterexamples and words, added up."""

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np

from guie_desktop.arrays import Embedding, Embeddings, Feature, Keys
from guie_desktop.asking import Query, Term
from guie_desktop.disk.same_file import is_unchanged
from guie_desktop.domain import Photo, Region
from guie_desktop.errors import UserError
from guie_desktop.library.catalog import Catalog
from guie_desktop.library.feature_store import evenly
from guie_desktop.search.known_words import KnownWords
from guie_desktop.search.part_space import PartSpace
from guie_desktop.search.space import Space
from guie_desktop.sentences import Sentence

# Rocchio's weights for relevant and irrelevant examples (Manning et al., Introduction to Information Retrieval, 9.1.1),
# with the usual caution towards the irrelevant ones.
_UNLIKE = 0.5
FEATURES_AT_ONCE = 4096
"""Examples whose features are in memory together."""
ALBUM_PHOTOS = 200
"""Of an album that is looked for; they are spread evenly over it, and bound the time."""
READ_FOR_A_QUERY = 100
"""Photos without a feature yet, whose files are read for a query; more would hold up everybody."""

GoesOn = Callable[[], bool]
"""Whether somebody still waits for the answer."""


class Withdrawn(Exception):
    """Nobody waits for the answer any more."""


class SearchableText(Protocol):
    """The space that photos share with words."""

    @property
    def space(self) -> Space:
        """Head and index."""

    @property
    def parts(self) -> PartSpace:
        """Parts of photos in it."""

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

    @property
    def parts(self) -> PartSpace:
        """The parts of photos, under the same head."""

    def ready_text_search(self) -> SearchableText | KnownWords:
        """What answers where words are in the query; UserError where the backbone knows none."""

    def embed_file(self, path: Path, region: Region | None = None, moment: int | None = None) -> Feature:
        """The feature of a picture file, or of a moment of a video (milliseconds)."""


class QueryVectors:
    """Makes the vectors of queries to one backbone."""

    def __init__(self, catalog: Catalog, backbone: SearchableBackbone) -> None:
        self._catalog, self._backbone = catalog, backbone

    def of(self, query: Query, space: Space, words: SearchableText | None, goes_on: GoesOn) -> tuple[Embedding, Keys]:
        """The sum of the examples' embeddings, and the keys of those that are in the library.

        UserError where there are none, or one cannot be read; Withdrawn where nobody waits any more.
        """
        own: list[int] = []
        like = _Sum()
        for vectors in self._photo_vectors(self._asked_photos(query.photos), query, space, own):
            like.add(vectors)
            stop_unless(goes_on)
        for path in dict.fromkeys(query.images):
            like.add(self._image_vectors(path, query, space, own))
            stop_unless(goes_on)
        unlike = _Sum()
        for term in query.terms:
            found = self._term_vectors(term, space, [] if term.unlike else own)
            (unlike if term.unlike else like).add(found.mean(axis=0, keepdims=True), term.weight)
            stop_unless(goes_on)
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

    def _term_vectors(self, term: Term, space: Space, own: list[int]) -> Embeddings:
        """The embeddings (N, d) of a photo, a file, or photos of an album, evenly spread over it."""
        if term.photo is not None:
            return next(self._photo_vectors(self._asked_photos([term.photo]), Query(), space, own))
        if term.image is not None:
            return self._image_vectors(term.image, Query(), space, own)
        album = self._catalog.album(term.album or 0)
        members = evenly(space.features.decided_ids(album.id, "member"), ALBUM_PHOTOS)
        parts = [space.head.apply(rows) for _, rows in space.features.by_id(members)]
        if not parts:
            nothing = Sentence("The album {album} has no photos to go by.", album=album.name)
            raise UserError(nothing, "Put some into it, and try again.")
        return np.concatenate(parts)

    def _asked_photos(self, ids: Sequence[int]) -> list[Photo]:
        asked = tuple(dict.fromkeys(ids))
        known = self._catalog.photos(asked)
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
            yield space.head.apply(self._embed(one.path, query.region, one.moment))

    def _shown(self, photo: Photo, moment: int | None) -> "_Shown":
        """What stands for a photo: of a video the frame of this moment, or else its first."""
        frames = self._catalog.frames_of(photo.content_hash) if photo.kind == "video" else ()
        if not frames:
            return _Shown(photo.path, photo.content_hash, None)
        frame = next((one for one in frames if one.moment == moment), frames[0])
        return _Shown(photo.path, frame.content_hash, frame.moment)

    def _image_vectors(self, path: Path, query: Query, space: Space, own: list[int]) -> Embeddings:
        """The embedding (1, d) of a file, from what is stored where it is a photo of the library."""
        photo = None if query.region else self.known(path)
        if photo is not None and is_unchanged(photo):
            return next(self._photo_vectors([photo], query, space, own))
        return space.head.apply(self._embed(path, query.region, query.moment))

    def _embed(self, path: Path, region: Region | None, moment: int | None) -> Embeddings:
        """The feature (1, d) of a file, or of a part of it."""
        try:
            return self._backbone.embed_file(path, region, moment)[np.newaxis]
        except UserError as error:
            if any(not folder.online and path.is_relative_to(folder.path) for folder in self._catalog.folders()):
                raise UserError("The drive of this photo is not connected.", "Connect it, and try again.") from error
            raise

    def known(self, path: Path) -> Photo | None:
        """The photo of the library that lies there."""
        return self._catalog.photo_at(Path(os.path.realpath(path)))


@dataclass(frozen=True, slots=True)
class _Shown:
    """The picture that an example is meant to show: where it lies, its content, and of a video its moment."""

    path: Path
    content: bytes
    moment: int | None


class _Sum:
    """Embeddings added up, however many."""

    def __init__(self) -> None:
        self.count = 0.0
        self._total: Embedding | None = None

    def add(self, vectors: Embeddings, weight: float = 1.0) -> None:
        """Add embeddings (N, d), each with this weight."""
        total: Embedding = vectors.sum(axis=0) * np.float32(weight)
        self._total = total if self._total is None else self._total + total
        self.count += weight * len(vectors)

    @property
    def mean(self) -> Embedding:
        """(d,); to be asked for where something was added."""
        assert self._total is not None
        return self._total / np.float32(self.count)


def stop_unless(goes_on: GoesOn) -> None:
    """Withdrawn where nobody waits for the answer any more."""
    if not goes_on():
        raise Withdrawn
