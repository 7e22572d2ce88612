"""A linear map of rows, as every head has one, and rows of unit length."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from guie_desktop.arrays import Embeddings, Features, Floats

_ROWS_AT_ONCE = 8192
"""Bounds the memory for float32 copies while a whole library is projected."""


@dataclass(frozen=True, slots=True, eq=False)
class Projection:
    """`(row - mean) @ matrix + bias`."""

    mean: Floats
    """(D,)"""
    matrix: Floats | None
    """(D, d), or None for the identity."""
    bias: Floats
    """(d,)"""

    def __post_init__(self) -> None:
        dimension = self.mean.size
        if self.mean.shape != (dimension,):
            raise ValueError(f"the mean has shape {self.mean.shape}, not (D,)")
        if self.matrix is not None and (self.matrix.ndim != 2 or self.matrix.shape[0] != dimension):
            raise ValueError(f"the matrix has shape {self.matrix.shape}, not ({dimension}, d)")
        if self.bias.shape != (self.output_dimension,):
            raise ValueError(f"the bias has shape {self.bias.shape}, not ({self.output_dimension},)")

    @classmethod
    def of(
        cls, dimension: int, *, mean: Floats | None = None, matrix: Floats | None = None, bias: Floats | None = None
    ) -> "Projection":
        """The map of rows of this length; the parts that are left out change nothing."""
        output_dimension = dimension if matrix is None else matrix.shape[-1]
        return cls(
            mean=np.zeros(dimension, np.float32) if mean is None else mean,
            matrix=matrix,
            bias=np.zeros(output_dimension, np.float32) if bias is None else bias,
        )

    @property
    def dimension(self) -> int:
        """Length D of the rows that it takes."""
        return self.mean.size

    @property
    def output_dimension(self) -> int:
        """Length d of the rows that it gives."""
        return self.dimension if self.matrix is None else int(self.matrix.shape[1])

    def check_numbers(self) -> None:
        """Refuse (ValueError) a map that is empty, or whose numbers are not finite float32."""
        for part in (self.mean, self.bias) if self.matrix is None else (self.mean, self.matrix, self.bias):
            if not part.size or part.dtype != np.float32 or not np.isfinite(part).all():
                raise ValueError("a head holds finite float32 numbers")

    def apply(self, rows: Floats) -> Floats:
        """Rows (N, D) to (N, d), of any length."""
        centred: Floats = np.subtract(rows, self.mean)
        projected: Floats = centred if self.matrix is None else centred @ self.matrix
        projected += self.bias
        return projected

    def embed(self, rows: Features) -> Embeddings:
        """Rows (N, D), taken as they are, to embeddings (N, d) of unit length; zeros where there is no direction."""
        return self._embed(rows, lambda part: part)

    def embed_features(self, features: Features) -> Embeddings:
        """Features (N, D) of any length to embeddings (N, d), as `embed` makes them of their directions alone."""
        return self._embed(features, unit_rows)

    def _embed(self, rows: Features, prepare: Callable[[Floats], Floats]) -> Embeddings:
        if rows.ndim != 2 or rows.shape[1] != self.dimension:
            raise ValueError(f"features have shape {rows.shape}, not (N, {self.dimension})")
        embeddings = np.empty((len(rows), self.output_dimension), dtype=np.float32)
        for start in range(0, len(rows), _ROWS_AT_ONCE):
            part = slice(start, start + _ROWS_AT_ONCE)
            embeddings[part] = unit_rows(self.apply(prepare(rows[part].astype(np.float32, copy=False))))
        return embeddings

    def then(self, matrix: Floats, bias: Floats) -> "Projection":
        """Followed by a linear layer, `row @ matrix + bias` with shapes (d, e) and (e,)."""
        followed = matrix if self.matrix is None else self.matrix @ matrix
        return Projection(self.mean, followed, self.bias @ matrix + bias)


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
