"""A search under a head that the table does not know: a long list of what may be like it, ranked exactly.

A head's score of a photo is `v . unit(P(x))`, where v is the query among its embeddings, x the photo's feature at unit
length, and `P(x) = (x - mean) @ M + bias`. Without the length of P(x) the score is linear in x: `v . P(x) = (M v) . x`
and a constant, which has mean and bias in it and ranks nothing. So an index of the features finds what is near by
cosine to `M v`, whatever the head is, and the head itself ranks what was found.

Yet lengths differ. A photo of another thing comes early along `M v` where its embedding is long, which it is along the
axes that M takes most of. So those of a personal head are evened out: what is asked for is `M S v`, where S divides
along each axis of `M'M` by its strength. That is the shortest feature whose embedding is v. It misses far less than the
gradient `M v` does, and a little more of a general head, whose axes are even already; that one is asked for along the
gradient (tests/benchmarks/shared_shortlist.py). Where a head has two halves, each is made as strong as its scores are.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from guie_desktop.arrays import Embedding, Embeddings, Feature, Floats, Keys, StoredFeatures
from guie_desktop.embedding.general_head import GeneralHead
from guie_desktop.embedding.paired_head import PairedHead
from guie_desktop.embedding.projection import Projection, unit_rows
from guie_desktop.embedding.query_expansion import EXPANDED_BY, expanded
from guie_desktop.embedding.weight_curve import NEIGHBOURS
from guie_desktop.shared_library.shared_photo import SharedHits

AnyHead = GeneralHead | PairedHead

_GENERAL, _PERSONAL = 0.0, 1.0
"""How far the axes of each half are evened out."""
_WEAKEST = 1e-6
"""Of the strongest axis; rounding leaves less."""
_NO_SPREAD = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """Photos on a list: rows (N,) and features (N, D)."""

    rows: Keys
    features: StoredFeatures


Nearest = Callable[[Floats], Keys]
"""The rows (N,) whose vectors are nearest to a direction by cosine, the nearest first."""


@dataclass(frozen=True, slots=True)
class Lists:
    """How a table is asked for them."""

    by_features: Nearest
    """For directions (D,)."""
    by_embeddings: Nearest | None
    """For directions (d,) among those of the general head, where the table has them."""
    features: Callable[[Keys], Candidates]
    """Those of these rows, in any order."""


@dataclass(frozen=True, slots=True, eq=False)
class _Found:
    """What was on one list or several: rows (N,), features at unit length (N, D), and embeddings (N, d)."""

    rows: Keys
    features: Floats
    embeddings: Embeddings

    @classmethod
    def on(cls, head: AnyHead, listed: Keys, lists: Lists) -> "_Found":
        """What is on a list."""
        read = lists.features(listed)
        return cls(read.rows, unit_rows(read.features.astype(np.float32)), head.apply(read.features))

    def and_also(self, head: AnyHead, listed: Keys, lists: Lists) -> "_Found":
        """With those of another list that are new, which alone are read."""
        more = _Found.on(head, listed[~np.isin(listed, self.rows)], lists)
        return _Found(
            np.concatenate([self.rows, more.rows]),
            np.concatenate([self.features, more.features]),
            np.concatenate([self.embeddings, more.embeddings]),
        )

    def ranked(self, wanted: Embedding, most: int, weight: float, cutoff: float | None) -> SharedHits:
        """The best, as a query (d,) has them."""
        scores = self.embeddings @ wanted
        best = np.argsort(-scores, kind="stable")[:most]
        return SharedHits(self.rows[best], scores[best], weight, cutoff)


def search(feature: Feature, head: AnyHead, most: int, lists: Lists) -> SharedHits:
    """What is most like a feature (D,), with the weight and the expansion that a search of one's own library has.

    What the head was trained on may not be in the table; a photo counts as such where it is near an album.
    ValueError where the feature is not finite.
    """
    embedding = head.apply(feature[np.newaxis].astype(np.float32))[0]
    if not embedding.any():
        return SharedHits.none()
    if not isinstance(head, PairedHead):
        listed = _Found.on(head, _by_general(head, embedding, lists), lists)
        return listed.ranked(embedding, most, 0.0, head.cutoff)
    wanted = head.query(embedding[np.newaxis], np.zeros(1, np.float32))[0]
    half = wanted[: head.general.output_dimension]
    found = _Found.on(head, _by_general(head.general, half, lists), lists)
    weight = _weight(head, wanted, found)
    if weight:
        wanted = head.query(embedding[np.newaxis], np.full(1, weight, np.float32))[0]
        found = found.and_also(head, lists.by_features(_blended_direction(head, wanted, found)), lists)
        if head.personal.expands:
            wanted = _expanded(head, wanted, weight, found)
            found = found.and_also(head, lists.by_features(_blended_direction(head, wanted, found)), lists)
    return found.ranked(wanted, most, weight, head.cutoff_at(weight))


def _by_general(head: GeneralHead, wanted: Embedding, lists: Lists) -> Keys:
    """By embeddings where that can be: a head of few numbers leaves out so much of features that the direction finds
    less than half of its best photos (docs/guide/shared.md).
    """
    if lists.by_embeddings is not None:
        return lists.by_embeddings(wanted)
    return lists.by_features(direction(head.projection, wanted, _GENERAL))


def direction(projection: Projection, wanted: Embedding, evening: float) -> Floats:
    """Where to look among features (D,) for what a query (d,) is like, of unit length.

    `evening` is the power of the strengths that axes are divided by: 0 for the gradient.
    """
    if projection.matrix is None:
        return wanted / np.linalg.norm(wanted)
    strengths, axes = _axes(projection)
    evened = axes @ ((axes.T @ wanted) / strengths**evening)
    towards: Floats = unit_rows((projection.matrix @ evened)[np.newaxis].astype(np.float32))[0]
    return towards


@lru_cache(maxsize=4)
def _axes(projection: Projection) -> tuple[Floats, Floats]:
    """How much a map takes of the features along each axis (d,) of its embeddings, and these axes (d, d)."""
    assert projection.matrix is not None
    strengths, axes = np.linalg.eigh(projection.matrix.T @ projection.matrix)
    return np.maximum(strengths, strengths[-1] * _WEAKEST), axes


def _blended_direction(head: PairedHead, wanted: Embedding, found: _Found) -> Floats:
    """The same for both halves together, each made as strong as its scores are among the photos of a first list."""
    split = head.general.output_dimension
    whole = np.zeros(found.features.shape[1], np.float32)
    general = head.general.projection, slice(split), _GENERAL
    personal = head.personal.projection, slice(split, None), _PERSONAL
    for projection, half, evening in (general, personal):
        if wanted[half].any():
            towards = direction(projection, wanted[half], evening)
            spread = max(float(np.std(found.features @ towards)), _NO_SPREAD)
            whole += towards * np.float32(np.std(found.embeddings[:, half] @ wanted[half]) / spread)
    return whole


def _weight(head: PairedHead, wanted: Embedding, found: _Found) -> float:
    """Of the personal half, by the share of the query's neighbours in the general half that are of the albums' kind."""
    around = found.embeddings[np.argsort(-(found.embeddings @ wanted), kind="stable")[:NEIGHBOURS]]
    if not len(around):
        return 0.0
    return float(head.personal.weighting.weights(np.array([head.knows(around).mean()], np.float32))[0])


def _expanded(head: PairedHead, wanted: Embedding, weight: float, found: _Found) -> Embedding:
    """The query with what it finds first (embedding/query_expansion.py), as `search.space.Space` has it."""
    scores = found.embeddings @ wanted
    first = np.argsort(-scores, kind="stable")[:EXPANDED_BY]
    stretch = head.stretch(weight)
    asked = np.divide(wanted, stretch, out=np.zeros_like(wanted), where=stretch > 0)
    nearest = found.embeddings[first] * stretch
    weights = np.full(1, weight, np.float32)
    whole: Embedding = expanded(asked[np.newaxis], nearest[np.newaxis], scores[first][np.newaxis], weights)[0]
    return whole * stretch
