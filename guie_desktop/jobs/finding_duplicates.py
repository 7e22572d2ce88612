"""Looking for duplicates: copies of one content, the same picture in another form, and bursts."""

from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from guie_desktop.arrays import Embeddings, Floats
from guie_desktop.domain import ContentHash
from guie_desktop.duplicates import ContentGroup
from guie_desktop.jobs.pace import Pace
from guie_desktop.library.feature_store import STORED
from guie_desktop.messages import Progress
from guie_desktop.pictures.grey_squares import detail, grey_square
from guie_desktop.search.duplicates.fingerprints import fingerprints, flatness, main_directions
from guie_desktop.search.duplicates.grouping import Groups, Taken, bursts
from guie_desktop.search.duplicates.near_pairs import NO_PAIRS, Pairs, distinct, near_pairs
from guie_desktop.search.duplicates.same_picture import CLOSE_SIDE, SIDE, Likeness, SmallPictures, surely_same
from guie_desktop.workspace.open_library import WritableLibrary

_PICTURES_AT_ONCE = 512
_GLANCES_AT_ONCE, _PAIRS_AT_ONCE, _CLOSE_AT_ONCE = 4096, 512, 16
"""What is worked on lies in the cache of a core then, and there are parts enough for all threads."""
_EACH = 10
"""Candidates of a photo at most; what is left out is reached by way of others."""
_ALIKE_FINGERPRINTS, _ALIKE_FEATURES = 0.88, 0.87
_SEEN_OF_FINGERPRINTS, _SEEN_OF_FEATURES = 0.8, 0.4
"""How alike candidates are at a glance: cropping changes that, and it is the features that tell of crops."""
_FLAT = 4.0
"""Deviation of brightness below which there is nothing to compare, as in a picture of a wall, or of nothing."""
_ALIKE_IN_BURST = 0.8

Steps = Generator[Progress, None, None]
NamedPair = tuple[ContentHash, ContentHash]


@dataclass(frozen=True, slots=True)
class FoundDuplicates:
    """What was found, the largest groups of each kind first, and how many photos could not be compared."""

    groups: tuple[ContentGroup, ...]
    uncompared: int = 0
    """Without a small picture, since the user cleared them; exact copies of these are found all the same."""


def find_duplicates(
    library: WritableLibrary, *, near: bool = True, folder: Path | None = None
) -> Generator[Progress, None, FoundDuplicates]:
    """Find all groups (at or below this folder); what is found in the whole library is kept."""
    yield Progress("duplicates", 0, 0)
    search = _Search(library, folder)
    if near:
        yield from search.look()
    found = search.found()
    if near and folder is None:
        details = yield from search.details(found.groups)
        library.duplicates.keep(found.groups, details)
    return found


class _Search:
    """One search for duplicates."""

    def __init__(self, library: WritableLibrary, folder: Path | None) -> None:
        self._library = library
        self._all = library.duplicates.compared(folder, with_videos=True)
        self._by_hash = {one.content: one for one in self._all}
        self._photos = library.duplicates.compared(folder)
        self._parted = library.duplicates.parted()
        self._same = Groups(self._parted)
        self._bursts: list[tuple[ContentHash, ...]] = []
        self._uncompared = 0

    def look(self) -> Steps:
        """Find what is no exact copy."""
        squares = yield from self._squares()
        hashes = [one.content for one in self._photos if one.content in squares]
        self._uncompared = len(self._photos) - len(hashes)
        pictures = _stacked([squares.pop(key) for key in hashes])
        embedded, embeddings = yield from self._embeddings()
        small = SmallPictures(pictures)
        lively = np.flatnonzero(flatness(pictures) >= _FLAT)
        alike = yield from self._near(fingerprints(pictures[lively]), _ALIKE_FINGERPRINTS)
        yield from self._compare(hashes, small, lively[alike], _SEEN_OF_FINGERPRINTS)
        seen = np.array([row for row in lively.tolist() if hashes[row] in embedded], np.int64)
        alike = yield from self._near(embeddings[[embedded[hashes[row]] for row in seen]], _ALIKE_FEATURES)
        yield from self._compare(hashes, small, seen[alike], _SEEN_OF_FEATURES)
        self._bursts = self._find_bursts(embedded, embeddings)

    def found(self) -> FoundDuplicates:
        """All groups."""
        same = [ContentGroup("same", self._ordered(group)) for group in self._same.all()]
        inside = {content for group in same for content in group.contents}
        exact = [
            ContentGroup("exact", (one.content,))
            for one in self._all
            if one.files > 1 and one.content not in inside and frozenset((one.content,)) not in self._parted
        ]
        exact.sort(key=lambda group: -self._by_hash[group.contents[0]].files)
        same.sort(key=lambda group: -len(group.contents))
        burst = [ContentGroup("burst", group) for group in sorted(self._bursts, key=len, reverse=True)]
        return FoundDuplicates((*exact, *same, *burst), self._uncompared)

    def details(self, groups: Sequence[ContentGroup]) -> Generator[Progress, None, dict[ContentHash, float]]:
        """How sharp the photos of these groups are."""
        wanted = list(dict.fromkeys(content for group in groups for content in group.contents))
        found: dict[ContentHash, float] = {}
        with ThreadPoolExecutor(self._library.threads) as pool:
            for start in range(0, len(wanted), _PICTURES_AT_ONCE):
                jpegs = self._library.thumbnails.many(wanted[start : start + _PICTURES_AT_ONCE])
                found |= zip(jpegs, pool.map(detail, jpegs.values()), strict=True)
                yield Progress("duplicates", 0, 0)
        return found

    def _ordered(self, contents: Sequence[ContentHash]) -> tuple[ContentHash, ...]:
        """The largest first."""

        def size(content: ContentHash) -> tuple[int, int]:
            one = self._by_hash[content]
            return -one.pixels, -one.bytes

        return tuple(sorted(contents, key=size))

    def _squares(self) -> Generator[Progress, None, dict[ContentHash, bytes]]:
        """Grey squares by content hash; those that are missing are made of the small pictures, and kept."""
        thumbnails = self._library.thumbnails
        hashes = [one.content for one in self._photos]
        squares = thumbnails.squares(hashes)
        missing = [key for key in hashes if key not in squares]
        pace = Pace("duplicates", len(missing))
        with ThreadPoolExecutor(self._library.threads) as pool:
            for start in range(0, len(missing), _PICTURES_AT_ONCE):
                jpegs = thumbnails.many(missing[start : start + _PICTURES_AT_ONCE])
                made = zip(jpegs, pool.map(lambda jpeg: grey_square(jpeg, SIDE), jpegs.values()), strict=True)
                new = {key: square.tobytes() for key, square in made if square is not None}
                thumbnails.put_squares(new)
                squares |= new
                pace.advance(min(_PICTURES_AT_ONCE, len(missing) - start))
                yield pace.progress()
        return squares

    def _embeddings(self) -> Generator[Progress, None, tuple[dict[ContentHash, int], Embeddings]]:
        """Content hash to its row, and the rows: features in fewer dimensions, as far as there are any."""
        store = self._library.backbone.features
        rows: dict[ContentHash, int] = {}
        parts: list[NDArray[np.float16]] = []
        hashes = [one.content for one in self._photos]
        for start in range(0, len(hashes), _PICTURES_AT_ONCE):
            known = store.keyed(hashes[start : start + _PICTURES_AT_ONCE])
            rows |= {key: len(rows) + place for place, key in enumerate(known)}
            parts += [np.stack([vector for _, vector in known.values()])] if known else []
            yield Progress("duplicates", 0, 0)
        features = np.concatenate(parts) if parts else np.empty((0, 0), STORED)
        if not len(features):
            return rows, np.empty((0, 0), np.float32)
        return rows, main_directions(features).embed_features(features)

    def _near(self, rows: Embeddings, least: float) -> Generator[Progress, None, Pairs]:
        """All pairs of rows that are so close, each once."""
        found = [NO_PAIRS]
        for pairs in near_pairs(rows, least, _EACH, threads=self._library.threads):
            found.append(pairs)
            yield Progress("duplicates", 0, 0)
        return distinct(np.concatenate(found))

    def _compare(self, hashes: Sequence[ContentHash], small: SmallPictures, pairs: Pairs, at_a_glance: float) -> Steps:
        """Look at pairs at a glance, in small, and closely at those that are left, in as many threads as may be."""
        group = np.array(self._same.numbers(hashes), np.int64)
        pairs = pairs[group[pairs[:, 0]] != group[pairs[:, 1]]]
        threads = self._library.threads
        with ThreadPoolExecutor(threads) as pool:
            seen = [NO_PAIRS]
            for alike in pool.map(partial(small.alike_at_a_glance, least=at_a_glance), _cut(pairs, _GLANCES_AT_ONCE)):
                seen.append(alike)
                yield Progress("duplicates", 0, 0)
            parts = _cut(np.concatenate(seen), _PAIRS_AT_ONCE)
            pace = Pace("duplicates", sum(map(len, parts)))
            for some in _runs(parts, threads):
                for part, likeness in zip(some, pool.map(small.likely_same, some), strict=True):
                    yield from self._compare_closely(pool, hashes, likeness, pace)
                    pace.advance(len(part))
                    yield pace.progress()

    def _compare_closely(
        self, pool: ThreadPoolExecutor, hashes: Sequence[ContentHash], likeness: Likeness, pace: Pace
    ) -> Steps:
        named = [(hashes[one], hashes[other]) for one, other in likeness.pairs.tolist()]
        for some in _runs(_cut(np.arange(len(named)), _CLOSE_AT_ONCE), self._library.threads):
            # What is together by now need not be looked at.
            rows = [part[[self._is_open(*named[row]) for row in part.tolist()]] for part in some]
            looks = pool.map(lambda part: self._same_of(likeness.at(part), [named[row] for row in part.tolist()]), rows)
            for same in looks:
                for pair in same:
                    self._same.join(*pair)
            yield pace.progress()

    def _same_of(self, likeness: Likeness, named: Sequence[NamedPair]) -> list[NamedPair]:
        """Those of the pairs that are one picture; safe in any thread."""
        jpegs = self._library.thumbnails.many(list({key for pair in named for key in pair}))
        close = {key: grey_square(jpeg, CLOSE_SIDE) for key, jpeg in jpegs.items()}
        rows = [row for row, pair in enumerate(named) if all(close.get(key) is not None for key in pair)]
        if not rows:
            return []
        firsts, seconds = (_stacked_floats([close[named[row][side]] for row in rows]) for side in (0, 1))
        are_same = surely_same(likeness.at(np.array(rows)), firsts, seconds)
        return [named[row] for row, is_same in zip(rows, are_same.tolist(), strict=True) if is_same]

    def _is_open(self, one: ContentHash, other: ContentHash) -> bool:
        return not self._same.are_together(one, other) and self._same.may_join(one, other)

    def _find_bursts(self, embedded: dict[ContentHash, int], embeddings: Embeddings) -> list[tuple[ContentHash, ...]]:
        """Among pictures of which each counts once."""
        others = {content for group in self._same.all() for content in self._ordered(group)[1:]}
        dated = sorted(
            (
                Taken(one.content, one.taken)
                for one in self._photos
                if one.taken is not None and one.content in embedded and one.content not in others
            ),
            key=lambda taken: taken.at,
        )
        rows = embeddings[[embedded[one.content] for one in dated]]
        if len(rows) < 2:
            return []
        alike = (rows[:-1] * rows[1:]).sum(axis=1) >= _ALIKE_IN_BURST
        return bursts(dated, alike.tolist(), self._parted)


def _cut(rows: NDArray[np.int64], size: int) -> list[NDArray[np.int64]]:
    return [rows[start : start + size] for start in range(0, len(rows), size)]


def _runs(parts: Sequence[NDArray[np.int64]], size: int) -> Iterator[Sequence[NDArray[np.int64]]]:
    for start in range(0, len(parts), size):
        yield parts[start : start + size]


def _stacked(squares: Sequence[bytes]) -> NDArray[np.uint8]:
    return np.frombuffer(b"".join(squares), np.uint8).reshape(len(squares), SIDE, SIDE)


def _stacked_floats(squares: Sequence[NDArray[np.uint8] | None]) -> Floats:
    return np.stack([square for square in squares if square is not None]).astype(np.float32)
