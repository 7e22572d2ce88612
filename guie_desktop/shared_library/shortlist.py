"""A search under a head that the table does not know: a long list of what may be like it, ranked exactly.

A head's score of a photo is `v . unit(P(x))`, where v is the query among its embeddings, x the photo's feature at unit
length, and `P(x) = (x - mean) @ matrix + bias`. What it is divided by, the length of P(x), differs little between the
photos that come first. Without it the score is linear in x: `v . P(x) = (matrix @ v) . x + constant`, and mean and bias
are in the constant, which ranks nothing. So the features that are nearest to `matrix @ v` by cosine hold nearly all of
those that the head would put first, and an index of the features finds them, whatever the head is. They are as many as
make up for the lengths, and the head itself ranks them. Where a head has two halves, each has a length of its own; what
came first of a first list tells how long they are there.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from guie_desktop.arrays import Embedding, Feature, Floats, Keys, StoredFeatures
from guie_desktop.embedding.general_head import GeneralHead
from guie_desktop.embedding.paired_head import PairedHead
from guie_desktop.embedding.projection import Projection, unit_rows
from guie_desktop.embedding.query_expansion import EXPANDED_BY, expanded
from guie_desktop.embedding.weight_curve import NEIGHBOURS
from guie_desktop.shared_library.shared_photo import SharedHits

AnyHead = GeneralHead | PairedHead

_NEAR = 100
"""Photos whose lengths stand for those of all that come first."""
_NO_LENGTH = 1e-12


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """Photos on a list: rows (N,) and features (N, D)."""

    rows: Keys
    features: StoredFeatures

    def and_also(self, other: "Candidates") -> "Candidates":
        """Those of both lists, each once."""
        new = ~np.isin(other.rows, self.rows)
        return Candidates(
            np.concatenate([self.rows, other.rows[new]]), np.concatenate([self.features, other.features[new]])
        )


Nearest = Callable[[Floats], Candidates]
"""The features that are nearest to a direction (D,) by cosine."""


def search(feature: Feature, head: AnyHead, most: int, nearest: Nearest) -> SharedHits:
    """What is most like a feature (D,), with the weight and the expansion that a search of one's own library has.

    What the head was trained on may not be in the table; a photo counts as such where it is near an album.
    ValueError where the feature is not finite.
    """
    embedding = head.apply(feature[np.newaxis].astype(np.float32))[0]
    if not embedding.any():
        return SharedHits.none()
    if not isinstance(head, PairedHead):
        return _ranked(head, embedding, nearest(_direction(head.projection, embedding)), most, 0.0)
    wanted = head.query(embedding[np.newaxis], np.zeros(1, np.float32))[0]
    found = nearest(_direction(head.general.projection, wanted[: head.general.output_dimension]))
    weight = _weight(head, wanted, found)
    if weight:
        wanted = head.query(embedding[np.newaxis], np.full(1, weight, np.float32))[0]
        found = found.and_also(nearest(_blended_direction(head, wanted, found)))
        if head.personal.expands:
            wanted = _expanded(head, wanted, weight, found)
            found = found.and_also(nearest(_blended_direction(head, wanted, found)))
    return _ranked(head, wanted, found, most, weight)


def _ranked(head: AnyHead, wanted: Embedding, found: Candidates, most: int, weight: float) -> SharedHits:
    scores = head.apply(found.features) @ wanted
    best = np.argsort(-scores, kind="stable")[:most]
    return SharedHits(found.rows[best], scores[best], weight)


def _direction(projection: Projection, wanted: Embedding) -> Floats:
    """Where to look among features (D,) for what a query (d,) is like."""
    return wanted if projection.matrix is None else projection.matrix @ wanted


def _blended_direction(head: PairedHead, wanted: Embedding, found: Candidates) -> Floats:
    """The same for both halves together, each divided by its length among the best that were found."""
    near = head.apply(found.features) @ wanted
    rows = unit_rows(found.features[np.argsort(-near)[:_NEAR]].astype(np.float32))
    split = head.general.output_dimension
    halves = (head.general.projection, wanted[:split]), (head.personal.projection, wanted[split:])
    general, personal = (
        _direction(projection, half) / max(float(np.linalg.norm(projection.apply(rows), axis=1).mean()), _NO_LENGTH)
        for projection, half in halves
    )
    return general + personal


def _weight(head: PairedHead, wanted: Embedding, found: Candidates) -> float:
    """Of the personal half, by the share of the query's neighbours in the general half that are of the albums' kind."""
    embeddings = head.apply(found.features)
    around = embeddings[np.argsort(-(embeddings @ wanted), kind="stable")[:NEIGHBOURS]]
    if not len(around):
        return 0.0
    return float(head.personal.weighting.weights(np.array([head.knows(around).mean()], np.float32))[0])


def _expanded(head: PairedHead, wanted: Embedding, weight: float, found: Candidates) -> Embedding:
    """The query with what it finds first (embedding/query_expansion.py), as `search.space.Space` has it."""
    embeddings = head.apply(found.features)
    scores = embeddings @ wanted
    first = np.argsort(-scores, kind="stable")[:EXPANDED_BY]
    stretch = head.stretch(weight)
    asked = np.divide(wanted, stretch, out=np.zeros_like(wanted), where=stretch > 0)
    nearest = embeddings[first] * stretch
    weights = np.full(1, weight, np.float32)
    whole: Floats = expanded(asked[np.newaxis], nearest[np.newaxis], scores[first][np.newaxis], weights)[0]
    return whole * stretch
