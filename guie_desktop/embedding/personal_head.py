"""A personal head: the projection that was learned from a user's albums, and all that it takes to use it elsewhere."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import accumulate

import numpy as np

from guie_desktop.arrays import Embeddings, Features, Floats
from guie_desktop.embedding.backbone import without_precision
from guie_desktop.embedding.head_file import (
    count_in,
    number_in,
    packed,
    plain_in,
    quality_in,
    text_in,
    unpacked,
    unreadable_head,
)
from guie_desktop.embedding.projection import Projection, unit_rows
from guie_desktop.embedding.weight_curve import WeightCurve
from guie_desktop.errors import UserError
from guie_desktop.learned import Quality
from guie_desktop.sentences import Sentence

_MAGIC = b"guie-desktop personal head 1\n"
_STORED = np.dtype("<f2")
_FAR = 500.0
"""From the midpoint, where the curve is flat; further out exp would leave the numbers that there are."""


@dataclass(frozen=True, slots=True, eq=False)
class PersonalHead:
    """`unit((unit(feature) - mean) @ matrix + bias)`."""

    backbone_key: str
    """Of the backbone whose features it takes; those of another one, but for its precision, mean something else."""
    title: str
    projection: Projection
    """It has a matrix."""
    centres: Embeddings
    """(C, d), of unit length: the mean embedding of each album that was learned."""
    weighting: WeightCurve
    """Its weight in a query."""
    belonging: float
    """Cosine to the nearest centre from which on a photo is taken to be of the kind that the albums hold."""
    cutoff: float
    """Cosine from which on 95 % of hits share an album with the query."""
    steepness: float
    midpoint: float
    """A hit of cosine s shares an album with the query in 1 / (1 + exp(-steepness (s - midpoint))) of all cases."""
    photos: int
    """That it was learned from."""
    recipe: Mapping[str, str | int | float]
    """How it was learned, by the names of learning.recipe.Recipe."""
    before: Quality | None
    """In the test, by the general head."""
    after: Quality | None
    expands: bool = False
    """Whether queries are expanded by what they find first (query_expansion.py), which gained in its test."""
    names: tuple[str, ...] = ()
    """Of the albums, in the order of the centres; empty unless the user wants them to be told."""

    def __post_init__(self) -> None:
        self.projection.check_numbers()
        if self.projection.matrix is None:
            raise ValueError("the matrix is missing")
        expected = (len(self.centres), self.output_dimension)
        if self.centres.shape != expected:
            raise ValueError(f"the centres have shape {self.centres.shape}, not {expected}")
        if not self.centres.size or not np.isfinite(self.centres).all():
            raise ValueError("a head holds finite numbers")
        if self.names and len(self.names) != len(self.centres):
            raise ValueError("there is not a name for each centre")
        for number in self._scalars().values():
            number_in(number)

    @property
    def dimension(self) -> int:
        """Length D of the features that it takes."""
        return self.projection.dimension

    @property
    def output_dimension(self) -> int:
        """Length d of the embeddings that it gives."""
        return self.projection.output_dimension

    def apply(self, features: Features) -> Embeddings:
        """Features (N, D) to embeddings (N, d) of unit length; rows of zeros where there is no direction."""
        return self.projection.embed_features(features)

    def probability(self, score: float) -> float:
        """Share of hits with this cosine that share an album with the query."""
        far = max(-_FAR, min(_FAR, self.steepness * (score - self.midpoint)))
        return 1 / (1 + math.exp(-far))

    def to_bytes(self, *, with_names: bool) -> bytes:
        """The head as a file (head_file.py), its numbers as float16; without photos, and without names unless asked.

        The title is a name too.
        """
        facts = {
            "backbone": self.backbone_key,
            "title": self.title if with_names else "",  # it may be the name of a file that somebody chose
            "dimension": self.dimension,
            "output_dimension": self.output_dimension,
            "albums": len(self.centres),
            "photos": self.photos,
            "recipe": dict(self.recipe),
            **({"expands": True} if self.expands else {}),  # heads of before are the same files as ever
            "before": None if self.before is None else asdict(self.before),
            "after": None if self.after is None else asdict(self.after),
            "names": list(self.names) if with_names else [],
        }
        projection = self.projection
        assert projection.matrix is not None
        arrays = (projection.mean, projection.matrix, projection.bias, self.centres)
        numbers = b"".join(array.astype(_STORED).tobytes() for array in arrays)
        return packed(_MAGIC, facts | self._scalars(), numbers)

    @classmethod
    def from_bytes(cls, stored: bytes) -> "PersonalHead":
        """What `to_bytes` wrote; UserError if it is something else or damaged. Runs nothing that the file contains."""
        try:
            facts, numbers = unpacked(_MAGIC, stored)
            dimension, output_dimension, albums = (
                count_in(facts[part]) for part in ("dimension", "output_dimension", "albums")
            )
            shapes = ((dimension,), (dimension, output_dimension), (output_dimension,), (albums, output_dimension))
            mean, matrix, bias, centres = _arrays_in(numbers, shapes)
            return cls(
                backbone_key=text_in(facts["backbone"]),
                title=text_in(facts["title"]),
                projection=Projection(mean, matrix, bias),
                centres=unit_rows(centres),
                weighting=WeightCurve(number_in(facts.get("full_share", 0.3)), number_in(facts.get("power", 1.0))),
                belonging=number_in(facts["belonging"]),
                cutoff=number_in(facts["cutoff"]),
                steepness=number_in(facts["steepness"]),
                midpoint=number_in(facts["midpoint"]),
                photos=count_in(facts["photos"]),
                recipe={name: plain_in(value) for name, value in facts["recipe"].items()},
                before=quality_in(facts["before"]),
                after=quality_in(facts["after"]),
                expands=bool(facts.get("expands", False)),
                names=tuple(text_in(name) for name in facts["names"]),
            )
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise unreadable_head() from error

    def _scalars(self) -> dict[str, float]:
        return {
            "full_share": self.weighting.full,
            "power": self.weighting.power,
            "belonging": self.belonging,
            "cutoff": self.cutoff,
            "steepness": self.steepness,
            "midpoint": self.midpoint,
        }


def check_backbone(head: PersonalHead, backbone_key: str, dimension: int) -> None:
    """Refuse (UserError) a head that was learned with another backbone than the library's, or takes other features.

    One from a machine that computes in another precision is welcome.
    """
    told = f"{head.backbone_key[:60]!a}"  # it may be anything
    learned_with, used = without_precision(head.backbone_key), without_precision(backbone_key)
    if learned_with != used and learned_with.rpartition("-")[0] == used.rpartition("-")[0]:
        raise UserError(
            Sentence(
                "This was learned with other features of the model in use ({told}, not {backbone_key}): "
                "its weights or the version of the program differ.",
                told=told,
                backbone_key=backbone_key,
            ),
            "Learn your albums in this library.",
        )
    if learned_with != used:
        raise UserError(
            Sentence(
                "This was learned with another model ({told}) than the library uses ({backbone_key}).",
                told=told,
                backbone_key=backbone_key,
            ),
            "Switch the library to that model first, or learn your albums with this one.",
        )
    if head.dimension != dimension:
        raise unreadable_head()


def _arrays_in(numbers: bytes, shapes: Sequence[tuple[int, ...]]) -> list[Floats]:
    floats = np.frombuffer(numbers, _STORED).astype(np.float32)
    *ends, end = accumulate(math.prod(shape) for shape in shapes)
    if end != len(floats):
        raise ValueError(f"a head of that size has {end} numbers, not {len(floats)}")
    return [part.reshape(shape) for part, shape in zip(np.split(floats, ends), shapes, strict=True)]
