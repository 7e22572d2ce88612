"""A query bent towards the hits that the user said yes to, and away from those of which he said no.

It stays one vector, so that a library of any size is searched with it as before. It is the solution of regularised
least squares in closed form: what was said yes to is to have the score 1 and what was said no to 0, and where nothing
was said the query itself speaks (as in SeeSaw: Moll et al., arXiv 2208.06497, whose loss is solved by descent). Alike
is measured by the covariance of the library, as in a Gaussian discriminant: what all of its photos have in common says
nothing. The constants were chosen on half of the classes of labelled photos, and measured on the others
(learning/README.md, tests/benchmarks/simulated_user.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from guie_desktop.arrays import Embedding, Embeddings, Floats, Mask, Scores
from guie_desktop.asking import Query
from guie_desktop.domain import Photo
from guie_desktop.library.catalog import Catalog
from guie_desktop.search.space import Space, Spread

_NOISE = 0.3
"""How far a verdict need not be met, in the mean likeness of a photo with itself."""
_QUERY = 0.5
"""What the query itself says of what is as much like it as any that was judged, or is the query; 1 is a yes."""
_STRENGTHS = (1.0, 0.8, 0.6, 0.4, 0.2)
_TO_LEAVE_ONE_OUT = 2
"""Photos of each verdict, or nobody would be left to speak for the one that is left out."""
_LEAST_SCORE = 0.05
"""Below it a query is like nothing, and its scores are noise that must not be magnified."""
_ROUNDING = 1e-9


class Feedback:
    """What was said of the hits of a query, found in one catalog."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    def on(self, vector: Floats, weight: float, query: Query, space: Space) -> Floats:
        """What to ask the index for, from what would be asked for (d,) if nothing had been said.

        What has no feature, or is in the library no longer, says nothing.
        """
        stretch = space.stretch(weight)
        asked = np.divide(vector, stretch, out=np.zeros_like(vector), where=stretch > 0)
        liked, disliked = (self._rows(ids, vector, space) for ids in (query.liked, query.disliked))
        rows = np.concatenate([liked, disliked]) * stretch
        if not len(rows):
            return vector
        said = Said(rows, np.arange(len(rows)) < len(liked))
        wanted: Floats = bent(asked, said, space.spread(weight), like_query=not query.text) * stretch
        return wanted

    def _rows(self, ids: Sequence[int], vector: Floats, space: Space) -> Embeddings:
        """Of each photo its embedding, and of a video that of the frame that is most like the query, (n, d)."""
        photos = list({photo.content_hash: photo for photo in self._catalog.photos(ids).values()}.values())
        shown = [self._contents(photo) for photo in photos]
        keyed = space.features.keyed([content for contents in shown for content in contents])
        keys = [np.array([keyed[one][0] for one in contents if one in keyed], np.int64) for contents in shown]
        found = [space.index.rows(of_photo[space.index.holds(of_photo)]) for of_photo in keys if len(of_photo)]
        best = [rows[(rows @ vector).argmax()] for rows in found if len(rows)]
        return np.array(best, np.float32).reshape(-1, space.head.output_dimension)

    def _contents(self, photo: Photo) -> list[bytes]:
        frames = self._catalog.frames_of(photo.content_hash) if photo.kind == "video" else ()
        return [frame.content_hash for frame in frames] or [photo.content_hash]


@dataclass(frozen=True, slots=True, eq=False)
class Said:
    """What was said of n photos."""

    rows: Embeddings
    """(n, d)"""
    liked: Mask
    """(n,) whether it was yes."""


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """What was said, as a direction."""

    direction: Embedding
    """(d,) its inner product with an embedding is to be added to the score that is there without it."""
    others: Scores
    """(n,) what each that was judged would score by what was said of the others."""


def fitted(said: Said, precision: Floats, known: Scores) -> Fit:
    """Regularised least squares to 1 for a yes and 0 for a no, from scores (n,) that are known without what was said.

    `precision` (d, d) is the inverse of the covariance of the library's embeddings.
    """
    directions: Embeddings = said.rows @ precision
    alike = said.rows @ directions.T
    own = np.float32(max(float(np.diag(alike).mean()), _ROUNDING))
    inverse: Floats = np.linalg.inv(alike / own + np.diag(np.full(len(alike), _NOISE, np.float32)))
    wanted = said.liked.astype(np.float32)
    shares = inverse @ (wanted - known)
    others = wanted - shares / np.diag(inverse)
    return Fit((shares @ directions / own).astype(np.float32), others.astype(np.float32))


def bent(query: Embedding, said: Said, spread: Spread, *, like_query: bool = True) -> Embedding:
    """The vector (d,) to ask for, from a unit query (d,) and how the library's embeddings lie.

    Its length is the geometric mean of one and of that with which its scores spread over the library as widely as those
    of the query. So a cut-off goes on to mean the same: with one, what is alike passes it too seldom, with the other
    one too often.

    With `like_query` the query looks like a photo, and counts as one that was said yes to; words do not. It is bent as
    far as it may be while the photos that were judged are ranked no worse than by the query, each by what was said of
    the others (leave one out, in closed form); where that is so nowhere it is the query, to the last digit.
    """
    together = said
    if like_query:
        together = Said(np.concatenate([said.rows, query[np.newaxis]]), np.append(said.liked, True))
    asked: Scores = together.rows @ query
    scaled = query / np.float32(max(float(asked.max()), _LEAST_SCORE))
    fit = fitted(together, spread.precision, np.float32(_QUERY) * (together.rows @ scaled))
    strength = _strength(said.rows @ scaled, fit.others[: len(said.rows)], said.liked)
    if not strength:
        return query
    vector = (1 - strength) * scaled + strength * (np.float32(_QUERY) * scaled + fit.direction)
    width, query_width = (float(np.sqrt(one @ spread.covariance @ one)) for one in (vector, query))
    length = float(np.linalg.norm(vector))
    if min(width, length) < _ROUNDING:
        return query
    return (vector * np.float32(np.sqrt(query_width / width / length))).astype(np.float32)


def _strength(asked: Scores, others: Scores, liked: Mask) -> float:
    """How far to go from the scores (n,) of the query to those that the others give; 0 where any step is a loss."""
    if min(liked.sum(), (~liked).sum()) < _TO_LEAVE_ONE_OUT:
        return _STRENGTHS[0]
    least = average_precision(asked, liked) - _ROUNDING
    return next((s for s in _STRENGTHS if average_precision((1 - s) * asked + s * others, liked) >= least), 0.0)


def average_precision(scores: Scores, relevant: Mask) -> float:
    """The mean of the precisions at the ranks of what is relevant (Manning et al., Introduction to Information
    Retrieval, 8.4); 1 where nothing is.
    """
    ranks = np.flatnonzero(relevant[np.argsort(-scores, kind="stable")])
    return float((np.arange(1, len(ranks) + 1) / (ranks + 1)).mean()) if len(ranks) else 1.0
