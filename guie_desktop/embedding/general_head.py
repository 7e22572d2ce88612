"""The general head: fitted to a library's own features, without labels."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from guie_desktop.arrays import Embeddings, Features, Floats
from guie_desktop.embedding.head_file import packed, unpacked, unreadable_head
from guie_desktop.embedding.pca import components_of_rows
from guie_desktop.embedding.projection import Projection, unit_rows

_MAGIC = b"guie-desktop head 1\n"

FEWEST_PHOTOS = 30
"""Below this their mean would say more about single photos than about the library."""
WHITENED_FROM = 100
"""Below this the same holds of the directions, and only the mean is taken away."""
SAMPLE_SIZE = 16_384
"""Photos that it is fitted on at most; more do not move the result, and the fit stays under two seconds."""
DIMENSIONS = 512
WHITENING = 0.25
"""0 keeps the variances of the features, 1 makes them equal in all directions; measured in model_assets/README.md."""
CUTOFF = 0.47
"""The same in every library, since scores mean about the same in all of them; a quantile of the scores of random pairs
rises where a library shows few things, and leaves out photos that are alike (tests/benchmarks/likeness.py)."""
_EVEN_CHANCE, _STEEPNESS = 0.56, 11.0
"""Of the logistic curve from the score of a hit to the share of such hits that show the same thing. On 2,640 groceries
it is about the same for libraries of 30 to 2,000 photos with 1 to 33 of each thing (tests/benchmarks/likeness.py)."""
_NO_VARIANCE = 1e-6
"""Rounding leaves about 1e-11 where features of unit length do not vary at all."""


@dataclass(frozen=True, slots=True, eq=False)
class GeneralHead:
    """`unit((unit(feature) - mean) @ matrix)`; without a matrix only the centring is done."""

    name: str
    projection: Projection
    """Its bias is zero."""
    cutoff: float | None
    """Cosine similarity from which on two photos count as similar; None if too few photos were seen to tell."""
    fitted_on: int
    """Number of photos that it was made from."""

    def __post_init__(self) -> None:
        self.projection.check_numbers()
        if self.projection.bias.any():
            raise ValueError("a general head has no bias")

    @property
    def dimension(self) -> int:
        """Length D of the features that it takes."""
        return self.projection.dimension

    @property
    def output_dimension(self) -> int:
        """Length d of the embeddings that it gives."""
        return self.projection.output_dimension

    def apply(self, features: Features) -> Embeddings:
        """Features (N, D) to embeddings (N, d) of unit length.

        A feature without direction (zero, or exactly the mean) becomes a row of zeros: similar to nothing.
        ValueError if a feature is not finite or has another length than D.
        """
        return self.projection.embed_features(features)

    def probability(self, score: float) -> float | None:
        """How likely a hit with this score shows the same thing as the query; None where there is no cut-off."""
        if self.cutoff is None:
            return None
        return 1 / (1 + math.exp(-_STEEPNESS * (score - _EVEN_CHANCE)))

    def to_bytes(self) -> bytes:
        """The head as a file (head_file.py), its numbers as little-endian float32."""
        facts = {
            "cutoff": self.cutoff,
            "dimension": self.dimension,
            "fitted_on": self.fitted_on,
            "name": self.name,
            "output_dimension": None if self.projection.matrix is None else self.output_dimension,
        }
        numbers = b"".join(array.astype("<f4").tobytes() for array in self._arrays())
        return packed(_MAGIC, facts, numbers)

    @classmethod
    def from_bytes(cls, stored: bytes) -> "GeneralHead":
        """What `to_bytes` wrote; UserError if it is something else or damaged. Runs nothing that the file contains."""
        try:
            facts, numbers = unpacked(_MAGIC, stored)
            dimension, output_dimension = facts["dimension"], facts["output_dimension"]
            floats = np.frombuffer(numbers, dtype="<f4").astype(np.float32)
            matrix = None if output_dimension is None else floats[dimension:].reshape(dimension, output_dimension)
            mean = floats if matrix is None else floats[:dimension]
            return cls(
                name=str(facts["name"]),
                projection=Projection.of(dimension, mean=mean, matrix=matrix),
                cutoff=None if facts["cutoff"] is None else min(CUTOFF, float(facts["cutoff"])),  # once it was higher
                fitted_on=int(facts["fitted_on"]),
            )
        except (ValueError, KeyError, TypeError) as error:
            raise unreadable_head() from error

    def _arrays(self) -> Iterator[Floats]:
        yield self.projection.mean
        if self.projection.matrix is not None:
            yield self.projection.matrix


def identity_head(dimension: int) -> GeneralHead:
    """The head that compares features as they are."""
    return GeneralHead("identity", Projection.of(dimension), cutoff=None, fitted_on=0)


def fit_general_head(features: Features) -> GeneralHead:
    """Centring and a mildly whitened PCA to at most 512 dimensions, from features (N, D) of the library.

    Centring matters most for the cut-off: without it a photo from outside is far from everything. The same features in
    the same order give the same head. With fewer than 100 photos only the centring is done; with fewer than 30, or if
    all are the same, it is the identity and has no cut-off.
    """
    photos, dimension = features.shape
    if photos < FEWEST_PHOTOS:
        return identity_head(dimension)
    chosen = np.linspace(0, photos - 1, num=min(photos, SAMPLE_SIZE)).round().astype(np.intp)
    rows = unit_rows(features[chosen].astype(np.float32))
    mean = rows.mean(axis=0)
    if photos < WHITENED_FROM and np.abs(rows - mean).max() > _NO_VARIANCE:
        return GeneralHead("general", Projection.of(dimension, mean=mean), CUTOFF, fitted_on=photos)
    centred = rows - mean
    variances, directions = components_of_rows(centred)
    if variances[0] < _NO_VARIANCE:
        return replace(identity_head(dimension), fitted_on=photos)  # else it would be tried again after each batch
    kept = min(DIMENSIONS, int((variances > _NO_VARIANCE * variances[0]).sum()))
    # The average variance is added so that directions in which the library hardly varies are not blown up.
    scales = (variances[:kept] + variances.clip(0).mean()) ** (-WHITENING / 2)
    matrix = _upright(directions[:, :kept]) * scales
    projection = Projection.of(dimension, mean=mean, matrix=np.ascontiguousarray(matrix, dtype=np.float32))
    return GeneralHead("general", projection, CUTOFF, fitted_on=photos)


def _upright(directions: Floats) -> Floats:
    """Fix the sign, which an eigenvector leaves open: the largest number of each column is positive."""
    largest = np.take_along_axis(directions, np.abs(directions).argmax(axis=0)[np.newaxis], axis=0)
    return np.where(largest < 0, -directions, directions)
