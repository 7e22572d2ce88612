"""The general head: fitted to a library's own features, without labels, or trained elsewhere for all libraries."""

import math
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np

from guie_desktop.arrays import Embeddings, Features, Floats
from guie_desktop.embedding.head_file import (
    count_in,
    number_in,
    packed,
    quality_in,
    text_in,
    unpacked,
    unreadable_head,
)
from guie_desktop.embedding.pca import components_of_rows
from guie_desktop.embedding.projection import Projection, unit_rows
from guie_desktop.learned import Quality

GENERAL_MAGIC = b"guie-desktop head 1\n"
"""What the file of a general head begins with."""

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
EVEN_CHANCE, STEEPNESS = 0.56, 11.0
"""Of the logistic curve from the score of a hit to the share of such hits that show the same thing. On 2,640 groceries
it is about the same for libraries of 30 to 2,000 photos with 1 to 33 of each thing (tests/benchmarks/likeness.py)."""
SAME = 0.9
"""Similarity from which on it counts as the same picture: most copies in other sizes and qualities exceed it, and few
other photos, which are mostly shots from one spot (tests/benchmarks/likeness.py)."""
_STEEPEST = 300.0
_NO_VARIANCE = 1e-6
"""Rounding leaves about 1e-11 where features of unit length do not vary at all."""


@dataclass(frozen=True, slots=True)
class HeadOrigin:
    """Where a general head comes from that was trained for all libraries, with labels."""

    backbone_key: str
    """Of the backbone whose features it takes; those of another one, but for its precision, mean something else."""
    datasets: tuple[str, ...]
    """Names of the data sets, or domains, that it was trained on."""
    classes: int
    photos: int
    """That it was trained on."""
    preset: str
    """How it was trained, by the name of the recipe."""
    date: str
    """When, as the trainer wrote it (ISO 8601)."""


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
    even_chance: float = EVEN_CHANCE
    """The score at which every second hit shows the same thing as the query."""
    steepness: float = STEEPNESS
    """A hit of score s shows the same thing in 1 / (1 + exp(-steepness (s - even_chance))) of all cases."""
    same: float = SAME
    """Score from which on a hit counts as the same picture."""
    origin: HeadOrigin | None = None
    """None for a head that was fitted to the library; one that was trained has a calibration of its own."""
    before: Quality | None = None
    """In the test on the library that took it in, by the general head of until then."""
    after: Quality | None = None

    def __post_init__(self) -> None:
        self.projection.check_numbers()
        if self.projection.bias.any():
            raise ValueError("a general head has no bias")
        if self.projection.matrix is not None and not self.projection.matrix.any():
            raise ValueError("nothing is left of features")
        for score in (self.even_chance, self.same, 0.0 if self.cutoff is None else self.cutoff):
            if not -1 <= score <= 1:
                raise ValueError("a cosine is between -1 and 1")
        if not 0 < self.steepness <= _STEEPEST:
            raise ValueError("what is more alike is likelier to be the same")

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
        return 1 / (1 + math.exp(-self.steepness * (score - self.even_chance)))

    def to_bytes(self) -> bytes:
        """The head as a file (head_file.py), its numbers as little-endian float32."""
        facts: dict[str, Any] = {
            "cutoff": self.cutoff,
            "dimension": self.dimension,
            "fitted_on": self.fitted_on,
            "name": self.name,
            "output_dimension": None if self.projection.matrix is None else self.output_dimension,
        }
        if self.origin is not None:  # fitted heads are the same files as ever
            facts |= {
                "even_chance": self.even_chance,
                "steepness": self.steepness,
                "same": self.same,
                "origin": asdict(self.origin),
                "before": None if self.before is None else asdict(self.before),
                "after": None if self.after is None else asdict(self.after),
            }
        numbers = b"".join(array.astype("<f4").tobytes() for array in self._arrays())
        return packed(GENERAL_MAGIC, facts, numbers)

    @classmethod
    def from_bytes(cls, stored: bytes) -> "GeneralHead":
        """What `to_bytes` wrote; UserError if it is something else or damaged. Runs nothing that the file contains."""
        try:
            facts, numbers = unpacked(GENERAL_MAGIC, stored)
            dimension, output_dimension = count_in(facts["dimension"]), facts["output_dimension"]
            if output_dimension is not None:
                count_in(output_dimension)
            floats = np.frombuffer(numbers, dtype="<f4").astype(np.float32)
            matrix = None if output_dimension is None else floats[dimension:].reshape(dimension, output_dimension)
            mean = floats.reshape(dimension) if matrix is None else floats[:dimension]
            projection = Projection.of(dimension, mean=mean, matrix=matrix)
            if facts.get("origin") is not None:
                return cls._trained(facts, projection)
            return cls(
                name=str(facts["name"]),
                projection=projection,
                cutoff=None if facts["cutoff"] is None else min(CUTOFF, float(facts["cutoff"])),  # once it was higher
                fitted_on=int(facts["fitted_on"]),
            )
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise unreadable_head() from error

    @classmethod
    def _trained(cls, facts: dict[str, Any], projection: Projection) -> "GeneralHead":
        """One that comes from elsewhere, so nothing that it says is believed unseen."""
        origin = facts["origin"]
        return cls(
            name=text_in(facts["name"]),
            projection=projection,
            cutoff=None if facts["cutoff"] is None else number_in(facts["cutoff"]),
            fitted_on=count_in(facts["fitted_on"]),
            even_chance=number_in(facts["even_chance"]),
            steepness=number_in(facts["steepness"]),
            same=number_in(facts.get("same", SAME)),
            origin=HeadOrigin(
                backbone_key=text_in(origin["backbone_key"]),
                datasets=tuple(text_in(name) for name in origin["datasets"]),
                classes=count_in(origin["classes"]),
                photos=count_in(origin["photos"]),
                preset=text_in(origin["preset"]),
                date=text_in(origin["date"]),
            ),
            before=quality_in(facts.get("before")),
            after=quality_in(facts.get("after")),
        )

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
