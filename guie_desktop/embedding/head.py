"""A head: the small projection that turns stored features into the embedding that is searched."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from guie_desktop.embedding.head_file import packed, unpacked
from guie_desktop.errors import UserError

Floats = NDArray[np.float32]
AnyFloats = NDArray[np.float16] | NDArray[np.float32]

_MAGIC = b"guie-desktop head 1\n"
_ROWS_AT_ONCE = 8192
"""Bounds the memory for float32 copies while a head is applied to a whole library."""


@dataclass(frozen=True, slots=True, eq=False)
class Head:
    """`unit((unit(feature) - mean) @ matrix)`; without a matrix only the centring is done."""

    name: str
    dimension: int
    """Length D of the features that it takes."""
    mean: Floats
    """(D,)"""
    matrix: Floats | None
    """(D, d), or None for the identity."""
    cutoff: float | None
    """Cosine similarity from which on two photos count as similar; None if too few photos were seen to tell."""
    fitted_on: int
    """Number of photos that it was made from."""

    def __post_init__(self) -> None:
        if self.mean.shape != (self.dimension,):
            raise ValueError(f"the mean has shape {self.mean.shape}, not ({self.dimension},)")
        if self.matrix is not None and (self.matrix.ndim != 2 or self.matrix.shape[0] != self.dimension):
            raise ValueError(f"the matrix has shape {self.matrix.shape}, not ({self.dimension}, d)")
        for array in self._arrays():
            if array.dtype != np.float32 or not np.isfinite(array).all():
                raise ValueError("a head holds finite float32 numbers")

    @property
    def output_dimension(self) -> int:
        """Length d of the embeddings that it gives."""
        return self.dimension if self.matrix is None else self.matrix.shape[1]

    def apply(self, features: AnyFloats) -> Floats:
        """Features (N, D) to embeddings (N, d) of unit length.

        A feature without direction (zero, or exactly the mean) becomes a row of zeros: similar to nothing.
        ValueError if a feature is not finite or has another length than D.
        """
        if features.ndim != 2 or features.shape[1] != self.dimension:
            raise ValueError(f"features have shape {features.shape}, not (N, {self.dimension})")
        embeddings = np.empty((len(features), self.output_dimension), dtype=np.float32)
        for rows in _slices(len(features)):
            centred = unit_rows(features[rows].astype(np.float32))
            centred -= self.mean
            embeddings[rows] = unit_rows(centred if self.matrix is None else centred @ self.matrix)
        return embeddings

    def to_bytes(self) -> bytes:
        """The head as a file (head_file.py), its numbers as little-endian float32."""
        facts = {
            "cutoff": self.cutoff,
            "dimension": self.dimension,
            "fitted_on": self.fitted_on,
            "name": self.name,
            "output_dimension": None if self.matrix is None else self.output_dimension,
        }
        numbers = b"".join(array.astype("<f4").tobytes() for array in self._arrays())
        return packed(_MAGIC, facts, numbers)

    @classmethod
    def from_bytes(cls, stored: bytes) -> "Head":
        """What `to_bytes` wrote; UserError if it is something else or damaged. Runs nothing that the file contains."""
        try:
            facts, numbers = unpacked(_MAGIC, stored)
            dimension, output_dimension = facts["dimension"], facts["output_dimension"]
            floats = np.frombuffer(numbers, dtype="<f4").astype(np.float32)
            matrix = None if output_dimension is None else floats[dimension:].reshape(dimension, output_dimension)
            return cls(
                name=str(facts["name"]),
                dimension=dimension,
                mean=floats if matrix is None else floats[:dimension],
                matrix=matrix,
                cutoff=None if facts["cutoff"] is None else float(facts["cutoff"]),
                fitted_on=int(facts["fitted_on"]),
            )
        except (ValueError, KeyError, TypeError) as error:
            raise unreadable_head() from error

    def _arrays(self) -> Iterator[Floats]:
        yield self.mean
        if self.matrix is not None:
            yield self.matrix


def identity_head(dimension: int) -> Head:
    """The head that compares features as they are."""
    mean = np.zeros(dimension, dtype=np.float32)
    return Head(name="identity", dimension=dimension, mean=mean, matrix=None, cutoff=None, fitted_on=0)


def unit_rows(rows: Floats) -> Floats:
    """Rows (N, D) scaled to unit length; a row of zeros stays as it is. ValueError if a number is not finite."""
    # The largest number first: squares of very large or very small ones would leave float32.
    largest = np.abs(rows).max(axis=1, keepdims=True, initial=0)
    if not np.isfinite(largest).all():
        raise ValueError("a row holds numbers that are not finite")
    scaled: Floats = np.divide(rows, largest, out=np.zeros_like(rows), where=largest > 0)
    lengths = np.linalg.norm(scaled, axis=1, keepdims=True)
    np.divide(scaled, lengths, out=scaled, where=lengths > 0)
    return scaled


def _slices(rows: int) -> Iterator[slice]:
    return (slice(start, start + _ROWS_AT_ONCE) for start in range(0, rows, _ROWS_AT_ONCE))


def unreadable_head() -> UserError:
    """What to say of a file that is no head."""
    return UserError("This is not a head, or it is damaged.", "Export it again, or train a new one.")
